"""Course data -> what the first screen needs, and the texts that may come later.

The first file has the whole of the first block, and of everything else what the player must know
at once: which pages there are, and what progress hangs on. The second file has the rest, by key.
The player puts it in when it has come (player/loading/course_parts.js). Shapes: docs/contracts.md
section 5.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

AT_ONCE = frozenset({"id", "key", "kind", "must_pass", "roles", "profiles"})
"""Fields of pages, questions and their parts that are needed before any text of them is shown."""


def split_course(data: Mapping[str, Any], script: bytes) -> tuple[Json, Json]:
    """Give the data of the first and of the second file.

    `script` is the player's first script. Of the player's words, those whose key stands in it are
    in the first file.
    """
    first_block, *others = data["blocks"]
    blocks = [first_block]
    for block in others:
        blocks.append({**block, "pages": [_at_once(page) for page in block["pages"]]})
    check = data["check"]
    questions = check["questions"] if check else []
    messages = data["messages"]
    early = _named_in(script, tuple(messages))
    first = {
        **data,
        "blocks": blocks,
        "check": check and {**check, "questions": [_at_once(one) for one in questions]},
        "messages": {key: text for key, text in messages.items() if key in early},
    }
    pages = [page for block in others for page in block["pages"]]
    texts = {
        "language": data["course"]["language"],
        "pages": {page["key"]: _later(page) for page in pages},
        "questions": {one["key"]: _later(one) for one in questions},
        "messages": {key: text for key, text in messages.items() if key not in early},
    }
    return first, texts


@functools.lru_cache(maxsize=32)
def _named_in(script: bytes, keys: tuple[str, ...]) -> frozenset[str]:
    """Give the keys that stand in the script as a string; every package of a standard asks."""
    return frozenset(key for key in keys if f'"{key}"'.encode() in script)


def _at_once(node: Mapping[str, Any]) -> Json:
    """Give the node without texts; parts that have a key of their own stay, likewise."""
    kept = {name: value for name, value in node.items() if name in AT_ONCE}
    for name, value in node.items():
        if _has_keys(value):
            kept[name] = [_at_once(part) for part in value]
    return kept


def _later(node: Mapping[str, Any]) -> Json:
    return {name: value for name, value in node.items() if name not in AT_ONCE}


def _has_keys(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and "key" in one for one in value)
