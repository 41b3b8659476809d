"""Pictures of every kind of screen of a course, in several windows: `make screenshots`.

Usage: python tests/browser/screenshots.py [COURSE] [LANGUAGE] [OUT]. Writes PNG files and
index.html, a contact sheet, to build/screenshots.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from scorm_builder.build_packages import BuildRequest, build_packages
from tests.browser.browsers import launch_chromium
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession


@dataclass(frozen=True)
class Look:
    """One way to look at the course: window in CSS pixels, scheme, direction, zoom."""

    name: str
    width: int
    height: int
    scheme: str = "light"
    rtl: bool = False
    zoom: float = 1


LOOKS = (
    Look("phone", 360, 640),
    Look("frame", 650, 666),
    Look("desk", 1280, 800),
    Look("phone-dark", 360, 640, scheme="dark"),
    Look("phone-rtl", 360, 640, rtl=True),
    # A window of 1280 x 800 at 200 % zoom lays out as one of half the size.
    Look("desk-zoom-200", 640, 400, zoom=2),
    Look("narrow", 320, 568),
)


def main(
    course: str = "courses/no-room", language: str = "en", out: str = "build/screenshots"
) -> None:
    """Build the course, take it once per look, and photograph every screen on the way."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as packages:
        request = BuildRequest(
            Path(course), Path(packages), ["scorm12"], [language], allow_draft=True
        )
        built, _ = build_packages(request)
        with sync_playwright() as playwright, LmsHost(Path(built[0].path)) as lms:
            browser = launch_chromium(playwright)
            for look in LOOKS:
                _photograph(browser, lms, look, folder)
                print(f"{look.name}: done", file=sys.stderr)
    _write_contact_sheet(folder)
    print(folder / "index.html")


def _photograph(browser: Browser, lms: LmsHost, look: Look, folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=look.zoom,
        color_scheme="dark" if look.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    try:
        session = _open(context, lms, look)
        for number, name in enumerate(_screens(session)):
            if look.rtl:
                session.frame.evaluate("document.documentElement.dir = 'rtl'")
            session.page.screenshot(path=folder / f"{look.name}--{number:02}-{name}.png")
    finally:
        context.close()


def _open(context: BrowserContext, lms: LmsHost, look: Look) -> LearnerSession:
    return LearnerSession(context.new_page(), lms.launch_url(f"look-{look.name}")).open()


def _screens(session: LearnerSession) -> Iterator[str]:
    """Walk the course; stop at the first screen of each kind, and at what happens on it."""
    seen: set[str] = set()
    yield "welcome"
    yield from _dialog(session, ".tool-help", "help")
    for page in session.pages():
        if page["kind"] in seen and page["kind"] != "text":
            continue
        first = f"{page['id']}-warning" if page.get("warning") else page["id"]
        if "break" not in seen and _reaches_break(session, first):
            seen.add("break")
            yield "break"
        if first != page["id"] and "warning" not in seen:
            seen.add("warning")
            session.take(until=first)
            yield "warning"
        session.take(until=page["id"])
        if page["kind"] not in seen:
            yield page["kind"]
            yield from _AFTER.get(page["kind"], _nothing)(session)
        seen.add(page["kind"])
    session.take()
    yield "finish"
    yield from _dialog(session, ".place-button", "parts")
    session.exit()
    yield "closed"


def _reaches_break(session: LearnerSession, target: str) -> bool:
    """Take the course to a break or to the page `target`, whichever comes first."""
    while session.screen not in (target, "break"):
        session.do_page()
    return session.screen == "break"


def _dialog(session: LearnerSession, opener: str, name: str) -> Iterator[str]:
    session.locate(opener).click()
    yield name
    session.page.keyboard.press("Escape")


def _nothing(session: LearnerSession) -> Iterator[str]:
    yield from ()


def _answer(name: str, right: bool) -> Callable[[LearnerSession], Iterator[str]]:
    def act(session: LearnerSession) -> Iterator[str]:
        session.answer_shown(right=right)
        yield f"{name}-feedback"
        session.press_next()

    return act


def _check(session: LearnerSession) -> Iterator[str]:
    session.press_next()
    yield "check-question"
    session.fail_check_once()
    yield "check-not-yet"
    session.fail_check_once()
    yield "check-offer"
    session.take_check()
    yield "check-passed"


def _once_through(name: str) -> Callable[[LearnerSession], Iterator[str]]:
    """Answer the first item of several, and look at the screen that shows them all."""

    def act(session: LearnerSession) -> Iterator[str]:
        yield from _answer(name, right=False)(session)
        while not session.locate(".end-title").count():
            session.do_page()
        yield f"{name}-end"

    return act


def _dialogue(session: LearnerSession) -> Iterator[str]:
    session.talk(right=False)
    yield "dialogue-other-ending"
    session.press_next()
    session.talk(right=True)
    yield "dialogue-good-ending"
    session.press_next()


_AFTER: dict[str, Callable[[LearnerSession], Iterator[str]]] = {
    "true_false": _answer("true_false", right=False),
    "choose_one": _answer("choose_one", right=False),
    "choose_several": _answer("choose_several", right=False),
    "order": _answer("order", right=True),
    "hotspot": _answer("hotspot", right=True),
    "signals_scale": _once_through("signals_scale"),
    "sort": _once_through("sort"),
    "dialogue": _dialogue,
    "check": _check,
}


def _write_contact_sheet(folder: Path) -> None:
    rows = []
    for look in LOOKS:
        pictures = sorted(folder.glob(f"{look.name}--*.png"))
        images = "".join(
            f'<figure><img src="{one.name}" alt=""><figcaption>{one.stem}</figcaption></figure>'
            for one in pictures
        )
        rows.append(f"<h2>{look.name}, {look.width} × {look.height}</h2><div>{images}</div>")
    style = (
        "body{font-family:system-ui;margin:2rem;background:#ddd}div{display:flex;flex-wrap:wrap;"
        "gap:1rem}figure{margin:0}img{max-width:24rem;max-height:32rem;border:1px solid #999}"
    )
    html = (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Screens</title>'
        f"<style>{style}</style><h1>Screens</h1>{''.join(rows)}</html>\n"
    )
    (folder / "index.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
