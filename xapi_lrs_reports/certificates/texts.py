"""The words of a certificate, one YAML file per language beside this module."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from programme.problems import InputError
from programme.validate import Strict, validate
from programme.yaml_source import parse_yaml

Text = Annotated[str, Field(min_length=1)]
FALLBACK = "en"


class Texts(Strict):
    """The words of one language; placeholders in braces are filled in by `render`."""

    title: Text
    subtitle: Text
    awarded_to: Text
    statement_threshold: Text
    statement_percent: Text
    threshold_ge: Text
    threshold_gt: Text
    number: Text
    issued_on: Text
    valid_until: Text
    no_end: Text
    rule: Text
    rule_words: Text
    rule_version: Text
    on_behalf_of: Text
    limits: Text


def language_for(*wanted: str) -> str:
    """Give the first language that there are words for (`nl` serves `nl-BE`), else English."""
    candidates = [tag for tags in wanted for tag in (tags, tags.partition("-")[0])]
    return next((tag for tag in candidates if tag in languages()), FALLBACK)


@cache
def languages() -> frozenset[str]:
    """Give the languages that there are words for."""
    folder = resources.files(__package__)
    names = (file.name for file in folder.iterdir())
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def read_texts(language: str) -> Texts:
    """Read the words of one of `languages()`; raises InputError if the file is wrong."""
    file = f"{language}.yaml"
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    texts, problems = validate(Texts, parse_yaml(text, file))
    if texts is None:
        raise InputError(problems)
    return texts


def long_date(day: date, language: str) -> str:
    """Give a date in words, such as `21 November 2026`."""
    from babel.dates import format_date

    pattern = "d MMMM y" if language == "en" else "long"
    return format_date(day, format=pattern, locale=language.replace("-", "_"))
