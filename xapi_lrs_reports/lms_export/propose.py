"""A table and a preset -> the mapping that fits, with the row that holds the names of columns.

The names are looked for in the first 20 rows, since reports have titles above them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import NoReturn, cast

from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import did_you_mean, shown_names
from xapi_lrs_reports.lms_export.models import Field_, Mapping, Preset
from xapi_lrs_reports.lms_export.status import folded
from xapi_lrs_reports.lms_export.table import Row, Table

_SEARCHED = 20
_SHOWN = 12


@dataclass(frozen=True)
class Layout:
    """Where things stand: `header` is the index of its row, `places` the column of each field."""

    header: int
    names: list[str]
    places: dict[Field_, int]

    def rows(self, table: Table) -> list[Row]:
        """Give the rows of data: those below the header that do not repeat it."""
        return [row for row in table.rows[self.header + 1 :] if _names(row[1]) != self.names]


def propose(table: Table, name: str, preset: Preset, given: Names[Field_, str]) -> Mapping:
    """Propose a mapping; `given` are columns that a person named. Raises InputError."""
    header = _best_header(table, preset, given)
    if header is None:
        _no_header(table, preset)
    names = _names(table.rows[header][1])
    columns: dict[Field_, str] = dict(given)
    learner_is = "lms_id"
    for kind, synonyms in preset.columns.items():
        if kind != "alias" and kind not in columns:
            name_of = _found(synonyms, names)
            columns |= {kind: name_of} if name_of else {}
    if "learner" not in columns and (found := _found(preset.columns.get("alias", []), names)):
        columns["learner"], learner_is = found, "alias"
    date_beside = preset.layout == "pairs" and "completed" not in columns
    if preset.layout != "rows" and "status" not in columns:
        columns["status"] = _only_activity(table, preset, header, names)
    return Mapping.model_validate(
        {
            "preset": name,
            "columns": {key: columns[key] for key in sorted(columns)},
            "learner_is": learner_is,
            "date_beside": date_beside,
            "date_means": preset.date_means,
            "evidence": preset.evidence,
            "dates": preset.dates,
            "time_zone": preset.time_zone,
        }
    )


def lay_out(table: Table, mapping: Mapping) -> Layout:
    """Find the mapping's columns in a table; raises InputError if one is missing or ambiguous."""
    wanted = {folded(name) for name in mapping.columns.values()}
    header, names = 0, _names(table.rows[0][1]) if table.rows else []
    for index, (_, values) in enumerate(table.rows[:_SEARCHED]):
        if wanted <= {folded(name) for name in _names(values)}:
            header, names = index, _names(values)
            break
    line = table.rows[header][0] if table.rows else 0
    known = [folded(name) for name in names]
    problems = []
    for kind, name in mapping.columns.items():
        number = known.count(folded(name))
        if number != 1:
            shown = ", ".join(filter(None, names[:_SHOWN])) or "none"
            what = f'the column "{name}" ({kind}) is not here'
            fix = f"{did_you_mean(name, names)}Found: {shown}. Name it: --column {kind}=NAME."
            if number:
                what = f'two columns are called "{name}" ({kind}), so nobody can say which is meant'
                fix = "Rename one of them in the file."
            problems.append(Problem(table.source, line, 0, "export-columns", what, fix))
    needed: list[Field_] = [] if "learner" in mapping.columns else ["learner"]
    if not {"status", "success", "completed"} & mapping.columns.keys():
        needed.append("status")
    for kind in needed:
        what = f"no column says {_ASKED[kind]}"
        shown = ", ".join(filter(None, names[:_SHOWN])) or "none"
        fix = f"Name it: --column {kind}=NAME. Found: {shown}."
        problems.append(Problem(table.source, line, 0, "export-columns", what, fix))
    if problems:
        raise InputError(problems)
    places = {kind: known.index(folded(name)) for kind, name in mapping.columns.items()}
    if mapping.date_beside:
        places["completed"] = places["status"] + 1
    return Layout(header, names, places)


_ASKED = {"learner": "who it is", "status": "how far they are"}


def _names(values: list[object]) -> list[str]:
    return ["" if value is None else str(value).strip() for value in values]


def _found(synonyms: list[str], names: list[str]) -> str | None:
    known = {folded(name): name for name in reversed(names) if name}
    return next((known[folded(one)] for one in synonyms if folded(one) in known), None)


def _best_header(table: Table, preset: Preset, given: Names[Field_, str]) -> int | None:
    """Give the first row with the most columns that are known; None if none has a learner."""
    best, most = None, 0
    for index, (_, values) in enumerate(table.rows[:_SEARCHED]):
        names = _names(values)
        fields = {kind for kind, names_of in preset.columns.items() if _found(names_of, names)}
        fields |= {kind for kind, name in given.items() if _found([name], names)}
        if len(fields) > most and fields & {"learner", "alias"}:
            best, most = index, len(fields)
    return best


def _no_header(table: Table, preset: Preset) -> NoReturn:
    line, names = (table.rows[0][0], _names(table.rows[0][1])) if table.rows else (0, [])
    known = preset.columns.get("learner", []) + preset.columns.get("alias", [])
    shown = shown_names(names)
    what = f"no column of the first {_SEARCHED} rows says who it is (first row: {shown})"
    fix = f"Name it: --column learner=NAME. Known for this preset: {', '.join(known)}."
    raise InputError([Problem(table.source, line, 0, "export-columns", what, fix)])


def _only_activity(table: Table, preset: Preset, header: int, names: list[str]) -> str:
    """Give the column of the state, where the preset's layout leaves but one."""
    if preset.layout == "last":
        found = [names[-1]] if len(names) > 1 and names[-1] else []
    else:
        found = [name for name, after in itertools.pairwise(names)
                 if name and not _is_identity(name, preset) and _is_beside(after)]  # fmt: skip
    if len(found) == 1:
        return found[0]
    what = "no column holds the state of an activity"
    fix = "Export the report of the course in which the activity stands."
    if found:
        what = f"{len(found)} activities stand here: {', '.join(found[:_SHOWN])}"
        fix = f'Say which one is the course: --column "status={found[0]}".'
    raise InputError([Problem(table.source, table.rows[header][0], 0, "export-columns", what, fix)])


def _is_identity(name: str, preset: Preset) -> bool:
    return any(_found(names, [name]) for names in preset.columns.values())


def _is_beside(name: str) -> bool:
    """Tell whether a header is that of a date beside an activity: empty, or the day expected."""
    return not name or (name[:4].isdigit() and name[4:5] == "-")


def own_columns(given: tuple[str, ...]) -> dict[Field_, str]:
    """Read `field=NAME` as a person typed it; raises InputError."""
    fields = Mapping.model_fields["columns"].annotation
    known = list(getattr(fields, "__args__", [None])[0].__args__)
    found: dict[Field_, str] = {}
    for one in given:
        kind, _, name = one.partition("=")
        if kind not in known or not name.strip():
            what = f'"{one[:60]}" does not name a column'
            fix = f"Write field=NAME, such as learner=Login. Fields: {', '.join(known)}."
            raise InputError([Problem("--column", 0, 0, "export-columns", what, fix)])
        found[cast(Field_, kind)] = name.strip()
    return found
