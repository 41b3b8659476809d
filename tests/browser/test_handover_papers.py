"""The upload guide and the IT sheet in a browser: whole on a phone, accessible, mirrored."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, ViewportSize

from tests.browser.letter_checks import misshapen, outside
from tests.browser.screen_checks import small_targets, sticking_out, violations
from tests.builder.conftest import TINY
from tests.builder.test_papers_for_hr import LANGUAGES, PAPERS, handover

pytestmark = pytest.mark.browser

CODE = re.compile("in (CODE|PRE) ?$")
"""Addresses and digests are broken where the line ends."""
OFTEN = ("ar",)
PHONE, SCREEN = ViewportSize(width=360, height=640), ViewportSize(width=1280, height=800)


@dataclass(frozen=True)
class Paper:
    """A paper that is shown."""

    frame: Frame
    screen: str


@pytest.fixture
def pages(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, Path]:
    """Both papers in a language, by their names."""
    folder = tmp_path / "programme"
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "programme.yaml").write_text("name: Rooms\niri: https://id.noroom.example\n", "utf-8")
    (folder / "chains" / "acme" / "chain.yaml").write_text(
        "name: Acme Hotels\n"
        'lrs: { endpoint: "https://lrs.noroom.example/xAPI/", key: "acme:open" }\n',
        "utf-8",
    )
    shutil.copytree(TINY, tmp_path / "course")
    given = handover(tmp_path / "course", folder, request.param)
    found = {name: tmp_path / f"{name}.html" for name in PAPERS}
    for name, path in found.items():
        path.write_bytes(PAPERS[name](given))
    return found


@pytest.mark.parametrize(
    "pages",
    [one if one in OFTEN else pytest.param(one, marks=pytest.mark.slow) for one in LANGUAGES],
    indirect=True,
)
def test_papers_are_whole_on_a_phone_and_axe_finds_nothing(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    page = chromium.new_page(viewport=PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name, path in pages.items():
        for size in (PHONE, SCREEN):
            page.set_viewport_size(size)
            page.goto(path.as_uri())
            paper = Paper(page.main_frame, f"{name} {size['width']}")
            assert said == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            checks = (violations, sticking_out, outside, small_targets)
            assert [one for check in checks for one in check(paper)] == []
            assert [one for one in misshapen(paper) if not CODE.search(one)] == []
    page.close()


@pytest.mark.parametrize("pages", ["ar"], indirect=True)
def test_from_right_to_left_numbers_stand_before_their_steps(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    """The number is at the right edge, and no word of the step below it."""
    page = chromium.new_page(viewport=PHONE)
    page.goto(pages["upload_guide"].as_uri())
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('article[dir=rtl] ol.steps > li')].map(step => {
          const words = document.createRange();
          words.selectNodeContents(step);
          return step.getBoundingClientRect().right - words.getBoundingClientRect().right;
        })"""
    )
    page.close()
    assert gaps and min(gaps) >= 1.8 * 16
