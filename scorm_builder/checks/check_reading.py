"""What `noroom check` finds on time and words: too long, too uneven, too hard to read.

A course that takes longer than it says, or takes some roles a minute longer than others, breaks
what hotels were promised: errors. How a single block reads is a finding to weigh: warnings. A
package can be built in both cases, so that authors can look at what they wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from programme.problems import InputError, Problem
from scorm_builder.checks.readability.formulas import LEVELS, Ease, has_formula, reading_ease
from scorm_builder.checks.readability.sentences import Sentence, sentences
from scorm_builder.checks.reading_time import (
    SAME_WITHIN,
    ReadingTime,
    clock,
    filled_texts,
    slowest_blocks,
)
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import ReadingSettings, seconds
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.po_file import PoFile, parse_po

HARDEST = 5
"""Long sentences named in each language: more would hide the rest."""


@dataclass(frozen=True)
class BlockEase:
    """How hard one block is in one language; None where it is too short to say."""

    language: str
    block: str
    ease: Ease | None


def reading_problems(
    course: Course, times: list[ReadingTime], eases: list[BlockEase]
) -> list[Problem]:
    """Give what takes too long or reads too hard: errors on the whole course, else warnings."""
    found = [*short_blocks(course, times), *_hard_blocks(course, eases)]
    for language in _languages(course):
        found += _long_sentences(course, language)
    warnings = [replace(problem, severity="warning") for problem in found]
    return [*_budget(course, times), *_uneven(course, times), *warnings]


def block_eases(course: Course) -> list[BlockEase]:
    """Measure every block in every language that has a formula, for all learners together."""
    found, course = [], course.for_everybody()
    for language in filter(has_formula, _languages(course)):
        texts = filled_texts(course, language)
        for block in course.blocks:
            read = [s for text in _prose(course, block.value.id) for s in sentences(texts[text])]
            found.append(BlockEase(language, block.value.id, reading_ease(read, language)))
    return found


def _languages(course: Course) -> list[str]:
    return [course.source_language, *(course.translations or {})]


def _prose(course: Course, block_id: str) -> list[str]:
    """Give the contexts of a block's running texts: no titles; the pool belongs to the check."""
    (block,) = [one for one in course.blocks if one.value.id == block_id]
    pages = [page for page in block.value.pages if course.applies(page)]
    names = tuple(f"page.{page.id}." for page in pages)
    if any(page.kind == "check" for page in pages):
        names += tuple(f"question.{placed.value.id}." for placed in course.pool())
    return [
        text.context
        for text in course_texts(course)
        if text.context.startswith(names) and text.form is not Form.PLAIN
    ]


def _budget(course: Course, times: list[ReadingTime]) -> Iterator[Problem]:
    budget = course.settings.value.minutes
    slowest = max(times, key=lambda time: time.seconds)
    if slowest.seconds > seconds(budget):
        what = f"slow readers need {clock(slowest.seconds)}{_who(slowest)}; the budget is {budget}"
        fix = "Take words out where the table below says most, or raise the budget."
        yield course.settings.problem(("minutes",), "time-over-budget", what, fix)


def _uneven(course: Course, times: list[ReadingTime]) -> Iterator[Problem]:
    """Compare the roles of each profile; a profile may have a page more than another."""
    for language, profile in dict.fromkeys((time.language, time.profile) for time in times):
        own = [time for time in times if (time.language, time.profile) == (language, profile)]
        short, long = (pick(own, key=lambda time: time.seconds) for pick in (min, max))
        if long.seconds - short.seconds > SAME_WITHIN:
            what = (
                f"in {language}, {long.who} takes {clock(long.seconds)} and {short.who} "
                f"{clock(short.seconds)}; roles may differ by a minute"
            )
            fix = f"Give {short.who} more to do, or {long.who} less."
            yield course.settings.problem(("roles",), "time-uneven", what, fix)


def short_blocks(course: Course, times: list[ReadingTime]) -> Iterator[Problem]:
    """Give the blocks whose own minutes are too few for somebody."""
    slowest = slowest_blocks(times)
    for block in course.blocks:
        time = slowest.get(block.value.id)
        needed = time.blocks[block.value.id] if time else 0
        if time and needed > seconds(block.value.minutes):
            what = f"slow readers need {clock(needed)} here{_who(time)}"
            fix = f'Write minutes: "{clock(needed)}", or take words out.'
            yield block.problem(("minutes",), "time-block", what, fix)


def _who(time: ReadingTime) -> str:
    return f" in {time.language}" + (f" as {time.who}" if time.who else "")


def _hard_blocks(course: Course, eases: list[BlockEase]) -> Iterator[Problem]:
    settings = course.settings.value.reading or ReadingSettings()
    for block in course.blocks:
        limit = block.value.level or settings.level
        for one in eases:
            if one.block != block.value.id or one.ease is None:
                continue
            if LEVELS.index(one.ease.level) > LEVELS.index(limit):
                what = f"in {one.language} this reads like {one.ease.level}; the limit is {limit}"
                fix = f"Write shorter sentences and shorter words (score {one.ease.score})."
                yield block.problem(("id",), "reading-level", what, fix)


def _long_sentences(course: Course, language: str) -> Iterator[Problem]:
    """Give the longest sentences of a language, at the line where each begins."""
    limit = (course.settings.value.reading or ReadingSettings()).sentence_words
    translated = (course.translations or {}).get(language)
    long: list[tuple[Text, Sentence]] = [
        (text, sentence)
        for text in course_texts(course)
        if text.form is not Form.PLAIN
        for sentence in sentences((translated or {}).get(text.context, text.text))
        if len(sentence.words) > limit
    ]
    long.sort(key=lambda found: -len(found[1].words))
    po = _po(course, language) if translated is not None and long else None
    for text, sentence in long[:HARDEST]:
        begin = " ".join(sentence.text.split()[:6])
        what = f"a sentence of {len(sentence.words)} words: “{begin} …”"
        fix = f"Make two of it; the limit is {limit} words."
        if po is None:
            yield text.problem("sentence-long", what, fix, sentence.line)
        else:
            yield po.problem(po.entries.get(text.context), "sentence-long", what, fix)


def _po(course: Course, language: str) -> PoFile | None:
    try:
        return parse_po(course.folder / "locale" / f"{language}.po")[0]
    except InputError:
        return None
