"""Problem and InputError: the one form in which noroom complains about anybody's input.

Loaders gather all problems and raise once; only the `commands` modules print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it stands, and what to write instead.

    `line` and `column` count from 1; 0 means that the whole file is meant. `source_line` is the
    line itself, for the excerpt below the message. `what` and `fix` are sentences in the author's
    terms; `code` is stable and stands in docs/messages.md.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    fix: str
    severity: Severity = "error"
    source_line: str = ""

    def __str__(self) -> str:
        """Render as text: `file:line:column: error[code]: what`, the excerpt, then the cure."""
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])
        lines = [f"{place}: {self.severity}[{self.code}]: {self.what}"]
        if self.source_line:
            lines.append(f"{self.line:>5} | {self.source_line}")
        lines.append(f"  {self.fix}")
        return "\n".join(_visible(line) for line in lines)

    def as_json(self) -> dict[str, object]:
        """Give the same facts as a dict for `--json`; `source_line` is left out."""
        facts = asdict(self)
        del facts["source_line"]
        return facts


def _visible(line: str) -> str:
    """Spell out control characters: a quoted one could rewrite what a terminal shows."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class InputError(Exception):
    """Raised once with everything that was found wrong; `problems` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def errors(self) -> list[Problem]:
        """Give the problems that stop the work, without the warnings."""
        return [problem for problem in self.problems if problem.severity == "error"]


def count_summary(problems: Iterable[Problem]) -> str:
    """Give a line such as `3 errors, 1 warning`, or `no problems`."""
    found = list(problems)
    counts = []
    for severity in ("error", "warning"):
        number = sum(problem.severity == severity for problem in found)
        if number:
            counts.append(f"{number} {severity}{'' if number == 1 else 's'}")
    return ", ".join(counts) or "no problems"
