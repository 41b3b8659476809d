"""Course × standard × language × chain -> packages and papers on disk, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.today import today
from scorm_builder.chain.chain_look import read_look
from scorm_builder.chain.chain_release import ChainTime, chain_release
from scorm_builder.checks.check_contacts import contact_problems
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.hotel_countries import package_countries
from scorm_builder.lint.gate import Gate
from scorm_builder.lms.lms_presets import preset_of, size_problem
from scorm_builder.package.build_matrix import (
    Done,
    Unit,
    Workshop,
    Written,
    package_parts,
    write_units,
)
from scorm_builder.package.build_plan import (
    BuildRequest,
    ChainPlan,
    chain_plans,
    country_of,
    programme_and_chains,
)
from scorm_builder.package.plan_package import language_part
from scorm_builder.package.stage_files import StagedFiles

Started = Callable[[int], Done]

__all__ = ["BuildRequest", "BuiltPackage", "build_everything", "build_packages", "package_bytes"]


@dataclass(frozen=True)
class BuiltPackage:
    """One package on disk; `bytes` is its size, `chain` None where it belongs to nobody.

    `languages` are those that a learner can choose; `language`, the first, is the manifest's.
    """

    path: str
    standard: str
    language: str
    languages: tuple[str, ...]
    chain: str | None
    bytes: int
    sha256: str


@dataclass(frozen=True)
class BuiltMatrix:
    """Everything that a build has written. `documents` are the paths of what goes with the zips.

    `times` tells of chains with pages of their own how long the course is with them.
    """

    packages: list[BuiltPackage]
    documents: list[str]
    warnings: tuple[Problem, ...]
    times: tuple[ChainTime, ...] = ()


def build_packages(request: BuildRequest) -> tuple[list[BuiltPackage], tuple[Problem, ...]]:
    """Build, and give the packages and the warnings; see build_everything."""
    built = build_everything(request)
    return built.packages, built.warnings


def build_everything(
    request: BuildRequest, started: Started | None = None, gate: Gate | None = None
) -> BuiltMatrix:
    """Build packages and papers into `request.out`; raises InputError before any is there.

    Order of packages: language, chain, standard. `started`, if given, is called with the number
    of packages and gives the function that hears of each finished one. `gate` looks at every
    package before any gets its name.
    """
    gate = gate or Gate()
    programme, chains = programme_and_chains(request)
    loaded = load_course(request.course, _languages_to_load(request, programme, chains))
    course = loaded.in_country(country_of(request, programme))
    plans, warnings = chain_plans(course, request, programme, chains)
    wanted = [(plan.chain, plan.languages) for plan in plans]
    times, found = chain_release(course, programme, wanted, allow_draft=request.allow_draft)
    warnings += [*found, *_contact_problems(course, programme, plans, request)]
    cells = [
        (languages, plan)
        for languages in dict.fromkeys(one for plan in plans for one in plan.together)
        for plan in plans
        if languages in plan.together
    ]
    with StagedFiles() as staged:
        units, targets = [], []
        for languages, plan in cells:
            names = [_target(request.out, course, s, languages, plan) for s in plan.standards]
            files = tuple(zip(plan.standards, map(staged.reserve, names), strict=True))
            units.append(Unit(languages, plan.chain, files, plan.profiles))
            targets.append(names)
        done = started(sum(map(len, targets))) if started else _unheard
        workshop = Workshop(course, programme, unverified=request.allow_draft)
        written = write_units(workshop, units, request.jobs, done)
        for unit, names, results in zip(units, targets, written, strict=True):
            for (_, package), path, one in zip(unit.files, names, results, strict=True):
                gate.add(str(path), package, one.problems)
        gate.close()
        packages = [
            _built(path, standard, unit, one)
            for unit, names, results in zip(units, targets, written, strict=True)
            for (standard, _), path, one in zip(unit.files, names, results, strict=True)
        ]
        documents = _documents(course, programme, request, packages)
        for path, content in documents.items():
            staged.write(path, content)
        staged.commit()
    warnings += _size_problems(programme, packages)
    said = tuple(dict.fromkeys([*course.warnings, *warnings, *gate.warnings]))
    return BuiltMatrix(packages, [str(path) for path in documents], said, tuple(times))


def package_bytes(edition: Edition, standard: str, audience: Audience) -> bytes:
    """Give one package as the bytes of its zip."""
    look = read_look(audience.programme, audience.chain)
    parts = package_parts([edition], [standard], replace(audience, look=look))
    return b"".join(next(iter(parts)))


def _built(path: Path, standard: str, unit: Unit, one: Written) -> BuiltPackage:
    first, chain = unit.languages[0], unit.chain
    return BuiltPackage(str(path), standard, first, unit.languages, chain, one.bytes, one.sha256)


def _unheard(count: int) -> None:
    """Nobody watches."""


def _languages_to_load(
    request: BuildRequest, programme: ProgrammeDirectory | None, chains: Iterable[str | None]
) -> list[str] | None:
    """Give the languages whose translations have to be right; None: all of them."""
    if request.languages:
        return list(request.languages)
    wanted = [programme.chains[one].languages for one in chains if programme and one]
    return [tag for tags in wanted for tag in tags] if wanted and all(wanted) else None


def _contact_problems(
    course: Course,
    programme: ProgrammeDirectory | None,
    plans: list[ChainPlan],
    request: BuildRequest,
) -> list[Problem]:
    """Give warnings about contacts; raises InputError where one is too old for a release."""
    countries = {one for plan in plans for one in package_countries(course, programme, plan.chain)}
    folder = programme.path if programme else None
    found = contact_problems(countries, folder, today(), release=not request.allow_draft)
    if any(problem.severity == "error" for problem in found):
        raise InputError(found)
    return found


def _size_problems(
    programme: ProgrammeDirectory | None, packages: list[BuiltPackage]
) -> list[Problem]:
    found = []
    for one in packages:
        chain = programme.chains[one.chain] if programme and one.chain else None
        found.append(size_problem(one.path, one.bytes, preset_of(chain)))
    return [problem for problem in found if problem]


def _documents(
    course: Course,
    programme: ProgrammeDirectory | None,
    request: BuildRequest,
    packages: list[BuiltPackage],
) -> dict[Path, bytes]:
    """Give what goes with the packages of each chain, {path: content}."""
    from scorm_builder.documents.handover import handover_files

    found: dict[Path, bytes] = {}
    for chain in dict.fromkeys(one.chain for one in packages):
        own = [one for one in packages if one.chain == chain]
        folder = request.out / chain if chain else request.out
        facts = [(Path(one.path).name, one.standard, one.languages, one.bytes, one.sha256)
                 for one in own]  # fmt: skip
        files = handover_files(course, programme, chain, facts)
        found |= {folder / name: content for name, content in files.items()}
    return found


def _target(
    out: Path, course: Course, standard: str, languages: Sequence[str], plan: ChainPlan
) -> Path:
    version = course.settings.value.version
    whom = "".join(f"-{one}" for one in course.for_profiles(plan.profiles).offered)
    name = f"{course.id}-{version}-{standard}-{language_part(languages)}{whom}.zip"
    return out / plan.chain / name if plan.chain else out / name
