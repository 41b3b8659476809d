"""One outcome model: the same learners' stories in every standard, and what is held at the end.

TABLE is docs/contracts.md section 4 seen from outside: one row per story, one column per standard,
and the programme's own statements, which are the same whatever the LMS speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import BrowserContext

from programme.personal_codes import printed
from scorm_builder.standards import STANDARDS
from tests.browser.conftest import BuildTiny
from tests.lms.cmi5_rules import evidence, violations
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession, always_right
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.tincan_service import TinCanService
from tests.lms.web_host import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEARNER = "E-1001"
Held = dict[str, str] | list[str]


class Lms(Protocol):
    """An LMS of one standard as a story sees it."""

    def launch_url(self, **wishes: Any) -> str:
        """Give the address of a launch. Wishes: mode, credit, mastery."""

    def open(self, session: LearnerSession) -> LearnerSession:
        """Launch, and come to the first screen of the course."""

    def held(self) -> Held:
        """Give what the LMS or its LRS holds of the learner."""


class Launched:
    """An LMS that knows its learners."""

    def open(self, session: LearnerSession) -> LearnerSession:
        """Launch."""
        return session.open()


@dataclass
class ScormLms(Launched):
    """SCORM: elements of the data model as committed, those that say how it ended."""

    host: LmsHost
    mastery: str
    elements: tuple[str, ...]

    def launch_url(self, **wishes: Any) -> str:
        """Give the address of a launch."""
        if "mastery" in wishes:
            value = wishes.pop("mastery")
            percent = self.mastery == "cmi.student_data.mastery_score"
            self.host.seed(LEARNER, {self.mastery: f"{100 * value:g}" if percent else f"{value:g}"})
        return self.host.launch_url(LEARNER, **wishes)

    def held(self) -> Held:
        """Give the elements that were ever set."""
        stored = self.host.record(LEARNER).stored
        return {name: stored[name] for name in self.elements if name in stored}


def _words(statement: dict[str, Any]) -> str:
    """Give a statement as "verb" or "verb score"."""
    verb = str(statement["verb"]["id"]).rsplit("/", 1)[1]
    score = statement.get("result", {}).get("score", {}).get("scaled")
    return verb if score is None else f"{verb} {score:g}"


@dataclass
class Cmi5Lms(Launched):
    """cmi5: what the AU said; every session must also keep every rule of cmi5."""

    service: Cmi5Service

    def launch_url(self, **wishes: Any) -> str:
        """Give the address of a launch; cmi5 has no credit, an LMS gives none in Browse."""
        changes: dict[str, Any] = {"returnURL": None}
        if "mastery" in wishes:
            changes["masteryScore"] = wishes["mastery"]
        if "mode" in wishes or "credit" in wishes:
            changes["launchMode"] = str(wishes.get("mode", "browse")).capitalize()
        return self.service.launch_url(LEARNER, **changes)

    def held(self) -> Held:
        """Give what was said, session by session."""
        sessions = self.service.of(LEARNER)
        for number, session in enumerate(sessions):
            assert violations(evidence(session, sessions[:number])) == []
        return [_words(one) for session in sessions for one in session.statements]


@dataclass
class TinCanLms(Launched):
    """xAPI by tincan.xml: what the LRS holds."""

    service: TinCanService

    def launch_url(self, **wishes: Any) -> str:
        """Give the address of a launch, which can carry no wishes."""
        return self.service.launch_url(LEARNER)

    def held(self) -> Held:
        """Give what was said."""
        return [_words(one) for one in self.service.statements]


@dataclass
class WebLms:
    """A web site: the device stands in for the LMS, and holds what it would be told."""

    host: WebHost
    session: LearnerSession | None = None

    def launch_url(self, **wishes: Any) -> str:
        """Give the address, which can carry no wishes."""
        return self.host.url

    def open(self, session: LearnerSession) -> LearnerSession:
        """Type the personal code, or go on as whoever was here before."""
        page, again = session.page, self.session is not None
        page.goto(session.url)
        page.wait_for_selector(".app h1")
        if again:
            page.get_by_role("button", name="Yes, go on").click()
        else:
            page.fill("#code-personal", PERSONAL)
            page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_selector(".place-button")
        session.wait_until_shown()
        self.session = session
        return session

    def held(self) -> Held:
        """Give what the device has of the one learner: what is true of the course."""
        assert self.session is not None
        records = self.session.page.evaluate(_RECORDS)
        assert len(records) == 1
        return [name for name in ("completed", "passed") if records[0][name]]


PERSONAL = printed("GAFQCZ25")
_RECORDS = """Object.entries(localStorage).filter(([key]) => key.includes(" learner "))
    .map(([, text]) => JSON.parse(text))"""
SCORM12 = ("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.exit")
SCORM2004 = ("cmi.completion_status", "cmi.success_status", "cmi.score.scaled", "cmi.exit")


@contextmanager
def lms_of(standard: str, package: Path) -> Iterator[Lms]:
    """Run an LMS that speaks the standard of the package."""
    if standard == "cmi5":
        with Cmi5Service(package) as cmi5:
            yield Cmi5Lms(cmi5)
    elif standard == "xapi":
        with TinCanService(package) as tincan:
            yield TinCanLms(tincan)
    elif standard == "web":
        with WebHost(package) as web:
            yield WebLms(web)
    else:
        old = standard == "scorm12"
        mastery = "cmi.student_data.mastery_score" if old else "cmi.scaled_passing_score"
        with LmsHost(package) as host:
            yield ScormLms(host, mastery, SCORM12 if old else SCORM2004)


Launch = Callable[..., LearnerSession]


def pass_first_time(launch: Launch) -> None:
    launch().take().exit()


def fail_then_pass(launch: Launch) -> None:
    launch().fail_check_once().take().exit()


def fail_and_leave(launch: Launch) -> None:
    launch().fail_check_once().exit()


def leave(launch: Launch) -> None:
    launch().take(until="which").exit()


def leave_and_resume(launch: Launch) -> None:
    leave(launch)
    again = launch()
    assert again.screen == "which"
    again.take().exit()


def fail_leave_and_pass(launch: Launch) -> None:
    fail_and_leave(launch)
    launch().take().exit()


def look_again_after_the_end(launch: Launch) -> None:
    pass_first_time(launch)
    launch().exit()


def review(launch: Launch) -> None:
    launch(mode="review").take().exit()


def no_credit(launch: Launch) -> None:
    launch(credit="no-credit").take().exit()


def lms_wants_more(launch: Launch) -> None:
    """One of two is enough for the course; the LMS wants 90 %."""
    session = launch(mastery=0.9).take(until="check")
    session.answers = lambda item: item == "q-tell"
    session.take_check()
    session.answers = always_right
    session.take().exit()


PASSED12 = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100", "cmi.core.exit": ""}
PASSED2004 = {
    "cmi.completion_status": "completed",
    "cmi.success_status": "passed",
    "cmi.score.scaled": "1",
    "cmi.exit": "suspend",
}
OPEN12 = {"cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend"}
# Success is unknown without being told.
OPEN2004 = {"cmi.completion_status": "incomplete", "cmi.exit": "suspend"}
SAID = ["initialized", "completed", "passed 1", "terminated"]
DONE = ["completed", "passed"]
LOOKED = ["initialized", "terminated"]
FAILED = ["initialized", "failed", "terminated"]

TABLE: dict[Callable[[Launch], None], dict[str, Held | None]] = {
    pass_first_time: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": SAID, "xapi": SAID,
        "web": DONE, "programme": SAID,
    },
    fail_then_pass: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": SAID, "xapi": SAID,
        "web": DONE, "programme": ["initialized", "failed", "completed", "passed 1", "terminated"],
    },
    fail_and_leave: {
        "scorm12": OPEN12, "scorm2004": OPEN2004, "cmi5": FAILED, "xapi": FAILED,
        "web": [], "programme": ["initialized", "failed", "suspended"],
    },
    fail_leave_and_pass: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": FAILED + SAID,
        "xapi": FAILED + SAID,
        "web": DONE, "programme": ["initialized", "failed", "suspended", *SAID],
    },
    leave: {
        "scorm12": OPEN12, "scorm2004": OPEN2004, "cmi5": LOOKED, "xapi": LOOKED,
        "web": [], "programme": ["initialized", "suspended"],
    },
    leave_and_resume: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": LOOKED + SAID,
        "xapi": LOOKED + SAID,
        "web": DONE, "programme": ["initialized", "suspended", *SAID],
    },
    look_again_after_the_end: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": SAID + LOOKED,
        "xapi": SAID + LOOKED,
        "web": DONE, "programme": SAID + LOOKED,
    },
    # A Tin Can launch and a web site know no modes and no mastery score: None is "cannot happen".
    review: {
        "scorm12": {}, "scorm2004": {}, "cmi5": LOOKED, "xapi": None, "web": None, "programme": [],
    },
    no_credit: {
        "scorm12": {}, "scorm2004": {}, "cmi5": LOOKED, "xapi": None, "web": None, "programme": [],
    },
    lms_wants_more: {
        "scorm12": PASSED12, "scorm2004": PASSED2004, "cmi5": SAID, "xapi": None, "web": None,
        "programme": ["initialized", "failed", "completed", "passed 1", "terminated"],
    },
}  # fmt: skip


def column(standard: str) -> str:
    """Give the column of TABLE: both editions of SCORM 2004 hold the same."""
    return "scorm2004" if standard.startswith("scorm2004-") else standard


CASES = [
    pytest.param(story, standard, id=f"{story.__name__}-{standard}")
    for story, row in TABLE.items()
    for standard in STANDARDS
    if row[column(standard)] is not None
]


@pytest.mark.parametrize(("story", "standard"), CASES)
def test_what_is_held_at_the_end(
    story: Callable[[Launch], None],
    standard: str,
    tiny: BuildTiny,
    lrs: RecordingLrs,
    context: BrowserContext,
) -> None:
    with lms_of(standard, tiny(standard, lrs.endpoint)) as lms:

        def launch(**wishes: Any) -> LearnerSession:
            return lms.open(LearnerSession(context.new_page(), lms.launch_url(**wishes)))

        story(launch)
        assert lms.held() == TABLE[story][column(standard)]
    told = {one["id"]: _words(one) for one in lrs.statements}
    assert list(told.values()) == TABLE[story]["programme"]
