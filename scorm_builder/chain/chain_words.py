"""What a chain may call its manager and contacts: words that keep "tell your manager" whole.

A title goes into every sentence of the rule. A phrase that negates, adds a condition, names
somebody else or hides letters would change the rule without touching the course.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel

from programme.problems import InputError, Problem
from programme.settings import Chain, PropertyContact
from programme.validate import validate
from programme.yaml_source import NodePath, Source, read_yaml

LONGEST = 60
SHORT_NUMBER = 4
"""Digits up to which a number is one of its own, such as 112, and not the end of a longer one."""

_FILE = Path(__file__).with_name("rule_words.yaml")
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_STOPS = re.compile(r"[,;:!?…。،؛؟{}]|[.](?:\s|\Z)|\s[–—-]\s")
_JOINERS = "\u200c\u200d"

Finding = tuple[str, str]


def needs_a_look(chain: Chain) -> bool:
    """Tell whether a chain changes or adds anything that course_for has to look at."""
    said = chain.manager_title or chain.second_contact or chain.property_contact
    return bool(said or chain.extra_pages or chain.country)


def problems(chain: Chain, source: Source) -> Iterator[Problem]:
    """Give what is wrong with the words that a chain gives, each at its place in chain.yaml."""
    for key in ("manager_title", "second_contact"):
        for language, words in getattr(chain, key).items():
            yield from _phrase(words, language, source, (key, language))
    contact = chain.property_contact
    if contact is None:
        return
    for language, words in contact.name.items():
        yield from _phrase(words, language, source, ("property_contact", "name", language))
    number = ("property_contact", "number")
    yield from _phrase(contact.number, "en", source, number, digits=True)
    if found := _other_number(contact):
        yield source.problem(number, "contact-number", *found)


def _phrase(
    text: str, language: str, source: Source, path: NodePath, *, digits: bool = False
) -> Iterator[Problem]:
    found = turns_the_rule(text, language, digits=digits)
    if found:
        yield source.problem(path, "chain-words", *found)


def turns_the_rule(text: str, language: str, *, digits: bool = False) -> Finding | None:
    """Give what and fix where a phrase says more than who it is; None where it may stand."""
    return _too_much(text, digits=digits) or _turned_round(text, language)


def _too_much(text: str, *, digits: bool) -> Finding | None:
    """Find what makes more of a phrase than a name."""
    fix = f"Write who it is in a few words, at most {LONGEST} letters, such as the duty manager."
    if len(text) > LONGEST:
        return f"this has {len(text)} letters: too many for a title or name", fix
    hidden = [one for one in text if unicodedata.category(one) == "Cf" and one not in _JOINERS]
    if hidden:
        return f"this has the invisible character U+{ord(hidden[0]):04X}", "Delete it."
    if not digits and _STOPS.search(text):
        return "this is a sentence or more than one name", fix
    if not digits and re.search(r"\d{3}", text):
        return "this is a number to call, not somebody to tell", fix
    return None


def _turned_round(text: str, language: str) -> Finding | None:
    """Find a word that turns "tell {manager}" into something else."""
    said = _WORD.findall(_plain(text))
    tag = language.partition("-")[0]
    refused = {_plain(word) for one in ("en", tag) for word in _refused().get(one, ())}
    word = next((one for one in said if one in refused), None)
    if word is None:
        return None
    fix = "Name the person or function that employees tell, such as the duty manager."
    return f'"{word}" here would change the rule "tell your manager, do not act"', fix


def _other_number(contact: PropertyContact) -> Finding | None:
    """Compare what people read with what their phone dials."""
    if not contact.dial.startswith("tel:"):
        return None
    shown, dialled = (
        "".join(re.findall(r"[0-9]", text)).lstrip("0")
        for text in (contact.number.replace("(0)", ""), contact.dial)
    )
    short, long = sorted((shown, dialled), key=len)
    if short == long or (len(short) > SHORT_NUMBER and long.endswith(short)):
        return None
    what = f'people read "{contact.number}", but a phone dials "{contact.dial[4:]}"'
    return what, "Write the same number twice; dial: may have the country's prefix."


def _plain(text: str) -> str:
    """Give a text with one way to write each letter, so that no look-alike form slips through."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").casefold()


@functools.cache
def _refused() -> dict[str, list[str]]:
    words, wrong = validate(RootModel[dict[str, list[str]]], read_yaml(_FILE))
    if words is None:
        raise InputError(wrong)
    return words.root
