"""The papers' templates -> one HTML file each, nothing fetched from anywhere.

HR's own language comes first and English second; a language has all the words of a paper, or the
paper says that it is missing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from programme.papers.words import (
    SOURCE_LANGUAGE,
    is_draft,
    paper_has,
    paper_language,
    paper_words,
)
from programme.text_direction import text_direction
from scorm_builder.documents.language_names import language_name

if TYPE_CHECKING:
    from scorm_builder.documents.handover import Handover

Article = dict[str, Any]
"""What a template shows of a paper in one language; `words` are FilledWords."""


def render(file: str, paper: str, handover: Handover, article: Callable[[str], Article]) -> bytes:
    """Give a paper as UTF-8; `article` gives what it says in a language."""
    wanted, chain = handover.hr_languages, handover.chain.name
    languages = dict.fromkeys([paper_language(paper, *wanted), SOURCE_LANGUAGE])
    articles = [{**_frame(one), **article(one)} for one in languages]
    template = _template(f"{file}.jinja")
    text: str = template.render(chain=chain, articles=articles, missing=_missing(paper, wanted[0]))
    return f"{text.rstrip()}\n".encode()


def _frame(language: str) -> Article:
    return {
        "language": language,
        "language_name": language_name(language),
        "direction": text_direction(language),
        "is_draft": is_draft(language),
    }


def _missing(paper: str, language: str) -> str:
    """Say that HR's own language is not there; "" if it is."""
    if paper_has(paper, language):
        return ""
    name = language_name(language, SOURCE_LANGUAGE)
    return paper_words(paper, SOURCE_LANGUAGE)["not_there"].format(language=name)


@functools.cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("scorm_builder", "templates")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=loader, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)
