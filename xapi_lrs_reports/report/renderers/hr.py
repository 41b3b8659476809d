"""HrReport -> table, CSV, JSON, XLSX, HTML: the chain's hotels and people, nothing else of them."""

from __future__ import annotations

import csv
import io
import json

from xapi_lrs_reports.report.hr_view import HrReport, Person
from xapi_lrs_reports.report.renderers.csv import neutral
from xapi_lrs_reports.report.renderers.hr_html import render_hr_html
from xapi_lrs_reports.report.renderers.table import aligned, heading, printable
from xapi_lrs_reports.report.renderers.xlsx import Row, method, workbook
from xapi_lrs_reports.report.words import STATUS, parameters_line

_HEADER = (
    "hotel",
    "employee",
    "name",
    "department",
    "state",
    "finished on",
    "counts towards the share",
)
_STATES = {"finished": "finished", "again": "to do again", "to_do": "still to do"}
_BESIDE = (
    'Whoever has "no" in the last column, such as agency staff, does not count towards the share '
    "of this hotel."
)
_HOTELS = ("hotel", "name", "rule", "completed", "headcount", "still needed", "certificate")


def render_hr(found: HrReport, kind: str, language: str | None = None) -> str | bytes:
    """Give the list as `table`, `csv`, `json`, `xlsx` or `html`, which alone has languages."""
    if kind == "csv":
        return _csv(found)
    if kind == "json":
        return _json(found)
    if kind == "xlsx":
        people: list[Row] = [_typed(person) for person in found.people]
        sheets = {"People": (_HEADER, people), "Hotels": (_HOTELS, _hotels(found)),
                  "Method": method(found.report)}  # fmt: skip
        return workbook(found.report, sheets)
    if kind == "html":
        return render_hr_html(found, *filter(None, (language, found.report.language)))
    return _table(found)


def _csv(found: HrReport) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    rule = parameters_line(found.report)
    writer.writerow([*_HEADER, "rule"])
    rows = ([*_texts(person), rule] for person in found.people)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def _json(found: HrReport) -> str:
    people = [
        {
            "hotel": person.hotel,
            "employee": person.employee,
            "name": person.name,
            "department": person.department,
            "state": person.state,
            "finished_on": person.finished_on.isoformat() if person.finished_on else None,
            "counts_towards_share": person.counts,
        }
        for person in found.people
    ]
    made = {
        "as_of": found.report.as_of.isoformat(),
        "view": "hr",
        "chain": found.chain,
        "rule": dict(found.report.rule),
        "hotels": [hotel.as_json() for hotel in found.report.hotels],
        "people": people,
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _table(found: HrReport) -> str:
    hotels = [["" if cell is None else str(cell) for cell in row] for row in _hotels(found)]
    lines = [
        *heading(found.report),
        "",
        *aligned(_HOTELS, hotels, frozenset([3, 4, 5])),
        "",
        *aligned((*_HEADER[:-1], "counts"), list(map(_texts, found.people)), frozenset()),
        "",
        "Taking part is voluntary. Whoever is still to do may have every reason.",
        *([_BESIDE] if not all(person.counts for person in found.people) else []),
        "",
        printable(f"Parameters: {parameters_line(found.report)}."),
    ]
    return "\n".join(lines) + "\n"


def _hotels(found: HrReport) -> list[Row]:
    return [
        [one.hotel, one.name, STATUS[one.status], one.completed, one.headcount, one.needed,
         one.certificate]
        for one in found.report.hotels
    ]  # fmt: skip


def _texts(person: Person) -> list[str]:
    day = person.finished_on.isoformat() if person.finished_on else ""
    return [person.hotel, person.employee, person.name, person.department, _STATES[person.state],
            day, "yes" if person.counts else "no"]  # fmt: skip


def _typed(person: Person) -> Row:
    *texts, _, counts = _texts(person)
    return [*texts, person.finished_on, counts]
