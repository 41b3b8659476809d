"""What the pages that chains add do to a release: who has read them, and how long it all takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.directory import ProgrammeDirectory, require_chains, require_programme
from programme.problems import InputError, Problem
from scorm_builder.chain.chain_course import course_and_problems
from scorm_builder.chain.chain_pages import LANGUAGES_KEY, ChainPages, block_texts, chain_pages
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import seconds

if TYPE_CHECKING:  # measuring reading time loads much that a build without own pages never needs
    from scorm_builder.checks.reading_time import ReadingTime


@dataclass(frozen=True)
class ChainTime:
    """How long a chain's course takes in one language, in seconds, its own pages included.

    `minutes` sums what the blocks say, `own` those of the chain alone; `needed` is computed for
    slow readers, in the role that takes longest.
    """

    chain: str
    language: str
    minutes: int
    own: int
    needed: int

    def as_json(self) -> dict[str, Any]:
        """Give the same facts as a dict."""
        return asdict(self)

    def __str__(self) -> str:
        """Give one line for a terminal."""
        from scorm_builder.checks.reading_time import clock

        return (
            f"{self.chain}, {self.language}: {clock(self.minutes)} minutes, {clock(self.own)} of "
            f"them on its own pages; slow readers need {clock(self.needed)}"
        )


def chain_release(
    course: Course,
    programme: ProgrammeDirectory | None,
    wanted: Iterable[tuple[str | None, Sequence[str]]],
    *,
    allow_draft: bool,
) -> tuple[list[ChainTime], list[Problem]]:
    """Look at the pages of chains, `wanted` as (chain, languages): their times and warnings.

    Raises InputError with everything that keeps them from a release, of all chains at once.
    """
    times: list[ChainTime] = []
    problems: list[Problem] = []
    for chain_id, languages in wanted:
        if programme and chain_id and programme.chains[chain_id].extra_pages:
            pages = chain_pages(course, programme, chain_id)
            for language in languages:
                problems += _look(pages, language, times, allow_draft=allow_draft)
    problems = list(dict.fromkeys(problems))
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return times, problems


def check_chains(
    course: Course, programme: Path | None, chains: Sequence[str], *, allow_draft: bool
) -> tuple[list[ChainTime], list[Problem]]:
    """Look at the pages of chains in all their languages; raises InputError.

    That nobody has reviewed a language is a warning here, and is not mentioned with `allow_draft`.
    """
    if not chains:
        return [], []
    found = require_programme(programme)
    wanted = [
        (one, found.chains[one].languages or list(course.languages))
        for one in require_chains(found, chains)
    ]
    times, problems = chain_release(course, found, wanted, allow_draft=True)
    for chain_id, languages in wanted if not allow_draft else ():
        if found.chains[chain_id].extra_pages:
            pages = chain_pages(course, found, chain_id)
            drafts = [one for language in languages for one in _draft(pages, language)]
            problems += [replace(one, severity="warning") for one in drafts]
    return times, problems


def _look(
    pages: ChainPages, language: str, times: list[ChainTime], *, allow_draft: bool
) -> Iterator[Problem]:
    from scorm_builder.checks.reading_time import reading_times

    found, problems = course_and_problems(pages, language)
    yield from problems
    if any(problem.severity == "error" for problem in problems):
        return
    if not allow_draft:
        yield from _draft(pages, language)
    own = sum(seconds(one.value.minutes) for one in found.blocks if one not in pages.course.blocks)
    measured = reading_times(found, [language])
    needed = max(time.seconds for time in measured)
    one = ChainTime(pages.chain_id, language, found.seconds(), own, needed)
    times.append(one)
    yield from _too_long(pages, one, allow_draft=allow_draft)
    yield from _warnings(pages, found, language, measured)


def _draft(pages: ChainPages, language: str) -> Iterator[Problem]:
    status = pages.languages.get(language)
    if status is None or status.status == "draft":
        what = f"the chain's own pages are a draft in {language}: nobody has reviewed them yet"
        fix = "Have them reviewed: noroom translate review --chain. Or build with --allow-draft."
        path = (LANGUAGES_KEY, language, "status")
        there = language in pages.chain.page_languages
        place = path if there else ("extra_pages",)
        yield pages.source.problem(place, "language-draft", what, fix)


def _too_long(pages: ChainPages, time: ChainTime, *, allow_draft: bool) -> Iterator[Problem]:
    """Compare both times with what the course promises its learners."""
    from scorm_builder.checks.reading_time import clock

    budget = pages.course.settings.value.minutes
    path = ("extra_pages",)
    if time.minutes > seconds(budget):
        what = f"with these pages the course takes {clock(time.minutes)}; it promises {budget}"
        fix = "Take pages out, or ask the course's authors for a shorter course."
        problem = pages.source.problem(path, "minutes-over-budget", what, fix)
        yield replace(problem, severity="warning") if allow_draft else problem
    if time.needed > seconds(budget):
        what = f"with these pages slow readers need {clock(time.needed)} in {time.language}; "
        fix = "Take words out of these pages."
        what += f"the budget is {budget}"
        problem = pages.source.problem(path, "time-over-budget", what, fix)
        yield replace(problem, severity="warning")


def _warnings(
    pages: ChainPages, found: Course, language: str, times: list[ReadingTime]
) -> Iterator[Problem]:
    """Give what there is to weigh: blocks with too few minutes, terms of the glossary."""
    from scorm_builder.checks.check_reading import short_blocks
    from scorm_builder.translate.glossary import glossary_findings, read_glossary

    for problem in short_blocks(found, times):
        if problem.file.startswith(str(pages.folder)):
            yield replace(problem, severity="warning")
    glossary = read_glossary(pages.course)
    if glossary is None or pages.source_language != pages.course.source_language:
        return
    if language == pages.source_language:
        return
    blocks = tuple(pages.block(n, pages.source_language) for n in pages.in_first_language())
    said = (found.translations or {}).get(language, {})
    own = {text.context: said.get(text.context, "") for text in block_texts(found, blocks)}
    alone = replace(found, blocks=blocks)
    for finding in glossary_findings(alone, glossary, language, own):
        yield finding.problem(glossary, language)
