"""The course as one chain gives it: pages of its own at the places that allow it, its country.

A chain adds whole blocks after blocks with `chain_pages: true`. It cannot replace, reorder or take
away anything: every page and question of the course is in every package, in the course's order.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from programme.contacts.read_contacts import countries, country_code, unknown_country
from programme.directory import CHAIN_FILE, ProgrammeDirectory
from programme.languages import LanguageStatus
from programme.problems import InputError, Problem
from programme.settings import Chain, ExtraPages
from programme.yaml_source import Source, read_yaml
from scorm_builder.chain import chain_words
from scorm_builder.chain.chain_pages import (
    ChainPages,
    block_texts,
    chain_pages,
    placeholder_problems,
    read_translation,
)
from scorm_builder.checks import check_pages, check_texts, check_whole
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Block
from scorm_builder.course.course_texts import course_texts

_ALLOWED = (
    "text", "cards", "true_false", "choose_one", "choose_several", "order",
    "signals_scale", "sort", "dialogue", "reflection",
)  # fmt: skip


def course_for(
    course: Course, programme: ProgrammeDirectory | None, chain_id: str | None, language: str
) -> Course:
    """Give the course of one chain in one language; `course` itself where nothing differs.

    Raises:
        InputError: what the chain adds is wrong; files and lines are the chain's own.
    """
    chain = programme.chains[chain_id] if programme and chain_id else None
    if programme is None or chain is None or not chain_words.needs_a_look(chain):
        return course
    pages = chain_pages(course, programme, str(chain_id))
    found, problems = course_and_problems(pages, language)
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        raise InputError(wrong)
    return found


def course_and_problems(pages: ChainPages, language: str) -> tuple[Course, list[Problem]]:
    """Give the course with a chain's pages in one language as far as it goes, and all problems."""
    course, chain, source = pages.course, pages.chain, pages.source
    problems = list(chain_words.problems(chain, source))
    problems += [*country_problems(chain, source), *pages.status_problems()]
    found = course.in_country(chain.country)
    blocks, to_translate = _blocks(pages, language, problems)
    translation: dict[str, str] = {}
    if to_translate:
        translation, wrong = read_translation(pages, to_translate, language)
        problems += wrong
    for number, placed in blocks.items():
        extra = chain.extra_pages[number]
        problems += _place_problems(course, extra, number, source)
        own = {text.context: text.text for text in block_texts(course, (placed,))}
        if placed in to_translate:
            own = {context: translation.get(context, text) for context, text in own.items()}
        found = _insert(found, placed, extra, language, own)
    if not any(problem.severity == "error" for problem in problems):
        problems += _content_problems(course, found, str(pages.folder), source)
    return _with_status(found, pages, language), problems


def require_same_pages(
    programme: ProgrammeDirectory, chain_id: str, spoken: Sequence[Course]
) -> None:
    """Raise InputError unless a chain's pages have the same ids in all languages of a package.

    Progress hangs on ids, and has to be there when the learner changes the language.
    """
    first, *others = spoken
    if all(_shape(one) == _shape(first) for one in others):
        return
    source = read_yaml(programme.path / "chains" / chain_id / CHAIN_FILE)
    what = "these pages differ between the languages of a package with a choice of language"
    fix = "Give blocks, pages and what is on them the same ids, in the same order, in every file."
    raise InputError([source.problem(("extra_pages",), "chain-pages-differ", what, fix)])


def _shape(course: Course) -> list[str]:
    """Give what is the same in every language: the contexts of the texts that pages have."""
    contexts = (text.context for text in course_texts(course))
    return [one for one in contexts if one.startswith(("block.", "page."))]


def keeps_the_course(course: Course, found: Course) -> bool:
    """Tell whether `found` has every block of `course`, unchanged and in the same order."""
    rest = iter(found.blocks)
    return all(block in rest for block in course.blocks) and course.questions == found.questions


def country_problems(chain: Chain, source: Source) -> Iterator[Problem]:
    """Refuse a country that there are no contacts for."""
    if chain.country is not None and country_code(chain.country) not in countries():
        found = unknown_country(chain.country)
        yield source.problem(("country",), "country-unknown", *found)


def _blocks(
    pages: ChainPages, language: str, problems: list[Problem]
) -> tuple[dict[int, Placed[Block]], tuple[Placed[Block], ...]]:
    """Read the extra blocks by number; give those apart that a PO file has to translate."""
    found: dict[int, Placed[Block]] = {}
    to_translate = []
    for number in range(len(pages.chain.extra_pages)):
        translated = pages.translated(number, language)
        try:
            found[number] = pages.block(number, pages.source_language if translated else language)
            if translated:
                to_translate.append(found[number])
            elif language != pages.source_language:
                problems += placeholder_problems(pages, number, found[number])
        except InputError as error:
            problems += error.problems
    return found, tuple(to_translate)


def _with_status(course: Course, pages: ChainPages, language: str) -> Course:
    """Call a language a draft where the chain's own pages are one, so that learners see it."""
    status = pages.languages.get(language)
    known = course.languages.get(language)
    if not pages.chain.extra_pages or known is None or known.status == "draft":
        return course
    if status is not None and status.status != "draft":
        return course
    languages = {**course.languages, language: LanguageStatus(status="draft")}
    settings = course.settings.value.model_copy(update={"languages": languages})
    return replace(course, settings=replace(course.settings, value=settings))


def _place_problems(
    course: Course, extra: ExtraPages, number: int, source: Source
) -> Iterator[Problem]:
    """Pages come in only where the course's authors have said so."""
    marked = [one.value.id for one in course.blocks if one.value.chain_pages]
    if extra.after in marked:
        return
    near = difflib.get_close_matches(extra.after, marked, n=1, cutoff=0.6)
    have = f"There are: {', '.join(marked)}." if marked else "The course marks no block."
    what = f'"{extra.after}" is no block after which chains may add pages'
    fix = f'Did you mean "{near[0]}"?' if near else have
    yield source.problem(("extra_pages", number, "after"), "chain-place", what, fix)


def _insert(
    course: Course, placed: Placed[Block], extra: ExtraPages, language: str, own: Mapping[str, str]
) -> Course:
    """Put the block behind the one it follows; `own` are its texts in `language`."""
    at = next((n for n, b in enumerate(course.blocks, 1) if b.value.id == extra.after), 0)
    blocks = (*course.blocks[:at], placed, *course.blocks[at:])
    known = course.translations or {}
    translations = {**known, language: {**known.get(language, {}), **own}}
    return replace(course, blocks=blocks, translations=translations)


def _content_problems(
    course: Course, found: Course, folder: str, source: Source
) -> Iterator[Problem]:
    """Check what came in by the course's own rules; the course itself has been checked."""
    if not keeps_the_course(course, found):
        raise AssertionError("a chain's pages have changed the course")
    for problem in check_whole.problems(found):
        if problem.code == "suspend-data":
            yield source.problem(("extra_pages",), problem.code, problem.what, "Add fewer pages.")
        elif problem.code.startswith("role-") and problem.file.startswith(folder):
            yield problem
    for problem in (*check_pages.problems(found), *check_texts.problems(found)):
        if problem.file.startswith(folder) or problem.code in ("id-repeated", "key-collision"):
            yield problem
    yield from _page_problems(found, folder)


def _page_problems(found: Course, folder: str) -> Iterator[Problem]:
    for placed in found.all_pages():
        page = placed.value
        if not placed.source.file.startswith(folder):
            continue
        if page.kind not in _ALLOWED:
            what = f"a chain's page cannot be of the kind {page.kind}"
            yield placed.problem(("kind",), "chain-page", what, f"Known: {', '.join(_ALLOWED)}.")
        if page.picture is not None:
            what = "pictures on a chain's own pages are not supported"
            yield placed.problem(("picture",), "chain-page", what, "Leave the picture out.")
