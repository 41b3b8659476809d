"""A small LRS for tests: takes statements, remembers every request, and can be down."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.lms.local_server import LocalServer


class RecordingLrs(LocalServer):
    """A context manager. `status` is what it answers to a POST; 0 hangs up without an answer."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.batches: list[list[dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        super().__init__(_handler(self))

    @property
    def endpoint(self) -> str:
        """Give the endpoint, with its trailing slash."""
        return f"{self.origin}/xapi/"

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Give every statement received, repetitions included."""
        return [statement for batch in self.batches for statement in batch]

    def verbs(self) -> list[str]:
        """Give the last part of each statement's verb, in the order received, each id once."""
        found = {one["id"]: one["verb"]["id"].rsplit("/", 1)[1] for one in self.statements}
        return list(found.values())

    def take(self, batch: list[dict[str, Any]], headers: dict[str, str]) -> int:
        """Remember a request; give the status to answer."""
        with self._changed:
            self.batches.append(batch)
            self.headers.append(headers)
            self._changed.notify_all()
        return self.status


def _handler(lrs: RecordingLrs) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self._answer(204)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = lrs.take(json.loads(body), dict(self.headers.items()))
            if status:
                self._answer(status)

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*, Authorization")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
