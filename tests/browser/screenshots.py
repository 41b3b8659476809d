"""A contact sheet of every screen, for people to look at: `make screenshots`.

Usage: python tests/browser/screenshots.py [COURSE [LANGUAGE …]]. Builds the course as one web
package, walks it once per language, and photographs each screen in three sizes and both schemes,
what is asked before the course included. Writes pictures and index.html to build/screenshots.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.browsers import launch_chromium
from tests.browser.every_kind import COURSE, build_site, entry_screens
from tests.browser.walk import every_screen
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost


@dataclass(frozen=True)
class Look:
    """One way to look at a screen: window in CSS pixels and scheme."""

    name: str
    width: int
    height: int
    scheme: str

    @property
    def title(self) -> str:
        """Give the words above a column of pictures."""
        return f"{self.name}, {self.width} × {self.height}, {self.scheme}"


SIZES = (("phone", 360, 640), ("frame", 650, 666), ("desk", 1280, 800))
LOOKS = [Look(*size, scheme) for scheme in ("light", "dark") for size in SIZES]
OUT = Path("build/screenshots")


def main(course: str = str(COURSE), *languages: str) -> None:
    """Build the course, take it once per language, and photograph every screen on the way."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        wanted = languages or ("en", "ar")
        browser = launch_chromium(playwright)
        with WebHost(build_site(Path(folder), Path(course), wanted)) as site:
            names = {one: list(_photograph(browser, site, one)) for one in wanted}
    (OUT / "index.html").write_text(contact_sheet(names), "utf-8")
    print(OUT / "index.html")


def _photograph(browser: Browser, site: WebHost, language: str) -> Iterator[str]:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, reduced_motion="reduce", has_touch=True
    )
    page = context.new_page()
    session = LearnerSession(page, site.url)
    for number, name in enumerate(_screens(session, language)):
        stem = f"{number:03}-{name}"
        for look in LOOKS:
            _shoot(page, look, OUT / f"{language}--{stem}--{look.name}-{look.scheme}.jpg")
        page.set_viewport_size({"width": 360, "height": 640})
        page.emulate_media(color_scheme="light")
        print(f"{language} {stem}", file=sys.stderr)
        yield stem
    context.close()


def _screens(session: LearnerSession, language: str) -> Iterator[str]:
    yield from entry_screens(session, language)
    yield from every_screen(session)


def _shoot(page: Page, look: Look, path: Path) -> None:
    """Photograph the whole page; its bottom bar stands at its end."""
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(color_scheme="dark" if look.scheme == "dark" else "light")
    # As high as the page, so that the bar stands at its end; a dialog fills the window.
    if not page.locator("dialog[open]").count():
        page.set_viewport_size({"width": look.width, "height": _height(page, look)})
    page.screenshot(path=path, type="jpeg", quality=60)


def _height(page: Page, look: Look) -> int:
    return max(look.height, int(page.evaluate("document.documentElement.scrollHeight")))


def contact_sheet(names: dict[str, list[str]]) -> str:
    """Give the page that shows all pictures, those in sight only; `names`: {language: stems}."""
    screens = [
        f"<h2>{html.escape(stem)} ({language})</h2><div>{_figures(language, stem)}</div>"
        for language, stems in names.items()
        for stem in stems
    ]
    style = (
        "body{font-family:system-ui;margin:1rem;background:#ddd}div{display:flex;overflow-x:auto;"
        "gap:.75rem;align-items:start}figure{margin:0}figcaption{font-size:.75rem}"
        "img{display:block;width:auto;height:auto;zoom:.4;background:#bbb}h2{font-size:1rem}"
    )
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Every screen</title>'
        f"<style>{style}</style><h1>Every screen</h1>{''.join(screens)}</html>\n"
    )


def _figures(language: str, stem: str) -> str:
    return "".join(
        f'<figure><a href="{name}"><img loading="lazy" src="{name}" '
        f'width="{look.width}" alt="{html.escape(stem)}, {look.title}"></a>'
        f"<figcaption>{look.title}</figcaption></figure>"
        for look in LOOKS
        for name in [f"{language}--{stem}--{look.name}-{look.scheme}.jpg"]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
