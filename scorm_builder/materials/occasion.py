"""For whom papers are made: course, language, country, chain; and their words, filled in."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass, replace
from pathlib import Path

from programme.contacts.read_contacts import KnownContact, KnownCountry, known_country
from programme.contacts.records import Reader
from programme.directory import ProgrammeDirectory
from programme.papers.words import is_draft, paper_words
from programme.settings import Chain
from programme.text_direction import text_direction
from scorm_builder.course.bidi import isolated_numbers, isolated_words, unbroken_numbers
from scorm_builder.course.course import Course
from scorm_builder.course.placeholders import fill, names
from scorm_builder.course.wording import default_nouns

ACCENT = "#0d5c63"


@dataclass(frozen=True)
class Occasion:
    """What papers are about. `programme` and `chain` may be None: then they name nobody.

    `country` decides on numbers and route. `unverified` shows contacts that nobody has checked,
    marked as such. `bleed` adds 3 mm around each page and crop marks.
    `logo` is the chain's: the name of its file, and what is in it.
    """

    course: Course
    language: str
    country: str
    day: datetime.date
    programme: ProgrammeDirectory | None = None
    chain: Chain | None = None
    unverified: bool = False
    bleed: bool = False
    logo: tuple[str, bytes] | None = None

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return text_direction(self.language) == "rtl"

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed the course, or the papers, in this language yet."""
        status = self.course.languages.get(self.language)
        return status is None or status.status == "draft" or is_draft(self.language)

    @functools.cached_property
    def known(self) -> KnownCountry:
        """The country's contacts, as the programme has checked them."""
        return known_country(self.country, self.folder)

    @property
    def folder(self) -> Path | None:
        """The programme's directory."""
        return self.programme.path if self.programme else None

    @property
    def accent(self) -> str:
        """The colour of the chain, or of the programme, as `#rrggbb`."""
        return self.chain.colours.accent if self.chain and self.chain.colours else ACCENT

    @property
    def programme_name(self) -> str | None:
        """Whose papers these are."""
        return self.programme.settings.name if self.programme else None

    @property
    def calls_first(self) -> bool:
        """Whether staff call the emergency number themselves (danger_rule of the course)."""
        return self.course.settings.value.danger_rule != "off"

    def in_language(self, language: str) -> Occasion:
        """Give the same occasion in another language."""
        return replace(self, language=language)

    def shown_contacts(self, reader: Reader) -> list[KnownContact]:
        """Give the contacts that may stand on papers for `reader`."""
        return self.known.shown(reader, day=self.day, unverified=self.unverified)

    def _emergency(self) -> str:
        """Give the number for immediate danger, or words for it where it may not be shown."""
        number = self.known.emergency
        if self.unverified or number.is_shown(self.day):
            return number.contact.number
        return paper_words("materials", self.language)["emergency"]

    @functools.cached_property
    def fillers(self) -> dict[str, str]:
        """The words for {manager} and its like."""
        nouns = default_nouns(self.language)
        chain, language = self.chain, self.language
        found = {
            "manager": (chain and chain.manager_title.get(language)) or nouns["manager"],
            "second_contact": (chain and chain.second_contact.get(language))
            or nouns["second_contact"],
            "emergency": self._emergency(),
            "programme": self.programme_name or nouns["programme"],
            "course": self.course_text("course.title", self.course.settings.value.title),
        }
        return isolated_words(found) if self.is_rtl else found

    def words(self, *papers: str, **more: str) -> dict[str, str]:
        """Give the words of papers, filled in; `more` are placeholders of theirs alone."""
        fillers = {**self.fillers, **more}
        found = {key: text for paper in papers for key, text in self._raw(paper).items()}
        filled = {key: self.shown(_filled(text, fillers)) for key, text in found.items()}
        if self.programme_name is None and "from" in filled:
            filled["from"] = self.filled(self.fillers["course"])
        return filled

    def word(self, paper: str, key: str, **more: str) -> str:
        """Give one word of a paper, filled in."""
        return self.shown(_filled(self._raw(paper)[key], {**self.fillers, **more}))

    def course_text(self, context: str, source: str) -> str:
        """Give a text of the course in this language; placeholders stay."""
        return (self.course.translations or {}).get(self.language, {}).get(context, source)

    def shown(self, text: str) -> str:
        """Give a text in which numbers keep their order and their line."""
        return isolated_numbers(text) if self.is_rtl else unbroken_numbers(text)

    def filled(self, text: str) -> str:
        """Give a text of the course with its placeholders filled in."""
        return self.shown(fill(text, self.fillers, as_html=False))

    def _raw(self, paper: str) -> dict[str, str]:
        return paper_words(paper, self.language)


def _filled(text: str, words: dict[str, str]) -> str:
    """Fill the placeholders that have a word; {minutes} and its like are filled where they vary."""
    known = {name: words.get(name, f"{{{name}}}") for name in names(text)}
    return fill(text, known, as_html=False)
