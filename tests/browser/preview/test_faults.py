"""LRSs that fail, in the preview: what the learner is told, and what the log says of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.preview.conftest import choose_standard, framed, held, learner, tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def switch(preview: Page, label: str, fault: str) -> None:
    """Choose a fault of an LRS, and wait until the server knows."""
    with preview.expect_response("**/faults"):
        preview.get_by_label(label).select_option(fault)


@pytest.mark.parametrize("standard", ["cmi5", "xapi"])
@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("down", "503", "the LRS is down"),
        ("unauthorized", "401", "the credential is refused"),
    ],
)
def test_an_lms_that_does_not_store_makes_the_course_say_so(
    preview: Page, standard: str, fault: str, status: str, words: str
) -> None:
    choose_standard(preview, standard)
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    switch(preview, "LMS’s LRS", fault)
    framed(preview).locator(".next").click()
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_visible()
    refused = preview.locator(f'.is-refused[data-code="{status}"]')
    expect(refused.first).to_contain_text(words)
    switch(preview, "LMS’s LRS", "")
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_hidden()
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")


def test_a_statement_that_is_refused_is_no_pass_and_comes_later(preview: Page) -> None:
    choose_standard(preview, "cmi5")
    switch(preview, "LMS’s LRS", "refuses-passed")
    learner(preview).take()
    expect(preview.locator('.is-refused[data-code="400"]').first).to_contain_text("passed")
    tab(preview, "Data")
    held(preview, "completed", "true")
    held(preview, "passed", "false")
    held(preview, "satisfied", "false")
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_visible()
    switch(preview, "LMS’s LRS", "")
    preview.get_by_role("button", name="Relaunch").click()
    held(preview, "satisfied", "true")
    held(preview, "score", "1")


def test_a_lost_connection_gets_no_answer(preview: Page) -> None:
    choose_standard(preview, "cmi5")
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    with preview.expect_response("**/faults"):
        preview.get_by_label("Connection lost").check()
    framed(preview).locator(".next").click()
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_visible()
    lost = preview.locator('[data-call="PUT activities/state"][data-code="0"]')
    expect(lost.first).to_contain_text("no answer")


def test_a_slow_lrs_is_waited_for(preview: Page) -> None:
    choose_standard(preview, "xapi")
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    switch(preview, "LMS’s LRS", "slow")
    framed(preview).locator(".next").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    switch(preview, "LMS’s LRS", "")
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_hidden()
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")


def test_a_programme_that_refuses_the_key_does_not_trouble_the_lms(preview: Page) -> None:
    switch(preview, "Programme’s LRS", "unauthorized")
    choose_standard(preview, "cmi5")
    learner(preview).take()
    tab(preview, "Statements")
    expect(preview.locator('[data-verb="passed"][data-to="lms"]')).to_have_attribute(
        "data-status", "200"
    )
    refused = preview.locator('[data-to="programme"][data-status="401"]')
    expect(refused.first).to_be_visible()
    tab(preview, "Data")
    held(preview, "satisfied", "true")
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_hidden()
