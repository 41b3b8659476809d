"""Looking around in a scene: by tap, by keyboard, from the list; measured as the browser draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from scorm_builder.media.scenes import load_scene
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.screen_checks import violations, wait_for_focus
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession
from tests.often import often

pytestmark = pytest.mark.browser

PLACES = """Array.from(document.querySelectorAll(".spot, .counter, .next"), (one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
})"""
TEXTS = re.compile(r"/texts-\w+\.js")
COURSE = PROJECT / "tests" / "courses" / "scenes"
SCENES = [
    file
    for top in ("", "tests")
    for file in PROJECT.glob(f"{top}/courses/*/media/*.svg".strip("/"))
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with scenes, sounds and films, for SCORM 1.2."""
    out = tmp_path_factory.mktemp("scenes")
    request = BuildRequest(COURSE, out, ["scorm12"], ["en"], allow_draft=True)
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.fixture
def scenes(package: Path) -> Iterator[LmsHost]:
    """An LMS with that course."""
    with LmsHost(package) as host:
        yield host


def words(session: LearnerSession, selector: str) -> str:
    return " ".join(session.locate(selector).inner_text().split())


def open_room(scenes: LmsHost, page: Page) -> LearnerSession:
    """Launch, and wait for the scene, which comes with the second script."""
    session = LearnerSession(page, scenes.launch_url("anna")).open()
    session.locate(".scene-view").wait_for()
    return session


def spot(thing: str) -> str:
    return f'.spot[data-thing="{thing}"]'


def test_what_is_tapped_is_answered_counted_and_listed(scenes: LmsHost, page: Page) -> None:
    session = open_room(scenes, page)
    session.locate(spot("book")).tap()
    assert words(session, ".feedback") == "Book No signal. Guests read."
    assert session.locate(".found li").count() == 0
    session.locate(".next").click(force=True)
    assert session.screen == "room"
    assert session.locate(".hint").inner_text() == "Still to find: 2. Or look at the rest."

    session.locate(spot("note")).click()
    assert "A strong signal." in session.locate(".feedback").inner_text()
    assert "a guest who is ill or a guest who is lost" in session.locate(".innocent").inner_text()
    session.locate(".switch-button").nth(1).click()
    assert not session.locate(spot("note")).is_visible()
    assert "can be a signal" in session.locate('.thing[data-thing="note"]').inner_text()
    session.locate('.thing[data-thing="cash"]').click()
    assert session.locate(".found").inner_text().split() == ["Note", "Cash"]
    assert session.locate(".scene-end").inner_text() == "One signal is no proof."
    assert violations(session) == []
    session.press_next()
    assert session.screen == "sounds"

    session.locate(".back").click()
    session.press_next()
    assert session.screen == "sounds", "a page that was done once holds nobody up"


def test_a_scene_on_the_first_page_waits_for_its_words(
    scenes: LmsHost, page: Page, context: BrowserContext
) -> None:
    context.route(TEXTS, lambda route: route.abort())
    session = LearnerSession(page, scenes.launch_url("anna"))
    page.goto(session.url)
    waiting = page.frame_locator("iframe").locator('.app[data-screen="waiting"]')
    waiting.filter(has_text="Your place is kept").wait_for()
    assert session.frame.evaluate("Boolean(globalThis.noroomPlayer)"), "the screens have come"
    context.unroute(TEXTS)
    session.frame.evaluate("dispatchEvent(new Event('online'))")
    session.locate(".scene-view").wait_for()
    assert words(session, ".counter") == "Signals found: 0 of 3"


def test_the_rest_is_shown_to_who_asks(scenes: LmsHost, page: Page) -> None:
    session = open_room(scenes, page)
    session.locate(spot("cash")).click()
    session.locate(".rest").click()
    assert session.locate(".rest-thing h3").all_inner_texts() == ["Towels", "Note"]
    wait_for_focus(session, "h2")
    assert session.locate(".spot.is-signal").count() == 3
    assert violations(session) == []
    session.press_next()
    assert session.screen == "sounds"


def test_the_keyboard_alone_finds_everything(scenes: LmsHost, page: Page) -> None:
    session = open_room(scenes, page)
    session.locate(".switch-button").first.focus()
    page.keyboard.press("Tab")
    for thing in ("towels", "book", "cash", "note"):
        page.keyboard.press("Tab")
        focused = "[document.activeElement.dataset.thing, document.activeElement.className]"
        assert session.frame.evaluate(focused)[0] == thing
        page.keyboard.press("Enter")
        assert session.frame.evaluate(focused)[0] == thing, "the focus stays where it was"
    assert session.locate(".found li").count() == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert session.screen == "sounds"


def test_a_screen_reader_hears_names_results_and_the_end(scenes: LmsHost, page: Page) -> None:
    session = open_room(scenes, page)
    frame = session.frame
    assert frame.get_by_role("img", name="A room with a table").count() == 1
    assert frame.get_by_role("button", name="Towels", exact=True).count() == 1
    frame.get_by_role("button", name="Towels").click()
    said = session.locate(".app > .only-read")
    frame.wait_for_function("document.querySelector('.app > .only-read').textContent")
    assert "This can be a signal." in said.inner_text()
    assert "Signals found: 1 of 3" in said.inner_text()
    assert frame.get_by_role("button", name="Towels, can be a signal").count() == 1


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", often([320, 1280, 360]))
def test_buttons_lie_over_their_things(
    context: BrowserContext, scenes: LmsHost, width: int, direction: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    session = open_room(scenes, page)
    session.frame.evaluate("(dir) => (document.documentElement.dir = dir)", direction)
    picture = session.locate(".scene-picture").bounding_box()
    assert picture is not None
    for thing, (x, y) in {"towels": (0.175, 0.433), "cash": (0.625, 0.433)}.items():
        box = session.locate(spot(thing)).bounding_box()
        assert box is not None
        assert box["width"] >= 43.9, "a thumb"
        assert box["height"] >= 43.9, "a thumb"
        middle = (box["x"] + box["width"] / 2 - picture["x"]) / picture["width"]
        assert abs(middle - x) < 0.02
        middle = (box["y"] + box["height"] / 2 - picture["y"]) / picture["height"]
        assert abs(middle - y) < 0.02
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not session.frame.evaluate(wide)


@pytest.mark.parametrize("file", SCENES, ids=lambda file: file.stem)
def test_boxes_are_those_of_the_browser(page: Page, file: Path) -> None:
    picture = load_scene(file)
    page.goto(file.as_uri())
    measured = page.evaluate(_MEASURE)
    assert {name for name, _ in measured} <= set(picture.ids)
    for name, (x, y, width, height) in measured:
        box = picture.box(name)
        assert box is not None
        ours = (box.x, box.y, box.width, box.height)
        assert ours == pytest.approx((x, y, width, height), abs=0.004), name


_MEASURE = """() => {
  const all = document.documentElement.getScreenCTM().inverse();
  const view = document.documentElement.viewBox.baseVal;
  return [...document.querySelectorAll("g[id], path[id], rect[id], circle[id]")].map((one) => {
    const box = one.getBBox();
    const matrix = all.multiply(one.getScreenCTM());
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([x, y]) =>
      new DOMPoint(box.x + x * box.width, box.y + y * box.height).matrixTransform(matrix));
    const xs = corners.map(({ x }) => x), ys = corners.map(({ y }) => y);
    const left = Math.min(...xs), top = Math.min(...ys);
    return [one.id, [(left - view.x) / view.width, (top - view.y) / view.height,
      (Math.max(...xs) - left) / view.width, (Math.max(...ys) - top) / view.height]];
  });
}"""


def test_a_scene_keeps_its_place_while_its_picture_is_on_its_way(
    scenes: LmsHost, page: Page
) -> None:
    """Nothing jumps under a finger when the picture comes, and no two places lie on one another."""
    page.route("**/*.svg", lambda route: route.abort())
    session = open_room(scenes, page)
    before = session.frame.evaluate(PLACES)
    page.unroute("**/*.svg")
    session.frame.wait_for_function("document.querySelector('.scene-picture').naturalWidth > 0")
    assert session.frame.evaluate(PLACES) == before
