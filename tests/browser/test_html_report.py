"""The HTML report in a real browser: accessible, self-contained, and whole at every width."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from programme.papers.words import LOCALE
from tests.browser.browsers import launch_chromium
from tests.browser.letter_checks import misshapen
from tests.browser.test_site import OnePage
from tests.often import often
from tests.reports.invented import (
    COUNTED,
    hotel,
    overview_with_everything,
    report,
    suppressed,
)
from xapi_lrs_reports.report.overview import make_overview, month_ends
from xapi_lrs_reports.report.renderers.html import render_html
from xapi_lrs_reports.report.report_model import DataCounts, Excluded
from xapi_lrs_reports.rule.insight import Insight

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ["en", *sorted(one.stem for one in LOCALE.glob("*.po"))]
SIZES = [(360, 640), (650, 666), (1280, 800)]
PHONE_FIRST = [SIZES[0], *(pytest.param(one, marks=pytest.mark.slow) for one in SIZES[1:])]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch_chromium(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe() -> str:
    modules = Path(os.environ.get("NOROOM_NODE_MODULES", ROOT / "node_modules"))
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page that has every kind of row."""
    hotels = [
        COUNTED,
        hotel("Acme Kade", 119, 200, flags=("housekeeping_low",), excluded=Excluded(left=2)),
        hotel(
            "Acme Vol",
            26,
            20,
            tier="Wholeteam" * 9,
            headcount_source="declared",
            flags=("headcount_stale",),
        ),
        hotel("Acme Leeg", 0, 0),
        suppressed("Acme Klein", met=True),
        hotel("فندق النجمة", 3, 30, hotel="star", chain="zeta", chain_name="سلسلة"),
        hotel("Lang", 9, 12, name="Donaudampfschifffahrts" * 12, certificate="revoked"),
    ]
    path = tmp_path_factory.mktemp("report") / "report.html"
    warning = "roster.csv:12: a row names a hotel that is not in hotels.csv"
    counts = {"acme": DataCounts(facts=17, duplicates=None)}
    found = report(*hotels, warnings=(warning,), data_by_chain=counts)
    overview = overview_with_everything(found, found, "acme-0042", "acme-kade", "acme-vol")
    for name, language in (("report", "en"), ("nl", "nl"), ("ar", "ar")):
        page = render_html(found, overview, language)
        path.with_name(f"{name}.html").write_text(page, encoding="utf-8")
    return path


def open_page(browser: Browser, file: Path, size: tuple[int, int], **options: Any) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, bypass_csp=True, **options
    )
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize(("name", "scheme"), [("report", "light"), ("nl", "dark"), ("ar", "dark")])
@pytest.mark.parametrize("size", PHONE_FIRST)
def test_axe_finds_nothing(
    browser: Browser, report_file: Path, axe: str, size: tuple[int, int], name: str, scheme: str
) -> None:
    page = open_page(browser, report_file.with_name(f"{name}.html"), size, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', "
        "'best-practice']}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    page.context.close()
    assert found == [], json.dumps(found, indent=2)


@pytest.mark.parametrize("name", ["nl", "ar"])
@pytest.mark.parametrize("size", [(320, 568), *SIZES])
def test_nothing_is_wider_than_the_window(
    browser: Browser, report_file: Path, size: tuple[int, int], name: str
) -> None:
    page = open_page(browser, report_file.with_name(f"{name}.html"), size)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.context.close()


def test_it_asks_for_nothing_and_breaks_no_policy(browser: Browser, report_file: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    requested: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report_file.as_uri(), wait_until="networkidle")
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()
    assert [url for url in requested if not url.startswith("data:")] == [report_file.as_uri()]
    assert said == []
    assert background == "rgb(246, 244, 239)"


def test_bars_end_where_the_number_says(browser: Browser, report_file: Path) -> None:
    page = open_page(browser, report_file, (1280, 800))
    shares = page.evaluate(
        "[...document.querySelectorAll('tr[data-hotel]')].filter(r => r.querySelector('.bar'))"
        ".map(r => [r.querySelector('[data-percent]').dataset.percent,"
        " Math.round(100 * r.querySelector('.bar-fill').getBoundingClientRect().width"
        " / r.querySelector('.bar-track').getBoundingClientRect().width)])"
    )
    page.context.close()
    assert len(shares) == 5
    assert all(int(text) == drawn for text, drawn in shares)


@pytest.mark.parametrize("size", SIZES)
def test_bars_and_charts_begin_at_the_right_in_arabic(
    browser: Browser, report_file: Path, size: tuple[int, int]
) -> None:
    page = open_page(browser, report_file.with_name("ar.html"), size)
    bars, charts = page.evaluate(
        """() => {
          const box = (node) => node.getBoundingClientRect();
          const bars = [...document.querySelectorAll(".bar")].map((bar) =>
            [...bar.querySelectorAll("rect:not(.bar-mark)")]
              .map((part) => Math.round(box(part).right)));
          const charts = [...document.querySelectorAll(".chart")].map((chart) => ({
            plot: box(chart.querySelector(".grid")), frame: box(chart.parentElement),
            labels: [...chart.querySelectorAll(".tick")].map(box),
            drawn: [...chart.querySelectorAll("rect, .dot")].map((part) => box(part).left) }));
          return [bars, charts]; }"""
    )
    page.context.close()
    assert all(len(set(ends)) == 1 for ends in bars)
    assert len(charts) == 2
    for chart in charts:
        values, days = chart["labels"][:3], chart["labels"][3:]
        assert all(label["left"] > chart["plot"]["right"] for label in values)
        assert all(chart["frame"]["left"] < label["left"] for label in days)
        assert all(label["right"] < chart["frame"]["right"] for label in chart["labels"])
        assert days[0]["left"] > days[-1]["left"]
        assert chart["drawn"][0] > chart["drawn"][-1]


def test_the_skip_link_is_the_first_stop(browser: Browser, report_file: Path) -> None:
    page = open_page(browser, report_file, (360, 640))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the hotels"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "hotels"
    page.context.close()


def test_print_shows_the_parameters_and_keeps_the_table(
    browser: Browser, report_file: Path
) -> None:
    page = open_page(browser, report_file, (1017, 700))
    page.emulate_media(media="print")
    assert page.locator("code", has_text="grace_days").is_visible()
    assert page.locator("table.hotels thead").first.is_visible()
    assert not page.locator(".skip").is_visible()
    page.context.close()


def test_a_chart_is_an_image_with_a_name_and_words(browser: Browser, report_file: Path) -> None:
    page = open_page(browser, report_file, (650, 666))
    for name in ("Hotels by result", "Share of employees who completed"):
        chart = page.get_by_role("img", name=name)
        assert chart.is_visible()
        words = chart.get_attribute("aria-describedby")
        assert "13 August 2026" in page.locator(f"#{words}").inner_text()
    page.context.close()


@pytest.mark.parametrize(
    "language",
    [one if one == "de" else pytest.param(one, marks=pytest.mark.slow) for one in LANGUAGES],
)
def test_no_word_is_broken_on_a_phone(browser: Browser, tmp_path: Path, language: str) -> None:
    found = report(COUNTED, hotel("Acme Kade", 9, 12, certificate="revoked"))
    overview = overview_with_everything(found, found, "acme-0042", "acme-kade")
    file = tmp_path / f"{language}.html"
    file.write_text(render_html(found, overview, language), encoding="utf-8")
    page = open_page(browser, file, SIZES[0])
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wrong = misshapen(OnePage(page, language))
    page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("points", often([12, 8]))
def test_labels_of_days_do_not_touch_on_a_phone(
    browser: Browser, tmp_path: Path, points: int
) -> None:
    found = report(COUNTED)
    ends = month_ends(found.as_of, points - 1)
    past = [dataclasses.replace(found, as_of=day) for day in ends]
    overview = make_overview(found, found, past, Insight({}, {}))
    file, tight = tmp_path / "report.html", {}
    for language in LANGUAGES:
        file.write_text(render_html(found, overview, language), encoding="utf-8")
        page = open_page(browser, file, SIZES[0])
        tight[language] = page.locator(".chart").last.evaluate(
            """chart => {
                const boxes = [...chart.querySelectorAll(".tick")].map(
                    one => one.getBoundingClientRect());
                const low = Math.max(...boxes.map(one => one.top));
                const row = boxes.filter(one => low - one.top < 4);
                row.sort((one, other) => one.left - other.left);
                return row.length < 3 ? -1
                    : Math.min(...row.slice(1).map((one, n) => one.left - row[n].right));
            }"""
        )
        page.context.close()
    assert not {language: gap for language, gap in tight.items() if gap < 6}
