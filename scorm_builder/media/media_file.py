"""One file of a film or a recording: where it lies, what it is, whether it is whole and light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from programme.files import open_file
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.media.cut_off import is_cut_off
from scorm_builder.media.pictures import UNREADABLE_MEDIA

START = 12
"""So many bytes tell what kind of file it is."""


@dataclass(frozen=True)
class MediaKind:
    """What a kind of media may be: by suffix whether the first bytes are right, and how heavy."""

    begins: dict[str, Callable[[bytes], bool]]
    called: dict[str, str]
    program: str
    large_bytes: int
    lighter: str


def is_mp4(start: bytes) -> bool:
    """Tell it by the box that comes first. Spec: ISO/IEC 14496-12, section 4.3."""
    return start[4:8] == b"ftyp"


def faults(folder: Path, file: Path, kind: MediaKind) -> Iterator[tuple[str, str, str]]:
    """Give code, what is wrong with a file of the course in `folder`, and the cure."""
    if leads_outside(folder, file):
        yield "path-outside", "is a link to a place outside the course", "Copy the file here."
        return
    try:
        with open_file(file) as opened:
            start = opened.read(START)
    except OSError as error:
        yield "media-content", f"cannot be read: {error.strerror}", UNREADABLE_MEDIA
        return
    suffix = file.suffix.lower()
    if not kind.begins[suffix](start):
        what = f"is not the {kind.called[suffix]} that its name says"
        yield "media-content", what, f"Export it again from your {kind.program} program."
    elif is_cut_off(file):
        yield "media-content", "is cut off: its last part is not whole", "Copy or export it again."
    size = file.stat().st_size
    if size > kind.large_bytes:
        fix = f"{kind.lighter}; stay below {kind.large_bytes:,} bytes."
        yield "media-large", f"has {size:,} bytes", fix
