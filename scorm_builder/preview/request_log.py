"""Every request to one of the preview's two LRSs, in order, with the answer that it got."""

from __future__ import annotations

import datetime
import json
import threading
from typing import Any, Literal

from scorm_builder.preview.memory_lrs import Answer, Request, statements_in

Receiver = Literal["lms", "programme"]
Json = dict[str, Any]


class RequestLog:
    """Safe to use from several threads.

    A request is kept as {number, time, to, method, resource, query, status, error, body,
    statements}; `status` 0: no answer; `body` is the text that was sent, "" for statements.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[Json] = []

    def add(self, to: Receiver, request: Request, answer: Answer) -> None:
        """Keep one request and its answer."""
        is_statements = request.method == "POST" and request.resource == "statements"
        now = datetime.datetime.now(datetime.UTC)
        with self._lock:
            self._requests.append(
                {
                    "number": len(self._requests) + 1,
                    "time": now.isoformat(timespec="milliseconds"),
                    "to": to,
                    "method": request.method,
                    "resource": request.resource,
                    "query": dict(request.query),
                    "status": answer.status,
                    "error": _error(answer),
                    "body": "" if is_statements else request.body.decode("utf-8", "replace"),
                    "statements": (is_statements and statements_in(request.body)) or [],
                }
            )

    def after(self, number: int) -> list[Json]:
        """Give the requests after the one with `number` (0: all)."""
        with self._lock:
            return self._requests[number:]


def _error(answer: Answer) -> str:
    """Give why a request was refused; an error of the fetch URL comes with status 200."""
    if answer.status == 0:
        return "no answer"
    if answer.status >= 400:
        return answer.body.decode("utf-8", "replace")
    if b'"error-code"' in answer.body:
        return str(json.loads(answer.body).get("error-text", ""))
    return ""
