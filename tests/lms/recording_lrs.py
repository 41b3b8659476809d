"""A small LRS for tests: takes statements, remembers every request, and can be down or odd."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.lms.local_server import LocalServer

Batch = list[dict[str, Any]]


class RecordingLrs(LocalServer):
    """A context manager. `status` is what it answers to a POST; 0 hangs up without an answer.

    `judge` gives the status of one batch where that depends on the batch. `retry_after` is sent
    with every answer. `cors = False`: it does not let other origins in.
    """

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.judge: Callable[[Batch], int] | None = None
        self.retry_after = ""
        self.cors = True
        self.batches: list[Batch] = []
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

    def take(self, batch: Batch, headers: dict[str, str]) -> int:
        """Remember a request; give the status to answer."""
        with self._changed:
            self.batches.append(batch)
            self.headers.append(headers)
            self._changed.notify_all()
        return self.judge(batch) if self.judge else self.status


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
            if lrs.cors:
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Access-Control-Allow-Headers", "*, Authorization")
                self.send_header("Access-Control-Expose-Headers", "Retry-After")
            if lrs.retry_after:
                self.send_header("Retry-After", lrs.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
