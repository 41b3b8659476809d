"""A small LRS for tests: takes statements, remembers every request, and can be down."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

WAIT_SECONDS = 15.0


class RecordingLrs:
    """A context manager. `status` is what it answers to a POST; 0 hangs up without an answer."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.batches: list[list[dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def __enter__(self) -> RecordingLrs:
        """Start to serve."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def endpoint(self) -> str:
        """Give the endpoint, with its trailing slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/xapi/"

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Give every statement received, repetitions included."""
        return [statement for batch in self.batches for statement in batch]

    def verbs(self) -> list[str]:
        """Give the last part of each statement's verb, in the order received, each id once."""
        found = {one["id"]: one["verb"]["id"].rsplit("/", 1)[1] for one in self.statements}
        return list(found.values())

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until the requests satisfy `condition`; AssertionError names `what` if not."""
        with self._changed:
            assert self._changed.wait_for(condition, WAIT_SECONDS), f"waited in vain for {what}"

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
