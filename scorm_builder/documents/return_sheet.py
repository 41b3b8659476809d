"""return-sheet.xlsx: what HR sends back. Its format is docs/contracts.md, section 8.

Every cell is written as text, so nothing that stands in hotels.csv can become a formula.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from programme.contracts import Contract
from programme.papers.words import SOURCE_LANGUAGE, paper_has, paper_language, paper_words
from scorm_builder.documents.language_names import language_name

ROWS = {"Headcount": 200, "Roster": 2_000, "Codes": 2_000}
FIRST_ROW = 2
"""Rows 1 and 2 (0 and 1 here) are the words for people and the names for the program."""

COLUMNS: dict[str, tuple[tuple[str, int], ...]] = {
    "Headcount": (
        ("hotel", 20), ("name", 32), ("headcount", 22), ("declared_by", 28), ("declared_on", 18),
    ),
    "Roster": (
        ("hotel", 20), ("employee", 26), ("department", 20), ("contract", 22), ("joined", 18),
        ("left", 18),
    ),
    "Codes": (("hotel", 20), ("code", 30)),
}  # fmt: skip
"""Sheet -> (name for the program, width in characters)."""

_DATES = ("declared_on", "joined", "left")
_CONTRACTS = get_args(Contract)
_EARLIEST, _LATEST = datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)
_STEPS = ("step_1", "step_2", "step_3", "step_4", "grey_row")
_PAPER = "return_sheet"
_TITLE, _MESSAGE = 32, 255
"""Characters that Excel allows in what it says of a wrong cell."""


@dataclass(frozen=True)
class _Spoken:
    """The words of the sheet in one or two languages, English last; `missing` is one without."""

    words: tuple[dict[str, str], ...]
    missing: str | None = None

    def all(self, key: str, limit: int | None = None) -> str:
        """Give a text in all languages; in the first alone where Excel has no room."""
        said = " · ".join(one[key] for one in self.words)
        return said if limit is None or len(said) <= limit else self.words[0][key][:limit]


def _spoken(wanted: Sequence[str]) -> _Spoken:
    """Take the first wanted language that has all the words, and English beside it."""
    others = [tag for tag in wanted if tag.partition("-")[0] != SOURCE_LANGUAGE]
    first = paper_language(_PAPER, *others)
    missing = next((tag for tag in others[:1] if not paper_has(_PAPER, tag)), None)
    tags = dict.fromkeys([first, SOURCE_LANGUAGE])
    return _Spoken(tuple(paper_words(_PAPER, tag) for tag in tags), missing)


def return_sheet(
    chain: str, title: str, hotels: Sequence[tuple[str, str]], languages: Sequence[str] = ("nl",)
) -> bytes:
    """Give the workbook; `hotels` are (id, name), which are filled in. Same input, same bytes.

    `languages` are those of the chain's HR, the best first; English is always there.
    """
    import xlsxwriter

    spoken = _spoken(languages)

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
        _read_me(book, formats, spoken, f"{chain} – {title}")
        for name, columns in COLUMNS.items():
            sheet = book.add_worksheet(name)
            _header(sheet, columns, formats, spoken)
            _validate(sheet, name, spoken, hotels_known=bool(hotels))
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


def _read_me(book: Any, formats: dict[str, Any], spoken: _Spoken, subject: str) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    for row, (kind, text) in enumerate(_read_me_lines(spoken, subject)):
        sheet.write_string(row, 0, text, formats[kind])


def _read_me_lines(spoken: _Spoken, subject: str) -> Iterator[tuple[str, str]]:
    """Give each line with its format: what the sheet is, then the steps in every language."""
    yield "h", spoken.all("title")
    yield "p", subject
    if spoken.missing:
        name = language_name(spoken.missing, SOURCE_LANGUAGE)
        yield "p", spoken.words[-1]["not_there"].format(language=name)
    for words in spoken.words:
        yield "h", words["language"]
        for step in _STEPS:
            yield "p", words[step]


def _header(
    sheet: Any, columns: Sequence[tuple[str, int]], formats: dict[str, Any], spoken: _Spoken
) -> None:
    sheet.set_row(0, 32)
    for column, (name, width) in enumerate(columns):
        kind = "number" if name == "headcount" else "date" if name in _DATES else "text"
        sheet.set_column(column, column, width, formats[kind])
        sheet.write_string(0, column, spoken.all(name), formats["people"])
        sheet.write_string(1, column, name, formats["program"])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validate(sheet: Any, name: str, spoken: _Spoken, *, hotels_known: bool) -> None:
    last = FIRST_ROW + ROWS[name] - 1
    for column, (field, _) in enumerate(COLUMNS[name]):
        rule = _rule(field, name, spoken, hotels_known=hotels_known)
        if rule:
            sheet.data_validation(FIRST_ROW, column, last, column, rule)


def _rule(field: str, sheet: str, spoken: _Spoken, *, hotels_known: bool) -> dict[str, Any] | None:
    """Give what Excel lets people type into a column; None: anything."""
    if field == "headcount":
        return _between("integer", 1, 20_000, spoken, "number")
    if field in _DATES:
        return _between("date", _EARLIEST, _LATEST, spoken, "date")
    if field in ("employee", "code"):
        return _between("length", 3, 255, spoken, "length")
    message = spoken.all("choice_error", _MESSAGE)
    if field == "contract":
        return _choice(list(_CONTRACTS), "Contract", message)
    if field == "hotel" and sheet != "Headcount" and hotels_known:
        end = FIRST_ROW + ROWS["Headcount"]
        return _choice(f"=Headcount!$A${FIRST_ROW + 1}:$A${end}", "Hotel", message)
    return None


def _between(kind: str, low: object, high: object, spoken: _Spoken, words: str) -> dict[str, Any]:
    limits = {"criteria": "between", "minimum": low, "maximum": high}
    said = {
        "error_title": spoken.all(f"{words}_title", _TITLE),
        "error_message": spoken.all(f"{words}_error", _MESSAGE),
    }
    return {"validate": kind, **limits, **said}


def _choice(source: list[str] | str, title: str, message: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "error_title": title, "error_message": message}
