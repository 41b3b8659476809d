"""One noroom command at a time where two would give out the same thing twice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from programme.directory import FILE, ProgrammeDirectory
from programme.problems import InputError, Problem


@contextlib.contextmanager
def alone(programme: ProgrammeDirectory, code: str, doing: str, place: Path) -> Iterator[None]:
    """Hold the programme's lock; a killed process leaves none.

    Raises InputError with one problem (`code`, at `place`) if another command holds it; `doing`
    says what such a command does.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        yield
        return
    with (programme.path / FILE).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            what = f"another noroom command is {doing}"
            fix = "Wait until it has finished, then try again."
            raise InputError([Problem(str(place), 0, 0, code, what, fix)]) from None
        yield
