"""A problem of a value names its line and column, whatever quotes and line breaks are around it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.programme_files import make_programme
from xapi_lrs_reports.csv_table import Table
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster import read_roster

VALUES = st.text(st.sampled_from('ab ;,"\n\t'), max_size=6)
COLUMNS = {"first": False, "second": False, "third": False}


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_the_place_of_a_value(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    table = Table("t.csv", text.getvalue(), COLUMNS)
    found = []
    for line, _ in table.rows():
        for name in COLUMNS:
            table.wrong(line, "x", name, "", at=name)
        found += table.problems[-3:]
    lines = io.StringIO(text.getvalue(), newline="").readlines()
    wanted = [value for row in rows if any(value.strip() for value in row) for value in row]
    assert len(found) == len(wanted)
    for problem, value in zip(found, wanted, strict=True):
        written = '"' + value.replace('"', '""') + '"'
        rest = "".join(lines[problem.line - 1 :])[problem.column - 1 :]
        assert rest.startswith(written)


def test_a_row_that_is_too_short_has_a_line_alone() -> None:
    table = Table("t.csv", "first,second\na\n", COLUMNS)
    for line, _ in table.rows():
        table.wrong(line, "x", "", "", at="second")
    assert [(one.line, one.column) for one in table.problems] == [(2, 0)]


def test_ids_joined_by_a_comma_are_named(tmp_path: Path) -> None:
    """They would be one id that nobody has, and merge nobody, without a word."""
    make_programme(tmp_path)
    file = tmp_path / "roster.csv"
    for joined in ("a@x.example,b@x.example", "a@x.example;b@x.example", "a@x.example\u200b"):
        file.write_text(f'hotel,employee,aliases\nacme-1,e-100,"{joined}"\n', "utf-8")
        hotels = {"acme-1": Hotel("acme-1", "A", "acme", None, "nl", None)}
        [warning] = read_roster(file, hotels, {"acme": "acme"}).warnings
        assert (warning.code, warning.line, warning.column) == ("roster-alias", 2, 14)
