"""How far a language of a course, or of a chain's own pages, is; who stands behind it."""

from collections.abc import Iterator, Mapping
from typing import Literal

from programme.problems import Problem
from programme.validate import Strict
from programme.words import Date, Word
from programme.yaml_source import Source

_REVIEWED = ("reviewed_by", "reviewed_on")
_SIGNATURES: dict[str, tuple[str, ...]] = {
    "draft": (),
    "reviewed": _REVIEWED,
    "approved": (*_REVIEWED, "approved_by", "approved_on"),
}
"""Who has to stand behind a status, and since when."""


class SecondReading(Strict):
    """A reading by anyone or anything; it never raises the status of a language."""

    by: Word
    on: Date
    notes: Word | None = None


class LanguageStatus(Strict):
    """How far one language is: a draft is only built when asked for.

    Only a person raises the status, with name and date.
    """

    status: Literal["draft", "reviewed", "approved"]
    reviewed_by: Word | None = None
    reviewed_on: Date | None = None
    approved_by: Word | None = None
    approved_on: Date | None = None
    second_reading: SecondReading | None = None


def status_problems(
    languages: Mapping[str, LanguageStatus], source: Source, key: str
) -> Iterator[Problem]:
    """Give each status under `key` of `source` that lacks a name or date."""
    for language, status in languages.items():
        for wanted in _SIGNATURES[status.status]:
            if getattr(status, wanted) is None:
                what = f"{language} is {status.status}, but {wanted} is missing"
                fix = f"Add {wanted}: to it, or write status: draft."
                yield source.problem((key, language, "status"), "review-missing", what, fix)
