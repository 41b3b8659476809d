"""A running Ralph (serve_ralph.py) for a test: start it, know its users, stop it."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-ralph" / "bin" / "python"
START_SECONDS = 60


@dataclass(frozen=True)
class User:
    """Somebody with a credential. `scopes` as in xAPI 1.0.3 Communication, section 4.2 (OAuth)."""

    username: str
    password: str
    scopes: tuple[str, ...]

    @property
    def mbox(self) -> str:
        """Give the agent's mail address, which the LRS stamps as authority."""
        return f"mailto:{self.username}@lrs.example"

    @property
    def key(self) -> str:
        """Give `username:password`, as chain.yaml spells a publishable key."""
        return f"{self.username}:{self.password}"

    @property
    def authorization(self) -> str:
        """Give the value of the Authorization header."""
        return "Basic " + base64.b64encode(self.key.encode()).decode("ascii")

    def as_json(self) -> dict[str, object]:
        """Give what serve_ralph.py reads."""
        given = {"username": self.username, "password": self.password, "mbox": self.mbox}
        return given | {"scopes": list(self.scopes)}


@dataclass(frozen=True)
class Ralph:
    """A running LRS; `endpoint` ends with a slash, `file` holds what it has stored."""

    endpoint: str
    file: Path

    def stored(self) -> list[dict[str, object]]:
        """Give every statement in the order in which it was stored."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]

    def request(
        self, user: User, method: str, body: object = None, query: str = ""
    ) -> tuple[int, bytes]:
        """Send one xAPI request to `statements`; gives the status and the body."""
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.endpoint}statements{query}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={
                "Authorization": user.authorization,
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def free_port() -> int:
    """Give a loopback port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
    log = directory / "ralph.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, cwd=directory
        )
        try:
            if process.stdin is None:
                raise RuntimeError("no pipe to the LRS")
            process.stdin.write(json.dumps([user.as_json() for user in users]).encode())
            process.stdin.close()
            _await_answer(process, port, log)
            yield Ralph(f"http://127.0.0.1:{port}/xAPI/", directory / "fs_lrs.jsonl")
        finally:
            process.terminate()
            process.wait(timeout=20)


def _await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the LRS did not start:\n{log.read_text(errors='replace')[-2000:]}")
