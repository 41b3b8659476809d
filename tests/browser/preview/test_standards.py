"""One short story for each standard in the preview: what is sent, kept, and found again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.preview.conftest import choose_standard, framed, held, tab

pytestmark = pytest.mark.browser


def test_scorm_shows_calls_and_data_model(preview: Page) -> None:
    expect(preview.locator('[data-call="LMSCommit"]').first).to_contain_text("true 0")
    expect(preview.locator('[data-call="POST statements"]')).to_contain_text("programme")
    tab(preview, "Data")
    held(preview, "cmi.core.lesson_status", "incomplete")
    expect(preview.get_by_role("tab", name="Codes")).to_be_hidden()
    expect(preview.get_by_label("LMS’s LRS")).to_be_hidden()


def test_cmi5_is_launched_by_token_and_keeps_the_place(preview: Page) -> None:
    choose_standard(preview, "cmi5")
    for name, subject in (
        ("POST fetch", ""),
        ("GET activities/state", "LMS.LaunchData"),
        ("GET agents/profile", "cmi5LearnerPreferences"),
        ("POST statements", "initialized"),
        ("PUT activities/state", "noroom-state"),
    ):
        row = preview.locator(f'[data-call="{name}"]', has_text=subject).first
        expect(row).to_have_attribute("data-code", "204" if "PUT" in name else "200")
    framed(preview).locator(".next").click()
    tab(preview, "Data")
    held(preview, "satisfied (moveOn CompletedAndPassed)", "false")
    held(preview, "suspendData", "nr1.")
    held(preview, "launchMode", "Normal")
    held(preview, "languagePreference", "en")
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    tab(preview, "Statements")
    ended = preview.locator('[data-verb="terminated"][data-to="lms"]')
    expect(ended).to_have_attribute("data-status", "200")
    framed(preview).locator(".tool-exit").click()
    expect(framed(preview).locator("body")).to_contain_text("Back in the LMS")


def test_xapi_is_launched_the_tin_can_way(preview: Page) -> None:
    choose_standard(preview, "xapi")
    stored = preview.locator('[data-call="PUT activities/state"][data-code="204"]')
    expect(stored.first).to_contain_text("noroom-state")
    expect(preview.locator('[data-call="POST fetch"]')).to_have_count(0)
    tab(preview, "Data")
    held(preview, "completed", "false")
    held(preview, "suspendData", "nr1.")
    expect(preview.locator('[data-element^="satisfied"]')).to_have_count(0)
    framed(preview).locator(".next").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    preview.get_by_role("button", name="Reset").click()
    expect(framed(preview).locator("h1")).to_have_text("Welcome")


def test_the_web_site_is_opened_with_a_code_of_the_sheet(preview: Page) -> None:
    choose_standard(preview, "web")
    tab(preview, "Codes")
    sheet = preview.locator("#codes")
    expect(sheet).to_contain_text("Acme Harbour")
    codes = [sheet.locator(one).first.inner_text() for one in (".hotel-code", ".person-code")]
    learner = sheet.locator("tbody tr").first.locator("td").last.inner_text()
    for field, code in zip(framed(preview).locator("input").all(), codes, strict=True):
        field.fill(code)
    framed(preview).locator(".primary").first.click()
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    tab(preview, "Data")
    held(preview, "learner", learner)
    tab(preview, "Statements")
    expect(preview.locator('[data-verb="initialized"] pre').first).to_contain_text(learner)
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("body")).to_contain_text(codes[1][-3:])
    preview.get_by_role("button", name="Reset").click()
    expect(framed(preview).locator("input")).to_have_count(2)
