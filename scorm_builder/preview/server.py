"""The preview's web server: the page, the package, the changes, and the stand-in for the LRS.

It listens on 127.0.0.1 only and answers nobody who came by another name (a page on the web could
otherwise reach it by a name that it points here).
"""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from programme.problems import Problem
from scorm_builder.preview.statement_log import StatementLog
from scorm_builder.preview.watched_course import LOOK_SECONDS, WatchedCourse
from scorm_builder.standards import STANDARDS

HOST = "127.0.0.1"
LONGEST_WAIT_SECONDS = 20.0
MOST_BYTES = 2_000_000

_HERE = Path(__file__).parent
_ASSETS = {"preview/page/": _HERE / "page", "player/": _HERE.parent / "player"}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# What a strict LMS would send with a package.
_PACKAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


@dataclasses.dataclass(frozen=True)
class Reply:
    """An answer to a request."""

    status: int
    content: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    policy: str = "default-src 'none'"


NOT_FOUND = Reply(404, b"There is nothing here.")
SCORM_STANDARDS = [one for one in STANDARDS if one.startswith("scorm")]


class PreviewServer(ThreadingHTTPServer):
    """Serves one course; `address` is where. Port 0 takes any that is free."""

    daemon_threads = True

    def __init__(self, course: Path, programme: Path | None, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.folder = course
        self.statements = StatementLog()
        self.stopping = threading.Event()
        self.offline = self.lrs_down = False
        self.watched = WatchedCourse(course, programme, f"{self.address}lrs/")

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def close(self) -> None:
        """Let waiting requests go and give the port back; serve_forever has ended."""
        self.stopping.set()
        self.server_close()

    def wait_for_change(self, revision: int, seen: int) -> Reply:
        """Answer when the course is no longer `revision` or more than `seen` requests came."""
        for _ in range(int(LONGEST_WAIT_SECONDS / LOOK_SECONDS)):
            if self.watched.look() != revision or self.statements.after(seen):
                break
            if self.stopping.wait(LOOK_SECONDS):
                break
        return _json(self._state(seen))

    def launch(self, standard: str, language: str, chain: str) -> Reply:
        """Build the package and say where it is."""
        if standard not in SCORM_STANDARDS:
            return NOT_FOUND
        launch = self.watched.launch(standard, language, chain)
        return _json(
            {
                "url": launch.path and f"/content/{launch.path}index.html",
                "stale": launch.stale,
                "problems": [_problem(one) for one in launch.problems],
            }
        )

    def package_file(self, path: str) -> Reply:
        """Give one file of a package, unless the connection is lost."""
        if self.offline:
            return Reply(503, b"The connection is lost (a fault that you switched on).")
        content = self.watched.file(path)
        kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
        return NOT_FOUND if content is None else Reply(200, content, kind, _PACKAGE_POLICY)

    def set_faults(self, body: bytes) -> Reply:
        """Switch the faults that are the server's: {"offline": bool, "lrsDown": bool}."""
        try:
            faults = json.loads(body)
            self.offline, self.lrs_down = bool(faults["offline"]), bool(faults["lrsDown"])
        except (ValueError, KeyError, TypeError):
            return Reply(400)
        return Reply(204)

    def take_statements(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """Be the programme's LRS."""
        down = self.lrs_down or self.offline
        status, answer = self.statements.take(headers, body, down=down)
        return Reply(status, answer, "application/json")

    def _state(self, seen: int) -> dict[str, object]:
        outline, watched = self.watched.outline, self.watched
        course = outline and {
            "id": outline.id,
            "title": outline.settings.value.title,
            "version": outline.settings.value.version,
            "languages": [
                {"tag": tag, "name": _language_name(tag), "status": status.status}
                for tag, status in outline.languages.items()
            ],
        }
        return {
            "revision": watched.look(),
            "folder": str(self.folder),
            "course": course,
            "standards": SCORM_STANDARDS,
            "chains": [{"id": one, "name": name} for one, name in watched.chains.items()],
            "problems": [_problem(one) for one in watched.problems],
            "requests": self.statements.after(seen),
        }


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        self._guarded(self._get)

    def do_POST(self) -> None:
        self._guarded(self._post)

    def _guarded(self, answer: Callable[[], Reply]) -> None:
        port = self.server.server_address[1]
        known = self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")
        try:
            self._send(answer() if known else Reply(403, b"Open the address as it was printed."))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        except Exception as error:
            words = f"a defect of ours: {type(error).__name__}: {error}"
            print(f"noroom: {words}", file=sys.stderr)
            self._send(Reply(500, words.encode()))

    def _get(self) -> Reply:
        url = urlsplit(self.path)
        path = unquote(url.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if path == "/":
            return _asset("preview/page/index.html")
        if path.startswith("/content/"):
            return self.server.package_file(path.removeprefix("/content/"))
        if path == "/launch":
            asked = [query.get(name, "") for name in ("standard", "language", "chain")]
            return self.server.launch(*asked)
        if path == "/changes":
            numbers = [query.get(name, "0") for name in ("revision", "seen")]
            if not all(number.isdecimal() for number in numbers):
                return Reply(400)
            return self.server.wait_for_change(*map(int, numbers))
        return _asset(path.removeprefix("/"))

    def _post(self) -> Reply:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return Reply(413)
        body = self.rfile.read(int(length))
        # Pages of other origins cannot send this type without asking first.
        if not self.headers.get("Content-Type", "").startswith("application/json"):
            return Reply(415)
        path = urlsplit(self.path).path
        if path == "/faults":
            return self.server.set_faults(body)
        if path == "/lrs/statements":
            return self.server.take_statements(dict(self.headers.items()), body)
        return NOT_FOUND

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.content)))
        self.send_header("Content-Security-Policy", reply.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store, max-age=0")
        self.end_headers()
        self.wfile.write(reply.content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the page shows what happens."""


def _asset(path: str) -> Reply:
    """Give a file of the page, or of the player's that the page shares."""
    for prefix, folder in _ASSETS.items():
        file = folder / path.removeprefix(prefix)
        inside = path.startswith(prefix) and ".." not in Path(path).parts
        if inside and file.suffix in (".html", ".js", ".css", ".svg") and file.is_file():
            return Reply(200, file.read_bytes(), _TYPES[file.suffix], _PAGE_POLICY)
    return NOT_FOUND


def _json(facts: object) -> Reply:
    return Reply(200, json.dumps(facts).encode(), "application/json")


def _problem(problem: Problem) -> dict[str, object]:
    return {**problem.as_json(), "source_line": problem.source_line}


def _language_name(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag
