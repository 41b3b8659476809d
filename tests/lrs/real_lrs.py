"""What the tests know of an LRS that somebody else wrote: its users, how to ask it, its process."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 60


@dataclass(frozen=True)
class User:
    """Somebody with a credential. `scopes` as in xAPI 1.0.3 Communication, section 4.2 (OAuth).

    `authority` is whom the LRS names as authority; None: the agent with the mail address.
    """

    username: str
    password: str
    scopes: tuple[str, ...]
    authority: Mapping[str, Any] | None = field(default=None, compare=False)

    @property
    def mbox(self) -> str:
        """Give the mail address of the agent that the LRS stamps as authority."""
        return f"mailto:{self.username}@lrs.example"

    @property
    def key(self) -> str:
        """Give `username:password`, as chain.yaml spells a publishable key."""
        return f"{self.username}:{self.password}"

    @property
    def authorization(self) -> str:
        """Give the value of the Authorization header."""
        return "Basic " + base64.b64encode(self.key.encode()).decode("ascii")


@dataclass(frozen=True)
class RealLrs(ABC):
    """A running LRS; `endpoint` ends with a slash."""

    endpoint: str

    @abstractmethod
    def stored(self) -> list[dict[str, Any]]:
        """Give every statement that it shows, in the order in which they were stored."""

    def request(
        self,
        user: User,
        method: str,
        body: object = None,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Send one xAPI request to `statements`; gives the status and the body.

        A body of bytes is sent as it stands, anything else as JSON.
        """
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.endpoint}statements{query}",
            data=body if body is None or isinstance(body, bytes) else json.dumps(body).encode(),
            method=method,
            headers={
                "Authorization": user.authorization,
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
                **(headers or {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def holds(stored: object, sent: object) -> bool:
    """Tell whether all that was sent is stored; an LRS may add what a statement leaves out."""
    if isinstance(stored, dict) and isinstance(sent, dict):
        return all(key in stored and holds(stored[key], value) for key, value in sent.items())
    if isinstance(stored, list) and isinstance(sent, list):
        return len(stored) == len(sent) and all(map(holds, stored, sent))
    return stored == sent


def free_port() -> int:
    """Give a loopback port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_process(
    command: list[str],
    directory: Path,
    port: int,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Run a server in `directory` until the end of the block, once it answers on `port`.

    `given` is its standard input; its own words go to server.log. Raises RuntimeError with the end
    of them when it does not start.
    """
    log = directory / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=directory,
            env=environment,
        )
        try:
            if process.stdin is None:
                raise RuntimeError("no pipe to the LRS")
            process.stdin.write(given)
            process.stdin.close()
            _await_answer(process, port, log)
            yield
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
