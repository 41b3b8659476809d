"""noroom's own words in a package, in the package's language.

The player's messages (player/locale) and the nouns that fill {manager} and its like where a chain
names none (locale). Both are YAML in English, with a PO file per language, as courses are.
"""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import RootModel

from programme.problems import InputError, Problem
from programme.validate import validate
from programme.yaml_source import Source, read_yaml
from scorm_builder.course_model import Form
from scorm_builder.course_texts import Text

HERE = Path(__file__).parent
SHOWN = "scorm_builder"
SOURCE_LANGUAGE = "en"


@functools.cache
def player_messages(language: str) -> dict[str, str]:
    """Give the player's messages in `language`: {key: text}; raises InputError."""
    return _words(HERE / "player" / "locale" / "messages.yaml", "player", language)


@functools.cache
def default_nouns(language: str) -> dict[str, str]:
    """Give the nouns for {manager}, {second_contact}, {programme}; raises InputError."""
    return _words(HERE / "locale" / "nouns.yaml", "noun", language)


def speaks(language: str) -> bool:
    """Tell whether noroom's own words exist in `language`."""
    folders = (HERE / "player" / "locale", HERE / "locale")
    translated = all((folder / f"{language}.po").is_file() for folder in folders)
    return language == SOURCE_LANGUAGE or translated


def _words(path: Path, prefix: str, language: str) -> dict[str, str]:
    shown = f"{SHOWN}/{path.relative_to(HERE).as_posix()}"
    source = read_yaml(path, shown)
    texts = _texts(source, prefix)
    if language == SOURCE_LANGUAGE:
        return {text.context.removeprefix(f"{prefix}."): text.text for text in texts}
    return _translated(path.with_name(f"{language}.po"), texts, prefix, language)


def _texts(source: Source, prefix: str) -> list[Text]:
    """Give the words of a flat mapping; raises InputError for anything else in it."""
    words, problems = validate(RootModel[dict[str, str]], source)
    if words is None:
        raise InputError(problems)
    return [
        Text(f"{prefix}.{key}", text, Form.PLAIN, source, (key,))
        for key, text in words.root.items()
    ]


def _translated(path: Path, texts: list[Text], prefix: str, language: str) -> dict[str, str]:
    shown = f"{SHOWN}/{path.relative_to(HERE).as_posix()}"
    if not path.is_file():
        what = f"noroom's own words are not translated into {language}"
        fix = f"Translate {path.parent.name}/{path.name} first, as nl.po beside it shows."
        raise InputError([Problem(shown, 0, 0, "language-unsupported", what, fix)])
    from scorm_builder.translations import read_po

    found, problems = read_po(path, texts, language, None, None)
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        raise InputError(wrong)
    return {text.context.removeprefix(f"{prefix}."): found[text.context] for text in texts}
