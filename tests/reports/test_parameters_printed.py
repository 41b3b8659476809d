"""Every report says by which rule, and which level a hotel has reached."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import openpyxl
import pytest

from programme.papers.words import paper_languages, paper_words
from programme.settings import Rule
from tests.reports.invented import hotel, report
from xapi_lrs_reports.report.benchmark import benchmark_json, benchmark_text
from xapi_lrs_reports.report.hr_view import HrReport, Person
from xapi_lrs_reports.report.overview import make_overview
from xapi_lrs_reports.report.renderers.csv import render_csv
from xapi_lrs_reports.report.renderers.hr import render_hr
from xapi_lrs_reports.report.renderers.html import render_html
from xapi_lrs_reports.report.renderers.json import render_json
from xapi_lrs_reports.report.renderers.table import render_table
from xapi_lrs_reports.report.renderers.xlsx import render_xlsx
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.rule.insight import Insight

ROOT = Path(__file__).parents[2]
TIER = "whole team"


def text_of(book: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    return " ".join(str(value) for value in cells)


def printed(found: Report, kind: str) -> str:
    overview = make_overview(found, found, [], Insight({}, {}))
    people = (Person("kade", "e-1", "Ana", "", "to_do", None),)
    hr = HrReport(found, "acme", people)
    texts = {
        "table": lambda: render_table(found),
        "csv": lambda: render_csv(found),
        "json": lambda: render_json(found),
        "html": lambda: render_html(found, overview),
        "xlsx": lambda: text_of(render_xlsx(found, overview)),
        "hr json": lambda: str(render_hr(hr, "json")),
        "hr html": lambda: str(render_hr(hr, "html", "en")),
        "hr table": lambda: str(render_hr(hr, "table")),
        "hr xlsx": lambda: text_of(bytes(render_hr(hr, "xlsx"))),  # type: ignore[arg-type]
        "hr csv": lambda: str(render_hr(hr, "csv")),
        "benchmark": lambda: benchmark_text(found),
        "benchmark json": lambda: json.dumps(benchmark_json(found)),
    }
    return texts[kind]()


KINDS = (
    "table", "csv", "json", "html", "xlsx", "hr json", "hr html", "hr table", "hr xlsx", "hr csv",
    "benchmark", "benchmark json",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_parameter_is_printed_with_every_report(kind: str) -> None:
    rule = Rule(maintain_days=83, completion_window_months=31, housekeeping_floor=47)
    text = printed(report(hotel("Kade", 12, 20), rule=rule.model_dump(mode="json")), kind)
    assert not [name for name in Rule.model_fields if name not in text]
    assert all(value in text for value in ("83", "31", "47"))


def test_every_parameter_stands_in_the_documentation() -> None:
    text = (ROOT / "docs" / "rule.md").read_text("utf-8")
    assert not [name for name in Rule.model_fields if f"`{name}`" not in text]


@pytest.mark.parametrize("kind", KINDS[:5])
def test_the_level_that_a_hotel_reached_is_named(kind: str) -> None:
    found = report(hotel("Kade", 19, 20, tier=TIER), hotel("Park", 12, 20))
    assert printed(found, kind).count(TIER) == 1
    bare = dataclasses.replace(found, hotels=found.hotels[1:])
    assert TIER not in printed(bare, kind)


def test_numbers_of_the_rule_are_the_same_in_each_row_of_a_csv() -> None:
    found = report(hotel("Kade", 12, 20), hotel("Park", 12, 20))
    rows = render_csv(found).splitlines()
    rules = [row.rpartition(',"')[2] for row in rows]
    assert rules[0] == 'rule"' and rules[1] == rules[2]
    assert rules[1].startswith("threshold: 60; operator: ge; ")
    assert json.loads(render_json(found))["rule"]["threshold"] == 60


SAID_OF_FULL_TIME = {
    "table": "60 % of the employees, by full-time jobs,",
    "csv": "unit: fte",
    "json": '"unit": "fte"',
    "html": "of the full-time jobs</span>",
    "xlsx": "out of all full-time jobs",
    "hr json": '"unit": "fte"',
    "hr html": "are of full-time jobs, not of people",
    "hr table": "60 % of the employees, by full-time jobs,",
    "hr xlsx": "60 % of the employees, by full-time jobs,",
    "hr csv": "unit: fte",
    "benchmark": "unit: fte",
    "benchmark json": '"unit": "fte"',
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_share_of_full_time_jobs_is_called_that(kind: str) -> None:
    rule = Rule(unit="fte").model_dump(mode="json")
    assert SAID_OF_FULL_TIME[kind] in printed(report(hotel("Kade", 12, 20), rule=rule), kind)
    assert SAID_OF_FULL_TIME[kind] not in printed(report(hotel("Kade", 12, 20)), kind)


@pytest.mark.parametrize("language", sorted(paper_languages("workbook") - {"en"}))
def test_the_workbook_calls_it_that_in_every_language(language: str) -> None:
    found = report(hotel("Kade", 12, 20), rule=Rule(unit="fte").model_dump(mode="json"))
    overview = make_overview(found, found, [], Insight({}, {}))
    text = text_of(render_xlsx(found, overview, language))
    assert paper_words("workbook", language)["share_meaning_fte"] in text
    assert paper_words("report", language)["rule_fte"] in text
