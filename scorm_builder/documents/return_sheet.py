"""return-sheet.xlsx: what HR sends back. Its format is docs/contracts.md, section 8.

Every cell is written as text, so nothing that stands in hotels.csv can become a formula.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any, get_args

from programme.settings import Contract

ROWS = {"Headcount": 200, "Roster": 2_000, "Codes": 2_000}
FIRST_ROW = 2
"""Rows 1 and 2 (0 and 1 here) are the words for people and the names for the program."""

COLUMNS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "Headcount": (
        ("hotel", "Hotel (id) · Hotel (id)", 20),
        ("name", "Naam van het hotel · Name of the hotel", 32),
        ("headcount", "Aantal medewerkers · Number of employees", 22),
        ("declared_by", "Opgegeven door · Declared by", 28),
        ("declared_on", "Op datum · On date", 18),
    ),
    "Roster": (
        ("hotel", "Hotel (id) · Hotel (id)", 20),
        ("employee", "Inlognaam in het LMS · LMS login", 26),
        ("department", "Afdeling · Department", 20),
        ("contract", "Contract · Contract", 22),
        ("joined", "In dienst sinds · Joined on", 18),
        ("left", "Uit dienst op · Left on", 18),
    ),
    "Codes": (
        ("hotel", "Hotel (id) · Hotel (id)", 20),
        ("code", "Voltooiingscode · Completion code", 30),
    ),
}
"""Sheet -> (name for the program, words for people, width in characters)."""

_DATES = ("declared_on", "joined", "left")
_CONTRACTS = get_args(Contract)
_EARLIEST, _LATEST = datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)
_READ_ME = (
    ("h", "Retourblad · Return sheet"),
    ("p", "{chain} – {title}"),
    ("h", "Nederlands"),
    ("p", "1. Headcount: vul voor elk hotel in: het aantal medewerkers,"
          " wie dat opgeeft en de datum."),
    ("p", "2. Roster (alleen als dat is afgesproken): één regel per medewerker, met de inlognaam"
          " zoals uw LMS die kent. Geen namen en geen e-mailadressen als dat niet hoeft."
          " Wie niet op het blad staat, blijft wie hij was; wie weg is, krijgt een datum."),
    ("p", "3. Codes: kon de cursus het programma niet bereiken, dan kreeg de medewerker aan het"
          " einde een code van 16 tekens, zoals 2YPT-FV38-2J88-02WQ. Zet elke code op een eigen"
          " regel, achter het hotel van deze medewerker. Hoofdletters en streepjes maken niet uit."
          " De medewerker moet ook op het blad Roster staan. Meestal blijft dit blad leeg."),
    ("p", "4. Bewaar het bestand als .xlsx en stuur het langs de afgesproken veilige weg terug."),
    ("p", "De grijze tweede regel op elk blad is voor het programma: laat die staan."),
    ("h", "English"),
    ("p", "1. Headcount: for each hotel, fill in the number of employees,"
          " who declares it and the date."),
    ("p", "2. Roster (only if that was agreed): one line per employee, with the login as your LMS"
          " knows it. No names and no mail addresses unless they are the login."
          " People who are not on the sheet stay as they were; who left gets a date."),
    ("p", "3. Codes: where the course could not reach the programme, the employee got a code of 16"
          " signs at the end, such as 2YPT-FV38-2J88-02WQ. Put each code on a line of its own,"
          " behind the hotel of this employee. Capitals and hyphens do not matter. The employee has"
          " to stand on the sheet Roster, too. Mostly this sheet stays empty."),
    ("p", "4. Save the file as .xlsx and send it back on the safe way that was agreed."),
    ("p", "The grey second row of each sheet is for the program: leave it."),
)  # fmt: skip


def return_sheet(chain: str, title: str, hotels: Sequence[tuple[str, str]]) -> bytes:
    """Give the workbook; `hotels` are (id, name), which are filled in. Same input, same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": f"{chain}: {title}", "created": datetime.datetime(2000, 1, 1)}
        )
        formats = _formats(book)
        _read_me(book, formats, chain, title)
        for name, columns in COLUMNS.items():
            sheet = book.add_worksheet(name)
            _header(sheet, columns, formats)
            _validate(sheet, name, columns, bool(hotels))
            if name == "Headcount":
                for row, (hotel, called) in enumerate(hotels[: ROWS[name]], FIRST_ROW):
                    sheet.write_string(row, 0, hotel, formats["fixed"])
                    sheet.write_string(row, 1, called, formats["fixed"])
        book.worksheets()[1].activate()
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    return {
        "h": book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#0e5a61"}),
        "p": book.add_format({**font, "text_wrap": True}),
        "people": book.add_format(
            {**font, "bold": True, "text_wrap": True, "bg_color": "#0e5a61",
             "font_color": "#ffffff", "border": 1, "border_color": "#ffffff"}
        ),
        "program": book.add_format({**font, "font_size": 8, "font_color": "#51616a",
                                    "bg_color": "#eeeeee"}),
        "text": book.add_format({**font, "num_format": "@"}),
        "number": book.add_format({**font, "num_format": "0"}),
        "date": book.add_format({**font, "num_format": "yyyy-mm-dd"}),
        "fixed": book.add_format({**font, "num_format": "@", "bg_color": "#f4f1ea"}),
    }  # fmt: skip


def _read_me(book: Any, formats: dict[str, Any], chain: str, title: str) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    for row, (kind, text) in enumerate(_READ_ME):
        sheet.write_string(row, 0, text.format(chain=chain, title=title), formats[kind])


def _header(sheet: Any, columns: Sequence[tuple[str, str, int]], formats: dict[str, Any]) -> None:
    sheet.set_row(0, 32)
    for column, (name, words, width) in enumerate(columns):
        kind = "number" if name == "headcount" else "date" if name in _DATES else "text"
        sheet.set_column(column, column, width, formats[kind])
        sheet.write_string(0, column, words, formats["people"])
        sheet.write_string(1, column, name, formats["program"])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validate(
    sheet: Any, name: str, columns: Sequence[tuple[str, str, int]], hotels_known: bool
) -> None:
    last = FIRST_ROW + ROWS[name] - 1
    for column, (field, _, _) in enumerate(columns):
        rule = _rule(field, name, hotels_known=hotels_known)
        if rule:
            sheet.data_validation(FIRST_ROW, column, last, column, rule)


def _rule(field: str, sheet: str, *, hotels_known: bool) -> dict[str, Any] | None:
    """Give what Excel lets people type into a column; None: anything."""
    if field == "headcount":
        words = ("Aantal · Number", "Een heel getal van 1 tot 20000. · A whole number, 1 to 20000.")
        return _between("integer", 1, 20_000, *words)
    if field in _DATES:
        words = ("Datum · Date", "Een datum zoals 21-11-2026. · A date such as 2026-11-21.")
        return _between("date", _EARLIEST, _LATEST, *words)
    if field in ("employee", "code"):
        words = ("Lengte · Length", "3 tot 255 tekens. · 3 to 255 characters.")
        return _between("length", 3, 255, *words)
    if field == "contract":
        return _choice(list(_CONTRACTS), "Contract")
    if field == "hotel" and sheet != "Headcount" and hotels_known:
        end = FIRST_ROW + ROWS["Headcount"]
        return _choice(f"=Headcount!$A${FIRST_ROW + 1}:$A${end}", "Hotel")
    return None


def _between(kind: str, low: object, high: object, title: str, message: str) -> dict[str, Any]:
    limits = {"criteria": "between", "minimum": low, "maximum": high}
    return {"validate": kind, **limits, "error_title": title, "error_message": message}


def _choice(source: list[str] | str, title: str) -> dict[str, Any]:
    message = "Kies uit de lijst. · Choose from the list."
    return {"validate": "list", "source": source, "error_title": title, "error_message": message}
