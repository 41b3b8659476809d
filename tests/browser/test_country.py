"""Hotels in several countries share a package: each learner sees whom to call where they work."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import TINY, write_programme
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser

HOTELS = "hotel,name,chain,country\namstel,Amstel,acme,\nthames,Thames,acme,GB\n"


def build(folder: Path, endpoint: str) -> Path:
    programme = write_programme(folder, endpoint)
    chain = programme / "chains" / "acme" / "chain.yaml"
    chain.write_text(chain.read_text("utf-8").replace("one_hotel: acme-0042\n", ""), "utf-8")
    (programme / "hotels.csv").write_text(HOTELS, "utf-8")
    request = BuildRequest(
        TINY, folder / "out", ["scorm12"], ["en"], ["acme"], programme, allow_draft=True
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)


def numbers(session: LearnerSession) -> list[str]:
    """Open the help, and give the numbers that are in it."""
    session.locate("button.tool-help").click()
    found = session.locate("dialog[open] .contact-number").all_inner_texts()
    session.page.keyboard.press("Escape")
    return [one.strip() for one in found]


def test_the_hotel_decides_whom_to_call(
    tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    with LmsHost(build(tmp_path, lrs.endpoint)) as host:
        session = LearnerSession(context.new_page(), host.launch_url("anna"))
        session.page.goto(host.launch_url("anna"))
        session.locate('[data-hotel="thames"]').wait_for()
        assert numbers(session)[0] == "112", "nobody knows the hotel yet"
        session.locate('[data-hotel="thames"]').click()
        session.locate(".place-button").wait_for()
        session.wait_until_shown()
        british = numbers(session)
        assert "999" in british and "08000 121 700" in british and "112" not in british
        session.take(until="danger")
        assert "Call 999" in session.locate(".rich").first.inner_text()
        session.locate(".place-button").click()
        session.locate(".hotel-note button").click()
        session.locate('[data-hotel="amstel"]').click()
        session.wait_until_shown()
        assert "112" in numbers(session) and "999" not in numbers(session)
        assert "Call 112" in session.locate(".rich").first.inner_text()
