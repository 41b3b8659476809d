"""Answers over HTTP: the preview's own files, the package's, and JSON."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from programme.look import TOKENS

_HERE = Path(__file__).parent
_ASSETS = {
    "preview/page/": _HERE / "page",
    "player/": _HERE.parent / "player",
    "look/": TOKENS.parent,
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
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
    """An answer to a request; `status` 0: hang up without one."""

    status: int
    content: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    policy: str = "default-src 'none'"
    etag: str = ""


NOT_FOUND = Reply(404, b"There is nothing here.")


def asset(path: str) -> Reply:
    """Give a file of the page, or of the player and the look that the page shares."""
    for prefix, folder in _ASSETS.items():
        file = folder / path.removeprefix(prefix)
        inside = path.startswith(prefix) and ".." not in Path(path).parts
        if inside and file.suffix in (".html", ".js", ".css", ".svg") and file.is_file():
            return Reply(200, file.read_bytes(), _TYPES[file.suffix], _PAGE_POLICY)
    return NOT_FOUND


def framed_asset(path: str) -> Reply:
    """Give a file of the page that is shown where the course was."""
    return dataclasses.replace(asset(path), policy=_PACKAGE_POLICY)


def package_reply(path: str, content: bytes) -> Reply:
    """Give a file of a package as a strict LMS serves it."""
    kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
    return Reply(200, content, kind, _PACKAGE_POLICY)


def json_reply(facts: object) -> Reply:
    """Give facts to the page."""
    return Reply(200, json.dumps(facts).encode(), "application/json")
