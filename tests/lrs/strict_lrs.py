"""A strict xAPI 1.0.3 LRS in memory, with faults to switch on, for the tests of the reader.

Strict where the specification is: the version header, authentication, ids, conflicts, voiding,
`since` and `until` on `stored`, descending unless asked otherwise, `more` that is opaque.
"""

from __future__ import annotations

import base64
import gzip
import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]

VERSION_HEADER = "X-Experience-API-Version"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
BOUNDARY = "-- 8f'30 (x)"
_PATH = "/xapi/statements"
_ASSIGNED = frozenset(["stored", "authority", "version", "timestamp"])


@dataclass
class Faults:
    """What goes wrong. Numbers count requests: 2 means the next two requests."""

    too_many: int = 0
    retry_after: str = "0"
    unavailable: int = 0
    truncated: int = 0
    hung_up: int = 0
    """Hang up in the middle of an answer, whose whole length was announced."""
    html: bool = False
    gzip: bool = False
    redirect: str = ""
    slow_seconds: float = 0
    repeat_across_pages: bool = False
    descending_always: bool = False
    foreign_more: bool = False
    bad_more: str = ""
    endless_more: bool = False
    token: str = ""
    """Give this token, whatever is in it."""
    multipart: str = ""
    """Answer statements as multipart/mixed whose first part has this Content-Type."""
    consistent_once: bool = False
    """Say what is consistent with the first page alone, as ADL's LRS does."""
    broken_after: int | None = None
    """Answer that many pages of statements, then 400 for ever."""


@dataclass
class StrictLrs:
    """The LRS: `more_form` is `path`, `url` or `query`; `users` name -> (password, scope)."""

    users: dict[str, tuple[str, str]] = field(default_factory=lambda: {"reader": ("secret", "all")})
    more_form: str = "path"
    max_page: int = 1000
    consistent_through: str | None = None
    faults: Faults = field(default_factory=Faults)
    statements: dict[str, Json] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    requests: list[str] = field(default_factory=list)
    endpoint: str = ""
    version: str = "1.0.3"
    """What it speaks; requests in another version are refused."""
    tokens: list[str] = field(default_factory=list)
    """Bearer tokens that it takes; each request for one adds one."""
    logins: list[str] = field(default_factory=list)
    """What was sent to be given a token."""
    raw_extra: str = ""
    """JSON text put into every page as one more statement, however broken."""

    _clock: datetime = datetime(2026, 11, 1, tzinfo=UTC)
    _queries: dict[str, Json] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *statements: Json, authority: Json | None = None, stored: str = "") -> None:
        """Store statements as if they had been posted, one second apart."""
        for statement in statements:
            self._store(dict(statement), authority, stored)

    def _store(self, statement: Json, authority: Json | None, stored: str) -> None:
        self._clock += timedelta(seconds=1)
        statement.setdefault("id", str(uuid.uuid4()))
        statement["stored"] = stored or self._clock.isoformat(timespec="milliseconds")
        statement["stored"] = statement["stored"].replace("+00:00", "Z")
        statement.setdefault("timestamp", statement["stored"])
        statement.setdefault("version", "1.0.3")
        if authority is not None:
            statement["authority"] = authority
        self.statements[str(statement["id"])] = statement
        if _verb(statement) == VOIDED:
            target = self.statements.get(str(statement["object"]["id"]))
            if target is None or _verb(target) != VOIDED:
                self.voided.add(str(statement["object"]["id"]))

    def post(self, batch: list[Json], authority: Json) -> tuple[int, object]:
        """Store a batch: all of it or, with a conflict or a broken statement, nothing."""
        with self._lock:
            ids = [str(one["id"]) for one in batch if isinstance(one, dict) and "id" in one]
            if len(set(ids)) < len(ids) or not all(map(_is_statement, batch)):
                return 400, {"error": "not statements, or an id twice"}
            for one in batch:
                known = self.statements.get(str(one.get("id")))
                if known is not None and not _same(known, one):
                    return 409, {"error": "this id has another content"}
            for one in batch:
                if str(one.get("id")) not in self.statements:
                    self._store(dict(one), authority, "")
            return 200, ids

    def query(self, given: dict[str, str]) -> tuple[int, object]:
        """Answer GET statements."""
        with self._lock:
            for name, hidden in (("statementId", False), ("voidedStatementId", True)):
                if name in given:
                    found = self.statements.get(given[name])
                    if found is None or (given[name] in self.voided) is not hidden:
                        return 404, {"error": "no such statement"}
                    return 200, found
            if "token" in given:
                if given["token"] not in self._queries:
                    return 400, {"error": "this more has expired"}
                return 200, self._page(**self._queries[given["token"]])
            unknown = set(given) - {"since", "until", "limit", "ascending", "attachments"}
            if unknown:
                return 400, {"error": f"unknown parameters {sorted(unknown)}"}
            return 200, self._page(self._matching(given), 0, self._limit(given))

    def _limit(self, given: dict[str, str]) -> int:
        asked = int(given.get("limit", "0"))
        return min(asked, self.max_page) if asked else self.max_page

    def _matching(self, given: dict[str, str]) -> list[str]:
        since, until = given.get("since", ""), given.get("until", "9999")
        found = [
            one
            for one in self.statements.values()
            if since < one["stored"] <= until and one["id"] not in self.voided
        ]
        down = given.get("ascending") != "true" or self.faults.descending_always
        found.sort(key=lambda one: str(one["stored"]), reverse=down)
        return [str(one["id"]) for one in found]

    def _page(self, ids: list[str], start: int, limit: int) -> Json:
        end = start + limit
        if self.faults.repeat_across_pages and start:
            start -= 1
        page = [self.statements[one] for one in ids[start:end]]
        more = ""
        if end < len(ids):
            token = "same" if self.faults.endless_more else uuid.uuid4().hex
            if not (self.faults.endless_more and token in self._queries):
                self._queries[token] = {"ids": ids, "start": end, "limit": limit}
            more = self._more(token)
        return {"statements": page, "more": more}

    def _more(self, token: str) -> str:
        if self.faults.bad_more:
            return self.faults.bad_more
        if self.faults.foreign_more:
            return f"http://elsewhere.example{_PATH}?token={token}"
        server = self.endpoint.removesuffix("/xapi/")
        return {
            "path": f"{_PATH}?token={token}",
            "url": f"{server}{_PATH}?token={token}",
            "query": f"?token={token}",
        }[self.more_form]


def _verb(statement: Json) -> object:
    return statement.get("verb", {}).get("id")


def _is_statement(one: object) -> bool:
    return isinstance(one, dict) and {"actor", "verb", "object"} <= one.keys()


def _same(known: Json, given: Json) -> bool:
    keys = (known.keys() | given.keys()) - _ASSIGNED
    return all(known.get(key) == given.get(key) for key in keys)


def with_attachment(statements: bytes, kind: str = "application/json") -> bytes:
    """Give an answer as multipart/mixed, with one attachment that looks like statements."""
    parts = (
        f"A preamble, which nobody reads.\r\n--{BOUNDARY}\r\nContent-Type: {kind}\r\n\r\n".encode(),
        statements,
        f"\r\n--{BOUNDARY}\r\nContent-Type: application/octet-stream\r\n"
        "Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: 0123\r\n\r\n".encode(),
        b'{"statements": [{"id": "forged"}]}\n' * 2000,
        f"\r\n--{BOUNDARY}--\r\n".encode(),
    )
    return b"".join(parts)


class _Handler(BaseHTTPRequestHandler):
    lrs: StrictLrs
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        lrs, faults = self.lrs, self.lrs.faults
        parts = urlsplit(self.path)
        lrs.requests.append(self.path)
        if self._faulty() or not self._allowed("read"):
            return
        if parts.path != _PATH:
            self._json(404, {"error": "nothing here"})
            return
        if faults.broken_after is not None:
            if faults.broken_after <= 0:
                self._json(400, {"error": "switched off"})
                return
            faults.broken_after -= 1
        status, answer = lrs.query(
            {name: value[0] for name, value in parse_qs(parts.query).items()}
        )
        self._json(status, answer)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/token":
            self._give_token(body.decode())
            return
        name = self._allowed("write")
        if not name:
            return
        batch = json.loads(body)
        account = {"homePage": self.lrs.endpoint, "name": name}
        status, answer = self.lrs.post(
            batch if isinstance(batch, list) else [batch],
            {"objectType": "Agent", "account": account},
        )
        self._json(status, answer)

    def _give_token(self, form: str) -> None:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        login = base64.b64decode(given).decode()
        self.lrs.logins.append(f"{kind} {login} {form}")
        known = [f"{name}:{password}" for name, (password, _) in self.lrs.users.items()]
        if login not in known:
            self._json(401, {"error": "invalid_client"})
            return
        self.lrs.tokens.append(self.lrs.faults.token or uuid.uuid4().hex)
        self._json(200, {"access_token": self.lrs.tokens[-1], "token_type": "bearer"})

    def _faulty(self) -> bool:
        faults = self.lrs.faults
        if faults.slow_seconds:
            time.sleep(faults.slow_seconds)
        if faults.too_many:
            faults.too_many -= 1
            self._json(429, {}, {"Retry-After": faults.retry_after})
        elif faults.unavailable:
            faults.unavailable -= 1
            self._json(503, {})
        elif faults.redirect:
            self._json(302, {}, {"Location": faults.redirect})
        elif faults.html:
            self._send(200, b"<!doctype html><title>Log in</title>", {"Content-Type": "text/html"})
        else:
            return False
        return True

    def _allowed(self, scope: str) -> str:
        """Give the user's name, or answer with the reason why not and give nothing."""
        if not self.headers.get(VERSION_HEADER, "").startswith(self.lrs.version[:3]):
            self._json(400, {"error": f"{VERSION_HEADER} is missing or another"})
            return ""
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer":
            if token not in self.lrs.tokens:
                self._json(401, {"error": "this token is not known"})
            return token if token in self.lrs.tokens else ""
        name, _, password = base64.b64decode(token).decode("latin-1").partition(":")
        known = self.lrs.users.get(name)
        if kind != "Basic" or known is None or known[0] != password:
            self._json(401, {"error": "who are you?"})
            return ""
        if known[1] not in ("all", scope):
            self._json(403, {"error": f"{name} may not {scope}"})
            return ""
        return name

    def _json(self, status: int, answer: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(answer)
        if self.lrs.raw_extra and isinstance(answer, dict) and "statements" in answer:
            comma = ", " if answer["statements"] else ""
            start = '{"statements": ['
            body = body.replace(start, f"{start}{self.lrs.raw_extra}{comma}", 1)
        given = {
            "Content-Type": "application/json",
            VERSION_HEADER: self.lrs.version,
            **(headers or {}),
        }
        is_first = "token=" not in self.path
        if self.lrs.consistent_through and (is_first or not self.lrs.faults.consistent_once):
            given["X-Experience-API-Consistent-Through"] = self.lrs.consistent_through
        raw = body.encode()
        if self.lrs.faults.multipart and status == 200:
            given["Content-Type"] = f'multipart/mixed; charset=utf-8; boundary="{BOUNDARY}"'
            raw = with_attachment(raw, self.lrs.faults.multipart)
        self._send(status, raw, given)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        faults = self.lrs.faults
        if faults.truncated and status == 200:
            faults.truncated -= 1
            body = body[: len(body) // 2]
        if faults.gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if faults.hung_up and status == 200:
            faults.hung_up -= 1
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test's output is the test's."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a client hangs up, as the tests of time-outs do."""


@contextmanager
def running(lrs: StrictLrs | None = None) -> Iterator[StrictLrs]:
    """Serve an LRS on a free port of this machine until the end of the block."""
    lrs = lrs or StrictLrs()
    handler = type("Handler", (_Handler,), {"lrs": lrs})
    server = _Server(("127.0.0.1", 0), handler)
    lrs.endpoint = f"http://127.0.0.1:{server.server_address[1]}/xapi/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield lrs
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
