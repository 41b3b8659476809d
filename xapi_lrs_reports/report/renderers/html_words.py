"""The words of the HTML report in one language: programme/papers/report.yaml and its PO files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from programme.papers.words import paper_language, paper_words
from programme.text_direction import text_direction

PAPER = "report"
ATTENTION = frozenset(
    ["voids_refused", "quarantined", "unmatched", "anonymous", "outside_window", "codes_in_review"]
)
"""Counts of the data that ask for something to be done."""


@dataclass(frozen=True)
class Words:
    """The words of one language; call it with a key and what stands in braces."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Give a text with its braces filled in."""
        return self.texts[key].format(**values)

    def of(self, kind: str, code: str) -> str:
        """Give the word for a code of ours, such as a flag; without one, the code itself."""
        return self.texts.get(f"{kind}_{code}", code.replace("_", " "))

    def percent(self, number: int) -> str:
        """Give a share with its sign, which never stands on a line of its own."""
        return self("percent", number=number).replace(" ", "\u00a0")

    def row(self, items: Iterable[str], kind: str = "short") -> str:
        """Give texts in a row, with what the language puts between them; `kind`: short, long."""
        return reduce(lambda first, item: self(f"list_{kind}", first=first, next=item), items)

    @property
    def direction(self) -> str:
        """Give `rtl` for a language that is written from right to left, else `ltr`."""
        return text_direction(self.language)

    def date(self, day: datetime.date) -> str:
        """Give a date in words, such as `21 November 2026`."""
        from babel.dates import format_date

        pattern = "d MMMM y" if self.language == "en" else "long"
        return format_date(day, format=pattern, locale=self._locale)

    def month(self, day: datetime.date) -> str:
        """Give a month as a chart labels it, such as `Nov 26`."""
        from babel.dates import format_date

        return format_date(day, format="MMM yy", locale=self._locale)

    def language_name(self, tag: str) -> str:
        """Give the name of a language, such as `Polish`; the tag where there is none."""
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(tag.replace("-", "_")).get_display_name(self._locale)
        except (ValueError, UnknownLocaleError):
            return tag
        return f"{name[0].upper()}{name[1:]}" if name else tag

    def number(self, number: int) -> str:
        """Give a whole number with its thousands apart."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")


def words_in(*wanted: str, paper: str = PAPER) -> Words:
    """Give a paper's words in the first language that has all of them, else in English."""
    language = paper_language(paper, *wanted)
    return Words(language, paper_words(paper, language))


def rule_sentences(words: Words, rule: Mapping[str, object]) -> str:
    """Give the rule in one to four plain sentences."""
    is_more = rule.get("operator") == "gt"
    share = words("share_gt" if is_more else "share_ge", threshold=rule.get("threshold"))
    done = words(f"done_{rule.get('counts_as_completion', 'passed_or_untested')}")
    found = [words("rule_sentence", share=share, done=done)]
    if rule.get("unit") == "fte":
        found.append(words("rule_fte"))
    months, evidence = rule.get("completion_window_months"), str(rule.get("min_evidence", "any"))
    if months is not None:
        found.append(words("rule_window", months=months))
    if evidence != "any":
        found.append(words("rule_evidence", kind=words.of("evidence", evidence)))
    return " ".join(found).replace(" %", "\u00a0%")


def parameter_value(words: Words, value: object) -> str:
    """Give the value of a parameter, yes and no as in YAML; a course without a check says so."""
    if value is None or value == []:
        return words("none")
    if isinstance(value, Mapping) and "course" in value:
        return f"{value['course']}{'' if value['tested'] else ' ' + words('without_check')}"
    if isinstance(value, Mapping):
        return " ".join(parameter_value(words, item) for item in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(parameter_value(words, item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
