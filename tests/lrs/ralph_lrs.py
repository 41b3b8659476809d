"""A running Ralph (serve_ralph.py) for a test: start it, know what it stores, stop it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lrs.real_lrs import RealLrs, User, running_process

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-ralph" / "bin" / "python"


@dataclass(frozen=True)
class Ralph(RealLrs):
    """A running LRS; `file` holds what it has stored."""

    file: Path

    def stored(self) -> list[dict[str, Any]]:
        """Give every statement in the order in which it was stored, voided ones too."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


@contextmanager
def running_ralph(
    directory: Path, users: list[User], origins: list[str], port: int
) -> Iterator[Ralph]:
    """Run Ralph on `port`, allowing pages from `origins` to write; stops it in the end.

    Raises RuntimeError with what to run when its environment is missing or it does not start.
    """
    if not PYTHON.exists():
        raise RuntimeError(f"{PYTHON} is missing; run: make setup")
    directory.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).parent / "serve_ralph.py"
    command = [str(PYTHON), str(script), str(directory), str(port), *origins]
    given = json.dumps([_as_json(user) for user in users]).encode()
    with running_process(command, directory, port, given=given):
        yield Ralph(f"http://127.0.0.1:{port}/xAPI/", directory / "fs_lrs.jsonl")


def _as_json(user: User) -> dict[str, object]:
    """Give what serve_ralph.py reads."""
    given = {"username": user.username, "password": user.password, "mbox": user.mbox}
    return given | {"scopes": list(user.scopes)}
