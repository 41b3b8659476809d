"""Gate: every finished package passes it before any of them gets its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from programme.problems import InputError, Problem
from scorm_builder.inspect.findings import some

if TYPE_CHECKING:  # what compares packages is loaded for builds that have one to compare with
    from scorm_builder.lint.compare_update import Update
    from scorm_builder.lint.published import Published


class Gate:
    """Looks at packages one by one and keeps only what it found, so memory stays flat."""

    def __init__(self, against: Sequence[Path] = (), *, major: bool = False) -> None:
        """Read the packages in use; raises InputError when one of them is none of ours."""
        self._olds, self._major = _published(against), major
        self._found: dict[tuple[str, str, str], Problem] = {}
        self._replaced: dict[int, tuple[int, list[Update]]] = {}

    def add(self, name: str, package: Path, problems: Iterable[Problem]) -> None:
        """Take in one package: `problems` are lint_package's, `name` is where it will stand."""
        for problem in problems:
            self._add(replace(problem, file=problem.file.replace(str(package), name, 1)))
        if self._olds:
            self._match(name, package)

    def _match(self, name: str, package: Path) -> None:
        """Find which of the packages in use this new one replaces."""
        from scorm_builder.lint.compare_update import compare, likeness_of
        from scorm_builder.lint.published import read_new

        for new in read_new(name, package):
            for number, old in enumerate(self._olds):
                likeness = likeness_of(old, new)
                best, _ = self._replaced.get(number, (1, []))
                if likeness > best:
                    self._replaced[number] = (likeness, [])
                if likeness >= best:
                    _, updates = self._replaced.setdefault(number, (likeness, []))
                    updates.append(compare(old, new))

    def close(self) -> None:
        """Raise InputError, unless everything may be published."""
        for update in self.updates:
            for problem in update.problems(major=self._major):
                self._add(problem)
        replaced = {update.old for update in self.updates}
        for path in sorted({old.path for old in self._olds} - replaced):
            self._add(_unmatched(path, [old for old in self._olds if old.path == path]))
        found = self._found.values()
        if any(problem.severity == "error" for problem in found):
            raise InputError(found)

    @property
    def updates(self) -> list[Update]:
        """Give each package in use with the new ones that take its place, in their order."""
        return [one for _, (_, found) in sorted(self._replaced.items()) for one in found]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what stops nothing, sorted."""
        return tuple(sorted(one for one in self._found.values() if one.severity == "warning"))

    def _add(self, problem: Problem) -> None:
        """Keep one of the same problems of many packages: they come from one course."""
        inner = problem.file.partition("!")[2]
        kept = self._found.setdefault((problem.code, inner, problem.what), problem)
        if problem.severity == "error" and kept.severity == "warning":
            self._found[(problem.code, inner, problem.what)] = replace(kept, severity="error")


def _published(against: Sequence[Path]) -> list[Published]:
    if not against:
        return []
    from scorm_builder.lint.published import read_olds

    return read_olds(against)


def _unmatched(path: str, olds: list[Published]) -> Problem:
    kinds = some({f"{one.standard} in {one.language}" for one in olds})
    what = f"no package of this build takes its place: it is {kinds}"
    fix = "Build that standard, language and chain too, or take this --against away."
    return Problem(path, 0, 0, "against-unmatched", what, fix)
