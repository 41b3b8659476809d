"""Course × standard × language × chain -> packages on disk, all of them or none."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from programme.directory import (
    ProgrammeDirectory,
    find_programme,
    read_programme,
    require_programme,
)
from programme.problems import InputError, Problem
from scorm_builder.check_whole import draft_problem
from scorm_builder.course import Course
from scorm_builder.course_data import Audience, Edition, compile_course_data
from scorm_builder.link_player import link_player
from scorm_builder.load_course import load_course
from scorm_builder.plan_package import PackageFile, PackagePlan, plan_package
from scorm_builder.stage_files import StagedFiles
from scorm_builder.standards import STANDARDS
from scorm_builder.write_zip import zip_bytes


@dataclass(frozen=True)
class BuildRequest:
    """What to build. Empty `standards`, `languages` or `chains` mean all there are."""

    course: Path
    out: Path
    standards: Sequence[str] = ()
    languages: Sequence[str] = ()
    chains: Sequence[str] = ()
    programme: Path | None = None
    allow_draft: bool = False


@dataclass(frozen=True)
class BuiltPackage:
    """One package on disk; `bytes` is its size, `chain` None where it belongs to nobody."""

    path: str
    standard: str
    language: str
    chain: str | None
    bytes: int
    sha256: str


def build_packages(request: BuildRequest) -> tuple[list[BuiltPackage], tuple[Problem, ...]]:
    """Build the packages and put them into `request.out`; raises InputError before any is there.

    Also gives the course's warnings. Order: language, chain, standard.
    """
    programme, chains = _programme_and_chains(request)
    course = load_course(request.course, request.languages or None)
    languages = _languages(course, request)
    standards = list(dict.fromkeys(request.standards)) or list(STANDARDS)
    built = []
    with StagedFiles() as staged:
        for language in languages:
            edition = Edition(course, language)
            for chain in chains:
                for standard in standards:
                    content = package_bytes(edition, standard, Audience(programme, chain))
                    target = _target(request.out, course, standard, language, chain)
                    staged.write(target, content)
                    digest = hashlib.sha256(content).hexdigest()
                    facts = (standard, language, chain, len(content), digest)
                    built.append(BuiltPackage(str(target), *facts))
        staged.commit()
    return built, course.warnings


def package_bytes(edition: Edition, standard: str, audience: Audience) -> bytes:
    """Give one package as the bytes of its zip."""
    data = compile_course_data(edition, standard, audience)
    plan = plan_package(data, link_player(standard))
    return zip_bytes(PackageFile("imsmanifest.xml", manifest(plan, standard)), plan.files)


def manifest(plan: PackagePlan, standard: str) -> bytes:
    """Give the manifest of a plan in one standard."""
    from scorm_builder.standards import scorm12, scorm2004

    match standard:
        case "scorm12":
            return scorm12.manifest(plan)
        case "scorm2004-3":
            return scorm2004.manifest(plan, scorm2004.Edition.THIRD)
        case "scorm2004-4":
            return scorm2004.manifest(plan, scorm2004.Edition.FOURTH)
    raise ValueError(f"{standard} is not a standard")


def _target(out: Path, course: Course, standard: str, language: str, chain: str | None) -> Path:
    name = f"{course.id}-{course.settings.value.version}-{standard}-{language}.zip"
    return out / chain / name if chain else out / name


def _programme_and_chains(
    request: BuildRequest,
) -> tuple[ProgrammeDirectory | None, list[str | None]]:
    """Give the programme, if there is one, and the chains to build for; [None]: for anybody."""
    if request.chains:
        programme = require_programme(request.programme)
        return programme, _known_chains(programme, request.chains)
    path = find_programme(request.programme)
    if path is None:
        return None, [None]
    programme = read_programme(path)
    return programme, list(programme.chains) or [None]


def _known_chains(programme: ProgrammeDirectory, wanted: Sequence[str]) -> list[str | None]:
    file = str(programme.path / "chains")
    known = list(programme.chains)
    problems = list(_unknown("chain", wanted, known, file))
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(wanted))


def _languages(course: Course, request: BuildRequest) -> list[str]:
    """Give the languages to build; refuses unknown ones, and drafts unless they are allowed."""
    settings = course.settings
    problems = list(
        _unknown("language", request.languages, list(course.languages), settings.source.file)
    )
    wanted = list(dict.fromkeys(request.languages)) or list(course.languages)
    for language in wanted:
        status = course.languages.get(language)
        if status is not None and status.status == "draft" and not request.allow_draft:
            problems.append(draft_problem(course, language))
    if problems:
        raise InputError(problems)
    return wanted


def _unknown(
    kind: str, wanted: Sequence[str], known: Sequence[str], file: str
) -> Iterator[Problem]:
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            have = f"There are: {', '.join(known)}." if known else f"There is no {kind} yet."
            fix = f'Did you mean "{near[0]}"?' if near else have
            what = f'there is no {kind} "{name}"'
            yield Problem(file, 0, 0, f"{kind}-unknown", what, fix)
