"""The part of docs/messages-reports.md about return sheets, headcounts and completion codes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from programme.problems import InputError, Problem
from programme.pseudonym import pseudonym
from programme.settings import CompletionCodes, Programme
from tests.reports.programme_files import IRI
from tests.reports.return_sheets import code, write_sheet
from xapi_lrs_reports.headcounts import read_headcounts
from xapi_lrs_reports.hotels import Hotel
from xapi_lrs_reports.return_sheet.match_codes import CodeMatcher
from xapi_lrs_reports.return_sheet.read_sheet import CodeRow, read_return_sheet
from xapi_lrs_reports.roster import Employment
from xapi_lrs_reports.statement import StatementProblem

TODAY = datetime.date(2026, 11, 21)
_HOTELS = {
    name: Hotel(name, "A", name.split("-", maxsplit=1)[0], None, "nl", None)
    for name in ("acme-1", "acme-2", "bellevue-1")
}


def of_sheets() -> Iterator[Problem | StatementProblem]:
    """Yield what the real readers say of a sheet and a headcounts.csv full of mistakes.

    Writes into the folder where it runs.
    """
    sheet = write_sheet(
        Path("return-sheet.xlsx"),
        headcounts=[
            ("acme-1", "forty", None, "21-11-2026"),
            ("acme-9", 40, "J. Jansen", TODAY),
            ("bellevue-1", 40, "J. Jansen", TODAY),
        ],
        roster=[
            ("acme-1", "guest", True, "permanant", "=NOW()"),
            ("acme-1", "e-1", "Bar"),
            ("acme-1", "e-1", "Spa"),
        ],
    )
    yield from _raised(lambda: read_return_sheet(sheet, sheet.name, _HOTELS, TODAY))
    many = write_sheet(sheet, codes=[("acme-9", "x")] * 101)
    yield from _raised(lambda: read_return_sheet(many, sheet.name, _HOTELS, TODAY))
    file = Path("headcounts.csv")
    header = "hotel,headcount,declared_by,declared_on\n"
    file.write_text(
        header + "acme-9,40,J,2026-11-21\nacme-1,x,J,2026-11-21\nacme-1,40,,\n", "utf-8"
    )
    yield from _raised(lambda: read_headcounts(file, _HOTELS))
    yield from _of_codes()


def _of_codes() -> Iterator[StatementProblem]:
    known = CompletionCodes(versions=["1.0.0"])
    settings = Programme(name="P", iri=IRI, completion_codes=known)
    people = [("acme-1", "e-1"), ("acme-2", "e-2")]
    roster = [
        Employment(hotel, f"acme/{pseudonym(who, 'acme')}", "", "permanent", "", "")
        for hotel, who in people
    ]
    twin = Employment("acme-1", f"{roster[0].learner[:-1]}2", "", "permanent", "", "")
    odd = ["7K3M", code(course="else"), code(version="9.0.0"), code(day=None), code("e-2"),
           code("e-3"), code("e-1")]  # fmt: skip
    rows = [CodeRow(7, "Codes!B7", "acme-1", one) for one in odd]
    chains = {name: hotel.chain for name, hotel in _HOTELS.items()}
    for judged in CodeMatcher(settings, [*roster, twin], TODAY).judge(
        rows, "return-sheet.xlsx", chains
    ):
        assert isinstance(judged.outcome, StatementProblem), judged
        yield judged.outcome


def _raised(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except InputError as error:
        return error.problems
    raise AssertionError("nothing was wrong")


MEANINGS = {
    "completion-code-course": (
        "The code was made by another course, or for another programme. It waits for review.",
        "Accept the course in programme.yaml, or set the code aside.",
    ),
    "completion-code-date": (
        "The clock of the learner's device was wrong, or the code is made up. It waits for review.",
        "Ask the hotel.",
    ),
    "completion-code-hotel": (
        "The code is of somebody whom the roster has elsewhere. It waits for review.",
        "Enter it for the right hotel, or correct the roster.",
    ),
    "completion-code-several": (
        "Two people of the hotel share the 40 bits that a code holds. It waits for review.",
        "Ask the hotel whose code it is.",
    ),
    "completion-code-typo": (
        "No code reads like this, or its check symbol does not fit. It waits for review.",
        "Compare it with the paper.",
    ),
    "completion-code-unmatched": (
        "Nobody of the hotel's roster or personal codes has it. It waits for review.",
        "Add the person to the roster, then import the sheet again.",
    ),
    "completion-code-version": (
        "The version is not among completion_codes. It waits for review.",
        "Add the version, if it was published.",
    ),
    "headcount-declared": ("Nobody stands behind the number.", "Write who declared it, and when."),
    "headcount-hotel": ("headcounts.csv names a hotel that hotels.csv lacks.", "Add it there."),
    "headcount-number": ("The declared number is no number.", "Write digits only."),
    "sheet-cell": (
        "The cell holds something else than text, or text that a spreadsheet would run.",
        "Give the column the format Text, and type it again.",
    ),
    "sheet-chain": (
        "One sheet speaks for the hotels of one chain; --chain says which.",
        "Ask who sent it.",
    ),
    "sheet-contract": ("The kind of contract decides who counts.", "Choose from the list."),
    "sheet-damaged": ("The file cannot be read as a spreadsheet.", "Save it again."),
    "sheet-date": ("The date cannot be read, or cannot be.", "Write it as 2026-11-21."),
    "sheet-employee": (
        "The row names nobody in particular.",
        "Write the login of one person; logins of one or two characters are read as shared.",
    ),
    "sheet-format": ("Only .xlsx is read.", "Save it as .xlsx, without a password."),
    "sheet-formula": ("What a formula shows depends on who opens it.", "Paste it as a value."),
    "sheet-header": ("The grey second row was deleted.", "Take the sheet that was sent."),
    "sheet-hostile": (
        "A part declares entities, or an encoding that no office program writes.",
        "Save it again in the office program.",
    ),
    "sheet-hotel": ("The sheet names a hotel that hotels.csv lacks.", "Write its id."),
    "sheet-missing": ("A headcount needs a number, a name and a day.", "Write all three."),
    "sheet-more": ("Only the first hundred problems are shown.", "Cure these, then run again."),
    "sheet-number": ("A headcount is a whole number.", "Write digits only."),
    "sheet-repeated": ("Two rows say two things of one.", "Keep the right one."),
    "sheet-too-large": ("No return sheet is that large.", "Split it, or ask who sent it."),
    "sheet-unknown": ("The spreadsheet is something else.", "Import a return sheet."),
}

WRITTEN = {
    "sheet-damaged": "return-sheet.xlsx: error[sheet-damaged]: this spreadsheet is damaged: "
    "BadZipFile\n  Open it in the office program, save it as .xlsx again, and import that.",
    "sheet-format": "return-sheet.ods: error[sheet-format]: this is an OpenDocument spreadsheet\n"
    "  Save it as .xlsx (Excel 2007-365).",
    "sheet-header": "return-sheet.xlsx:Codes!A2: error[sheet-header]: no row holds the names of "
    "the columns (hotel, code)\n"
    "  Take the return sheet that the programme sent, and copy the rows into it.",
    "sheet-hostile": "return-sheet.xlsx: error[sheet-hostile]: a part of this spreadsheet is not "
    "written as office programs write it\n"
    "  Save it again from the office program; if that does not help, ask who sent it.",
    "sheet-too-large": "return-sheet.xlsx: error[sheet-too-large]: the sheet Codes has more than "
    "20,000 rows\n  Split the sheet, for instance by hotel, and import the parts.",
    "sheet-unknown": "export.xlsx: error[sheet-unknown]: this spreadsheet is no return sheet "
    '(found: "Sheet1")\n  A return sheet has the sheets Headcount, Roster and Codes. Take the '
    "return sheet that the programme sent, and copy the rows into it.",
}
