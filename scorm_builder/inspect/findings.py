"""Finding: one thing about a package that its owner should know, graded by what an LMS does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from programme.problems import Problem
from scorm_builder.inspect.families import minders

Grade = Literal["rejected", "changed", "warning", "note"]
GRADES: tuple[Grade, ...] = ("rejected", "changed", "warning", "note")
"""Worst first. Rejected: an LMS refuses the package or cannot start it. Changed: it takes the
package, but does something else than the package says."""

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do; `line` and `column` count from 1, 0 where unknown.

    `file` is a name in the package; "" means the package itself.
    """

    grade: Grade
    code: str
    file: str
    what: str
    fix: str
    line: int = 0
    column: int = 0

    def as_json(self) -> dict[str, object]:
        """Give the facts with `minded_by`: [{family, evidence}]."""
        return {**asdict(self), "minded_by": [asdict(one) for one in minders(self.code)]}

    def problem(self, package: str, severity: Literal["error", "warning"]) -> Problem:
        """Give the same as a problem of our own build."""
        file = f"{package}!{self.file}" if self.file else package
        return Problem(file, self.line, self.column, self.code, self.what, self.fix, severity)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Give the findings worst first, then by place; repeated ones once."""
    return sorted(
        set(findings),
        key=lambda one: (GRADES.index(one.grade), one.file, one.line, one.column, one.code),
    )


def some(names: Iterable[str]) -> str:
    """Give the first names of a list as words, such as `a.js, b.js, c.js and 4 more`."""
    found = sorted(names)
    shown = ", ".join(quoted(name) for name in found[:NAMES_SHOWN])
    more = len(found) - NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def quoted(name: str, longest: int = 80) -> str:
    """Give a name from a package for a message: control characters spelled out, long ones cut."""
    clear = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name)
    return clear if len(clear) <= longest else f"{clear[: longest - 1]}…"


def counted(number: int, noun: str) -> str:
    """Give `1 file`, `3 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
