"""One certificate -> PDF through typst. The same certificate gives the same bytes."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Literal

from xapi_lrs_reports.certificates.fonts import write_fonts
from xapi_lrs_reports.certificates.texts import Texts, long_date, read_texts

TEMPLATE = "certificate.typ"
_PICTOGRAPHS = 0x1F000
_LONGEST_NAME = 240
_LONGEST_ORGANISATION = 80
_LONG_WORD = re.compile(r"\S{25,}")
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True)
class Certificate:
    """What one certificate says. `percent` None: only that the threshold is met.

    `language` is one that there are words for; `operator` is `ge` or `gt`.
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


@dataclass(frozen=True)
class Printer:
    """typst with its fonts and template in place; made by `open_printer`."""

    folder: Path

    def pdf(self, certificate: Certificate) -> bytes:
        """Give the PDF (tagged, PDF/UA-1), one A4 page."""
        return self._compile(certificate, "pdf")

    def png(self, certificate: Certificate) -> bytes:
        """Give a picture of the page, 110 dots per inch."""
        return self._compile(certificate, "png")

    def _compile(self, certificate: Certificate, kind: Literal["pdf", "png"]) -> bytes:
        import typst

        issued = certificate.issued_on
        made: bytes = typst.compile(
            str(self.folder / TEMPLATE),
            root=str(self.folder),
            font_paths=[str(self.folder)],
            ignore_system_fonts=True,
            format=kind,
            ppi=110.0,
            sys_inputs={"certificate": json.dumps(content(certificate))},
            pdf_standards=["ua-1"] if kind == "pdf" else [],
            timestamp=datetime(issued.year, issued.month, issued.day, tzinfo=UTC),
        )
        return made


@contextmanager
def open_printer() -> Iterator[Printer]:
    """Write fonts and template into a temporary folder for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="noroom-certificates-") as name:
        folder = Path(name)
        write_fonts(folder)
        template = resources.files(__package__).joinpath(TEMPLATE)
        (folder / TEMPLATE).write_bytes(template.read_bytes())
        yield Printer(folder)


def content(certificate: Certificate) -> dict[str, object]:
    """Give the texts of the page as the template expects them: strings, and `facts` as pairs."""
    texts = read_texts(certificate.language)
    words = getattr(texts, f"threshold_{certificate.operator}")
    threshold_words = words.format(threshold=certificate.threshold)
    name = printable(certificate.hotel_name)
    issuer = printable(certificate.issuer, _LONGEST_ORGANISATION)
    programme = printable(certificate.programme, _LONGEST_ORGANISATION)
    return {
        "document_title": f"{texts.title} {certificate.number}: {name}",
        "lang": certificate.language,
        "programme": _breakable(programme),
        "issuer": issuer,
        "title": texts.title,
        "subtitle": texts.subtitle,
        "awarded_to": texts.awarded_to,
        "hotel": _breakable(name),
        "statement": _statement(certificate, texts, threshold_words),
        "facts": _facts(certificate, texts, threshold_words),
        "on_behalf_of": texts.on_behalf_of.format(issuer=_breakable(issuer)),
        "limits": texts.limits,
    }


def printable(name: str, longest: int = _LONGEST_NAME) -> str:
    """Leave out what the fonts cannot draw (pictographs, control characters), and shorten."""
    kept = "".join(char for char in name if ord(char) < _PICTOGRAPHS and not _is_hidden(char))
    name = " ".join(kept.split())
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _breakable(name: str) -> str:
    """Let words that are longer than a line break anywhere (U+200B)."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(word[0]), name)


def _is_hidden(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")


def _statement(certificate: Certificate, texts: Texts, threshold_words: str) -> str:
    if certificate.percent is None:
        return texts.statement_threshold.format(threshold_words=threshold_words)
    return texts.statement_percent.format(
        percent=certificate.percent, threshold_words=threshold_words
    )


def _facts(certificate: Certificate, texts: Texts, threshold_words: str) -> list[tuple[str, str]]:
    language, until = certificate.language, certificate.valid_until
    rule = texts.rule_words.format(threshold_words=threshold_words)
    version = texts.rule_version.format(rule_version=certificate.rule_version)
    return [
        (texts.issued_on, long_date(certificate.issued_on, language)),
        (texts.valid_until, long_date(until, language) if until else texts.no_end),
        (texts.number, certificate.number),
        (f"{texts.rule} ({version})", rule[:1].upper() + rule[1:]),
    ]
