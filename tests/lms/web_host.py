"""A static web server for tests: what lies in a web package, unpacked under a path of its own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.lms.host import content_type
from tests.lms.local_server import LocalServer

SUB_PATH = "/staff/courses/2026/"


class WebHost(LocalServer):
    """A context manager. `headers` are added to every file; `requests` are the paths asked for."""

    def __init__(self, package: Path, headers: Mapping[str, str] | None = None) -> None:
        with zipfile.ZipFile(package) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.headers = dict(headers or {})
        self.requests: list[str] = []
        super().__init__(_handler(self))

    @property
    def url(self) -> str:
        """Give the address of the course: its folder, as people are told it."""
        (page,) = [name for name in self.files if name.endswith("index.html")]
        return f"{self.origin}{SUB_PATH}{page.removesuffix('index.html')}"


def _handler(host: WebHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            host.requests.append(path)
            name = path.removeprefix(SUB_PATH) + ("index.html" if path.endswith("/") else "")
            content = host.files.get(name) if path.startswith(SUB_PATH) else None
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            for key, value in {"Content-Type": content_type(name), **host.headers}.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing; tests read `host.requests`."""

    return Handler
