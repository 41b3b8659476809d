"""What an author can choose to see: whole courses, modes, roles, several languages at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scorm_builder.preview.server import PreviewServer
from tests.browser.conftest import TINY
from tests.browser.preview.conftest import choose_standard, framed, held, learner, tab
from tests.browser.preview.test_preview import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHIFT = TINY.parent / "shift"


@pytest.fixture
def course(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the small course, or of the one that a test names."""
    return Path(shutil.copytree(getattr(request, "param", TINY), tmp_path / "course"))


@pytest.mark.parametrize("standard", ["cmi5", "xapi"])
def test_a_whole_course_satisfies_the_lms_and_the_programme(preview: Page, standard: str) -> None:
    choose_standard(preview, standard)
    learner(preview).take()
    tab(preview, "Data")
    held(preview, "passed", "true")
    held(preview, "score", "1")
    if standard == "cmi5":
        held(preview, "satisfied", "true")
    tab(preview, "Statements")
    for receiver in ("lms", "programme"):
        passed = preview.locator(f'[data-verb="passed"][data-to="{receiver}"]')
        expect(passed).to_have_attribute("data-status", "200")


def test_a_review_by_cmi5_stores_nothing(preview: Page) -> None:
    choose_standard(preview, "cmi5")
    preview.get_by_label("Mode").select_option("review")
    expect(framed(preview).locator('[data-kind="not-recorded"]')).to_be_visible()
    framed(preview).locator(".next").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    preview.get_by_role("button", name="Reset").click()
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    tab(preview, "Data")
    held(preview, "launchMode", "Review")
    expect(preview.locator("#data caption", has_text="noroom-state")).to_have_count(0)


def test_an_lms_that_asks_for_more_is_told_so_in_the_launch_data(preview: Page) -> None:
    choose_standard(preview, "cmi5")
    preview.get_by_label("Pass mark").fill("90")
    preview.get_by_label("Pass mark").press("Enter")
    tab(preview, "Data")
    held(preview, "masteryScore", "0.9")
    held(preview, "suspendData", "nr1.")
    expect(framed(preview).locator("h1")).to_have_text("Welcome")


@pytest.mark.parametrize("standard", ["scorm12", "cmi5", "web"])
def test_several_languages_stand_in_one_package(preview: Page, standard: str) -> None:
    preview.get_by_label("Language").select_option("several")
    preview.get_by_label("Standard").select_option(standard)
    preview.get_by_role("button", name="Reset").click()
    framed(preview).locator('[data-language="nl"]').click()
    expect(framed(preview).locator("html")).to_have_attribute("lang", "nl")


def test_a_choice_that_means_nothing_is_not_offered(preview: Page) -> None:
    shown = {
        "scorm12": ("Learner id", "Mode", "For credit", "API gone"),
        "cmi5": ("Learner id", "Mode", "LMS’s LRS"),
        "xapi": ("Learner id", "LMS’s LRS"),
        "web": (),
    }
    for standard, labels in shown.items():
        preview.get_by_label("Standard").select_option(standard)
        expect(preview.get_by_label("Programme’s LRS")).to_be_visible()
        for label in {one for every in shown.values() for one in every}:
            expect(preview.get_by_label(label)).to_be_visible(visible=label in labels)


@pytest.mark.parametrize("course", [SHIFT], indirect=True)
def test_a_role_is_shown_without_being_asked_for(preview: Page, server: PreviewServer) -> None:
    role = preview.get_by_label("Role")
    expect(role.locator("option")).to_have_text(
        ["as the learner chooses", "Front desk", "Housekeeping", "Security and night"]
    )
    framed(preview).locator(".next").click()
    expect(framed(preview).locator(".role")).to_have_count(4)
    for name, first in (("housekeeping", "In the room"), ("front_desk", "At the desk")):
        with preview.expect_response(f"**/content/**/{name}/**"):
            role.select_option(name)
        preview.get_by_role("button", name="Reset").click()
        expect(framed(preview).locator("h1")).to_have_text("Welcome")
        framed(preview).locator(".next").click()
        expect(framed(preview).locator("h1")).to_have_text(first)


@pytest.mark.parametrize("standard", ["cmi5", "web"])
def test_axe_finds_nothing_in_the_panels(preview: Page, standard: str) -> None:
    choose_standard(preview, standard)
    expect(framed(preview).locator("h1")).to_be_visible()
    found = violations(preview)
    for name in ("Data", "Statements", "Codes") if standard == "web" else ("Data", "Statements"):
        tab(preview, name)
        found += violations(preview)
    assert found == []
