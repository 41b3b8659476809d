"""Flesch's reading ease and its published adaptions: from 100 (very easy) down to 0 and below.

| language | formula | source |
|---|---|---|
| en | 206.835 - 1.015 W - 84.6 S | R. Flesch, A new readability yardstick, 1948 |
| nl | 206.84 - 0.93 W - 77 S | W. H. Douma, De leesbaarheid van landbouwbladen, 1960 |
| de | 180 - W - 58.5 S | T. Amstad, Wie verständlich sind unsere Zeitungen?, 1978 |
| fr | 207 - 1.015 W - 73.6 S | L. Kandel and A. Moles, 1958 |
| es | 206.84 - 1.02 W - 60 S | J. Fernández Huerta, Medidas sencillas de lecturabilidad, 1959 |

W: words per sentence; S: syllables per word. Other languages have no such formula that is widely
accepted; nothing is said about them.

The level of the Common European Framework (CEFR) is a convention over Flesch's bands, not a
finding: no formula knows whether a word is known. It finds texts that are too hard; that a text is
easy enough only readers can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scorm_builder.checks.readability.sentences import Sentence
from scorm_builder.checks.readability.syllables import syllables

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1", "C2")
LEAST_WORDS = 50
"""Below this a score says more about chance than about the text."""

_FORMULAS = {
    "en": (206.835, 1.015, 84.6),
    "nl": (206.84, 0.93, 77.0),
    "de": (180.0, 1.0, 58.5),
    "fr": (207.0, 1.015, 73.6),
    "es": (206.84, 1.02, 60.0),
}
_BANDS: tuple[tuple[float, Level], ...] = (
    (90, "A1"), (80, "A2"), (70, "B1"), (60, "B2"), (50, "C1"),
)  # fmt: skip


@dataclass(frozen=True)
class Ease:
    """How easy a text is: Flesch's score, and the level that goes with it."""

    score: float
    level: Level


def has_formula(language: str) -> bool:
    """Tell whether texts in `language`, such as "pt-BR", can be measured."""
    return _base(language) in _FORMULAS


def reading_ease(sentences: Sequence[Sentence], language: str) -> Ease | None:
    """Measure sentences; None for a language without a formula and for a text too short."""
    words = [word for sentence in sentences for word in sentence.words]
    if not has_formula(language) or len(words) < LEAST_WORDS:
        return None
    constant, per_sentence, per_word = _FORMULAS[_base(language)]
    spoken = sum(syllables(word, _base(language)) for word in words)
    score = constant - per_sentence * len(words) / len(sentences) - per_word * spoken / len(words)
    level: Level = next((level for least, level in _BANDS if score >= least), LEVELS[-1])
    return Ease(round(score, 1), level)


def _base(language: str) -> str:
    return language.partition("-")[0]
