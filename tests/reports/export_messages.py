"""The part of docs/messages-reports.md about exports of LMSs, aliases and events of hotels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from tests.reports import sheet_messages
from tests.reports.programme_files import make_programme
from xapi_lrs_reports.hotel_register.events import read_events
from xapi_lrs_reports.hotels import Hotel, read_hotels
from xapi_lrs_reports.lms_export.import_export import Wishes, understand
from xapi_lrs_reports.roster import read_roster
from xapi_lrs_reports.roster_import.read import read_people
from xapi_lrs_reports.statement import StatementProblem

_ROW = "Login,Status,Completed on\n"
_WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("<html>", {}),
    ("Name,Status\nZ,Passed\n", {}),
    (_ROW + "abc,Passed,02/11/2026\n", {}),
    ("Login,Status,Course\nabc,Passed,Fire safety\nabc,Passed,First aid\n", {}),
    (_ROW, {"words": ("ja=yes",)}),
    (_ROW, {"hotel": "acme-9"}),
    (_ROW, {"preset": "moddle-activity"}),
    (_ROW, {"mapping": "docebo"}),
)


def of_exports() -> Iterator[Problem | StatementProblem]:
    """Yield what the real readers say of exports full of mistakes.

    Writes into the folder where it runs.
    """
    programme = make_programme(Path("programme"))
    file = Path("export.csv")

    def read(text: str, **wishes: Any) -> list[StatementProblem]:
        file.write_text(text, "utf-8")
        said = Wishes(**{"preset": "other", "course": "no-room"} | wishes)
        return understand(programme, file, file.name, "acme", said).problems

    for text, wishes in _WRONG:
        try:
            read(text, **wishes)
        except InputError as error:
            yield from error.problems
        else:
            raise AssertionError("nothing was wrong")
    yield from read(_ROW + ",Passed,2026-11-02\nabc,Passed,soon\nabc,Klaar,2026-11-02\n")
    yield from _of_events()
    yield from _of_lists(hotels_of(programme))
    roster = Path("roster.csv")
    roster.write_text("hotel,employee,aliases\nacme-1,e-1,a@x.example\nacme-1,e-2,a@x.example\n")
    yield from read_roster(roster, hotels_of(programme), {}).warnings


def hotels_of(programme: ProgrammeDirectory) -> dict[str, Hotel]:
    """Give the hotels of the programme."""
    return read_hotels(programme.path / "hotels.csv", programme.chains, "nl")[0]


def _of_lists(hotels: dict[str, Hotel]) -> Iterator[Problem]:
    file = Path("people.csv")
    head = "hotel,employee,contract,joined\n"
    for text in (
        "Name,Place\nZ,X\n",
        head + "acme-1,e-9,,soon\nacme-1,E-9,agency,\n",
        head + "acme-1,e-9,,02/03/2026\n",
    ):
        file.write_text(text, "utf-8")
        try:
            read_people(file, file.name, hotels, "acme")
        except InputError as error:
            yield from error.problems
        else:
            raise AssertionError("nothing was wrong")


def _of_events() -> list[Problem]:
    hotels = {"acme-1": Hotel("acme-1", "A", "acme", None, "nl", None)}
    file = Path("hotel-events.csv")
    file.write_text("hotel,on,event\nacme-1,2026-11-21,shut\n", "utf-8")
    try:
        read_events(file, hotels)
    except InputError as error:
        return error.problems
    raise AssertionError("nothing was wrong")


MEANINGS = {
    "hotel-event": (
        "A row of hotel-events.csv says something that cannot be.",
        "Correct the row; noroom hotel writes such rows itself.",
    ),
    "hotel-state": (
        "The hotel is closed, or part of another one, on that day; or it is open anyway.",
        "Look at noroom hotel list --as-of, then name another day or hotel.",
    ),
    "hotels-busy": ("Two commands would write the same files.", "Try again when it has ended."),
    "export-columns": (
        "A column that is needed is not in the file, or stands there twice.",
        "Name it with --column.",
    ),
    "export-course": (
        "Nobody can say which course a row, or the whole file, is about.",
        "Say it with --course or --course-name.",
    ),
    "export-date": (
        "The row reports a completion on no day that can be read, or on one that cannot be. It "
        "waits for review.",
        "Correct the date in the LMS, or say the order of its numbers.",
    ),
    "export-dates": (
        "02/11/2026 can be November or February, and no row of the file shows which.",
        "Say which number comes first.",
    ),
    "export-format": ("The file is no table.", "Export it as CSV or .xlsx."),
    "export-hotel": ("The hotel of --hotel is not one of this chain.", "Write its id."),
    "export-learner": (
        "The row reports a completion of nobody. It waits for review.",
        "Write the id, or remove the row.",
    ),
    "export-mapping": ("No mapping of this name was saved.", "Choose one of those, or a preset."),
    "export-option": ("The option needs a name and a value.", "Write it as the example shows."),
    "export-preset": ("No preset has this name.", "Choose one; --preset list shows them."),
    "export-status": (
        "Nobody knows what the word for the state means; it counts for nothing and waits for "
        "review.",
        "Say what it means with --word, and import the file again.",
    ),
    "export-unconfirmed": (
        "Nobody of this project has seen such an export, so a person has to look first.",
        "Compare what was understood with the file, then say who you are.",
    ),
    "roster-busy": ("Two commands would write the same file.", "Try again when it has ended."),
    "roster-columns": (
        "The list does not say which column is which.",
        "Write the names above the columns.",
    ),
    "roster-date": ("A date of the list cannot be read.", "Write it as 2026-11-21."),
    "roster-leavers": (
        "A list that was cut off would make people leave who are still there.",
        "Look whether the list is whole; --many-leave says that it is.",
    ),
    "roster-twice": ("Two rows say two things of one person at one hotel.", "Keep the right one."),
    "roster-zeros": (
        "A spreadsheet has taken the zeros off the front of ids; they would be new people.",
        "Format the column as Text, or export the list as CSV.",
    ),
    "roster-alias": (
        "The alias is one that several people use or claim, so it merges nobody.",
        "Write ids that one person alone has.",
    ),
}

WRITTEN = {
    "roster-busy": "roster.csv: error[roster-busy]: another noroom command is changing the roster\n"
    "  Wait until it has finished, then try again.",
    "roster-leavers": "people.csv: error[roster-leavers]: 14 of 20 people of acme-1 would have "
    "left\n  If the list is whole and that is true, add --many-leave.",
    "roster-zeros": "people.csv:2: error[roster-zeros]: 1 id would be those of people on the "
    "roster, but for zeros in front: a spreadsheet has eaten them\n"
    "  Give the column the format Text in the spreadsheet, or export the list as CSV.",
    "hotel-state": "hotel-events.csv: error[hotel-state]: acme-1 is open on 2026-11-21\n"
    "  There is nothing to take back.",
    "hotels-busy": "hotels.csv: error[hotels-busy]: another noroom command is changing hotels or "
    "codes\n  Wait until it has finished, then try again.",
    "export-unconfirmed": "export.csv: error[export-unconfirmed]: nobody has confirmed that this "
    "export is read rightly; nothing was written\n"
    "  Look at what was understood, above, then add --confirmed-by NAME.",
}

WITH_SHEETS = sheet_messages.MEANINGS | MEANINGS
WRITTEN_WITH_SHEETS = sheet_messages.WRITTEN | WRITTEN
