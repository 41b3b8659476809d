"""The outbox at LRSs of other makers: their CORS, their answers to what they will not take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Response, Route, expect

from tests.browser.conftest import BuildTiny
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lrs.every_lrs import EVERY_LRS, Maker
from tests.lrs.learning_locker_lrs import running_learning_locker
from tests.lrs.real_lrs import User, free_port

pytestmark = [pytest.mark.browser, pytest.mark.lrs]

CHAIN = User("key", "secret", ("statements/write",))


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def lms(tiny: BuildTiny, port: int) -> Iterator[LmsHost]:
    """An LMS with a package whose LRS is at `port`, once somebody starts it."""
    with LmsHost(tiny("scorm12", f"http://127.0.0.1:{port}/xAPI/")) as host:
        yield host


def verb(statement: dict[str, Any]) -> str:
    found: str = statement["verb"]["id"].rsplit("/", 1)[1]
    return found


def batch_of(request: Request) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(request.post_data or "[]")
    return found


def watch(page: Page) -> dict[str, dict[str, Any]]:
    """Give what the window sends to the LRS, by verb; it fills while the window is open."""
    sent: dict[str, dict[str, Any]] = {}

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/statements"):
            sent.update({verb(one): one for one in batch_of(request)})

    page.on("request", note)
    return sent


def spoil_the_failed_try(route: Route) -> None:
    """Change one statement on its way into one that no LRS may take (xAPI Data, section 2.4.2.1).

    Its actor is nobody. Ralph takes an invalid time, and answers 422 where others answer 400.
    """
    batch = batch_of(route.request)
    for one in batch:
        if verb(one) == "failed":
            one["actor"] = {"objectType": "Agent"}
    route.continue_(post_data=json.dumps(batch))


@pytest.mark.parametrize("maker", EVERY_LRS)
def test_what_waited_is_stored_around_what_the_lrs_will_not_take(
    context: BrowserContext, lms: LmsHost, port: int, tmp_path: Path, maker: Maker
) -> None:
    """One statement is broken, another is there with another content; the others get through."""
    page = context.new_page()
    sent = watch(page)
    LearnerSession(page, lms.launch_url("E-1001")).open().fail_check_once().take().exit()
    assert {"failed", "completed", "passed"} <= set(sent)
    with maker.start(tmp_path / "lrs", [CHAIN], [lms.origin], port) as lrs:
        other = {**sent["completed"], "timestamp": "2026-01-01T00:00:00.000Z"}
        assert lrs.request(CHAIN, "POST", [other])[0] == 200
        context.route("**/xAPI/statements", spoil_the_failed_try)
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda one: answers.append(one) if "/xAPI/" in one.url else None)
        with page.expect_response(
            lambda one: one.ok and "/passed" in (one.request.post_data or "")
        ):
            again = LearnerSession(page, lms.launch_url("E-1001")).open()
        again.exit()
        stored = {verb(one): one for one in lrs.stored()}
        assert stored["completed"]["timestamp"].startswith("2026-01-01T00:00:00")
        assert stored["passed"]["id"] == sent["passed"]["id"]
        assert "failed" not in stored
        statuses = {one.status for one in answers}
        assert 409 in statuses and statuses & {400, 422}
        kept = lms.value("E-1001", "cmi.suspend_data").split(".")
        assert kept[10] == "x1", "one was refused for good, and none of the results"
        number = len(lrs.stored())
        assert lrs.request(CHAIN, "POST", [sent["passed"]])[0] in (200, 204)
        assert len(lrs.stored()) == number


@pytest.mark.slow
def test_a_client_that_is_not_known_gets_a_code_until_it_is(
    page: Page, lms: LmsHost, port: int, tmp_path: Path
) -> None:
    """Learning Locker answers 401 to a key that was deleted, and lets the page read the answer."""
    with running_learning_locker(tmp_path / "lrs", [CHAIN], [], port) as lrs:
        client = lrs.clients.pop(CHAIN.authorization)
        session = LearnerSession(page, lms.launch_url("E-1001")).open().take()
        expect(session.locate(".code")).to_be_visible(timeout=15_000)
        assert lrs.stored() == []
        lrs.clients[CHAIN.authorization] = client
        page.context.set_offline(offline=True)
        page.context.set_offline(offline=False)
        expect(session.locate(".code-box")).to_contain_text("You do not need the code any more")
        session.exit()
        assert {"completed", "passed"} <= {verb(one) for one in lrs.stored()}
