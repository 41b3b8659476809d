"""The words in which an LMS says how far somebody is -> their meaning; an unknown word has none."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from importlib import resources
from typing import Any, cast

import yaml

from xapi_lrs_reports.lms_export.models import Meaning

_MEANINGS = ("passed", "completed", "failed", "open", "exempt")
_BLANKS = re.compile(r"[\s_]+")


def folded(text: str) -> str:
    """Bring the spellings of a word together: case, accents, blanks and low lines."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _BLANKS.sub(" ", plain).strip().casefold()


@functools.cache
def _data() -> dict[str, Any]:
    file = resources.files("xapi_lrs_reports.lms_export").joinpath("status_words.yaml")
    return cast(dict[str, Any], yaml.safe_load(file.read_text("utf-8")))


@functools.cache
def _known() -> dict[str, Meaning]:
    return {folded(word): cast(Meaning, one) for one in _MEANINGS for word in _data()[one]}


@functools.cache
def month_numbers() -> dict[str, int]:
    """Give the number of every name of a month, folded."""
    return {folded(name): number for number, names in _data()["months"].items() for name in names}


@functools.cache
def _set_by() -> tuple[str, ...]:
    return tuple(folded(word) for word in _data()["set_by"])


def meaning(text: str, own: Mapping[str, Meaning]) -> Meaning | None:
    """Give what a status means, by the mapping's own words first; None: nobody knows.

    No word means open. In `Completed (set by …)` the words before the bracket decide, but only if
    those inside begin as Moodle says that a person set it: others may say "not passed".
    """
    word = folded(text)
    if not word:
        return "open"
    found = {folded(key): value for key, value in own.items()}.get(word) or _known().get(word)
    if found:
        return found
    outside, bracket, inside = word.partition(" (")
    if bracket and inside.endswith(")") and inside.startswith(_set_by()):
        return _known().get(outside)
    return None
