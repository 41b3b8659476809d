"""Standards × languages × chains -> package files, over the cores, in memory that does not grow.

A unit is one language of one chain: its course data is compiled once for all standards. Workers
write straight into the temporary files that the main process has named, and give back digests.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.directory import ProgrammeDirectory
from programme.problems import Problem
from scorm_builder.chain.chain_course import course_for, require_same_pages
from scorm_builder.chain.chain_look import read_look
from scorm_builder.course.course import Course
from scorm_builder.course.field_types import Role
from scorm_builder.link.course_data import compile_course_data, compile_listing
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.entry_data import for_standard
from scorm_builder.link.link_player import link_player
from scorm_builder.lint.lint_package import lint_package
from scorm_builder.lms.lms_presets import options_of
from scorm_builder.lms.option_effects import acting
from scorm_builder.media.pictures import picture_files
from scorm_builder.package.plan_package import PackageFile, plan_package
from scorm_builder.package.split_scos import player_of, split
from scorm_builder.package.write_zip import ZipParts, open_ahead, zip_parts

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

UNITS_PER_WORKER = 4
"""Below this a second process costs more than it saves."""

Done = Callable[[int], None]


@dataclass(frozen=True)
class Unit:
    """The languages of one chain's packages: `files` pairs each standard with the file to write.

    Several languages go into one package together, the first of them in front. `profiles` are
    those that the packages are for; none: the course's first.
    """

    languages: tuple[str, ...]
    chain: str | None
    files: tuple[tuple[str, Path], ...]
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """One written package: its size in bytes, its SHA-256 in hex, and what lint found."""

    bytes: int
    sha256: str
    problems: tuple[Problem, ...] = ()


@dataclass
class Workshop:
    """What every unit needs; keeps the editions of the last unit, since units come by language.

    `unverified` shows contacts that nobody has checked, marked as such.
    """

    course: Course
    programme: ProgrammeDirectory | None
    unverified: bool = False
    _editions: list[Edition] = field(default_factory=list, repr=False)

    def write(self, unit: Unit) -> list[Written]:
        """Write the packages of a unit; raises InputError."""
        standards = [name for name, _ in unit.files]
        packages = self.packages(unit.languages, unit.chain, standards, profiles=unit.profiles)
        files = [path for _, path in unit.files]
        written = []
        for path, parts in zip(files, packages, strict=True):
            one = write_parts(path, parts)
            written.append(replace(one, problems=lint_package(str(path), path)))
        return written

    def packages(
        self,
        languages: Sequence[str],
        chain: str | None,
        standards: Sequence[str],
        role: Role | None = None,
        profiles: Sequence[str] = (),
    ) -> Iterator[ZipParts]:
        """Give each package as the pieces of its zip; with a `role`, for that role only."""
        look = read_look(self.programme, chain)
        editions = [self._edition_of(chain, language, tuple(profiles)) for language in languages]
        self._editions = editions
        if self.programme is not None and chain is not None:
            require_same_pages(self.programme, chain, [one.course for one in editions])
        audience = Audience(self.programme, chain, look, role, self.unverified)
        yield from package_parts(editions, standards, audience)

    def _edition_of(self, chain: str | None, language: str, profiles: tuple[str, ...]) -> Edition:
        whole = course_for(self.course, self.programme, chain, language)
        course = self._for(whole, profiles)
        for known in self._editions:
            if known.course is course and known.language == language:
                return known
        return Edition(course, language)

    def _for(self, course: Course, profiles: tuple[str, ...]) -> Course:
        """Give the course for some profiles, the same object as for the last unit's."""
        found = course.for_profiles(profiles)
        same = (one.course for one in self._editions if one.course == found)
        return found if found is course else next(same, found)


def package_parts(
    editions: Sequence[Edition], standards: Sequence[str], audience: Audience
) -> Iterator[ZipParts]:
    """Give the packages of a chain with these languages, one per standard, each in pieces."""
    from scorm_builder.standards.manifests import package_files

    listing = compile_listing(editions[0], audience)
    pictures = {name: one for edition in editions for name, one in edition.pictures.items()}
    options = options_of(audience.settings)
    compiled: list[dict[str, Any]] = []
    for standard in standards:
        compiled = compiled or [compile_course_data(one, standard, audience) for one in editions]
        data = [
            split(for_standard(one, standard, audience), options.scos or "one") for one in compiled
        ]
        player = link_player(player_of(data[0]))
        whom = editions[0].course.offered
        plan = plan_package(data, player, pictures, listing, audience.look, whom)
        if not acting(options, standard).mastery:
            plan = plan.without_mastery()
        yield zip_parts(*package_files(plan, standard))


def write_parts(path: Path, parts: ZipParts) -> Written:
    """Write a file piece by piece; its digest goes on from that of the opening."""
    digest, size = parts.opening.sha256.copy(), len(parts.opening.content)
    try:
        with path.open("wb") as file:
            file.write(parts.opening.content)
            for part in parts.rest:
                file.write(part)
                digest.update(part)
                size += len(part)
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk names no file
        raise
    return Written(size, digest.hexdigest())


def write_units(
    workshop: Workshop, units: Sequence[Unit], jobs: int | None, done: Done
) -> list[list[Written]]:
    """Write all units, in their order; `done` hears how many packages each has finished.

    `jobs` is the number of processes; None: as many as there are cores, if there is enough to do.
    """
    workers = jobs or min(os.cpu_count() or 1, len(units) // UNITS_PER_WORKER)
    if workers <= 1:
        return list(_in_this_process(workshop, units, done))
    _prepare(workshop, units)
    results: list[list[Written]] = []
    with _pool(workshop, workers) as pool:
        for written in pool.map(_write_batch, batches(units, workers), chunksize=1):
            results += written
            done(sum(map(len, written)))
    return results


def batches(units: Sequence[Unit], workers: int) -> list[list[Unit]]:
    """Cut the units into pieces of work: all of a language for one worker, which renders it once.

    The last languages, which do not go round, are shared out by unit, so that all end together.
    """
    whole = [list(group) for _, group in itertools.groupby(units, lambda unit: unit.languages)]
    round_ones = len(whole) // workers * workers
    return whole[:round_ones] + [[unit] for rest in whole[round_ones:] for unit in rest]


def _in_this_process(
    workshop: Workshop, units: Sequence[Unit], done: Done
) -> Iterator[list[Written]]:
    for unit in units:
        yield workshop.write(unit)
        done(len(unit.files))


def _prepare(workshop: Workshop, units: Sequence[Unit]) -> None:
    """Link players and pack pictures before the workers split off: those that fork inherit it."""
    for standard in sorted({standard for unit in units for standard, _ in unit.files}):
        link_player(standard)
    pictures = picture_files(workshop.course).items()
    open_ahead([PackageFile(name, content, shared=True) for name, content in pictures])


@contextlib.contextmanager
def _pool(workshop: Workshop, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give the processes; when anything goes wrong, wait until none of them writes any more."""
    import concurrent.futures
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    pool = concurrent.futures.ProcessPoolExecutor(
        workers, context, initializer=_start, initargs=(workshop,)
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


_workshop: Workshop | None = None


def _start(workshop: Workshop) -> None:
    """Begin a worker. Interrupts are for the main process, which then lets the workers end."""
    global _workshop
    _workshop = workshop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _write_batch(units: Sequence[Unit]) -> list[list[Written]]:
    if _workshop is None:
        raise RuntimeError("a worker was not started")
    return [_workshop.write(unit) for unit in units]
