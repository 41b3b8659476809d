"""A hotel without an LMS, once, with every part real: codes, site, browser, LRS, sync, report.

The small course, since the real one is played by test_mission.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from programme.directory import read_programme
from programme.personal_codes import hotel_code, new_personal_code, printed
from tests.browser.browsers import launch_chromium
from tests.contract.programme_files import CHAIN_KEY, HOTEL, READER, write_programme
from tests.contract.test_mission import ROOT, World
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost
from tests.lrs.every_lrs import EVERY_LRS, Maker
from tests.lrs.real_lrs import free_port
from tests.reports.programme_files import unprinted
from xapi_lrs_reports.people.hotel_codes.issue import issue_codes
from xapi_lrs_reports.rule.parameters import today

pytestmark = [pytest.mark.browser, pytest.mark.lrs, pytest.mark.slow]


def write_files(folder: Path, endpoint: str, maker: Maker) -> Path:
    """Write the programme: one hotel with a declared headcount of five, and no roster."""
    programme = write_programme(folder, endpoint, maker.resume)
    (programme / "roster.csv").unlink()
    hotels = programme / "hotels.csv"
    hotels.write_text(hotels.read_text("utf-8").replace(",acme,,", ",acme,5,"), "utf-8")
    settings = programme / "programme.yaml"
    rule = "rule: { accepted_courses: [{ course: tiny }] }\n"
    settings.write_text(settings.read_text("utf-8") + rule, "utf-8")
    chain = programme / "chains" / "acme" / "chain.yaml"
    chain.write_text(f"{chain.read_text('utf-8')}standards: [web]\nlanguages: [nl]\n", "utf-8")
    return programme


def build_site(programme: Path, out: Path) -> Path:
    command = ["build", str(ROOT / "tests" / "courses" / "tiny"), "--programme", str(programme)]
    run = subprocess.run(
        [sys.executable, "-m", "cli", *command, "--out", str(out), "--allow-draft", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (package,) = json.loads(run.stdout)["packages"]
    return Path(package["path"])


@pytest.fixture(params=EVERY_LRS)
def world(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[World, WebHost, Browser]]:
    """Build the site, serve it, start the LRS and the browser."""
    port, maker = free_port(), request.param
    programme = write_files(tmp_path / "programme", f"http://127.0.0.1:{port}/xAPI/", maker)
    with ExitStack() as running:
        site = running.enter_context(WebHost(build_site(programme, tmp_path / "out")))
        users = [CHAIN_KEY, READER]
        lrs = running.enter_context(maker.start(tmp_path / "lrs", users, [site.origin], port))
        browser = launch_chromium(running.enter_context(sync_playwright()))
        running.callback(browser.close)
        yield World(programme, lrs, {}, browser), site, browser


def take(site: WebHost, browser: Browser, hotel: str, personal: str) -> None:
    """Take the course on a phone of one's own, with codes from paper, to its end."""
    page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
    page.goto(site.url)
    page.fill("#code-hotel", printed(hotel))
    page.fill("#code-personal", printed(personal))
    page.click(".entry-form .button.primary")
    page.wait_for_selector(".place-button")
    learner = LearnerSession(page, site.url)
    learner.wait_until_shown()
    learner.take().exit()
    page.context.close()


def test_from_a_code_on_paper_to_the_report(world: tuple[World, WebHost, Browser]) -> None:
    office, site, browser = world
    sheet = issue_codes(read_programme(office.programme), HOTEL, 3, today("UTC"), unprinted)
    hotel = hotel_code(f"https://id.noroom.example/hotel/{HOTEL}")
    assert sheet.hotel_code == hotel
    take(site, browser, hotel, sheet.personal_codes[0])
    take(site, browser, hotel, sheet.personal_codes[0])
    take(site, browser, hotel, new_personal_code())
    found = office.hotel()
    assert (found["completed"], found["headcount"], found["percent"]) == (1, 5, 20)
    evidence = {way: count for way, count in found["evidence"].items() if count}
    assert evidence == {"self_asserted": 1}
    assert found["data"]["unmatched"] == 1
    assert {one["context"]["platform"] for one in office.stored("passed")} == {"web"}
    take(site, browser, hotel, sheet.personal_codes[1])
    take(site, browser, hotel, sheet.personal_codes[2])
    assert (office.hotel()["completed"], office.hotel()["certified"]) == (3, True)
    explained = json.loads(office.noroom("explain", HOTEL, "--json"))
    assert explained["codes_issued"] == 3
    assert explained["excluded"]["unmatched"] == 1
    written = json.dumps(office.lrs.stored())
    for code in sheet.personal_codes:
        assert code not in written
