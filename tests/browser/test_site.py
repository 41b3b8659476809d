"""The public site in a browser: for everybody, on a small phone, enlarged, mirrored, printed."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from scorm_builder.site.build_site import SiteRequest, build_site
from tests.browser import screen_checks
from tests.browser.letter_checks import misshapen
from tests.lms.web_host import SUB_PATH, WebHost
from tests.pseudo import translate_into_arabic

NO_ROOM = Path(__file__).parents[2] / "courses" / "no-room"
REGISTER = """{"format": 1, "programme": "No Room", "updated_on": "2026-11-22", "certificates": [
{"number": "1", "hotel": "a", "name": "فندق النخيل", "chain": "c", "chain_name": "Kette",
 "valid_from": "2026-01-01", "valid_until": null, "status": "valid"},
{"number": "2", "hotel": "b", "name": "Donaudampfschifffahrtsgesellschaftshotel", "chain": "c",
 "chain_name": "Kette", "valid_from": "2026-01-01", "valid_until": "2999-01-01",
 "status": "valid"}]}"""
CHAIN = "name: Strand & Zee\nlrs: { endpoint: 'https://lrs.example/xAPI/', key: 'a:b' }\n"
PHONE, ENLARGED, WIDE = (360, 640), (640, 360), (1280, 800)
"""360 px is a small phone; 640 px is a window of 1280 px at 200 %."""


@dataclass
class OnePage:
    """A page of the site, as the checks of screens want it."""

    page: Page
    screen: str

    @property
    def frame(self) -> Frame:
        """Its frame."""
        return self.page.main_frame


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in English, Dutch and pseudo-Arabic, with a course and a list of hotels."""
    folder = tmp_path_factory.mktemp("site")
    course, programme = folder / "course", folder / "programme"
    shutil.copytree(NO_ROOM, course)
    translate_into_arabic(course)
    (programme / "chains" / "strand").mkdir(parents=True)
    (programme / "chains" / "strand" / "chain.yaml").write_text(CHAIN, "utf-8")
    (programme / "programme.yaml").write_text(
        "name: No Room\niri: https://id.noroom.example\n", "utf-8"
    )
    (programme / "hotels.csv").write_text("hotel,name,chain\na,Strand,strand\n", "utf-8")
    register = folder / "register.json"
    register.write_text(REGISTER, "utf-8")
    languages, chains = ("en", "nl", "ar"), ("strand",)
    out = folder / "public"
    build_site(SiteRequest(course, out, languages, chains, programme, register, allow_draft=True))
    return out


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[WebHost]:
    """The site under a sub-path of a static host."""
    package = site.with_suffix(".zip")
    with zipfile.ZipFile(package, "w") as archive:
        for file in site.rglob("*"):
            archive.write(file, file.relative_to(site).as_posix())
    with WebHost(package) as server:
        yield server


def names(site: Path, language: str) -> list[str]:
    """Give the pages of one language, and the choice of languages."""
    return [
        "index.html",
        *(f"{language}/{one.name}" for one in sorted((site / language).iterdir())),
    ]


SLOW = pytest.mark.slow
LOOKS = [
    ("en", "light", PHONE, False),
    pytest.param("ar", "dark", ENLARGED, False, marks=SLOW),
    pytest.param("nl", "light", ENLARGED, False, marks=SLOW),
    pytest.param("nl", "dark", PHONE, False, marks=SLOW),
    pytest.param("ar", "light", PHONE, False, marks=SLOW),
    pytest.param("ar", "light", WIDE, False, marks=SLOW),
    pytest.param("en", "dark", WIDE, False, marks=SLOW),
    pytest.param("nl", "light", PHONE, True, marks=SLOW),
]


@pytest.mark.parametrize(("language", "scheme", "size", "forced"), LOOKS)
def test_every_page_is_for_everybody(
    chromium: Browser, site: Path, host: WebHost,
    language: str, scheme: str, size: tuple[int, int], forced: bool,
) -> None:  # fmt: skip
    """Axe in full, no page wider than its window, targets of 44 px, nothing asked of others."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if forced else "none",
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    found: list[str] = []
    for name in names(site, language):
        page.goto(f"{host.origin}{SUB_PATH}{name}")
        shown = OnePage(page, name)
        for opened in page.locator("summary:visible").all():
            opened.click()
            found += screen_checks.sticking_out(shown)
            opened.click()
        found += screen_checks.violations(shown) + screen_checks.sticking_out(shown)
        found += [f"{name}: {one}" for one in page.evaluate(_SMALL)]
        found += [one for one in misshapen(shown) if not one.startswith("broken")]
        if page.locator(".quick").count():
            found += [f"{name}: {one}" for one in page.evaluate(_ROWS)]
    assert found == []
    assert {url for url in asked if not url.startswith(host.origin)} == set()
    assert context.cookies() == []
    context.close()


_ROWS = """() => [document.querySelectorAll(".quick .tool")]
  .map(([help, leave]) => leave.offsetTop - help.offsetTop)
  .filter((below) => below > 9)
  .map((below) => `the way out is ${below} below the help`)"""

_SMALL = """() => [...document.querySelectorAll("a, summary")]
  .filter((one) => one.checkVisibility() && !one.matches(".skip"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.9 || box.width < 23.9)
  .map(([one, box]) => `small: ${one.textContent} ${box.width} x ${box.height}`)"""


def test_arabic_is_mirrored(chromium: Browser, host: WebHost) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    left = {}
    for language in ("en", "ar"):
        page.goto(f"{host.origin}{SUB_PATH}{language}/index.html")
        boxes = {one: page.locator(one).first.bounding_box() for one in (".leave", "h1", ".doors")}
        left[language] = {one: box["x"] for one, box in boxes.items() if box}
    assert left["en"][".leave"] > 640 > left["ar"][".leave"]
    assert left["en"]["h1"] < left["ar"]["h1"]
    assert left["en"][".doors"] > 640 > left["ar"][".doors"]
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_shows_an_empty_page(chromium: Browser, host: WebHost, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{host.origin}{SUB_PATH}en/help.html")
    page.goto(f"{host.origin}{SUB_PATH}en/story-only-business.html")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url("about:blank")
    if scripts:
        page.go_back()
        assert page.url.endswith("en/help.html"), "the page that was left is not in the history"
    context.close()


def test_by_keyboard_the_text_the_menu_and_the_languages_are_near(
    chromium: Browser, host: WebHost
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{host.origin}{SUB_PATH}en/join.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.url.endswith("#_text")
    page.goto(f"{host.origin}{SUB_PATH}en/join.html")
    page.locator("summary", has_text="Language").press("Enter")
    page.get_by_role("link", name="Nederlands").press("Enter")
    page.wait_for_url("**/nl/join.html")
    page.locator("summary", has_text="Menu").press("Enter")
    page.locator(".choice.pages").get_by_role("link", name="Hulp").press("Enter")
    page.wait_for_url("**/nl/help.html")
    page.close()


def test_the_course_opens_from_the_site(chromium: Browser, host: WebHost) -> None:
    page = chromium.new_page()
    page.goto(f"{host.origin}{SUB_PATH}en/course.html")
    page.get_by_role("link", name="Open the course for Strand & Zee").click()
    page.get_by_role("heading").first.wait_for()
    assert "/course/strand/no-room-multi/" in page.url
    page.close()


def test_the_site_works_from_disk_and_prints_its_text_alone(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto((site / "en" / "help.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textWrap") == "balance"
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Leave this site").is_visible()
    assert page.get_by_role("link", name="112").is_visible()
    page.close()
