"""One cell of the matrix: a fault of a file, the command that meets it, and what must hold."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bad_input.home import SECRET, inside, noroom
from tests.bad_input.kinds import Kind
from tests.bad_input.on_disk import HUGE, Hung, like_anybody
from tests.reports.signing import pem

_CODE = re.compile(r"(error|warning)\[([a-z0-9-]+)\]")
_FINDING = re.compile(r"  \[([a-z0-9-]+)\]$", re.MULTILINE)
"""What `noroom inspect` says of a package."""
_OF_PYTHON = re.compile(
    r"Traceback|Errno|<class |object at 0x|[a-z]Error\b|NoneType|defect of ours|codec can't|"
    r"line \d+ column|indices must be|isoformat|utf-8' codec"
)
_LONGEST = 60_000
_MAY_CHANGE = {"roster.kept", "roster.kept.parquet", "settings.kept"}
"""Written by whoever reads; see also `Kind.may_change`."""


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit code, the codes it said, all of its words, and what is wrong."""

    exit_code: int
    codes: tuple[str, ...]
    said: str
    wrong: tuple[str, ...]

    @property
    def short(self) -> str:
        """Give what the table says: `read`, or the codes."""
        errors = sorted({code for kind, code in _CODE.findall(self.said) if kind == "error"})
        errors = errors or sorted(set(_FINDING.findall(self.said)))
        if self.exit_code == 2:
            return "usage"
        if self.exit_code:
            return "refused: " + ", ".join(errors or ["?"])
        return "read" + ("" if not self.codes else ": " + ", ".join(sorted(set(self.codes))))


def meet(kind: Kind, home: Path, fault: Callable[[Path], object]) -> Outcome:
    """Make the fault in a home of its own and run the command there."""
    with inside(home):
        import os

        os.environ.update(kind.environment)
        fault(Path(kind.file))
        before = snapshot()
        try:
            with like_anybody():
                run = noroom(*kind.command)
        except Hung:
            return Outcome(70, (), "", ("it hung",))
        said = run.output
        wrong = list(_wrong(said, run.exit_code))
        if run.exception is not None and not isinstance(run.exception, SystemExit):
            wrong.append(f"exception {run.exception!r}")
        after = snapshot()
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        if run.exit_code and changed - kind.may_change:
            wrong.append(f"changed {sorted(changed)}")
        return Outcome(
            run.exit_code, tuple(code for _, code in _CODE.findall(said)), said, tuple(wrong)
        )


def _wrong(said: str, exit_code: int) -> Iterator[str]:
    if exit_code not in (0, 1, 2):
        yield f"exit {exit_code}"
    if exit_code == 1 and not re.search(r"error\[|would reject", said):
        yield "exit 1 without a problem"
    if found := _OF_PYTHON.search(said):
        yield f"words of Python: {found[0]}"
    if len(said) > _LONGEST:
        yield f"{len(said)} characters"
    if SECRET in said or any(line in said for line in pem().splitlines()[1:-1]):
        yield "a secret"


def snapshot() -> dict[str, str]:
    """Give every file below here with its hash; links by where they lead, pipes by their kind."""
    found = {}
    for path in sorted(Path().rglob("*")):
        if path.is_symlink():
            found[str(path)] = f"link to {path.readlink()}"
        elif not path.is_file():
            found[str(path)] = "no file"
        elif path.stat().st_size == HUGE:
            found[str(path)] = "huge"
        elif path.name not in _MAY_CHANGE:
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def fresh(template: Path, folder: Path) -> Path:
    """Copy the home."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder, symlinks=True)
    return folder
