"""The game for a shift meeting: one screen for all, nothing sent, no word of a result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.lms.host import PROJECT
from tests.lms.learner import LearnerSession
from tests.lms.web_host import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WebHost]:
    """The game on a web server of its own."""
    request = BuildRequest(
        PROJECT / "courses" / "team-game", tmp_path, [], ["en"], allow_draft=True
    )
    (package,) = build_packages(request)[0]
    with WebHost(Path(package.path)) as host:
        yield host


def test_a_team_plays_and_the_next_one_finds_nothing_of_it(
    context: BrowserContext, site: WebHost
) -> None:
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    session = LearnerSession(page, site.url).open()
    assert session.screen == "rules-play", "nobody is asked for a code"
    session.take()
    last = page.locator(".app").inner_text()
    assert "What do we see" in last
    assert "result" not in last.lower() and page.locator(".keepsake, input").count() == 0
    session.exit()
    assert "result" not in page.locator(".app").inner_text().lower()
    assert {method for method, _ in asked} == {"GET"}
    start = site.url.rsplit("/", 1)[0]
    assert [url for _, url in asked if not url.startswith(start)] == []
