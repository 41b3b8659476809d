"""Arabic: mirrored as native readers expect, and numbers to dial keep their order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import TINY
from tests.browser.mirrored_pictures import picture_not_mirrored
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession

NUMBER = "033-448 11 86"

BOXES = """() => {
  const found = "button, input, h1, h2, .option, .bar, .step, .card, .feedback, .counter, .notice";
  return Array.from(document.querySelectorAll(found)).map((one) => {
    const box = one.getBoundingClientRect();
    return { name: `${one.tagName}.${one.className}`, x: box.x, width: box.width, y: box.y };
  }).filter((one) => one.width > 1);
}"""

PLACES = """(number) => {
  const dialog = document.querySelector("dialog[open]");
  const walker = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(number);
    if (start < 0) continue;
    return Array.from(number, (_, i) => {
      const range = document.createRange();
      range.setStart(node, start + i);
      range.setEnd(node, start + i + 1);
      return range.getBoundingClientRect().x;
    });
  }
  return [];
}"""


def arabic_course(folder: Path) -> Path:
    """Copy the small course and add Arabic to its languages."""
    course = folder / "tiny"
    shutil.copytree(TINY, course)
    settings = course / "course.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("minutes:", "  ar: { status: draft }\nminutes:", 1), "utf-8")
    return course


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course in Arabic."""
    folder = tmp_path_factory.mktemp("arabic")
    request = BuildRequest(
        arabic_course(folder), folder / "out", ["scorm12"], ["ar"], allow_draft=True
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.fixture
def arabic(page: Page, package: Path) -> Iterator[LearnerSession]:
    """A learner who has opened it."""
    with LmsHost(package) as lms:
        yield LearnerSession(page, lms.launch_url("amal")).open()


def box(session: LearnerSession, selector: str) -> dict[str, Any]:
    """Give the place of an element on the screen."""
    found = session.locate(selector).first.bounding_box()
    assert found, selector
    return dict(found)


def middle(session: LearnerSession, selector: str) -> float:
    """Give the middle of an element, from the left."""
    place = box(session, selector)
    return float(place["x"] + place["width"] / 2)


def test_the_way_on_is_to_the_left(arabic: LearnerSession) -> None:
    """Direction, header, progress, arrows, answers and the buttons at the bottom."""
    html = arabic.locate("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert middle(arabic, ".tool-help") > middle(arabic, ".tool-exit")
    assert middle(arabic, ".bar") > middle(arabic, ".bar:last-child")
    arabic.press_next()
    assert middle(arabic, ".back") > middle(arabic, ".next")
    for name in ("back", "next"):
        style = arabic.locate(f".icon-{name}").first.evaluate(
            "one => getComputedStyle(one).transform"
        )
        assert style.startswith("matrix(-1"), name
    arabic.take(until=arabic.page_of_kind("choose_one"))
    assert middle(arabic, ".option input") > middle(arabic, ".option .inline-text")
    arabic.take()
    assert arabic.screen == arabic.pages()[-1]["id"]


def test_a_number_keeps_the_order_of_its_groups(arabic: LearnerSession) -> None:
    """Every sign stands to the right of the one before, in the middle of Arabic words."""
    arabic.locate(".tool-help").click()
    places = arabic.frame.evaluate(PLACES, NUMBER)
    assert len(places) == len(NUMBER)
    assert places == sorted(places)
    link = arabic.locate(".contact-number bdi")
    assert link.first.get_attribute("dir") == "ltr"


def test_the_other_direction_is_the_mirror_image(page: Page, lms12: LmsHost) -> None:
    """The same words in both directions: what stands at x stands at width - x."""
    session = LearnerSession(page, lms12.launch_url("mira")).open()
    for kind in ("text", "cards", "true_false", "choose_one", "choose_several", "order", "check"):
        session.take(until=session.page_of_kind(kind))
        plain = session.frame.evaluate(BOXES)
        session.frame.evaluate("document.documentElement.dir = 'rtl'")
        turned = session.frame.evaluate(BOXES)
        session.frame.evaluate("document.documentElement.dir = 'ltr'")
        width = session.frame.evaluate("document.documentElement.clientWidth")
        assert not picture_not_mirrored(page, session), kind
        assert len(plain) == len(turned) > 5
        for here, there in zip(plain, turned, strict=True):
            mirrored = width - there["x"] - there["width"]
            assert abs(here["x"] - mirrored) <= 1.5, (kind, here, there)
    session.frame.evaluate(
        "document.querySelector('.bottom .button').style.borderLeft = '9px solid'"
    )
    session.frame.evaluate("document.querySelector('.bottom .button').style.borderColor = 'red'")
    assert picture_not_mirrored(page, session), "a line on the left in both directions is found"
