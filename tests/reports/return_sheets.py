"""Return sheets as HR sends them back, built by openpyxl on the sheet that noroom hands out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from programme.completion_code import PREFIX, CompletionCode, course_mark, spell_code
from programme.pseudonym import pseudonym
from scorm_builder.documents.return_sheet import return_sheet
from tests.reports.programme_files import IRI

HOTELS = "hotel,name,chain\nacme-1,Acme One,acme\nacme-2,Acme Two,acme\nbellevue-1,B,bellevue\n"
ROSTER = "hotel,employee\n" + "".join(f"acme-1,e-{n}\n" for n in range(5)) + "acme-2,f-1\n"
Rows = Sequence[Sequence[object]]


def code(
    employee: str = "e-1",
    *,
    chain: str = "acme",
    day: datetime.date | None = datetime.date(2026, 11, 10),
    version: str = "1.0.0",
    course: str = "no-room",
) -> str:
    """Give the code that the last page of the course shows to an employee."""
    mark = course_mark(f"{IRI}/course/{course}")
    return spell_code(CompletionCode(pseudonym(employee, chain)[:PREFIX], day, version, mark))


def write_sheet(file: Path, *, headcounts: Rows = (), roster: Rows = (), codes: Rows = ()) -> Path:
    """Fill in the sheet as it was handed out: rows of headcounts are (hotel, number, by, day)."""
    hotels = [("acme-1", "Acme One"), ("acme-2", "Acme Two")]
    book = openpyxl.load_workbook(io.BytesIO(return_sheet("Acme", "No Room", hotels)))
    for number, (hotel, *rest) in enumerate(headcounts, start=3):
        for column, value in zip("ACDE", (hotel, *rest), strict=False):
            book["Headcount"][f"{column}{number}"] = value
    for name, rows in (("Roster", roster), ("Codes", codes)):
        for number, row in enumerate(rows, start=3):
            for column, value in zip("ABCDEF", row, strict=False):
                book[name][f"{column}{number}"] = value
    book.save(file)
    return file
