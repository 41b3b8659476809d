"""The hotel that a learner of a shared package names, in every standard of an LMS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from scorm_builder.standards import STANDARDS
from tests.browser.test_web import IRI, build
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.tincan_service import TinCanService

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def launches(standard: str, package: Path) -> Iterator[Callable[[], str]]:
    """Run an LMS of the standard; gives what makes the address of a learner's next launch."""
    if standard == "cmi5":
        with Cmi5Service(package) as cmi5:
            yield lambda: cmi5.launch_url("anna", returnURL=None)
    elif standard == "xapi":
        with TinCanService(package) as tincan:
            yield lambda: tincan.launch_url("anna")
    else:
        with LmsHost(package) as host:
            yield lambda: host.launch_url("anna")


def opened(context: BrowserContext, url: str, first: str) -> LearnerSession:
    """Launch, and wait for what stands on the first screen."""
    session = LearnerSession(context.new_page(), url)
    session.page.goto(url)
    session.wait_for_screen()
    session.locate(first).first.wait_for()
    return session


@pytest.mark.parametrize("standard", [one for one in STANDARDS if one != "web"])
def test_the_hotel_is_asked_for_once_and_named_in_every_statement_after(
    standard: str, tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    with launches(standard, build(tmp_path, standard, lrs.endpoint)) as launch:
        first = opened(context, launch(), '[data-hotel="harbour"]')
        first.locate('[data-hotel="harbour"]').click()
        first.locate(".place-button").wait_for()
        first.wait_until_shown()
        first.take(until="which").exit()
        again = opened(context, launch(), ".place-button")
        again.wait_until_shown()
        assert again.screen == "which"
        again.take().exit()
    assert lrs.verbs()[-3:] == ["completed", "passed", "terminated"]
    for one in lrs.statements[-3:]:
        grouping = one["context"]["contextActivities"]["grouping"]
        assert {"id": f"{IRI}/hotel/harbour"} in grouping
        assert one["context"]["extensions"] == {f"{IRI}/extension/hotel-source": "learner"}
