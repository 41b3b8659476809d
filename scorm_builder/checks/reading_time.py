"""Course -> how long each role needs in each language, at the slowest pace that is supported.

Seconds of a screen = its words at `words_per_minute` of course.yaml (100 if left out: slow readers
in a second language read 100 to 120), and for what is done there the operators of the
keystroke-level model (Card, Moran and Newell, The keystroke-level model for user performance time
with interactive systems, 1980): a tap is a decision, a movement and a press; each entry to choose
from is one more decision. A picture is looked at for three seconds.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programme.contacts.read_contacts import known_country
from scorm_builder.checks.readability.sentences import words
from scorm_builder.checks.reading_path import Measure, Reading, readings
from scorm_builder.course.contact_lines import longest_referral, referral
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import ReadingSettings
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.field_types import Role
from scorm_builder.course.placeholders import fill_known
from scorm_builder.course.wording import default_nouns

DECISION, MOVEMENT, PRESS = 1.35, 1.1, 0.2
"""Seconds of the operators M, P and B of the keystroke-level model."""
TAP = DECISION + MOVEMENT + PRESS
PICTURE = 3.0
SAME_WITHIN = 60
"""Seconds by which two roles may differ."""


@dataclass(frozen=True)
class ReadingTime:
    """How long one role needs in one language: whole seconds by block id, in order.

    `profile` is "" for the first one, and in a course without any.
    """

    language: str
    role: Role | None
    blocks: dict[str, int]
    profile: str = ""

    @property
    def seconds(self) -> int:
        """Give the time of the whole course."""
        return sum(self.blocks.values())

    @property
    def who(self) -> str:
        """Give role and profile in words, such as "housekeeping, student"; "" for everybody."""
        return ", ".join(filter(None, (self.role, self.profile)))


def reading_times(course: Course, languages: Iterable[str] | None = None) -> list[ReadingTime]:
    """Give the time of every role in each language; None: all that were read, the first first.

    Of the other profiles it follows behind all that.
    """
    known = dict.fromkeys([course.source_language, *(course.translations or {})])
    wanted = [*(languages or known)]
    others = [] if course.offered else (course.settings.value.profiles or [])[1:]
    return [
        _time(one, language, role, profile)
        for profile in ("", *(other.id for other in others))
        for one in (course.for_profiles([profile]) if profile else course,)
        for language in wanted
        for role in one.roles or (None,)
    ]


def slowest_blocks(times: list[ReadingTime]) -> dict[str, ReadingTime]:
    """Give, for each block, who of the first profile needs longest: its minutes are theirs."""
    times = [time for time in times if not time.profile]
    blocks = [block for time in times[:1] for block in time.blocks]
    return {block: max(times, key=lambda time: time.blocks.get(block, 0)) for block in blocks}


def clock(total: int) -> str:
    """Give seconds as minutes:seconds."""
    return f"{total // 60}:{total % 60:02}"


def filled_texts(course: Course, language: str, route: str | None = None) -> dict[str, str]:
    """Give {context: text} in a language, with noroom's default words in the placeholders.

    `route` stands for what a page says of the country; None: what it says of the course's own.
    """
    number = known_country(course.country, None).emergency.contact.number
    translated = (course.translations or {}).get(language, {})
    nouns = {**default_nouns(language), **_own_nouns(course, translated), "emergency": number}
    title = translated.get("course.title", course.settings.value.title)
    found = {
        text.context: fill_known(
            translated.get(text.context, text.text), {**nouns, "course": title}
        )
        for text in course_texts(course)
    }
    reader = course.settings.value.contacts_for
    for placed in course.all_pages():
        if placed.value.referral:
            added = route or referral(course.country, reader, language)
            found[f"page.{placed.value.id}.text"] += f"\n\n{added}"
    return found


def _own_nouns(course: Course, translated: Mapping[str, str]) -> dict[str, str]:
    """Give the nouns of a profile in the place of noroom's, of a course that is for one."""
    if len(course.profiles) != 1:
        return {}
    (profile,) = course.profiles
    own = {"manager": profile.manager, "second_contact": profile.second_contact}
    return {
        name: translated.get(f"profile.{profile.id}.{name}", noun)
        for name, noun in own.items()
        if noun is not None
    }


def _time(course: Course, language: str, role: Role | None, profile: str) -> ReadingTime:
    settings = course.settings.value.reading or ReadingSettings()
    route = longest_referral(course.settings.value.contacts_for, language)
    count = _word_counter(filled_texts(course, language, route))
    blocks: dict[str, float] = {}
    for block, reading in readings(course, role, count):
        spent = reading.longest(count) * 60 / settings.words_per_minute + _doing(reading)
        blocks[block.id] = blocks.get(block.id, 0) + spent
    whole = {block: round(spent) for block, spent in blocks.items()}
    return ReadingTime(language, role, whole, profile)


def _word_counter(texts: dict[str, str]) -> Measure:
    @functools.cache
    def count(context: str) -> int:
        return words(texts.get(context, ""))

    return count


def _doing(reading: Reading) -> float:
    return reading.taps * TAP + reading.choices * DECISION + reading.pictures * PICTURE
