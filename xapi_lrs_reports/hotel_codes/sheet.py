"""A sheet of codes -> PDF through typst: slips to cut apart, so that each person sees one code."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field

from programme.personal_codes import printed
from programme.problems import InputError
from programme.validate import Strict, validate
from programme.yaml_source import parse_yaml
from xapi_lrs_reports.certificates.fonts import write_fonts
from xapi_lrs_reports.certificates.render import printable
from xapi_lrs_reports.certificates.texts import FALLBACK, Text, long_date
from xapi_lrs_reports.hotel_codes.issue import Sheet

TEMPLATE = "sheet.typ"


class Words(Strict):
    """The words of a slip in one language, and those for the manager at the top."""

    title: Text
    open: Text
    hotel: Text
    personal: Text
    sentences: Annotated[list[Text], Field(min_length=3, max_length=3)]
    manager: Text


def sheet_pdf(sheet: Sheet, address: str, day: date) -> bytes:
    """Give the PDF (tagged, PDF/UA-1), A4; the same sheet gives the same bytes."""
    import typst

    with tempfile.TemporaryDirectory(prefix="noroom-codes-") as name:
        folder = Path(name)
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
    language = sheet.hotel.language.partition("-")[0]
    language = language if _has_words(language) else FALLBACK
    words, name = read_words(language), printable(sheet.hotel.name)
    return {
        "lang": language,
        "title": words.title.format(hotel=name),
        "open": words.open,
        "address": address,
        "hotel_label": words.hotel,
        "personal_label": words.personal,
        "sentences": words.sentences,
        "manager": words.manager.format(
            count=len(sheet.personal_codes), date=long_date(day, language)
        ),
        "name": name,
        "hotel_code": printed(sheet.hotel_code),
        "codes": [printed(code) for code in sheet.personal_codes],
    }


def _has_words(language: str) -> bool:
    return resources.files(__package__).joinpath(f"{language}.yaml").is_file()


@cache
def read_words(language: str) -> Words:
    """Read the words of a language that has some; raises InputError if they are wrong."""
    file = f"{language}.yaml"
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    words, problems = validate(Words, parse_yaml(text, file))
    if words is None:
        raise InputError(problems)
    return words
