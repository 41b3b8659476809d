"""One certificate -> PDF through typst. The same certificate gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

from programme.text_direction import text_direction
from xapi_lrs_reports.certificates.names import apart, breakable, breakable_address, printable
from xapi_lrs_reports.certificates.qr import qr_svg
from xapi_lrs_reports.certificates.read_code import ATTACHMENT
from xapi_lrs_reports.certificates.texts import ENGLISH, Texts, long_date, read_texts
from xapi_lrs_reports.certificates.typesetting import Typesetter, open_typesetter

TEMPLATE = "certificate.typ"
_LONGEST_ORGANISATION = 80


@dataclass(frozen=True)
class Certificate:
    """What one certificate says. `percent` None: only that the threshold is met.

    `language` is one that there are words for; English stands beside it. `operator` is `ge` or
    `gt`. `code` is the text of the QR code; empty: none is drawn. `page` is the address where
    anybody can check it, `signatory` the name and office below the line for the signature.
    `specimen` marks a sample across the page.
    """

    number: str
    hotel_name: str
    programme: str
    issuer: str
    language: str
    issued_on: date
    valid_until: date | None
    threshold: int
    operator: str
    rule_version: str
    percent: int | None
    code: str = ""
    page: str | None = None
    signatory: str | None = None
    specimen: bool = False


@dataclass(frozen=True)
class Printer:
    """typst with its fonts and template in place; made by `open_printer`."""

    typesetter: Typesetter

    def pdf(self, certificate: Certificate) -> bytes:
        """Give the PDF (tagged, PDF/UA-1), one A4 page, with the code as an attachment."""
        return self._compile(certificate, "pdf")

    def png(self, certificate: Certificate) -> bytes:
        """Give a picture of the page, 110 dots per inch."""
        return self._compile(certificate, "png")

    def _compile(self, certificate: Certificate, kind: Literal["pdf", "png"]) -> bytes:
        return self.typesetter.compile(
            TEMPLATE, content(certificate), certificate.issued_on, kind=kind
        )


@contextmanager
def open_printer() -> Iterator[Printer]:
    """Write fonts and template into a temporary folder for as long as the block lasts."""
    with open_typesetter(TEMPLATE) as typesetter:
        yield Printer(typesetter)


def content(certificate: Certificate) -> dict[str, object]:
    """Give the texts of the page as the template expects them.

    `main` and `english` are dicts of strings (`english` None where that is the language), `facts`
    a list of `[label, English label, value, English value]`, the English ones empty where they are
    the same.
    """
    name = printable(certificate.hotel_name)
    programme = printable(certificate.programme, _LONGEST_ORGANISATION)
    main = _words(certificate, certificate.language)
    english = _words(certificate, ENGLISH) if certificate.language != ENGLISH else None
    return {
        "document_title": f"{main['title']} {certificate.number}: {name}",
        "lang": certificate.language,
        "rtl": text_direction(certificate.language) == "rtl",
        "programme": breakable(programme),
        "issuer": printable(certificate.issuer, _LONGEST_ORGANISATION),
        "hotel": breakable(name),
        "main": main,
        "english": english,
        "facts": _facts(certificate),
        "qr": qr_svg(certificate.code) if certificate.code else None,
        "code": certificate.code,
        "attachment": ATTACHMENT,
        "signatory": breakable(printable(certificate.signatory or "", _LONGEST_ORGANISATION)),
        "specimen": certificate.specimen,
    }


def _words(certificate: Certificate, language: str) -> dict[str, str]:
    texts, rtl = read_texts(language), text_direction(language) == "rtl"
    issuer = breakable(printable(certificate.issuer, _LONGEST_ORGANISATION))
    return {
        "title": texts.title,
        "subtitle": texts.subtitle,
        "awarded_to": texts.awarded_to,
        "statement": _statement(certificate, texts),
        "on_behalf_of": texts.on_behalf_of.format(issuer=issuer),
        "limits": texts.limits,
        "scan": texts.scan_page.format(page=apart(breakable_address(certificate.page), rtl=rtl))
        if certificate.page
        else texts.scan,
        "qr_alt": texts.qr_alt,
        "specimen": texts.specimen,
    }


def _statement(certificate: Certificate, texts: Texts) -> str:
    threshold_words = texts.threshold_words(certificate.operator, certificate.threshold)
    if certificate.percent is None:
        return texts.statement_threshold.format(threshold_words=threshold_words)
    return texts.statement_percent.format(
        percent=certificate.percent, threshold_words=threshold_words
    )


def _facts(certificate: Certificate) -> list[list[str]]:
    main = _facts_in(certificate, certificate.language)
    english = _facts_in(certificate, ENGLISH)
    return [
        [label, _unless_same(other, label), value, _unless_same(same, value)]
        for (label, value), (other, same) in zip(main, english, strict=True)
    ]


def _unless_same(english: str, main: str) -> str:
    """Give the English, or nothing where it reads the same but for capitals."""
    return "" if english.casefold() == main.casefold() else english


def _facts_in(certificate: Certificate, language: str) -> list[tuple[str, str]]:
    texts, until = read_texts(language), certificate.valid_until
    threshold_words = texts.threshold_words(certificate.operator, certificate.threshold)
    rule = texts.rule_words.format(threshold_words=threshold_words)
    version = texts.rule_version.format(rule_version=certificate.rule_version)
    return [
        (texts.number, certificate.number),
        (texts.issued_on, long_date(certificate.issued_on, language)),
        (texts.valid_until, long_date(until, language) if until else texts.no_end),
        (f"{texts.rule} ({version})", rule[:1].upper() + rule[1:]),
    ]
