"""Course data -> course data in parts, one SCO each, where a chain asks for `scos: per_block`.

Every block is a part of its own; the check's block and all that follows are the last one, which
waits for the others and is the only one that speaks to the programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorm_builder.course.course import Course

Json = dict[str, Any]

SEQUENCED = ("scorm2004-3", "scorm2004-4")
"""Standards in which an LMS can lead through several SCOs."""

WORDS = ("part_done", "part_next", "parts_first")
"""The player's words that only a course in parts needs; the script is read on slow phones."""


@dataclass(frozen=True)
class Part:
    """The blocks of one SCO: `id` is that of the first; `waits_for` are ids of other parts."""

    id: str
    title: str
    launch: str
    waits_for: tuple[str, ...]


def split(data: Mapping[str, Any], scos: str) -> Json:
    """Give the data with `scos`, the block ids of each SCO, where the standard can have several.

    A course of one part stays as it is, and so does any course with `scos` "one".
    """
    parts = _cut(data["blocks"])
    if scos == "per_block" and data["standard"] in SEQUENCED and len(parts) > 1:
        return {**data, "scos": parts}
    words = {key: text for key, text in data["messages"].items() if key not in WORDS}
    return {**data, "messages": words}


def scos_of(data: Mapping[str, Any]) -> list[Part]:
    """Give the parts of a course in their order; none where it is one SCO."""
    titles = {block["id"]: block["title"] for block in data["blocks"]}
    names = [blocks[0] for blocks in data.get("scos", [])]
    return [
        Part(
            name, titles[name], f"part-{name}.html", tuple(names[:-1] if name == names[-1] else ())
        )
        for name in names
    ]


def part_count(course: Course) -> int:
    """Give the number of SCOs that a course has with `scos` "per_block"."""
    blocks = [
        {"id": block.id, "pages": [{"kind": page.kind} for page in pages]}
        for block, pages in course.blocks_left()
    ]
    return len(_cut(blocks))


def player_of(data: Mapping[str, Any]) -> str:
    """Give the name of the player (link_player.ENTRIES) that shows this course."""
    return "scorm2004-scos" if "scos" in data else str(data["standard"])


def _cut(blocks: list[Json]) -> list[list[str]]:
    names = [block["id"] for block in blocks]
    checked = [any(page["kind"] == "check" for page in block["pages"]) for block in blocks]
    last = checked.index(True) if any(checked) else len(names) - 1
    return [[name] for name in names[:last]] + [names[last:]]
