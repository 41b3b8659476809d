"""Course -> the facts that `noroom check` prints when all is well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from scorm_builder.checks.check_reading import BlockEase, block_eases
from scorm_builder.checks.check_whole import worst_suspend_data
from scorm_builder.checks.reading_time import ReadingTime, clock, reading_times, slowest_blocks
from scorm_builder.course.course import Course
from scorm_builder.course.course_texts import course_texts
from scorm_builder.lint.margins import Margin, margins
from scorm_builder.standards.limits import SUSPEND_DATA_BUDGET

_WORD = re.compile(r"\w[\w'’-]*")
_READ_BY_LEARNERS = ("course.", "role.", "profile.", "block.", "page.", "question.")


@dataclass(frozen=True)
class BlockSummary:
    """One block: its time as minutes:seconds, and its pages that apply.

    `needed` is the time that slow readers need, in the role and language that take longest.
    """

    id: str
    minutes: str
    pages: int
    needed: str


@dataclass(frozen=True)
class LanguageSummary:
    """One language with its status and the words that a learner could read."""

    language: str
    status: str
    words: int


@dataclass(frozen=True)
class Summary:
    """What a course holds; `suspend_data` is the worst case in characters."""

    id: str
    version: str
    minutes: str
    budget: str
    blocks: list[BlockSummary]
    languages: list[LanguageSummary]
    pool: int
    suspend_data: int
    suspend_data_limit: int
    margins: list[Margin]
    times: list[ReadingTime]
    levels: list[BlockEase]

    def as_json(self) -> dict[str, Any]:
        """Give the same facts as nested dicts and lists."""
        return asdict(self)

    def __str__(self) -> str:
        """Render as lines for a terminal or a log."""
        lines = [f"{self.id} {self.version}: {self.minutes} of {self.budget} minutes"]
        for block in self.blocks:
            pages = f"{block.pages} page{'' if block.pages == 1 else 's'}"
            lines.append(
                f"  {block.minutes:>6}  {block.id} ({pages}), slow readers need {block.needed}"
            )
        for time in self.times:
            who = f"{time.language} as {time.who}" if time.who else time.language
            lines.append(f"  {clock(time.seconds):>6}  slow readers, {who}")
        lines += _levels(self.levels)
        for one in self.languages:
            lines.append(f"  {one.language:<6}  {one.status}, {one.words:,} words")
        lines.append(f"  {self.pool} questions in the pool")
        lines += [f"  {margin}" for margin in self.margins]
        return "\n".join(lines)


def summarise(course: Course) -> Summary:
    """Give the facts of a course that is right."""
    settings = course.settings.value
    times = reading_times(course)
    slowest = slowest_blocks(times)
    blocks = [
        BlockSummary(block.id, block.minutes, len(pages), clock(slowest[block.id].blocks[block.id]))
        for block, pages in course.blocks_left()
    ]
    used = course.seconds()
    return Summary(
        id=course.id,
        version=settings.version,
        minutes=f"{used // 60}:{used % 60:02}",
        budget=settings.minutes,
        blocks=blocks,
        languages=[
            LanguageSummary(language, status.status, _words(course, language))
            for language, status in course.languages.items()
        ],
        pool=len(course.pool()),
        suspend_data=worst_suspend_data(course.for_everybody()),
        suspend_data_limit=SUSPEND_DATA_BUDGET,
        margins=margins(course),
        times=times,
        levels=block_eases(course),
    )


def _levels(levels: list[BlockEase]) -> Iterator[str]:
    """Give one line for each language that has a measure."""
    for language in dict.fromkeys(one.language for one in levels):
        own = [one for one in levels if one.language == language]
        shown = (
            f"{one.block} {one.ease.level} ({one.ease.score:.0f})" if one.ease else f"{one.block} –"
            for one in own
        )
        yield f"  {language:<6}  reads like: {', '.join(shown)}"


def _words(course: Course, language: str) -> int:
    translated = (course.translations or {}).get(language, {})
    return sum(
        len(_WORD.findall(translated.get(text.context, text.text)))
        for text in course_texts(course)
        if text.context.startswith(_READ_BY_LEARNERS)
    )
