"""A running Learning Locker for a test: its statements service, a program of its own.

Of Learning Locker only this service is on npm; learning_locker/package.json pins it. It keeps
statements in memory and attachments in files. Who its clients are it asks of Learning Locker's API
server (`AUTH_REPO=fetch`); `_Clients` answers in that one's place. With MongoDB, which the tests do
without, the service looks clients up by itself; an unknown one is answered 401 in both ways.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.lms.local_server import LocalServer
from tests.lrs.real_lrs import RealLrs, User, running_process

FOLDER = Path(__file__).parent / "learning_locker"
SERVER = FOLDER / "node_modules" / "@learninglocker" / "xapi-statements" / "dist" / "server.js"
ALL_SCOPES = User("office", "sees-everything", ("all",))


@dataclass(frozen=True)
class LearningLocker(RealLrs):
    """A running Learning Locker; `clients` is who may do what."""

    clients: dict[str, User]

    def stored(self) -> list[dict[str, Any]]:
        """Give every statement in the order in which it was stored, without voided ones."""
        _, body = self.request(ALL_SCOPES, "GET", query="?ascending=true&limit=100000")
        found: list[dict[str, Any]] = json.loads(body)["statements"]
        return found


@contextmanager
def running_learning_locker(
    directory: Path, users: list[User], origins: list[str], port: int
) -> Iterator[LearningLocker]:
    """Run Learning Locker on `port`; it lets pages from everywhere write, whatever `origins` says.

    Raises RuntimeError with what to run when it is not installed or does not start.
    """
    if not SERVER.exists():
        raise RuntimeError(f"{SERVER} is missing; run: make setup-all")
    directory.mkdir(parents=True, exist_ok=True)
    clients = {user.authorization: user for user in [*users, ALL_SCOPES]}
    with _Clients(clients) as known:
        environment = os.environ | _settings(directory, port, known.origin)
        with running_process(["node", str(SERVER)], directory, port, environment=environment):
            yield LearningLocker(f"http://127.0.0.1:{port}/xAPI/", clients)


def _settings(directory: Path, port: int, clients: str) -> dict[str, str]:
    return {
        "EXPRESS_PORT": str(port),
        "EXPRESS_MORGAN_DIRECTORY": str(directory / "requests"),
        "FS_LOCAL_STORAGE_DIR": str(directory / "storage"),
        "LL_CLIENT_INFO_ENDPOINT": f"{clients}/api/auth/client/info",
        "AUTH_REPO": "fetch",
        "MODELS_REPO": "memory",
        "STORAGE_REPO": "local",
        # Its name for events that go nowhere; else they go to Redis.
        "EVENTS_REPO": "test",
        # A void is answered when it holds, not before.
        "SERVICE_AWAIT_UPDATES": "true",
        # It connects even if it keeps nothing there; nobody's own MongoDB is to be found.
        "MONGO_URL": "mongodb://127.0.0.1:1/none",
    }


class _Clients(LocalServer):
    """Learning Locker's API server, as far as its statements service asks it: who is this?"""

    def __init__(self, clients: dict[str, User]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                user = clients.get(self.headers.get("Authorization", ""))
                body = json.dumps(_client(user) if user else {}).encode()
                self.send_response(200 if user else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        super().__init__(Handler)


def _client(user: User) -> dict[str, object]:
    """Give a client as Learning Locker describes it; all belong to one organisation and LRS."""
    agent = {"objectType": "Agent", "name": user.username, "mbox": user.mbox}
    return {
        "_id": user.username,
        "title": user.username,
        "authority": dict(user.authority or agent),
        "isTrusted": True,
        "lrs_id": "5f0000000000000000000001",
        "organisation": "5f0000000000000000000002",
        "scopes": list(user.scopes),
    }
