"""A sheet of codes -> PDF through typst: slips to cut apart, so that each person sees one code."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib import resources

from programme.papers.words import paper_language, paper_words
from programme.personal_codes import printed
from programme.temporary import temporary_folder
from xapi_lrs_reports.certificates.fonts import write_fonts
from xapi_lrs_reports.certificates.names import printable
from xapi_lrs_reports.certificates.texts import long_date
from xapi_lrs_reports.people.hotel_codes.issue import Sheet

TEMPLATE = "sheet.typ"
PAPER = "code_slip"


def sheet_pdf(sheet: Sheet, address: str, day: date) -> bytes:
    """Give the PDF (tagged, PDF/UA-1), A4; the same sheet gives the same bytes."""
    import typst

    with temporary_folder("noroom-codes-") as folder:
        write_fonts(folder)
        template = resources.files(__package__).joinpath(TEMPLATE)
        (folder / TEMPLATE).write_bytes(template.read_bytes())
        made: bytes = typst.compile(
            str(folder / TEMPLATE),
            root=str(folder),
            font_paths=[str(folder)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet_content(sheet, address, day))},
            pdf_standards=["ua-1"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
        return made


def sheet_content(sheet: Sheet, address: str, day: date) -> dict[str, object]:
    """Give the texts as the template expects them."""
    language = paper_language(PAPER, sheet.hotel.language)
    words, name = paper_words(PAPER, language), printable(sheet.hotel.name)
    return {
        "lang": language,
        "title": words["title"].format(hotel=name),
        "open": words["open"],
        "address": address,
        "hotel_label": words["hotel"],
        "personal_label": words["personal"],
        "sentences": [words[f"sentence_{number}"] for number in (1, 2, 3)],
        "manager": words["manager"].format(
            count=len(sheet.personal_codes), date=long_date(day, language)
        ),
        "name": name,
        "hotel_code": printed(sheet.hotel_code),
        "codes": [printed(code) for code in sheet.personal_codes],
    }
