"""The stand-in for the programme's LRS: checks and keeps the statements that a package sends."""

from __future__ import annotations

import base64
import datetime
import json
import threading
from collections.abc import Mapping
from typing import Any

from scorm_builder.preview.preview_package import KEY

_CREDENTIALS = f"Basic {base64.b64encode(KEY.encode()).decode()}"


class StatementLog:
    """Every request to `POST statements`, in order, with the answer that it got."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[dict[str, Any]] = []

    def take(self, headers: Mapping[str, str], body: bytes, *, down: bool) -> tuple[int, bytes]:
        """Take one request; give HTTP status and body (xAPI 1.0.3 Communication, section 2.1.2)."""
        statements = _statements(body)
        status = _status(headers, statements)
        if down:
            status = 503
        with self._lock:
            self._requests.append(
                {
                    "number": len(self._requests) + 1,
                    "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
                    "status": status,
                    "statements": statements or [],
                }
            )
        ids = [statement.get("id") for statement in statements or []]
        return status, json.dumps(ids).encode() if status == 200 else b""

    def after(self, number: int) -> list[dict[str, Any]]:
        """Give the requests after the one with `number` (0: all)."""
        with self._lock:
            return self._requests[number:]


def _statements(body: bytes) -> list[dict[str, Any]] | None:
    """Give the statements of a body, None if it is no array of objects with an id."""
    try:
        given = json.loads(body)
    except ValueError:
        return None
    statements = given if isinstance(given, list) else [given]
    known = [one for one in statements if isinstance(one, dict) and "id" in one]
    return known if len(known) == len(statements) else None


def _status(headers: Mapping[str, str], statements: list[dict[str, Any]] | None) -> int:
    if headers.get("Authorization") != _CREDENTIALS:
        return 401
    version = headers.get("X-Experience-API-Version") or ""
    return 400 if statements is None or not version.startswith("1.0") else 200
