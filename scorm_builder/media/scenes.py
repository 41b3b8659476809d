"""The scene of a hotspot page: which of its things apply, and where each lies in the picture."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from programme.files import read_bytes
from scorm_builder.course.course import Course
from scorm_builder.course.course_records import Signal
from scorm_builder.course.nodes import SceneObject
from scorm_builder.course.pages import HotspotPage
from scorm_builder.media.pictures import MOST_BYTES, read_svg
from scorm_builder.media.svg_boxes import Box, SvgPicture


@dataclass(frozen=True)
class PlacedObject:
    """A thing of a scene with its box; `signal` is None for an innocent thing."""

    node: SceneObject
    box: Box
    signal: Signal | None

    @property
    def percents(self) -> list[float]:
        """Give x, y, width and height in percent of the picture."""
        box = self.box
        return [round(100 * part, 1) for part in (box.x, box.y, box.width, box.height)]


def element_of(node: SceneObject) -> str:
    """Give the id of the element that draws a thing."""
    return node.element or node.id


def scene_objects(course: Course, page: HotspotPage) -> list[PlacedObject]:
    """Give the things that apply, as check_scenes has found them right."""
    picture = load_scene(course.folder / page.scene.file)
    signals = {placed.value.id: placed.value for placed in course.signals}
    found = []
    for node in page.objects:
        box = picture.box(element_of(node))
        if course.applies(node) and box is not None:
            signal = signals[node.signal] if node.signal else None
            found.append(PlacedObject(node, box, signal))
    return found


def needed(page: HotspotPage, objects: list[PlacedObject]) -> int:
    """Give how many signals a learner has to find: `needed`, or all of them."""
    signals = sum(one.signal is not None for one in objects)
    return signals if page.needed is None else min(page.needed, signals)


def load_scene(file: Path) -> SvgPicture:
    """Parse a scene; raises XMLSyntaxError, ValueError (no viewBox) or OSError."""
    stamp = file.stat()
    return _load(file, stamp.st_mtime_ns, stamp.st_size)


@functools.lru_cache(maxsize=64)
def _load(file: Path, _changed: int, _size: int) -> SvgPicture:
    return SvgPicture(read_svg(read_bytes(file, MOST_BYTES)))
