"""Course, programme, register -> the public site in a folder, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from programme.contacts.read_contacts import known_country
from programme.directory import (
    ProgrammeDirectory,
    find_programme,
    read_programme,
    require_chains,
    require_programme,
)
from programme.problems import InputError, Problem
from programme.public_register import read_public_register
from programme.temporary import temporary_folder
from programme.today import today
from scorm_builder.chain.chain_release import chain_release
from scorm_builder.checks.check_contacts import contact_problems
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.package.build_matrix import Unit, Workshop
from scorm_builder.package.build_plan import BuildRequest, ChainPlan, chain_plans
from scorm_builder.site.load_site import Site, load_site
from scorm_builder.site.release import is_draft, release_problems
from scorm_builder.site.render_site import site_pages
from scorm_builder.site.site_edition import SiteEdition
from scorm_builder.site.site_folder import write_folder
from scorm_builder.site.site_parts import Surroundings

WEB = "web"
COURSES = "course"


@dataclass(frozen=True)
class SiteRequest:
    """What to build. Empty `languages`: all there are; `chains`: whose course is on the site.

    `countries` are those whose contacts are shown; empty: the programme's, else the course's.
    `signature` tells what is wrong with the signature of a register.json; None: nobody can.
    """

    course: Path
    out: Path
    languages: Sequence[str] = ()
    chains: Sequence[str] = ()
    programme: Path | None = None
    register: Path | None = None
    allow_draft: bool = False
    countries: Sequence[str] = ()
    signature: Callable[[Path, ProgrammeDirectory], list[Problem]] | None = None


@dataclass(frozen=True)
class BuiltSite:
    """A site on disk: its languages with their number of pages, and the warnings."""

    pages: dict[str, int]
    files: int
    warnings: tuple[Problem, ...]


def build_site(request: SiteRequest) -> BuiltSite:
    """Build the site into `request.out`; raises InputError before anything is there."""
    programme = _programme(request)
    loaded = load_course(request.course, list(request.languages) or None)
    countries = _countries(request, programme) or [loaded.country]
    course = loaded.in_country(countries[0])
    site = load_site(course)
    languages, warnings = _languages(site, request)
    register = read_public_register(request.register) if request.register else None
    if request.register and programme and request.signature:
        warnings += request.signature(request.register, programme)
    day = today()
    warnings += release_problems(site, languages, register, day, allow_draft=request.allow_draft)
    folder = programme.path if programme else None
    found = contact_problems(countries, folder, day, release=not request.allow_draft)
    if any(problem.severity == "error" for problem in found):
        raise InputError(found)
    files, addresses, of_courses = _courses(course, programme, request)
    around = Surroundings(day.isoformat(), register, addresses)
    editions = [
        SiteEdition(site, programme, language, countries, unverified=request.allow_draft)
        for language in languages
    ]
    drafts = {language: is_draft(site, language) for language in languages}
    pages = site_pages(editions, around, drafts)
    write_folder(request.out, {**pages, **files})
    said = tuple(dict.fromkeys([*course.warnings, *warnings, *found, *of_courses]))
    counts = {one: sum(path.startswith(f"{one}/") for path in pages) for one in languages}
    return BuiltSite(counts, len(pages) + len(files), said)


def _programme(request: SiteRequest) -> ProgrammeDirectory | None:
    """Give the programme; only with one can chains have a course on the site."""
    if request.chains:
        return require_programme(request.programme)
    path = find_programme(request.programme)
    return read_programme(path) if path else None


def _countries(request: SiteRequest, programme: ProgrammeDirectory | None) -> list[str]:
    """Give the codes of the countries that are asked for; raises InputError."""
    wanted = request.countries or ([programme.settings.country] if programme else [])
    return list(dict.fromkeys(known_country(one, None).country for one in wanted))


def _languages(site: Site, request: SiteRequest) -> tuple[list[str], list[Problem]]:
    """Give the languages to build, the first first, and a warning for each left out."""
    known = list(site.course.languages)
    there = [site.course.source_language, *site.translated()]
    if request.languages:
        missing = [one for one in request.languages if one not in there or one not in known]
        if missing:
            raise InputError([_no_language(site, one) for one in missing])
        return [one for one in known if one in request.languages], []
    left = [one for one in there if one not in known]
    warnings = [replace(_no_language(site, one), severity="warning") for one in left]
    return [one for one in known if one in there], warnings


def _no_language(site: Site, language: str) -> Problem:
    if language not in site.course.languages:
        what = f"the course is not in {language}, so the site is not either"
        fix = f"Add {language} to languages of the course, with its locale/{language}.po."
        return site.course.settings.problem(("languages",), "site-language", what, fix)
    path = site.locale / f"{language}.po"
    what = f"the site is not translated into {language}"
    fix = f"Start with: noroom translate update {site.course.folder} --site --language {language}."
    return Problem(str(path), 0, 0, "site-language", what, fix)


def _courses(
    course: Course, programme: ProgrammeDirectory | None, request: SiteRequest
) -> tuple[dict[str, bytes], dict[str, str], list[Problem]]:
    """Give the files of the chains' courses, {name: address of the course}, and the warnings."""
    if programme is None or not request.chains:
        return {}, {}, []
    chains = require_chains(programme, request.chains)
    wanted = BuildRequest(
        request.course, request.out, (WEB,), request.languages, chains, programme.path,
        request.allow_draft, languages_in="one",
    )  # fmt: skip
    plans, warnings = chain_plans(course, wanted, programme, chains)
    of_plans = [(plan.chain, plan.languages) for plan in plans]
    _, found = chain_release(course, programme, of_plans, allow_draft=request.allow_draft)
    files: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    workshop = Workshop(course, programme, unverified=request.allow_draft)
    for plan in plans:
        made = _course_files(workshop, plan)
        files |= made
        launch = next(path for path in made if path.endswith("/index.html"))
        addresses[programme.chains[str(plan.chain)].name] = launch
    return files, addresses, [*warnings, *found]


def _course_files(workshop: Workshop, plan: ChainPlan) -> dict[str, bytes]:
    """Give the files of one chain's course: those of its package for the web, unpacked."""
    with temporary_folder("noroom-site-") as folder:
        package = folder / "course.zip"
        (written,) = workshop.write(Unit(plan.together[0], plan.chain, ((WEB, package),)))
        errors = [one for one in written.problems if one.severity == "error"]
        if errors:
            raise InputError(errors)
        with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as archive:
            return {
                f"{COURSES}/{plan.chain}/{name}": archive.read(name) for name in archive.namelist()
            }
