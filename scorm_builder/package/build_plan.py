"""What a build makes: for each chain its standards and languages, everything unknown refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from programme.contacts.read_contacts import known_country
from programme.directory import (
    CHAIN_FILE,
    ProgrammeDirectory,
    find_programme,
    read_programme,
    require_chains,
    require_programme,
)
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.settings import Chain, LanguagesIn
from programme.yaml_source import Source, read_yaml
from scorm_builder.chain.chain_course import country_problems
from scorm_builder.checks.check_whole import draft_problem
from scorm_builder.course.course import Course
from scorm_builder.documents.hotels import FILE, hotels_of
from scorm_builder.lms.lms_presets import options_of, preset_of, read_preset, unknown_preset
from scorm_builder.lms.option_effects import effect_problems
from scorm_builder.package.split_scos import SEQUENCED
from scorm_builder.standards import STANDARDS

UNTRACKED = "web"
"""The only standard of a course that keeps no results: no LMS is there to keep any."""


@dataclass(frozen=True)
class BuildRequest:
    """What to build. Empty `standards`, `languages` or `chains` mean all there are.

    `profiles` goes before the chain's own; none: as the chain says, else the course's first.
    `jobs` is the number of processes; None: as many as the work is worth. `languages_in` goes
    before the chain's own; None: as the chain says. `country` is for packages of no chain, and of
    chains that name none; None: as the programme says, else the course.
    """

    course: Path
    out: Path
    standards: Sequence[str] = ()
    languages: Sequence[str] = ()
    chains: Sequence[str] = ()
    programme: Path | None = None
    allow_draft: bool = False
    jobs: int | None = None
    languages_in: LanguagesIn | None = None
    country: str | None = None
    profiles: Sequence[str] = ()


@dataclass(frozen=True)
class ChainPlan:
    """The packages of one chain; `chain` is None where they belong to nobody.

    `profiles` are the audiences of each package; none: the course's first.
    """

    chain: str | None
    standards: tuple[str, ...]
    languages: tuple[str, ...]
    languages_in: LanguagesIn = "each"
    profiles: tuple[str, ...] = ()

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """Give the languages of each package: one alone, all of them with a choice, or both."""
        each = tuple((language,) for language in self.languages)
        if self.languages_in == "each" or len(self.languages) == 1:
            return each
        return (*(each if self.languages_in == "both" else ()), self.languages)


def programme_and_chains(
    request: BuildRequest,
) -> tuple[ProgrammeDirectory | None, list[str | None]]:
    """Give the programme, if there is one, and the chains to build for; [None]: for anybody."""
    if request.chains:
        programme = require_programme(request.programme)
        return programme, list(require_chains(programme, request.chains))
    path = find_programme(request.programme)
    if path is None:
        return None, [None]
    programme = read_programme(path)
    return programme, list(programme.chains) or [None]


def country_of(request: BuildRequest, programme: ProgrammeDirectory | None) -> str | None:
    """Give the country whose contacts are shown where a chain names none; raises InputError."""
    if request.country is not None:
        return known_country(request.country, None).country
    return programme.settings.country if programme else None


def chain_plans(
    course: Course,
    request: BuildRequest,
    programme: ProgrammeDirectory | None,
    chains: Sequence[str | None],
) -> tuple[list[ChainPlan], list[Problem]]:
    """Give the plan of each chain and the warnings; raises InputError with all that is wrong."""
    problems = list(_unknown("language", request.languages, list(course.languages), course))
    problems += _unknown("profile", request.profiles, _profile_ids(course), course)
    problems += _untracked_problems(course, request)
    plans = []
    for chain_id in chains:
        chain = programme.chains[chain_id] if programme and chain_id else None
        plan = _plan(course, request, chain_id, chain)
        if programme and chain:
            source = read_yaml(programme.path / "chains" / str(chain_id) / CHAIN_FILE)
            problems += _chain_problems(course, chain, source)
            problems += _web_problems(programme, str(chain_id), source)
            problems += _hotel_problems(programme, str(chain_id))
            problems += effect_problems(course, chain.options, plan.standards, source)
            problems += _language_problems(plan, chain, source)
        plans.append(plan)
    for language in dict.fromkeys(one for plan in plans for one in plan.languages):
        status = course.languages.get(language)
        if status is not None and status.status == "draft" and not request.allow_draft:
            problems.append(draft_problem(course, language))
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if len(warnings) < len(problems):
        raise InputError(problems)
    return plans, warnings


def _plan(
    course: Course, request: BuildRequest, chain_id: str | None, chain: Chain | None
) -> ChainPlan:
    """Options of the command line go first, then the chain's, its preset's, then all."""
    standards = list(request.standards)
    if not course.settings.value.tracking:
        standards = standards or [UNTRACKED]
    languages, profiles = list(request.languages), list(request.profiles)
    if chain is not None:
        profiles = profiles or chain.profiles
        preset = chain.preset if chain.preset and not unknown_preset(chain.preset) else None
        standards = (
            standards or chain.standards or list(read_preset(preset).standards if preset else ())
        )
        languages = languages or chain.languages
    return ChainPlan(
        chain_id,
        tuple(dict.fromkeys(standards)) or STANDARDS,
        tuple(dict.fromkeys(languages)) or tuple(course.languages),
        request.languages_in or (chain.languages_in if chain else "each"),
        tuple(dict.fromkeys(profiles)),
    )


def _profile_ids(course: Course) -> list[str]:
    return [one.id for one in course.settings.value.profiles or ()]


def _chain_problems(course: Course, chain: Chain, source: Source) -> Iterator[Problem]:
    yield from country_problems(chain, source)
    for number, standard in enumerate(chain.standards):
        if standard not in STANDARDS:
            what, fix = _near("standard", standard, STANDARDS)
            yield source.problem(("standards", number), "standard-unknown", what, fix)
    for number, language in enumerate(chain.languages):
        if language not in course.languages:
            what, fix = _near("language", language, list(course.languages))
            yield source.problem(("languages", number), "language-unknown", what, fix)
    for number, profile in enumerate(chain.profiles):
        if profile not in _profile_ids(course):
            what, fix = _near("profile", profile, _profile_ids(course))
            yield source.problem(("profiles", number), "profile-unknown", what, fix)
    wrong = unknown_preset(chain.preset) if chain.preset else None
    if wrong:
        yield source.problem(("preset",), "preset-unknown", *wrong)
        return
    yield from _sequencing_problems(course, chain, source)
    if options_of(chain).interactions == "full":
        what = "the LMS will see which answers each learner chose"
        fix = "Tell the learners, whom the course may promise otherwise, or write safe."
        problem = source.problem(("options", "interactions"), "answers-told", what, fix)
        yield replace(problem, severity="warning")


def _untracked_problems(course: Course, request: BuildRequest) -> Iterator[Problem]:
    """Refuse to make packages for an LMS, which would keep results, of a course without any."""
    others = [standard for standard in request.standards if standard != UNTRACKED]
    if others and not course.settings.value.tracking:
        what = f"this course keeps no results, but a package for {others[0]} would"
        fix = f"Build it with --standard {UNTRACKED}, or take tracking: false out."
        yield course.settings.problem(("tracking",), "tracking-off", what, fix)


def _sequencing_problems(course: Course, chain: Chain, source: Source) -> Iterator[Problem]:
    """Refuse several SCOs where the last would never open (decision 0012)."""
    if options_of(chain).scos == "per_block" and preset_of(chain).ignores_sequencing:
        what = f"{preset_of(chain).name} ignores sequencing: the last part would never open"
        fix = "Write scos: one, the default: the whole course is one SCO."
        yield source.problem(("options", "scos"), "scos-ignored", what, fix)
    elif options_of(chain).scos == "per_block" and course.roles:
        what = "this course has roles, and a role chosen in one SCO would not reach the others"
        fix = "Write scos: one, the default: the whole course is one SCO."
        yield source.problem(("options", "scos"), "scos-roles", what, fix)


def _language_problems(plan: ChainPlan, chain: Chain, source: Source) -> Iterator[Problem]:
    """Warn where a choice of language meets several SCOs: no part hears what another was told."""
    together = any(len(languages) > 1 for languages in plan.together)
    if (
        options_of(chain).scos != "per_block"
        or not together
        or not set(plan.standards) & {*SEQUENCED}
    ):
        return
    what = "each part asks for the language anew: what was chosen in one does not reach the others"
    fix = "Write languages_in: each for one package per language, or scos: one."
    problem = source.problem(("options", "scos"), "scos-languages", what, fix)
    yield replace(problem, severity="warning")


def _web_problems(
    programme: ProgrammeDirectory, chain_id: str, source: Source
) -> Iterator[Problem]:
    """Warn of a web site whose completions nobody would hear of, or could count."""
    chain = programme.chains[chain_id]
    if "web" not in chain.standards:
        return
    path = ("standards", chain.standards.index("web"))
    if chain.lrs is None:
        what = "nobody hears who completes the web site: this chain has no lrs"
        fix = "Add lrs: with endpoint and key; no LMS keeps these completions."
        yield replace(source.problem(path, "web-unheard", what, fix), severity="warning")
    elif not hotels_of(programme.path, chain_id):
        what = "nobody can enter a code on the web site: hotels.csv has no hotel of this chain"
        fix = "Add the hotels, then build again and print their codes: noroom hotel codes."
        yield replace(source.problem(path, "web-hotels", what, fix), severity="warning")


def _hotel_problems(programme: ProgrammeDirectory, chain_id: str) -> Iterator[Problem]:
    """Warn of a list of hotels in which this chain does not stand."""
    file = programme.path / FILE
    if is_there(file) and not hotels_of(programme.path, chain_id):
        what = f"there is no hotel of {chain_id}: its return sheet lists none, and none can count"
        fix = f"Add a row for each of its hotels, with {chain_id} in the column chain."
        problem = Problem(str(file), 0, 0, "hotels-none", what, fix)
        yield replace(problem, severity="warning")


def _unknown(
    kind: str, wanted: Sequence[str], known: Sequence[str], course: Course
) -> Iterator[Problem]:
    for name in wanted:
        if name not in known:
            what, fix = _near(kind, name, known)
            yield Problem(course.settings.source.file, 0, 0, f"{kind}-unknown", what, fix)


def _near(kind: str, name: str, known: Sequence[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    have = f"There are: {', '.join(known)}." if known else f"There is no {kind} yet."
    return f'there is no {kind} "{name}"', f'Did you mean "{near[0]}"?' if near else have
