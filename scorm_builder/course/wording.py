"""noroom's own words in a package, in the package's language.

The player's messages and the nouns that fill {manager} and its like where a chain names none. Both
are YAML in English in player/locale, with one PO file per language for the two of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel

from programme.problems import InputError, Problem
from programme.validate import validate
from programme.yaml_source import read_yaml
from scorm_builder.course.course_texts import Text
from scorm_builder.course.field_types import Form

HERE = Path(__file__).parents[1]
SHOWN = "scorm_builder"
LOCALE = HERE / "player" / "locale"
SOURCE_LANGUAGE = "en"
SOURCES = {"player": "messages.yaml", "noun": "nouns.yaml", "contact": "contacts.yaml"}
"""Prefix of the contexts in the PO files -> source."""


def player_messages(language: str) -> dict[str, str]:
    """Give the player's messages in `language`: {key: text}; raises InputError."""
    return _words("player", language)


def default_nouns(language: str) -> dict[str, str]:
    """Give the nouns for {manager}, {second_contact}, {programme}; raises InputError."""
    return _words("noun", language)


def contact_words(language: str) -> dict[str, str]:
    """Give the words around contacts in `language`; raises InputError."""
    return _words("contact", language)


def speaks(language: str) -> bool:
    """Tell whether noroom's own words exist in `language`."""
    return language == SOURCE_LANGUAGE or (LOCALE / f"{language}.po").is_file()


def own_texts() -> Iterator[Text]:
    """Give all own words with their contexts, such as `player.next`; raises InputError."""
    for prefix, name in SOURCES.items():
        source = read_yaml(LOCALE / name, f"{SHOWN}/player/locale/{name}")
        words, problems = validate(RootModel[dict[str, str]], source)
        if words is None:
            raise InputError(problems)
        for key, text in words.root.items():
            yield Text(f"{prefix}.{key}", text, Form.PLAIN, source, (key,))


@functools.cache
def _words(prefix: str, language: str) -> dict[str, str]:
    start = f"{prefix}."
    words = _all_words(language)
    return {one.removeprefix(start): text for one, text in words.items() if one.startswith(start)}


@functools.cache
def _all_words(language: str) -> dict[str, str]:
    """Give {context: text}; a word that is missing, stale or unsure is a problem, never English."""
    texts = list(own_texts())
    if language == SOURCE_LANGUAGE:
        return {text.context: text.text for text in texts}
    shown = f"{SHOWN}/player/locale/{language}.po"
    if not speaks(language):
        what = f"noroom's own words are not translated into {language}"
        fix = f"Start with: noroom translate update --own-words --language {language}."
        raise InputError([Problem(shown, 0, 0, "language-unsupported", what, fix)])
    from scorm_builder.course.translations import read_po

    found, problems = read_po(LOCALE / f"{language}.po", texts, language, None, None, shown)
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        raise InputError(wrong)
    return {text.context: found[text.context] for text in texts}
