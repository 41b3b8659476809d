"""The life of a small server in a test: on a free loopback port, served by a thread, awaited."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

WAIT_SECONDS = 15.0


class LocalServer:
    """A context manager that serves; `_changed` guards and announces what requests change."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
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
    def port(self) -> int:
        """Give the port."""
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """Give the address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until what arrived satisfies `condition`; AssertionError names `what` if not."""
        with self._changed:
            assert self._changed.wait_for(condition, WAIT_SECONDS), f"waited in vain for {what}"
