"""The browser, packages of the small course, and fresh windows for every test."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.browsers import launch_chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import WebKit
from tests.browser.engines.window import Window
from tests.lms.host import LmsHost
from tests.lms.recording_lrs import RecordingLrs
from tests.often import often

TINY = Path(__file__).parents[1] / "courses" / "tiny"

BuildTiny = Callable[..., Path]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a module; Playwright allows one at a time."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=often(["webkit", "firefox"]))
def window(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """The window of a phone, 360 x 640, in the other browsers; WebKit is the engine of iPhones."""
    firefox = request.param == "firefox"
    engine = Firefox(tmp_path_factory.mktemp("profile")) if firefox else WebKit()
    try:
        yield Window(engine)
    finally:
        engine.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A clean window of a phone that reaches this machine only, and reports errors of scripts."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, reduced_motion="reduce", has_touch=True
    )
    context.set_default_timeout(15_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    foreign: list[str] = []

    def refuse_foreign(route: Route) -> None:
        foreign.append(route.request.url)
        route.abort()

    context.route(re.compile(r"^(?!file:|http://(127\.0\.0\.1|localhost):)"), refuse_foreign)
    yield context
    context.close()
    assert not errors, errors
    assert not foreign, foreign


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One window."""
    return context.new_page()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> BuildTiny:
    """Build the small course: `tiny("scorm12", endpoint)`; no endpoint, no statements."""
    built: dict[tuple[str, str], Path] = {}

    def build(standard: str = "scorm12", endpoint: str = "") -> Path:
        key = (standard, endpoint)
        if key not in built:
            built[key] = _build(tmp_path_factory.mktemp("tiny"), standard, endpoint)
        return built[key]

    return build


def _build(folder: Path, standard: str, endpoint: str) -> Path:
    programme = write_programme(folder, endpoint) if endpoint else None
    chains = ["acme"] if endpoint else []
    request = BuildRequest(
        TINY, folder / "out", [standard], ["en"], chains, programme, allow_draft=True
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)


def write_programme(folder: Path, endpoint: str) -> Path:
    """Write a programme with one chain that reports to `endpoint`."""
    chain = folder / "chains" / "acme"
    chain.mkdir(parents=True)
    (folder / "programme.yaml").write_text("name: Test\niri: https://id.noroom.example\n", "utf-8")
    text = f"""\
        name: Acme
        one_hotel: acme-0042
        lrs:
          endpoint: {endpoint}
          key: "key:secret"
        """
    (chain / "chain.yaml").write_text(textwrap.dedent(text), "utf-8")
    hotels = "hotel,name,chain\nacme-0042,Acme Harbour,acme\n"
    (folder / "hotels.csv").write_text(hotels, "utf-8")
    return folder


@pytest.fixture(params=["scorm12", pytest.param("scorm2004-4", marks=pytest.mark.slow)])
def standard(request: pytest.FixtureRequest) -> str:
    """A kind of SCORM. What each kind says in its own words is asked of both in every run."""
    return str(request.param)


@pytest.fixture
def lms(tiny: BuildTiny, standard: str) -> Iterator[LmsHost]:
    """An LMS with the small course, which reports to nobody."""
    with LmsHost(tiny(standard)) as host:
        yield host


@pytest.fixture
def lms12(tiny: BuildTiny) -> Iterator[LmsHost]:
    """The same in SCORM 1.2 alone, for what does not depend on the standard."""
    with LmsHost(tiny("scorm12")) as host:
        yield host


@pytest.fixture
def lrs() -> Iterator[RecordingLrs]:
    """An LRS that takes everything and remembers it."""
    with RecordingLrs() as server:
        yield server


@pytest.fixture
def told(tiny: BuildTiny, standard: str, lrs: RecordingLrs) -> Iterator[LmsHost]:
    """An LMS with the small course, which reports to `lrs`."""
    with LmsHost(tiny(standard, lrs.endpoint)) as host:
        yield host
