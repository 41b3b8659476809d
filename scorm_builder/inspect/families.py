"""Which LMS families are known to mind a finding, and how it is known: from presets/*.yaml.

Vendors' rules change with every release: `documented` means that a help page said so,
`unconfirmed` that practitioners say so. Ask the vendor before you promise anything.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

Evidence = Literal["seen", "documented", "unconfirmed"]
_WORDS: dict[Evidence, str] = {
    "seen": "seen",
    "documented": "its help pages",
    "unconfirmed": "unconfirmed",
}


@dataclass(frozen=True)
class Minder:
    """A family of LMSs; `seen`: in its code or at work, `documented`: on its help pages."""

    family: str
    evidence: Evidence

    def __str__(self) -> str:
        """Render as words, such as `Docebo (its help pages)`."""
        return f"{self.family} ({_WORDS[self.evidence]})"


def minders(code: str) -> tuple[Minder, ...]:
    """Give the families known to mind findings of this code, the surest first; often none."""
    return _by_code().get(code, ())


@functools.cache
def _by_code() -> dict[str, tuple[Minder, ...]]:
    from scorm_builder.lms.lms_presets import minded

    found: dict[str, tuple[Minder, ...]] = {}
    families = minded()
    for evidence in _WORDS:
        for name, minds in families:
            for code in getattr(minds, evidence):
                found[code] = (*found.get(code, ()), Minder(name, evidence))
    return found
