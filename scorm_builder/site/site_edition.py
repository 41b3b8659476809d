"""The site in one language: every text translated, its placeholders filled, as HTML or plain."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from programme.contacts.read_contacts import known_country
from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.settings import Rule
from programme.text_direction import text_direction
from scorm_builder.course.bidi import isolated_numbers, isolated_words, unbroken_numbers
from scorm_builder.course.course import Course
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.placeholders import fill
from scorm_builder.course.rich_text import to_html
from scorm_builder.course.translations import read_po
from scorm_builder.course.wording import default_nouns
from scorm_builder.site.load_site import Site, has_site, load_site


def translated_site(site: Site, language: str) -> dict[str, str]:
    """Give {context: text} of one language, {} of the first; raises InputError if it is unfit."""
    if language == site.course.source_language:
        return {}
    path = site.locale / f"{language}.po"
    if not is_there(path):
        what = f"the site is not translated into {language}"
        fix = f"Start with: noroom translate update {site.course.folder} --site"
        fix = f"{fix} --language {language}."
        raise InputError([Problem(str(path), 0, 0, "site-language", what, fix)])
    status = site.settings.value.languages.get(language)
    given = status.status if status else None
    found, problems = read_po(path, list(site.texts()), language, given, None)
    problems = [replace(one, file=str(path)) for one in problems]
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return found


def require_sound_site(course: Course) -> None:
    """Raise InputError with what is wrong with the course's site, if it has one."""
    if not has_site(course):
        return
    site = load_site(course)
    problems: list[Problem] = []
    for language in site.translated():
        if language in course.languages:
            try:
                translated_site(site, language)
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)


class SiteEdition:
    """The site in one language. Plain texts are strings, the others HTML that is safe.

    `countries` are those whose contacts it shows; `unverified` also those that nobody has checked.
    """

    def __init__(
        self,
        site: Site,
        programme: ProgrammeDirectory | None,
        language: str,
        countries: Sequence[str] = (),
        *,
        unverified: bool = False,
    ) -> None:
        self.site, self.programme, self.language = site, programme, language
        self.unverified = unverified
        folder = programme.path if programme else None
        self.known = [known_country(one, folder) for one in countries or [site.course.country]]
        self.direction = text_direction(language)
        own = translated_site(site, language)
        of_course = (site.course.translations or {}).get(language, {})
        self._texts = _by_context(list(site.texts()), own)
        self._texts |= _by_context(list(course_texts(site.course)), of_course)
        self._words = self._filled()

    def text(self, context: str) -> str:
        """Give a text, "" where there is none; HTML is a Markup."""
        text, form = self._texts.get(context, ("", Form.PLAIN))
        plain = form is Form.PLAIN
        made = self._in_line(fill(to_html(text, form), self._words, as_html=not plain))
        return made if plain else Markup(made)  # noqa: S704 - rich_text lets no HTML through

    def word(self, key: str, **given: str) -> str:
        """Give one of the site's own words, its placeholders filled with what is given."""
        words = isolated_words(given) if self.direction == "rtl" else given
        text, _ = self._texts[f"site.words.{key}"]
        return self._in_line(fill(text.strip(), words, as_html=False))

    def date(self, day: str) -> str:
        """Give a date in words, such as `21 November 2026`."""
        from babel.dates import format_date

        pattern = "d MMMM y" if self.language == "en" else "long"
        locale = self.language.replace("-", "_")
        return format_date(datetime.date.fromisoformat(day), format=pattern, locale=locale)

    def country_name(self, country: str) -> str:
        """Give the name of a country, such as `Netherlands` for NL."""
        from babel import Locale

        names = Locale.parse(self.language, sep="-").territories
        return str(names.get(country, country))

    def _emergency(self) -> str:
        """Give the number for danger; of several, each with its countries behind it."""
        numbers: dict[str, list[str]] = {}
        for known in self.known:
            names = numbers.setdefault(known.emergency.contact.number, [])
            names.append(known.country)
        if len(numbers) == 1:
            return next(iter(numbers))
        named = ((one, ", ".join(map(self.country_name, where))) for one, where in numbers.items())
        return " / ".join(f"{number} ({where})" for number, where in named)

    def _in_line(self, text: str) -> str:
        return isolated_numbers(text) if self.direction == "rtl" else unbroken_numbers(text)

    def _filled(self) -> dict[str, str]:
        """Give the word of every placeholder."""
        words = _words(self.site.course, self.programme, self.language)
        words["emergency"] = self._emergency()
        title = fill(self._texts["course.title"][0], words, as_html=False)
        leave = self._texts["site.words.leave"][0]
        words |= {"course": title, "leave": leave, "threshold": self._threshold()}
        return isolated_words(words) if self.direction == "rtl" else words

    def _threshold(self) -> str:
        """Give the share of employees in words, such as `at least 60 %`."""
        from babel.numbers import format_percent

        rule = self.programme.settings.rule if self.programme else Rule()
        locale = self.language.replace("-", "_")
        text, _ = self._texts[f"site.words.threshold_{rule.operator}"]
        percent = format_percent(rule.threshold / 100, locale=locale)
        return fill(text, {"percent": percent}, as_html=False)


def _by_context(texts: list[Text], translation: Mapping[str, str]) -> dict[str, tuple[str, Form]]:
    return {one.context: (translation.get(one.context, one.text), one.form) for one in texts}


def _words(course: Course, programme: ProgrammeDirectory | None, language: str) -> dict[str, str]:
    """Give the words that come from the course and the programme."""
    nouns = default_nouns(language)
    settings = programme.settings if programme else None
    name = settings.name if settings else nouns["programme"]
    asked = (settings.contact or settings.issuer) if settings else None
    return {
        "manager": nouns["manager"],
        "second_contact": nouns["second_contact"],
        "programme": name,
        "contact": asked or name,
        "minutes": str(-(-course.seconds() // 60)),
    }
