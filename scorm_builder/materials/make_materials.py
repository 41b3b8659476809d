"""A request -> the papers as files: which languages, kinds and formats, and what to call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from programme.contacts.read_contacts import known_country
from programme.directory import (
    ProgrammeDirectory,
    find_programme,
    require_chains,
    require_programme,
)
from programme.papers.words import SHOWN
from programme.problems import InputError, Problem
from programme.today import today
from scorm_builder.chain.chain_look import NO_LOOK, read_look
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.materials.contents import spoken
from scorm_builder.materials.kinds import KINDS, Kind
from scorm_builder.materials.occasion import Occasion
from scorm_builder.materials.print_papers import Press, open_press


@dataclass(frozen=True)
class MaterialsRequest:
    """What is wanted. Empty `languages`: all that there are words for; empty `kinds`: all.

    `country` None: the chain's, else the programme's, else the course's. `png` adds pictures.
    """

    course: Path
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    chain: str | None = None
    country: str | None = None
    programme: Path | None = None
    unverified: bool = False
    bleed: bool = False
    png: bool = False


@dataclass(frozen=True)
class Paper:
    """One file: its path below the folder of papers, what it is, and its bytes."""

    name: str
    kind: str
    language: str
    content: bytes


def make_materials(request: MaterialsRequest) -> Iterator[Paper]:
    """Give every paper asked for; raises InputError, with all missing words at once."""
    course = load_course(request.course)
    first = _occasion(course, request)
    known_country(first.country, first.folder)
    wanted = list(_wanted(course, request))
    with open_press([first.logo] if first.logo else []) as press:
        for name, language in wanted:
            occasion = replace(first, language=language)
            yield from _papers(press, name, occasion, png=request.png)


def languages_of(course: Course, kind: Kind) -> list[str]:
    """Give the languages in which a kind of paper can be printed, the course's own first."""
    known = spoken(course, kind.papers)
    return [one for one in known if one in course.languages] if kind.of_course else known


def _occasion(course: Course, request: MaterialsRequest) -> Occasion:
    programme = _programme(request)
    chain, look = None, NO_LOOK
    if request.chain and programme:
        (found,) = require_chains(programme, [request.chain])
        chain, look = programme.chains[found], read_look(programme, found)
    country = (
        request.country
        or (chain and chain.country)
        or (programme and programme.settings.country)
        or course.settings.value.country
    )
    return Occasion(
        course, course.source_language, country, today(), programme, chain,
        unverified=request.unverified, bleed=request.bleed, logo=look.logo,
    )  # fmt: skip


def _programme(request: MaterialsRequest) -> ProgrammeDirectory | None:
    """Read the programme where one is named or found, or a chain asks for it."""
    if request.chain or find_programme(request.programme):
        return require_programme(request.programme)
    return None


def _wanted(course: Course, request: MaterialsRequest) -> Iterator[tuple[str, str]]:
    """Give (kind, language) of each paper; raises InputError where words are missing."""
    problems = []
    found: list[tuple[str, str]] = []
    for name in request.kinds or KINDS:
        known = languages_of(course, KINDS[name])
        for language in request.languages or known:
            if language in known:
                found.append((name, language))
            else:
                problems.append(_missing(name, language, known))
    if problems:
        raise InputError(problems)
    yield from _once(found, asked=bool(request.languages))


def _once(found: Sequence[tuple[str, str]], *, asked: bool) -> Iterator[tuple[str, str]]:
    """Leave out all but the first of a paper that holds all languages, unless asked for."""
    seen = set()
    for name, language in found:
        if KINDS[name].together and not asked and name in seen:
            continue
        seen.add(name)
        yield name, language


def _missing(name: str, language: str, known: Sequence[str]) -> Problem:
    papers = ", ".join(KINDS[name].papers)
    what = f"there is no {name} in {language}: not every word of it is translated"
    fix = (
        f"There is one in: {', '.join(known)}. It needs the words of {papers}: "
        f"noroom translate update --own-papers --language {language}"
    )
    if KINDS[name].of_course:
        fix += "; and the course in this language"
    return Problem(f"{SHOWN}/locale/{language}.po", 0, 0, "paper-language", what, f"{fix}.")


def contents_of(name: str, occasion: Occasion) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the file name without its ending, and what is on it, for each format of a kind."""
    kind, language = KINDS[name], occasion.language
    folder = "" if kind.together else f"{language}/"
    content = kind.content(occasion)
    for size, factor in kind.formats.items():
        yield f"{folder}{name}-{language}-{size}", {**content, "factor": factor}


def _papers(press: Press, name: str, occasion: Occasion, *, png: bool) -> Iterator[Paper]:
    kind, language = KINDS[name], occasion.language
    for stem, filled in contents_of(name, occasion):
        made = press.pdf(kind.template, filled, f"{stem}.pdf", occasion.day)
        yield Paper(f"{stem}.pdf", name, language, made)
        if png:
            pages = press.pictures(kind.template, filled, kind.ppi)
            for number, page in enumerate(pages, start=1):
                ending = f"-{number}" if len(pages) > 1 else ""
                yield Paper(f"{stem}{ending}.png", name, language, page)
