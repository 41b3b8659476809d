"""The page for HR in a real browser: accessible, whole at every width, and it asks nobody."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.screen_checks import AXE
from tests.browser.test_html_report import SIZES, open_page
from tests.reports.invented import AS_OF, hotel, report
from xapi_lrs_reports.report.hr_view import HrReport, Person
from xapi_lrs_reports.report.renderers.hr_html import render_hr_html

pytestmark = pytest.mark.browser

DAY = datetime.date(2026, 11, 2)
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a hotel with everything, one where all finished, and one without people."""
    hotels = (hotel("Acme Kade", 2, 4), hotel("Acme Vol", 1, 1), hotel("فندق", 0, 0, hotel="star"))
    people = (
        Person("acme-kade", "e-1", "Bo Birch", "Bar", "to_do", None),
        Person("acme-kade", "e-2", LONG, LONG, "again", None),
        Person("acme-kade", "e-3", "", "", "to_do", None),
        Person("acme-kade", "e-4", "ليلى", "مطبخ", "finished", DAY),
        Person("acme-vol", "e-5", "<b>Di</b>", "Spa", "finished", AS_OF),
    )
    found = HrReport(dataclasses.replace(report(*hotels), view="hr"), "acme", people)
    path = tmp_path_factory.mktemp("hr")
    for language in ("en", "de", "ar"):
        page = render_hr_html(found, language)
        (path / f"{language}.html").write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "scheme", "size"),
    [("en", "light", SIZES[0]), ("de", "dark", SIZES[0]), ("ar", "light", SIZES[2])],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    chromium: Browser, folder: Path, name: str, scheme: str, size: tuple[int, int]
) -> None:
    page = open_page(chromium, folder / f"{name}.html", size, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run(document).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.context.close()
    assert found == [], json.dumps(found, indent=2)
    assert wide <= 0


def test_it_asks_for_nothing_and_breaks_no_policy(chromium: Browser, folder: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    requested: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "en.html").as_uri(), wait_until="networkidle")
    bold = page.locator("b").count()
    context.close()
    assert [url for url in requested if not url.startswith("data:")] == [
        (folder / "en.html").as_uri()
    ]
    assert (said, bold) == ([], 0)


def test_printed_it_shows_who_finished_too(chromium: Browser, folder: Path) -> None:
    page = open_page(chromium, folder / "en.html", SIZES[2])
    page.emulate_media(media="print")
    shown = page.get_by_text("ليلى").evaluate(
        "node => node.checkVisibility({contentVisibilityAuto: true})"
    )
    page.context.close()
    assert shown
