"""Which LMS families are known to mind a finding, as data, with how it is known.

Vendors' rules change with every release: `documented` means that a help page said so,
`unconfirmed` that practitioners say so. Ask the vendor before you promise anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Evidence = Literal["seen", "documented", "unconfirmed"]


@dataclass(frozen=True)
class Minder:
    """A family of LMSs; `seen`: in its code or at work, `documented`: on its help pages."""

    family: str
    evidence: Evidence

    def __str__(self) -> str:
        """Render as words, such as `Docebo (its help pages)`."""
        words = {"seen": "seen", "documented": "its help pages", "unconfirmed": "unconfirmed"}
        return f"{self.family} ({words[self.evidence]})"


def minders(code: str) -> tuple[Minder, ...]:
    """Give the families known to mind findings of this code; empty where none is known."""
    return _MINDERS.get(code, ())


def _seen(*families: str) -> tuple[Minder, ...]:
    return tuple(Minder(family, "seen") for family in families)


def _documented(*families: str) -> tuple[Minder, ...]:
    return tuple(Minder(family, "documented") for family in families)


def _unconfirmed(*families: str) -> tuple[Minder, ...]:
    return tuple(Minder(family, "unconfirmed") for family in families)


_ADL = "the ADL test suite"
_MINDERS: dict[str, tuple[Minder, ...]] = {
    "delivery-controls": _documented("SAP SuccessFactors"),
    "external-launch": _documented("Absorb", "SAP SuccessFactors"),
    "file-absent": _seen(_ADL),
    "file-case": _documented("SAP SuccessFactors", "Canvas"),
    "file-empty": _documented("Blackboard"),
    "file-kind": _documented("Docebo", "CrossKnowledge", "Tovuti"),
    "file-media-type": (*_seen("Moodle"), *_unconfirmed("LMSs on IIS")),
    "file-nested": _documented("Tovuti"),
    "file-unlisted": _seen(_ADL),
    "http-address": _documented("Docebo"),
    "identifier-form": _documented("Oracle Learning"),
    "identifier-repeated": _seen(_ADL),
    "identifier-unknown": _seen(_ADL),
    "item-parameters": _unconfirmed("several players"),
    "items-several": _documented("Tovuti"),
    "lom-partial": _documented("SCORM Cloud"),
    "manifest-folder": (*_seen(_ADL), *_documented("TalentLMS", "Oracle Learning")),
    "mastery-decides": (*_seen("Moodle"), *_documented("SAP SuccessFactors", "Oracle Learning")),
    "measure-decides": _seen("Moodle"),
    "name-characters": (*_seen(_ADL), *_documented("SAP SuccessFactors", "Latitude")),
    "prerequisites-ignored": _unconfirmed("many LMSs"),
    "remote-address": _documented("Absorb"),
    "schema-absent": _seen(_ADL),
    "schema-version": _seen("Moodle"),
    "scorm-type": _seen(_ADL),
    "sequencing-ignored": _documented("Docebo", "Moodle"),
    "size-large": _documented("Cornerstone", "Docebo", "Oracle Learning", "CrossKnowledge"),
    "title-long": _seen(_ADL),
    "zip-descriptor": _documented("SCORM Cloud"),
}
