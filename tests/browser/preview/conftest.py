"""The preview of a copy of the small course, and an author's window on it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from scorm_builder.preview.server import PreviewServer
from tests.browser.conftest import TINY
from tests.lms.learner import LearnerSession

# As long as the windows of the other browser tests wait: a busy machine is no failure.
expect.set_options(timeout=15_000)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course, to be changed."""
    return Path(shutil.copytree(TINY, tmp_path / "course"))


@pytest.fixture
def server(course: Path, tmp_path: Path) -> Iterator[PreviewServer]:
    """The preview of that course in a programme with two chains, one of them with a hotel."""
    (tmp_path / "programme.yaml").write_text("name: Test\niri: https://id.noroom.example\n")
    (tmp_path / "hotels.csv").write_text("hotel,name,chain\nacme-0042,Acme Harbour,acme\n")
    for chain, manager in (("acme", "the Acme manager"), ("zeta", "the Zeta manager")):
        (tmp_path / "chains" / chain).mkdir(parents=True)
        text = f"name: {chain.title()}\nmanager_title: {{ en: {manager} }}\n"
        (tmp_path / "chains" / chain / "chain.yaml").write_text(text)
    with PreviewServer(course, tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
        server.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An author's window; an error of a script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = context.new_page()
    page.on(
        "console",
        lambda message: errors.append(message.text) if "Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert not errors, errors


@pytest.fixture
def preview(page: Page, server: PreviewServer) -> Page:
    """The preview, with the course on its first page."""
    page.goto(server.address)
    expect(framed(page).locator("h1")).to_have_text("Welcome")
    return page


def framed(page: Page) -> FrameLocator:
    """Give the course."""
    return page.frame_locator("#device iframe")


def learner(page: Page, role: str = "") -> LearnerSession:
    """Give who takes the course that is shown."""
    session = LearnerSession(page, page.url, role=role)
    session.wait_until_shown()
    return session


def change(course: Path, file: str, old: str, new: str) -> None:
    """Change one text of one file, as an author does."""
    path = course / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def tab(page: Page, name: str) -> None:
    """Open a tab of the panel."""
    page.get_by_role("tab", name=re.compile(name)).click()


def choose_standard(page: Page, standard: str) -> None:
    """Choose a standard, and wait until its package stands in the frame."""
    with page.expect_response(f"**/content/*/{standard}/**"):
        page.get_by_label("Standard").select_option(standard)


def held(page: Page, name: str, words: str) -> None:
    """Wait until the panel of data says `words` for a property."""
    expect(page.locator(f'#data [data-element^="{name}"]').first).to_contain_text(words)
