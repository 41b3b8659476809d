"""Rules of hotspot pages: every thing is in the picture, apart from the others, large enough."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from programme.problems import Problem
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.pages import HotspotPage
from scorm_builder.media.pictures import wrong_picture
from scorm_builder.media.scenes import element_of, load_scene
from scorm_builder.media.svg_boxes import Box, SvgPicture

PHONE_PIXELS = 360
TARGET_PIXELS = 44
"""WCAG 2.2 asks for 24 (2.5.8) and 44 (2.5.5, AAA) CSS pixels; the player promises the larger."""


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with the scenes of hotspot pages; pictures.py has judged the files."""
    found: list[Problem] = []
    for placed in course.all_pages():
        if isinstance(placed.value, HotspotPage):
            page = Placed(placed.value, placed.source, placed.path)
            found += _counts(course, page)
            found += _places(course, page)
    return found


def _counts(course: Course, page: Placed[HotspotPage]) -> Iterator[Problem]:
    left = [one for one in page.value.objects if course.applies(one)]
    signals = sum(one.signal is not None for one in left)
    if signals == 0:
        what, fix = "nothing in this scene is a signal", "Write signal: at one object or more."
        yield page.problem(("objects",), "scene-signals", what, fix)
    elif signals == len(left):
        what = "everything in this scene is a signal"
        fix = "Add an innocent object, without signal:; most things in a hotel are."
        yield page.problem(("objects",), "scene-innocent", what, fix)
    if page.value.needed is not None and page.value.needed > signals > 0:
        what = f"{page.value.needed} signals are needed, but the scene has {signals}"
        fix = f"Write needed: {signals} or less, or leave it out for all."
        yield page.problem(("needed",), "scene-needed", what, fix)


def _places(course: Course, page: Placed[HotspotPage]) -> Iterator[Problem]:
    """Measure the picture, if it is one that can be measured."""
    name = page.value.scene.file
    file = course.folder / name
    if file.suffix.lower() != ".svg":
        what = f'"{name}" is not an SVG, so it has no elements to tap'
        yield page.problem(("scene", "file"), "scene-kind", what, "Draw the scene as an SVG.")
        return
    if not file.is_file() or wrong_picture(file):
        return
    try:
        picture = load_scene(file)
    except ValueError:
        what, fix = f'"{name}" has no viewBox', 'Add one to <svg>, such as viewBox="0 0 400 320".'
        yield page.problem(("scene", "file"), "scene-view-box", what, fix)
        return
    boxes: dict[int, Box] = {}
    for number, node in enumerate(page.value.objects):
        element = element_of(node)
        found = _box(picture, element)
        if isinstance(found, Box):
            boxes[number] = found
            continue
        step = "element" if node.element else "id"
        yield page.problem(("objects", number, step), "scene-element", *found)
    yield from _overlaps(course, page, boxes)
    yield from _small(page, boxes, picture)


def _box(picture: SvgPicture, element: str) -> Box | tuple[str, str]:
    """Give where an element lies, or what is wrong and its cure."""
    if element not in picture.ids:
        near = difflib.get_close_matches(element, picture.ids, n=1, cutoff=0.6)
        fix = f'Did you mean "{near[0]}"?' if near else "Give the drawn thing this id in the SVG."
        return f'no element of the scene has the id "{element}"', fix
    box = picture.box(element)
    if box is None or box.width == 0 or box.height == 0:
        return f'the element "{element}" draws nothing', "Name the group or shape that is drawn."
    if not box.is_inside():
        return f'the element "{element}" sticks out of the picture', "Move it inside the viewBox."
    return box


def _overlaps(
    course: Course, page: Placed[HotspotPage], boxes: dict[int, Box]
) -> Iterator[Problem]:
    objects = page.value.objects
    shown = [number for number in boxes if course.applies(objects[number])]
    for first, second in combinations(shown, 2):
        if boxes[first].overlaps(boxes[second]):
            one, other = objects[first].id, objects[second].id
            what = f'"{other}" overlaps "{one}": one tap would mean both'
            fix = "Draw the two apart from each other."
            yield page.problem(("objects", second, "id"), "scene-overlap", what, fix)


def _small(
    page: Placed[HotspotPage], boxes: dict[int, Box], picture: SvgPicture
) -> Iterator[Problem]:
    scale = PHONE_PIXELS / picture.width
    for number, box in boxes.items():
        wide = int(box.width * picture.width * scale)
        high = int(box.height * picture.height * scale)
        if min(wide, high) < TARGET_PIXELS:
            what = f'"{page.value.objects[number].id}" is {wide} × {high} pixels on a phone'
            fix = (
                f"A thumb needs {TARGET_PIXELS} × {TARGET_PIXELS} in a window of {PHONE_PIXELS} "
                "pixels: draw it larger, or put an invisible shape around it."
            )
            small = page.problem(("objects", number, "id"), "scene-target", what, fix)
            yield replace(small, severity="warning")
