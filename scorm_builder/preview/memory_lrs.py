"""A strict LRS in memory: statements, state and agent profile documents (xAPI 1.0.3), no sockets.

The preview's LRSs, and those of the tests of packages that report by xAPI. It refuses what a strict
LRS refuses: a wrong version header, agents with none or several identifiers, nulls, an id that is
known with another content, a condition on an ETag that does not hold.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Statement = dict[str, Any]
IDENTIFIERS = {"account", "mbox", "mbox_sha1sum", "openid"}
PROPERTIES = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Request:
    """One request to the LRS; `resource` is the path below the endpoint."""

    method: str
    resource: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What the LRS answers."""

    status: int
    body: bytes = b""
    etag: str = ""


@dataclass
class MemoryLrs:
    """The store. `documents`: (resource, sorted query) -> content; `statements` as they came.

    `with_etags`: whether documents carry one; `accept`: a further judge of statements, which gives
    the HTTP status of a refusal or None; `forward`: called with every batch that was stored.
    """

    with_etags: bool = True
    accept: Callable[[Statement], int | None] = lambda statement: None
    forward: Callable[[list[Statement]], None] = lambda batch: None
    statements: list[Statement] = field(default_factory=list)
    documents: dict[tuple[str, tuple[tuple[str, str], ...]], bytes] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        """Answer one request whose credential is right."""
        if request.headers.get("x-experience-api-version") != "1.0.3":
            return Answer(400, b"the header X-Experience-API-Version is not 1.0.3")
        if request.resource == "statements":
            return self._statements(request)
        if request.resource in ("activities/state", "agents/profile"):
            return self._document(request)
        return Answer(404, b"there is no such resource")

    def put(self, resource: str, query: Mapping[str, str], content: Mapping[str, Any]) -> None:
        """Store a document as the LMS itself does."""
        key = (resource, tuple(sorted(query.items())))
        self.documents[key] = json.dumps(content).encode()

    def _statements(self, request: Request) -> Answer:
        if request.method == "GET":
            wanted = request.query.get("statementId")
            found = [one for one in self.statements if one["id"] == wanted]
            if not found:
                return Answer(404, b"no statement has this id")
            return Answer(200, json.dumps(found[0]).encode())
        batch = statements_in(request.body)
        if request.method != "POST" or batch is None:
            return Answer(400, b"statements are sent by POST, as JSON objects")
        for statement in batch:
            wrong = what_is_wrong(statement)
            if wrong:
                return Answer(400, wrong.encode())
            if any(one["id"] == statement["id"] and one != statement for one in self.statements):
                return Answer(409, b"this id is known with another content")
        known = {one["id"] for one in self.statements}
        fresh = [one for one in batch if one["id"] not in known]
        for statement in fresh:
            refused = self.accept(statement)
            if refused:
                return Answer(refused)
            self.statements.append(statement)
        self.forward(fresh)
        return Answer(200, json.dumps([one["id"] for one in batch]).encode())

    def _document(self, request: Request) -> Answer:
        key = (request.resource, tuple(sorted(request.query.items())))
        held = self.documents.get(key)
        etag = _etag(held) if held is not None and self.with_etags else ""
        if request.method == "GET":
            missing = Answer(404, b"there is no such document")
            return missing if held is None else Answer(200, held, etag)
        if request.method != "PUT":
            return Answer(405, b"documents are read and written by GET and PUT")
        condition = request.headers.get("if-match")
        if condition is not None and condition != etag:
            return Answer(412, b"the document has changed since it was read")
        self.documents[key] = request.body
        return Answer(204, etag=_etag(request.body) if self.with_etags else "")


def statements_in(body: bytes) -> list[Statement] | None:
    """Give the statements of a POST, one or an array; None if these are no JSON objects."""
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    batch = sent if isinstance(sent, list) else [sent]
    return batch if all(isinstance(one, dict) for one in batch) else None


def what_is_wrong(statement: Statement) -> str:
    """Give the first breach of xAPI 1.0.3 Data, section 2; "" if there is none."""
    parts = ("actor", "verb", "object", "result", "context")
    odd = [name for name in parts if not isinstance(statement.get(name, {}), dict)]
    if odd:
        return odd[0]
    actor, result = statement.get("actor", {}), statement.get("result", {})
    score = result.get("score", {})
    checks = {
        "unknown property": set(statement) <= PROPERTIES,
        "id": UUID.fullmatch(str(statement.get("id"))),
        "actor": len(IDENTIFIERS & set(actor)) == 1,
        "account": "account" not in actor or {*actor["account"]} == {"homePage", "name"},
        "verb": "://" in statement.get("verb", {}).get("id", ""),
        "object": ":" in statement.get("object", {}).get("id", ""),
        "null": not _has_null(statement),
        "duration": DURATION.fullmatch(result.get("duration", "PT0S")),
        "scaled": -1 <= score.get("scaled", 0) <= 1,
        "raw": score.get("min", 0) <= score.get("raw", 0) <= score.get("max", 100),
        "registration": UUID.fullmatch(statement.get("context", {}).get("registration", "")),
        "timestamp": TIME.fullmatch(statement.get("timestamp", "")),
    }
    return next((name for name, holds in checks.items() if not holds), "")


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_null(one) for key, one in value.items() if key != "extensions")
    if isinstance(value, list):
        return any(_has_null(one) for one in value)
    return value is None


def _etag(content: bytes) -> str:
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'
