"""An LMS for tests: serves a package, hosts a SCORM runtime, keeps what learners' sessions stored.

`with LmsHost(package) as lms:` unpacks a package and serves it under `/content/`. A learner opens
`lms.launch_url("anna")`: a page that offers the API of scorm-again (or of our own strict SCORM 1.2
simulator) and shows the package in a frame. What is committed is kept per learner, so the next
launch resumes: `entry` is "resume" after exit "suspend".

Options of launch_url, all by name:
    mode, credit        as the LMS gives them: "review", "browse"; "no-credit"
    engine              "strict" for the strict SCORM 1.2 simulator; otherwise scorm-again
    late                milliseconds until the API appears
    between             "1": a frame of another origin stands between LMS and package
    popup               "1": a button opens the package in a window of its own
    sandbox             the `sandbox` attribute of the package's frame
    noapi               "1": no API at all
    fail                "commit": every commit answers "false"
    lie                 "1": suspend_data is answered with "true" and not stored
    cut                 length to which suspend_data is cut, silently
    answer              "undefined": SetValue and Commit store but answer undefined
    expired             every call is refused as not initialised; "login": until the package
                        initializes again; "stranger": then for another learner
    gone                "1": every function of the API throws
    query               appended to the address of the package

In mid-session a test changes them with `lmsOptions.set(name, value)` in the LMS's page, and offers
a new API object with `lmsOffer()`.
"""

from __future__ import annotations

import itertools
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from tests.lms.local_server import LocalServer

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "application/x-javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}


@dataclass(frozen=True)
class Call:
    """One call of the package to the API: name, arguments and answer, all as strings."""

    session: str
    sequence: int
    name: str
    values: tuple[str, ...]
    result: str


@dataclass
class LearnerRecord:
    """What the LMS holds of one learner: element -> value as committed, and every call."""

    stored: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)


class LmsHost(LocalServer):
    """The server; a context manager. `headers` are added to every file of the package."""

    def __init__(self, package: Path, headers: Mapping[str, str] | None = None) -> None:
        self.headers = dict(headers or {})
        with zipfile.ZipFile(package) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.standard = _standard(self.files["imsmanifest.xml"].decode())
        self.requests: list[str] = []
        self._records: dict[str, LearnerRecord] = {}
        self._sessions = itertools.count(1)
        super().__init__(_handler(self))

    def launch_url(self, learner: str, **options: str) -> str:
        """Give the address of a new launch; see the module for the options."""
        session = str(next(self._sessions))
        query = {"learner": learner, "standard": self.standard, "session": session, **options}
        return f"{self.origin}/lms/lms.html?{urlencode(query)}"

    def record(self, learner: str) -> LearnerRecord:
        """Give what the LMS holds of a learner."""
        return self._records.setdefault(learner, LearnerRecord())

    def value(self, learner: str, element: str) -> str:
        """Give one committed value, "" when there is none."""
        return self.record(learner).stored.get(element, "")

    def seed(self, learner: str, values: Mapping[str, str]) -> None:
        """Give the LMS values as if an earlier session had stored them."""
        self.record(learner).stored.update(values)

    def calls(self, learner: str, *names: str) -> list[Call]:
        """Give the calls in order, of all sessions; only those of `names` if any are given."""
        return [one for one in self.record(learner).calls if not names or one.name in names]

    def take(self, learner: str, message: Mapping[str, object]) -> None:
        """Take one call from the LMS's page."""
        values = message["values"]
        assert isinstance(values, list)
        call = Call(
            str(message["session"]),
            int(str(message["sequence"])),
            str(message["call"]),
            tuple(str(value) for value in values),
            str(message["result"]),
        )
        with self._changed:
            record = self.record(learner)
            record.calls.append(call)
            record.calls.sort(key=lambda one: (int(one.session), one.sequence))
            if isinstance(message["store"], dict):
                record.stored.update(message["store"])
            self._changed.notify_all()

    def file(self, path: str) -> tuple[bytes, dict[str, str]] | None:
        """Give the bytes and headers of a GET, None if there is nothing."""
        if path.startswith("/content/"):
            content = self.files.get(path.removeprefix("/content/"))
            return None if content is None else (content, self.headers)
        if path.startswith("/node_modules/scorm-again/"):
            return _read(PROJECT / path[1:])
        if path.startswith("/lms/"):
            return _read(HERE / path.removeprefix("/lms/"))
        return None


def content_type(path: str) -> str:
    """Give the media type that an LMS serves a file under."""
    return _TYPES.get(Path(path).suffix, "application/octet-stream")


def _read(path: Path) -> tuple[bytes, dict[str, str]] | None:
    return (path.read_bytes(), {}) if path.is_file() else None


def _standard(manifest: str) -> str:
    for mark, standard in (
        ("<schemaversion>1.2<", "scorm12"),
        ("2004 3rd Edition", "scorm2004-3"),
        ("2004 4th Edition", "scorm2004-4"),
    ):
        if mark in manifest:
            return standard
    raise ValueError("the manifest names no standard that the test LMS knows")


def _handler(host: LmsHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            host.requests.append(path)
            if path.startswith("/records/"):
                stored = host.record(path.removeprefix("/records/")).stored
                self._answer(json.dumps(stored).encode(), "application/json", {})
                return
            found = host.file(path)
            if found is None:
                self.send_error(404)
                return
            self._answer(found[0], content_type(path), found[1])

        def do_POST(self) -> None:
            learner = unquote(urlsplit(self.path).path).removeprefix("/records/")
            body = self.rfile.read(int(self.headers["Content-Length"]))
            host.take(learner, json.loads(body))
            self._answer(b"", "text/plain", {})

        def _answer(self, content: bytes, kind: str, headers: Mapping[str, str]) -> None:
            self.send_response(200)
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing; tests read `host.requests`."""

    return Handler
