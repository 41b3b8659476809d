"""Recordings of pages and cards: `audio: welcome.mp3` is media/<language>/welcome.mp3.

A language without the recording is read out by the voice of the learner's device, if it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from programme.files import is_there
from programme.problems import Problem
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.nodes import Card
from scorm_builder.course.page_nodes import nodes_below
from scorm_builder.course.pages import PageNode
from scorm_builder.media.media_file import MediaKind, faults, is_mp4
from scorm_builder.media.pictures import FOLDER, MOST_BYTES, loaded

LARGE_BYTES = 250_000
"""About 40 seconds at 48 kbit/s; the course's own rule is 20."""


def _is_mp3(start: bytes) -> bool:
    """Tell it by its tag or the sync word of its first frame. Spec: ISO/IEC 11172-3, 2.4.2.3."""
    return start.startswith(b"ID3") or (start[:1] == b"\xff" and start[1:2] >= b"\xe0")


KIND = MediaKind(
    begins={".mp3": _is_mp3, ".m4a": is_mp4},
    called={".mp3": "MP3", ".m4a": "M4A"},
    program="recording",
    large_bytes=LARGE_BYTES,
    lighter="Save speech as mono with 48 kbit/s",
)


def sound_problems(course: Course) -> list[Problem]:
    """Give what is wrong with the recordings of all pages and cards."""
    return [
        problem
        for placed in _recorded(course, everything=True)
        for problem in _check(course, placed)
    ]


def sound_files(course: Course, language: str) -> dict[str, bytes]:
    """Give {name in a package: content} of the recordings in one language."""
    files = (sound_file(course, placed.value.audio, language) for placed in _recorded(course))
    return dict(loaded(file) for file in files if file is not None)


def sound_file(course: Course, name: str | None, language: str) -> Path | None:
    """Give the file of a recording in `language`; None where it was not recorded."""
    file = course.folder / FOLDER / language / (name or "")
    return file if name and is_there(file) else None


def _recorded(course: Course, *, everything: bool = False) -> Iterator[Placed[PageNode | Card]]:
    """Give the pages and cards with a recording that apply, or all of them."""
    for placed in course.all_pages() if everything else course.pages():
        for path, node in [((), placed.value), *nodes_below(placed.value)]:
            applies = everything or course.applies(node)
            if isinstance(node, PageNode | Card) and node.audio is not None and applies:
                yield Placed(node, placed.source, (*placed.path, *path))


def _check(course: Course, placed: Placed[PageNode | Card]) -> Iterator[Problem]:
    name = placed.value.audio or ""

    def problem(code: str, what: str, fix: str) -> Problem:
        return placed.problem(("audio",), code, what, fix)

    if "/" in name or "\\" in name:
        what = f'"{name}" names a folder'
        fix = f"Write the file's name alone; it lies in {FOLDER}/<language>/."
        yield problem("path-outside", what, fix)
        return
    if Path(name).suffix.lower() not in KIND.begins:
        yield problem(
            "media-kind", f'"{name}" is not a recording', f"Known: {', '.join(KIND.begins)}."
        )
        return
    missing = [one for one in course.languages if sound_file(course, name, one) is None]
    if len(missing) == len(course.languages):
        what = f'"{name}" was recorded in no language'
        yield problem("media-missing", what, f"Put it into {FOLDER}/{missing[0]}/.")
    elif missing:
        what = f'"{name}" was not recorded in {", ".join(missing)}'
        fix = f"Put it into {FOLDER}/{missing[0]}/; until then the learner's device reads it out."
        yield replace(problem("sound-missing", what, fix), severity="warning")
    for language in course.languages:
        file = sound_file(course, name, language)
        for code, what, fix in faults(course.folder, file, KIND) if file else ():
            found = problem(code, f'"{FOLDER}/{language}/{name}" {what}', fix)
            is_large = (
                code == "media-large" and file is not None and file.stat().st_size <= MOST_BYTES
            )
            yield replace(found, severity="warning") if is_large else found
