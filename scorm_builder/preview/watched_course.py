"""A course that is being written: what it is now, what is wrong with it, and its last good state.

A change of any of its files makes a new revision. The problems are those of the whole course; a
launch needs only the language in hand, so a translation that an edit has made stale does not stop
the author from seeing the edit.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from programme.directory import FILE, ProgrammeDirectory, read_programme
from programme.problems import InputError, Problem
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.documents.hotels import FILE as HOTELS
from scorm_builder.documents.hotels import ROSTER
from scorm_builder.preview.preview_package import (
    SEVERAL,
    PackageContent,
    Wish,
    demo_codes,
    preview_package,
)

LOOK_SECONDS = 0.25
SETTLE_SECONDS = 0.1
KEPT_PACKAGES = 12

Fingerprint = frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Launch:
    """An answer to a launch: where the package is, or nothing and the problems.

    `path` is `<revision>/<standard>/<language>/<chain or ->/<role or ->/`, `page` the launch page
    below it. `stale`: the course has problems and this is its last good state.
    """

    path: str | None
    stale: bool
    page: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass
class _State:
    """One revision. `sound` maps a language to its course as far as it could be read."""

    revision: int
    problems: tuple[Problem, ...] = ()
    outline: Course | None = None
    sound: dict[str, Course | None] = field(default_factory=dict)


class WatchedCourse:
    """Watches `folder` and the programme's settings; safe to use from several threads.

    `endpoint` is where the packages send their statements instead of the programme's LRS.
    """

    def __init__(self, folder: Path, programme: Path | None, endpoint: str) -> None:
        self._folder, self._programme_folder, self._endpoint = folder, programme, endpoint
        self._lock = threading.RLock()
        self._programme: ProgrammeDirectory | None = None
        self._good: dict[str, tuple[int, Course]] = {}
        self._packages: dict[str, PackageContent] = {}
        self._seen: Fingerprint = frozenset()
        # Starts with the time, so that a page that outlives the server sees a new revision.
        self._state = _State(int(time.time() * 1000))
        self.look()

    def look(self) -> int:
        """Read the course again if a file has changed; give the revision."""
        with self._lock:
            now = self._settled()
            if now != self._seen:
                self._seen = now
                self._read()
            return self._state.revision

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the course and the programme, warnings too."""
        return self._state.problems

    @property
    def outline(self) -> Course | None:
        """The course for its title and languages, the last good one if need be."""
        return self._state.outline

    @property
    def chains(self) -> dict[str, str]:
        """The chains' names by id."""
        chains = self._programme.chains if self._programme else {}
        return {chain: settings.name for chain, settings in chains.items()}

    @property
    def roles(self) -> dict[str, str]:
        """Give the titles of the roles that learners choose from, by id; {} for no choice."""
        found = self._state.outline.settings.value.roles if self._state.outline else None
        return {role.id: role.title for role in found or []}

    def codes(self, chain: str) -> list[dict[str, Any]]:
        """Give codes with which the web site of a chain can be opened; see demo_codes."""
        return demo_codes(self._programme, chain)

    def launch(self, wish: Wish) -> Launch:
        """Build a package and say where it is."""
        with self._lock:
            course = self._sound(wish.language)
            stale = course is None
            revision = self._state.revision
            if course is None and wish.language in self._good:
                revision, course = self._good[wish.language]
            if course is None:
                return Launch(None, stale, problems=self.problems)
            path = f"{revision}{wish.place}"
            try:
                self._build(path, course, wish)
            except InputError as error:
                last = self._last(wish.place)
                page = self._launch_page(last) if last else ""
                return Launch(last, True, page, tuple(error.problems))
            return Launch(path, stale, self._launch_page(path))

    def content(self, path: str) -> PackageContent:
        """Give all files of the package at the path of a launch, {} if it is gone."""
        with self._lock:
            return self._packages.get(path, {})

    def file(self, path: str) -> bytes | None:
        """Give one file of a package that was launched: `<path of the launch><path inside>`."""
        with self._lock:
            for start, content in self._packages.items():
                if path.startswith(start):
                    return content.get(path.removeprefix(start))
        return None

    def _build(self, path: str, course: Course, wish: Wish) -> None:
        if path in self._packages:
            return
        self._packages[path] = preview_package(course, wish, self._programme, self._endpoint)
        while len(self._packages) > KEPT_PACKAGES:
            del self._packages[next(iter(self._packages))]

    def _launch_page(self, path: str) -> str:
        """Give the page that opens the package; of several SCOs the first."""
        pages = [name for name in self._packages[path] if name.endswith(".html")]
        return next((name for name in pages if name.endswith("index.html")), pages[0])

    def _last(self, place: str) -> str | None:
        """Give the path of the newest package of this standard, language, chain and role."""
        return next((path for path in reversed(self._packages) if path.endswith(place)), None)

    def _sound(self, language: str) -> Course | None:
        """Give the course of this revision in one language, None if it has problems."""
        sound = self._state.sound
        if language not in sound:
            try:
                wanted = None if language == SEVERAL else [language]
                sound[language] = load_course(self._folder, wanted)
            except InputError:
                sound[language] = None
        course = sound[language]
        if course is not None and (language == SEVERAL or language in course.languages):
            self._good[language] = (self._state.revision, course)
            return course
        return None

    def _read(self) -> None:
        state = _State(self._state.revision + 1, outline=self._state.outline)
        problems: list[Problem] = []
        try:
            course = load_course(self._folder)
            problems += course.warnings
            state.outline = course
            languages = [*course.languages, SEVERAL]
            state.sound = dict.fromkeys(languages, course)
            self._good = dict.fromkeys(languages, (state.revision, course))
        except InputError as error:
            problems += error.problems
            with contextlib.suppress(InputError):
                state.outline = load_course(self._folder, ())
        problems += self._read_programme()
        state.problems = tuple(sorted(set(problems)))
        self._state = state

    def _read_programme(self) -> list[Problem]:
        if self._programme_folder is None:
            return []
        try:
            self._programme = read_programme(self._programme_folder)
        except InputError as error:
            return error.problems
        return []

    def _settled(self) -> Fingerprint:
        """Give the files as they are once nobody is in the middle of writing them."""
        now = frozenset(self._fingerprint())
        while now != self._seen:
            time.sleep(SETTLE_SECONDS)
            before, now = now, frozenset(self._fingerprint())
            if now == before:
                break
        return now

    def _fingerprint(self) -> Iterator[tuple[str, int, int]]:
        for path in self._files():
            with contextlib.suppress(OSError):
                facts = path.stat()
                yield str(path), facts.st_mtime_ns, facts.st_size

    def _files(self) -> Iterator[Path]:
        for path in self._folder.rglob("*"):
            inside = path.relative_to(self._folder)
            if not any(part.startswith(".") for part in inside.parts) and path.is_file():
                yield path
        if self._programme_folder is not None:
            for name in (FILE, HOTELS, ROSTER):
                yield self._programme_folder / name
            yield from self._programme_folder.glob("chains/*/**/*")
