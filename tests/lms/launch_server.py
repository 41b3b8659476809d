"""A server that launches packages which report by xAPI: serves the package, fronts an LRS.

The package is served from 127.0.0.1 and the LRS from localhost, so every request to the LRS crosses
origins, as it does for real. Everything that arrives is kept; an LRS can be told to fail.
"""

from __future__ import annotations

import json
import zipfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scorm_builder.preview.memory_lrs import Answer, MemoryLrs, Request
from tests.lms.host import content_type
from tests.lms.local_server import LocalServer


@dataclass(frozen=True)
class Exchange:
    """A request to the LRS and how it was answered."""

    request: Request
    status: int

    def statements(self) -> list[dict[str, Any]]:
        """Give the statements of a POST, none for anything else."""
        if self.request.method != "POST" or self.request.resource != "statements":
            return []
        sent = json.loads(self.request.body)
        return sent if isinstance(sent, list) else [sent]


class LaunchServer(LocalServer, ABC):
    """A context manager. Set `faults[resource] = status` to have a resource fail; 0 hangs up."""

    def __init__(self, package: Path, lrs: MemoryLrs | None = None) -> None:
        with zipfile.ZipFile(package) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.lrs = lrs or MemoryLrs()
        self.faults: dict[str, int] = {}
        self.exchanges: list[Exchange] = []
        super().__init__(type("Handler", (_Handler,), {"service": self}))

    @property
    def content(self) -> str:
        """Give the address of the launch page."""
        return f"{self.origin}/content/index.html"

    @property
    def endpoint(self) -> str:
        """Give the LRS's endpoint, with its slash; another origin than the content's."""
        return f"http://localhost:{self.port}/xapi/"

    @abstractmethod
    def is_known(self, authorization: str) -> bool:
        """Tell whether a credential is one that this LMS handed out."""

    def take(self, request: Request) -> Answer:
        """Answer one request to the LRS, and keep both."""
        with self._changed:
            answer = self._judge(request)
            self.exchanges.append(Exchange(request, answer.status))
            self._changed.notify_all()
        return answer

    def post(self, path: str) -> Answer | None:
        """Answer a POST outside the LRS; None: there is nothing."""
        return None

    def visit(self, path: str) -> bool:
        """Tell whether a GET outside package and LRS is a page of this LMS."""
        return False

    def _judge(self, request: Request) -> Answer:
        if request.resource in self.faults:
            return Answer(self.faults[request.resource])
        if not self.is_known(request.headers.get("authorization", "")):
            return Answer(401)
        return self.lrs.answer(request)


class _Handler(BaseHTTPRequestHandler):
    service: LaunchServer

    def do_OPTIONS(self) -> None:
        self._send(Answer(204))

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/xapi/"):
            self._exchange()
        elif self.service.visit(path):
            self._send(Answer(200, b"<h1>Back in the LMS</h1>"), "text/html")
        elif path.startswith("/content/"):
            content = self.service.files.get(path.removeprefix("/content/"))
            answer = Answer(404) if content is None else Answer(200, content)
            self._send(answer, content_type(path))
        else:
            self._send(Answer(404))

    def do_POST(self) -> None:
        if urlsplit(self.path).path.startswith("/xapi/"):
            self._exchange()
            return
        self._body()
        self._send(self.service.post(self.path) or Answer(404), "application/json")

    def do_PUT(self) -> None:
        self._exchange()

    def _exchange(self) -> None:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        resource = address.path.removeprefix("/xapi/")
        answer = self.service.take(Request(self.command, resource, query, headers, self._body()))
        if answer.status:
            self._send(answer, "application/json")

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def _send(self, answer: Answer, kind: str = "text/plain") -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", kind)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT")
        self.send_header("Access-Control-Allow-Headers", "*, Authorization")
        self.send_header("Access-Control-Expose-Headers", "ETag")
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; tests read `service.exchanges`."""
