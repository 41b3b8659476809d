"""Data for the player -> the scripts that carry it, and the hashes that name files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_ESCAPES = {"</": "<\\/", "\u2028": "\\u2028", "\u2029": "\\u2029", "\ufeff": "\\ufeff"}
"""What would end a script element, or a line in browsers before 2018, or would not be seen."""


def course_script(data: Mapping[str, Any]) -> bytes:
    """Give course-<hash>.js: UTF-8 that says so by a BOM, keys sorted, `</` never in it.

    The BOM holds against any charset that a server's header names (HTML, "fetch a classic script";
    Encoding, "decode"). Escapes would do so too, but a Ukrainian letter takes six bytes as one.
    """
    return _script("noroomCourse", data)


def texts_script(texts: Mapping[str, Any]) -> bytes:
    """Give texts-<hash>.js, written likewise."""
    return _script("noroomTexts", texts)


def _script(name: str, data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for mark, escape in _ESCAPES.items():
        text = text.replace(mark, escape)
    return f"globalThis.{name}={text};\n".encode("utf-8-sig")


def build_hash(*contents: bytes) -> str:
    """Give the first 8 hex digits of the SHA-256 over all contents, each with its length."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:8]
