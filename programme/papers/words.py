"""Paper, language -> its words; a paper is never mixed: all of its words, or English.

A word counts only as it does in a course: translated from what the English file says now, and not
marked fuzzy.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from pydantic import RootModel

from programme.plain_po import plain_entries
from programme.problems import InputError
from programme.validate import validate
from programme.words import Word
from programme.yaml_source import Source, parse_yaml

HERE = Path(__file__).parent
LOCALE = HERE / "locale"
SHOWN = "programme/papers"
SOURCE_LANGUAGE = "en"
PAPERS = (
    "certificate", "code_slip", "covering_letter", "hr_report", "privacy_sheet", "report",
    "return_sheet", "upload_guide", "it_sheet", "verification_page", "workbook",
    "materials", "poster", "role_cards", "manager_card", "signage", "team_talk", "referral",
)  # fmt: skip
"""Those of the first two rows have readers of their own; the others are for `noroom materials`."""


def paper_language(paper: str, *wanted: str) -> str:
    """Give the first language that has every word of a paper (nl serves nl-BE), else English."""
    tags = [tag for one in wanted for tag in (one, one.partition("-")[0])]
    return next((tag for tag in tags if _is_whole(paper, tag)), SOURCE_LANGUAGE)


def paper_has(paper: str, language: str) -> bool:
    """Tell whether a paper has all its words in a language (nl serves nl-BE)."""
    return any(_is_whole(paper, tag) for tag in (language, language.partition("-")[0]))


@functools.cache
def paper_languages(paper: str) -> frozenset[str]:
    """Give the languages that have every word of a paper."""
    known = sorted(file.stem for file in LOCALE.glob("*.po"))
    return frozenset([SOURCE_LANGUAGE, *(tag for tag in known if _is_whole(paper, tag))])


def paper_words(paper: str, language: str) -> dict[str, str]:
    """Give {key: text} of a paper in one of its languages; raises InputError, or KeyError."""
    if not _is_whole(paper, language):
        raise KeyError(f"{paper} has no words in {language}")
    return dict(_english(paper) if language == SOURCE_LANGUAGE else _translated(language, paper))


def translated_texts(language: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Give what a language has of {context: English text}, translated and sure.

    For what is translated with the papers, and belongs to none; {} for a language without a file.
    """
    if not (LOCALE / f"{language}.po").is_file():
        return {}
    said = _entries(language)
    found = {context: said.get((context, text), "") for context, text in texts.items()}
    return {context: text for context, text in found.items() if text.strip()}


@functools.cache
def is_draft(language: str) -> bool:
    """Tell whether nobody has reviewed the papers in a language: what its PO file says of itself.

    The English words are what is translated; the course's own status speaks for them.
    """
    if language == SOURCE_LANGUAGE:
        return False
    text = (LOCALE / f"{language}.po").read_text("utf-8")
    return '"X-Status: reviewed\\n"' not in text and '"X-Status: approved\\n"' not in text


def paper_source(paper: str) -> tuple[Source, dict[str, str]]:
    """Give a paper's English file and its words; raises InputError."""
    file = f"{paper}.yaml"
    source = parse_yaml((HERE / file).read_text("utf-8"), f"{SHOWN}/{file}")
    words, problems = validate(RootModel[dict[str, Word]], source)
    if words is None:
        raise InputError(problems)
    return source, words.root


def _is_whole(paper: str, language: str) -> bool:
    """Tell whether a language has every word of a paper; reads no other language."""
    if language == SOURCE_LANGUAGE:
        return True
    there = (LOCALE / f"{language}.po").is_file()
    return there and len(_translated(language, paper)) == len(_english(paper))


@functools.cache
def _english(paper: str) -> dict[str, str]:
    return paper_source(paper)[1]


@functools.cache
def _translated(language: str, paper: str) -> dict[str, str]:
    """Give the words that are translated and sure."""
    english = _english(paper)
    said = translated_texts(language, {f"{paper}.{key}": text for key, text in english.items()})
    return {key: said[f"{paper}.{key}"] for key in english if f"{paper}.{key}" in said}


@functools.cache
def _entries(language: str) -> dict[tuple[str, str], str]:
    """Give {(context, English text): translation} of all that is sure in a language's PO file."""
    file = LOCALE / f"{language}.po"
    entries = plain_entries(file.read_text("utf-8"))
    if entries is not None:
        return {(one.context, one.source): one.target for one in entries}
    return _unusual_entries(file)


def _unusual_entries(file: Path) -> dict[tuple[str, str], str]:
    """Read what plain_entries leaves to others, such as entries that are marked fuzzy."""
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        catalogue = read_po(stream)
    return {
        (one.context or "", one.id): one.string
        for one in catalogue
        if isinstance(one.id, str) and isinstance(one.string, str) and not one.fuzzy
    }
