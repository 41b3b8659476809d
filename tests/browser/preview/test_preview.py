"""The author's preview in a real browser: the course, the LMS's side of it, and every change."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

import cli
from scorm_builder.preview.server import PreviewServer
from tests.browser.preview.conftest import change, framed, tab
from tests.browser.screen_checks import AXE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_call_is_shown_with_its_answer_and_its_error_code(preview: Page) -> None:
    names = preview.locator("#calls [data-call]")
    expect(names.first).to_have_attribute("data-call", "LMSInitialize")
    expect(preview.locator('[data-call="LMSSetValue"]').first).to_contain_text("cmi.suspend_data")
    expect(preview.locator('[data-call="LMSCommit"]').first).to_contain_text("true 0")
    tab(preview, "Data")
    expect(preview.locator('[data-element="cmi.core.lesson_status"]')).to_contain_text("incomplete")
    expect(preview.locator('[data-element="cmi.suspend_data"]')).to_contain_text("of 4096")


def test_language_standard_and_chain_are_chosen(preview: Page) -> None:
    expect(framed(preview).locator("body")).to_contain_text("the Acme manager")
    preview.get_by_label("Chain").select_option("zeta")
    expect(framed(preview).locator("body")).to_contain_text("the Zeta manager")
    preview.get_by_label("Language").select_option("nl")
    expect(framed(preview).locator("h1")).to_have_text("Welkom")
    preview.get_by_label("Standard").select_option("scorm2004-4")
    expect(preview.locator('[data-call="Initialize"]')).to_have_count(1)
    tab(preview, "Data")
    expect(preview.locator('[data-element="cmi.completion_status"]')).to_contain_text("incomplete")


def test_the_only_chain_is_the_one_that_is_shown(
    page: Page, course: Path, tmp_path: Path, server: PreviewServer
) -> None:
    shutil.rmtree(tmp_path / "chains" / "acme")
    page.goto(server.address)
    expect(framed(page).locator("body")).to_contain_text("the Zeta manager")


def test_a_relaunch_goes_on_and_a_reset_begins_anew(preview: Page) -> None:
    framed(preview).locator(".next").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    preview.get_by_role("button", name="Relaunch").click()
    expect(preview.locator('[data-call="LMSInitialize"]')).to_have_count(2)
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    preview.get_by_role("button", name="Reset").click()
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    preview.get_by_label("Mode").select_option("review")
    expect(framed(preview).locator('[data-kind="not-recorded"]')).to_be_visible()


@pytest.mark.parametrize("fault", ["Commit fails", "LMS lies (stores nothing)"])
def test_an_lms_that_does_not_store_makes_the_course_say_so(preview: Page, fault: str) -> None:
    preview.get_by_label(fault).check()
    framed(preview).locator(".next").click()
    expect(framed(preview).locator('[data-kind="not-saved"]')).to_be_visible()
    if fault == "Commit fails":
        refused = preview.locator('[data-call="LMSCommit"][data-code="101"]')
        expect(refused.first).to_contain_text("General exception")


def test_a_late_api_is_waited_for_and_a_lost_one_is_missed(preview: Page) -> None:
    preview.get_by_label("API 3 seconds late").check()
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    expect(preview.locator('[data-call="LMSInitialize"]')).to_have_count(2)
    preview.get_by_label("API gone").check()
    framed(preview).locator(".next").click()
    expect(preview.locator(".call", has_text="the API is gone").first).to_be_visible()


def test_without_a_connection_the_package_cannot_be_opened(preview: Page) -> None:
    with preview.expect_response("**/faults"):
        preview.get_by_label("Connection lost").check()
    preview.get_by_role("button", name="Relaunch").click()
    expect(framed(preview).locator("body")).to_contain_text("The connection is lost")


def test_statements_are_shown_and_an_lrs_that_is_down_gets_them_later(preview: Page) -> None:
    tab(preview, "Statements")
    first = preview.locator('[data-verb="initialized"]')
    expect(first).to_have_attribute("data-status", "200")
    first.locator("summary").click()
    expect(first).to_contain_text("https://id.noroom.example/course/tiny")
    with preview.expect_response("**/faults"):
        preview.get_by_label("Programme’s LRS").select_option("down")
    preview.get_by_role("button", name="Relaunch").click()
    expect(preview.locator('[data-verb="initialized"][data-status="503"]').first).to_be_visible()
    with preview.expect_response("**/faults"):
        preview.get_by_label("Programme’s LRS").select_option("")
    preview.get_by_role("button", name="Relaunch").click()
    expect(preview.locator('[data-verb="suspended"][data-status="200"]').first).to_be_visible()


def test_a_change_is_shown_at_the_same_place(preview: Page, course: Path) -> None:
    framed(preview).locator(".next").click()
    expect(framed(preview).locator("h1")).to_have_text("Three signals")
    change(course, "blocks/0-look.yaml", "Three signals", "Three small signs")
    expect(framed(preview).locator("h1")).to_have_text("Three small signs")
    # The translation is stale now, which is said, and stops nobody from reading the new text.
    expect(preview.locator(".problem-place")).to_contain_text(["course/locale/nl.po:"])
    expect(preview.locator("#notice")).to_be_hidden()
    preview.get_by_label("Language").select_option("nl")
    expect(framed(preview).locator("h1")).to_have_text("Drie signalen")
    expect(preview.locator("#notice")).to_contain_text("last good build")


def test_problems_are_shown_with_place_and_cure_and_the_last_good_build_stays(
    preview: Page, course: Path
) -> None:
    change(course, "blocks/0-look.yaml", "title: Welcome", "titel: Welcome")
    change(course, "blocks/1-act.yaml", "kind: order", "kind: odrer")
    problems = preview.locator(".problem")
    expect(problems).to_have_count(3)
    expect(problems.nth(1)).to_contain_text("course/blocks/0-look.yaml:8:5")
    expect(problems.nth(1)).to_contain_text('Did you mean "title"?')
    expect(problems.nth(2)).to_contain_text('Did you mean "order"?')
    expect(preview.locator("#notice")).to_contain_text("last good build")
    expect(framed(preview).locator("h1")).to_have_text("Welcome")
    change(course, "blocks/0-look.yaml", "titel: Welcome", "title: Welcome")
    change(course, "blocks/1-act.yaml", "kind: odrer", "kind: order")
    expect(preview.get_by_role("tab", name="Calls")).to_have_attribute("aria-selected", "true")
    expect(preview.locator("#notice")).to_be_hidden()


def test_a_course_that_was_never_sound_says_what_to_do(
    page: Page, server: PreviewServer, course: Path
) -> None:
    change(course, "course.yaml", "version: 1.0.0", "version: one")
    page.goto(server.address)
    page.evaluate("sessionStorage.clear()")
    expect(page.locator(".problem-what").first).to_contain_text("has not the right form")
    change(course, "course.yaml", "version: one", "version: 1.0.1")
    expect(framed(page).locator("h1")).to_have_text("Welcome")
    expect(page.locator("#title")).to_contain_text("1.0.1")


@pytest.mark.parametrize(
    ("name", "width"), [("Phone", 360), ("LMS frame", 650), ("Desk", 1280), ("Desk, 200", 640)]
)
def test_the_course_is_shown_in_the_size_of_a_screen(preview: Page, name: str, width: int) -> None:
    preview.locator(".choices label", has_text=name).last.click()
    if name == "Desk":
        preview.get_by_label("Desk", exact=True).check(force=True)
    assert framed(preview).locator("html").evaluate("() => innerWidth") == width
    box = preview.locator("#device").bounding_box()
    stage = preview.locator(".stage").bounding_box()
    assert box and stage
    assert box["x"] >= stage["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(preview: Page, course: Path, scheme: str) -> None:
    preview.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    preview.get_by_label("Commit fails").check()
    framed(preview).locator(".next").click()
    expect(preview.locator('[data-code="101"]').first).to_be_visible()
    found = violations(preview)
    for name in ("Data", "Statements", "Problems"):
        tab(preview, name)
        found += violations(preview)
    change(course, "blocks/0-look.yaml", "kind: cards", "kind: card")
    expect(preview.locator(".problem")).to_have_count(1)
    assert found + violations(preview) == []


def violations(page: Page) -> list[str]:
    """Give what axe finds on the preview's page, the course left out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    script = "(tags) => axe.run({ exclude: ['iframe'] }, { runOnly: tags, iframes: false })"
    result: dict[str, Any] = page.evaluate(script, RULES)
    return [
        f"{one['id']} {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def test_the_keyboard_is_enough(preview: Page) -> None:
    preview.get_by_role("tab", name="Calls").focus()
    preview.keyboard.press("ArrowRight")
    expect(preview.get_by_role("tab", name="Data")).to_be_focused()
    expect(preview.locator("#data")).to_be_visible()
    preview.keyboard.press("End")
    expect(preview.locator("#problems")).to_be_visible()
    preview.keyboard.press("ArrowRight")
    expect(preview.locator("#calls")).to_be_visible()


def test_a_page_of_another_name_gets_no_answer(server: PreviewServer) -> None:
    request = urllib.request.Request(server.address, headers={"Host": "evil.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)  # noqa: S310
    assert refused.value.code == 403
    refused.value.close()


def test_a_port_that_is_taken_is_said_so(course: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli.main, ["preview", str(course), "--port", port])
    assert result.exit_code == 2
    assert f"port {port} cannot be used" in result.stderr


def test_a_defect_is_told_in_the_page(
    preview: Page, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.preview, "build", lambda *asked: 1 / 0)
    preview.get_by_role("button", name="Relaunch").click()
    expect(preview.locator("#live")).to_contain_text("a defect of ours: ZeroDivisionError")


def test_ctrl_c_ends_the_command(course: Path) -> None:
    command = [sys.executable, "-m", "cli", "preview", str(course), "--no-browser", "--port", "0"]
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as preview:
        assert preview.stdout and preview.stderr
        assert preview.stdout.readline().startswith("http://127.0.0.1:")
        preview.send_signal(signal.SIGINT)
        assert preview.wait(15) == 0
        assert "Traceback" not in preview.stderr.read()
