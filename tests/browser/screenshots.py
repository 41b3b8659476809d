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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.browsers import launch_chromium
from tests.browser.every_kind import COURSE, build_site, entry_screens, write_chain
from tests.browser.walk import every_screen
from tests.lms.host import LmsHost
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
        for one in wanted:
            names[one] += _photograph_lms(browser, Path(folder) / one, Path(course), one)
    (OUT / "index.html").write_text(contact_sheet(names), "utf-8")
    print(OUT / "index.html")


def _photograph(browser: Browser, site: WebHost, language: str) -> Iterator[str]:
    with _phone(browser) as page:
        session = LearnerSession(page, site.url)
        yield from _shoot_all(page, language, _screens(session, language))


def _photograph_lms(browser: Browser, folder: Path, course: Path, language: str) -> Iterator[str]:
    """What only an LMS brings: which hotel, and the sentences of when something is wrong."""
    programme = write_chain(folder / "programme", hotels=12)
    request = BuildRequest(
        course, folder / "out", ["scorm12"], [language], ["acme"], programme, allow_draft=True
    )
    packages, _ = build_packages(request)
    with LmsHost(Path(packages[0].path)) as lms, _phone(browser) as page:
        yield from _shoot_all(page, language, _notices(lms, page), first=900)


def _notices(lms: LmsHost, page: Page) -> Iterator[str]:
    session = LearnerSession(page, lms.launch_url("anna", fail="commit"))
    page.goto(session.url)
    session.wait_for_screen()
    yield "hotel"
    session.locate("#hotel-search").fill("nowhere")
    yield "hotel-not-found"
    session.locate("#hotel-search").fill("zon")
    session.locate(".hotel-button:visible").click()
    session.locate('[data-kind="not-saved"]').wait_for()
    yield "not-saved"
    for name, options in (("not-recorded", {"mode": "review"}), ("no-lms", {"noapi": "1"})):
        LearnerSession(page, lms.launch_url("anna", **options)).open()
        yield name


@contextmanager
def _phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, reduced_motion="reduce", has_touch=True
    )
    yield context.new_page()
    context.close()


def _shoot_all(page: Page, language: str, names: Iterable[str], first: int = 0) -> Iterator[str]:
    for number, name in enumerate(names, first):
        stem = f"{number:03}-{name}"
        for look in LOOKS:
            _shoot(page, look, OUT / f"{language}--{stem}--{look.name}-{look.scheme}.jpg")
        page.set_viewport_size({"width": 360, "height": 640})
        page.emulate_media(color_scheme="light")
        print(f"{language} {stem}", file=sys.stderr)
        yield stem


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
