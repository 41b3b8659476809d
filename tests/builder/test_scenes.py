"""Scenes: boxes of SVG elements, and what of a hotspot page reaches the player."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.media.pictures import read_svg
from scorm_builder.media.svg_boxes import Box, SvgPicture
from scorm_builder.media.svg_paths import path_points
from tests.builder.conftest import ROOT

SCENES = ROOT / "tests" / "courses" / "scenes"


def box_of(body: str, view: str = "0 0 100 100") -> tuple[float, ...] | None:
    """Give left, top, right and bottom of the element `x`, in units of a view of 100 × 100."""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{body}</svg>'
    box = SvgPicture(read_svg(text.encode())).box("x")
    if box is None:
        return None
    parts = (box.x, box.y, box.x + box.width, box.y + box.height)
    return tuple(round(100 * part, 1) for part in parts)


@pytest.mark.parametrize(
    ("body", "box"),
    [
        ('<rect id="x" x="10" y="20" width="30" height="40"/>', (10, 20, 40, 60)),
        ('<circle id="x" cx="50" cy="50" r="10"/>', (40, 40, 60, 60)),
        ('<ellipse id="x" cx="50" cy="50" rx="10" ry="20"/>', (40, 30, 60, 70)),
        ('<line id="x" x1="5" y1="9" x2="7" y2="3"/>', (5, 3, 7, 9)),
        ('<polygon id="x" points="1,2 9,4 5 20"/>', (1, 2, 9, 20)),
        ('<path id="x" d="m10 10h20v5l-5 5z m2 2l1 30"/>', (10, 10, 30, 42)),
        ('<path id="x" d="M10 10C10 40 50 40 50 10"/>', (10, 10, 50, 32.5)),
        ('<path id="x" d="M0 50Q25 0 50 50T100 50"/>', (0, 25, 100, 75)),
        ('<path id="x" d="M40 50A10 10 0 0 1 60 50"/>', (40, 40, 60, 50)),
        ('<path id="x" d="M40 50a10 10 0 0120 0"/>', (40, 40, 60, 50)),
        ('<g id="x" transform="translate(10 5) scale(2)"><rect width="5" height="9"/></g>',
         (10, 5, 20, 23)),
        ('<g transform="rotate(90 50 50)"><rect id="x" x="50" y="40" width="30" height="5"/></g>',
         (55, 50, 60, 80)),
        ('<defs><path id="p" d="M0 0h10v10z"/></defs><g id="x"><use href="#p" x="7" y="3"/></g>',
         (7, 3, 17, 13)),
        ('<g id="x"><defs><path d="M0 0h99v99"/></defs><rect width="9" height="8"/></g>',
         (0, 0, 9, 8)),
        ('<g id="x"/>', None),
        ('<use id="x" href="#x"/>', None),
    ],
)  # fmt: skip
def test_an_element_lies_where_it_is_drawn(body: str, box: tuple[float, ...] | None) -> None:
    assert box_of(body) == box


def test_boxes_are_shares_of_the_view_box() -> None:
    assert box_of('<rect id="x" x="60" y="30" width="50" height="5"/>', "10 20 200 50") == (
        25.0,
        20.0,
        50.0,
        30.0,
    )


@pytest.mark.parametrize("d", ["", "M", "M1", "X1 2", "M0 0 A1 1 0", "M1 1 B2", "M1e999 1"])
def test_a_broken_path_breaks_nothing(d: str) -> None:
    assert all(len(point) == 2 for point in path_points(d))


def test_a_picture_without_a_view_box_is_refused() -> None:
    with pytest.raises(ValueError, match="viewBox"):
        SvgPicture(etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>'))


def test_things_that_share_an_edge_do_not_overlap() -> None:
    left, right = Box(0, 0, 0.5, 1), Box(0.5, 0, 0.5, 1)
    assert not left.overlaps(right)
    assert left.overlaps(Box(0.4, 0, 0.5, 1))


def test_the_player_gets_boxes_strength_and_innocent_explanations() -> None:
    course = load_course(SCENES)
    data = compile_course_data(Edition(course, "en"), "scorm12", Audience())
    page = data["blocks"][0]["pages"][0]
    things = {thing["id"]: thing for thing in page["objects"]}
    assert page["needed"] == 2
    assert page["scene"]["src"].endswith(".svg")
    assert things["towels"]["box"] == [10.0, 33.3, 15.0, 20.0]
    assert things["book"]["signal"] is None
    assert things["cash"]["signal"] == {
        "strength": "weak",
        "innocent": ["a group that shares the costs", "a card that does not work"],
    }


@pytest.mark.parametrize("course", sorted(ROOT.glob("courses/*")), ids=lambda path: path.name)
def test_scenes_of_the_real_courses_are_light(course: Path) -> None:
    for picture in course.glob("media/*.svg"):
        assert picture.stat().st_size <= 12_000, picture.name
