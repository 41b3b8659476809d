"""The covering letter of a certificate -> PDF, one A4 page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.papers.words import paper_language, paper_words
from programme.text_direction import text_direction
from xapi_lrs_reports.certificates.names import apart, breakable, breakable_address, printable
from xapi_lrs_reports.certificates.render import Certificate
from xapi_lrs_reports.certificates.texts import long_date, read_texts
from xapi_lrs_reports.certificates.typesetting import Typesetter

LETTER_TEMPLATE = "letter.typ"
PAPER = "covering_letter"


@dataclass(frozen=True)
class Letter:
    """What a letter says beside its certificate. `materials`: posters and cards are in the kit."""

    certificate: Certificate
    day: date
    contact: str | None
    replaces: str | None
    materials: bool


def letter_languages(certificate: Certificate) -> list[str]:
    """Give the languages of a kit's letters: the hotel's, and English."""
    return list(dict.fromkeys([paper_language(PAPER, certificate.language), "en"]))


def letter_pdf(typesetter: Typesetter, letter: Letter, language: str) -> bytes:
    """Typeset the letter in one of `letter_languages`."""
    return typesetter.compile(LETTER_TEMPLATE, letter_content(letter, language), letter.day)


def letter_content(letter: Letter, language: str) -> dict[str, object]:
    """Give what the template expects: strings, and `paragraphs` and `enclosed` as lists."""
    one = letter.certificate
    words, hotel = paper_words(PAPER, language), breakable(printable(one.hotel_name))
    programme = breakable(printable(one.programme, 80))
    until = one.valid_until
    rtl = text_direction(language) == "rtl"
    names = {
        "number": one.number,
        "hotel": hotel,
        "programme": programme,
        "replaces": letter.replaces or "",
        "page": breakable_address(one.page or ""),
        "contact": letter.contact or "",
    }
    filled = {
        "issued_on": long_date(one.issued_on, language),
        "valid_until": long_date(until, language) if until else "",
        "threshold_words": read_texts(language).threshold_words(one.operator, one.threshold),
        **{key: apart(name, rtl=rtl) for key, name in names.items()},
    }
    text = {key: word.format(**filled) for key, word in words.items()}
    return {
        "lang": language,
        "rtl": rtl,
        "document_title": text["subject"],
        "programme": programme,
        "issuer": breakable(printable(one.issuer, 80)),
        "date": long_date(letter.day, language),
        "signatory": breakable(printable(one.signatory or "", 80)),
        "paragraphs": [text[key] for key in _paragraphs(letter)],
        "items": [text[f"enclosed_{key}"] for key in _enclosed(letter)],
        **{key: text[key] for key in ("subject", "greeting", "enclosed", "closing")},
        "contact": text["contact"] if letter.contact else "",
    }


def _paragraphs(letter: Letter) -> list[str]:
    one = letter.certificate
    return [
        "thanks",
        "until" if one.valid_until else "without_end",
        *(["replaces"] if letter.replaces else []),
        "hang",
        "check_page" if one.page else "check",
        "keep",
    ]


def _enclosed(letter: Letter) -> list[str]:
    return ["certificate", "badge", *(["materials"] if letter.materials else [])]
