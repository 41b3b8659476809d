"""Options of presets and chains: what each changes in what the LMS holds, played in a browser.

Rows that are not here must stay as in test_outcome_model.py; docs/contracts.md section 5.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.acme_package import acme_package
from tests.browser.conftest import TINY
from tests.browser.test_outcome_model import (
    FAILED,
    LOOKED,
    SAID,
    Launch,
    fail_and_leave,
    fail_leave_and_pass,
    leave,
    lms_of,
    pass_first_time,
)
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = pytest.mark.browser

STATUS, SCORE, EXIT = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.exit"
COMPLETION, SUCCESS = "cmi.completion_status", "cmi.success_status"
SCALED, EXIT_2004 = "cmi.score.scaled", "cmi.exit"
Story = Callable[[Launch], None]
Case = tuple[str, str, Story, dict[str, str] | list[str]]


def look_again(launch: Launch) -> None:
    pass_first_time(launch)
    launch().exit()


FAILS = "{ fail_status: failed }"
WITH_CHECK: list[Case] = [
    (FAILS, "scorm12", fail_and_leave, {STATUS: "failed", EXIT: "suspend"}),
    (FAILS, "scorm12", fail_leave_and_pass, {STATUS: "passed", SCORE: "100", EXIT: ""}),
    (FAILS, "scorm2004-4", fail_and_leave,
     {COMPLETION: "incomplete", SUCCESS: "failed", EXIT_2004: "suspend"}),
    (FAILS, "scorm2004-4", fail_leave_and_pass,
     {COMPLETION: "completed", SUCCESS: "passed", SCALED: "1", EXIT_2004: "suspend"}),
    (FAILS, "cmi5", fail_and_leave, FAILED),
    ("{ pass_status: completed }", "scorm12", look_again,
     {STATUS: "completed", SCORE: "100", EXIT: ""}),
    ("{ revisit: reset }", "scorm2004-4", pass_first_time,
     {COMPLETION: "completed", SUCCESS: "passed", SCALED: "1", EXIT_2004: "normal"}),
    ("{ revisit: reset }", "scorm2004-4", leave,
     {COMPLETION: "incomplete", EXIT_2004: "suspend"}),
    ("{ exit_unfinished: empty }", "scorm12", leave, {STATUS: "incomplete", EXIT: ""}),
    ("{ exit_unfinished: empty }", "xapi", leave, LOOKED),
    ("{ also_passed: true, force_score: true }", "scorm12", fail_and_leave,
     {STATUS: "incomplete", EXIT: "suspend"}),
    ("{ interactions: full }", "cmi5", pass_first_time, SAID),
]  # fmt: skip
BOTH = "{ also_passed: true, force_score: true }"
# Success is unknown without being told.
DONE = ["initialized", "completed", "terminated"]
WITHOUT_CHECK: list[Case] = [
    ("{}", "scorm12", pass_first_time, {STATUS: "completed", EXIT: ""}),
    ("{}", "scorm2004-4", pass_first_time,
     {COMPLETION: "completed", EXIT_2004: "suspend"}),
    ("{}", "cmi5", pass_first_time, DONE),
    ("{ force_score: true }", "scorm12", pass_first_time,
     {STATUS: "completed", SCORE: "100", EXIT: ""}),
    ("{ force_score: true }", "scorm12", leave, {STATUS: "incomplete", EXIT: "suspend"}),
    ("{ force_score: true }", "scorm2004-4", pass_first_time,
     {COMPLETION: "completed", SCALED: "1", EXIT_2004: "suspend"}),
    ("{ force_score: true }", "cmi5", pass_first_time, DONE),
    ("{ also_passed: true }", "scorm12", pass_first_time, {STATUS: "passed", EXIT: ""}),
    ("{ also_passed: true }", "scorm2004-4", look_again,
     {COMPLETION: "completed", SUCCESS: "passed", EXIT_2004: "suspend"}),
    ("{ also_passed: true }", "cmi5", look_again,
     ["initialized", "completed", "passed", "terminated", *LOOKED]),
    ("{ also_passed: true }", "xapi", look_again,
     ["initialized", "completed", "passed", "terminated", *LOOKED]),
    (BOTH, "cmi5", pass_first_time, SAID),
    (BOTH, "xapi", pass_first_time, SAID),
]  # fmt: skip


def _named(case: Case) -> str:
    options, standard, story, _ = case
    return f"{options.strip('{ }').replace(': ', '-') or 'none'}-{standard}-{story.__name__}"


def _package(folder: Path, options: str, standard: str, lrs: str, *, check: bool) -> Path:
    """Build the small course, with or without its check, for a chain with these options."""
    course = folder / "course"
    shutil.copytree(TINY, course)
    if not check:
        for name, gone in (
            ("course.yaml", "check: { draw: 2, pass: 1, questions: questions.yaml }\n"),
            ("blocks/1-act.yaml", "  - id: check\n    kind: check\n    title: The check\n"
             "    text: Two questions. One has to be right.\n"),
        ):  # fmt: skip
            text = (course / name).read_text("utf-8")
            assert gone in text
            (course / name).write_text(text.replace(gone, ""), "utf-8")
        (course / "questions.yaml").unlink()
    return acme_package(folder, course, standard, lrs, f"options: {options}")


def _play(package: Path, standard: str, story: Story, context: BrowserContext) -> Any:
    with lms_of(standard, package) as lms:

        def launch(**wishes: Any) -> LearnerSession:
            return LearnerSession(context.new_page(), lms.launch_url(**wishes)).open()

        story(launch)
        return lms.held()


@pytest.mark.slow
@pytest.mark.parametrize("case", WITH_CHECK, ids=_named)
def test_a_course_with_a_check(
    case: Case, tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    options, standard, story, held = case
    package = _package(tmp_path, options, standard, lrs.endpoint, check=True)
    assert _play(package, standard, story, context) == held


@pytest.mark.slow
@pytest.mark.parametrize("case", WITHOUT_CHECK, ids=_named)
def test_a_course_without_a_check(
    case: Case, tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    options, standard, story, held = case
    package = _package(tmp_path, options, standard, lrs.endpoint, check=False)
    assert _play(package, standard, story, context) == held
    verbs = [one["verb"]["id"].rsplit("/", 1)[1] for one in lrs.statements]
    assert "passed" not in verbs, "the programme knows a pass of a check only"


INTERACTION = "cmi.interactions.0."


@pytest.mark.parametrize(
    "standard", ["scorm12", pytest.param("scorm2004-4", marks=pytest.mark.slow)]
)
def test_all_that_an_lms_may_want_at_once(
    standard: str, tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    """One story for the quick run: a failed try, told as such, its answers, then the pass."""
    options = "{ fail_status: failed, pass_status: completed, interactions: full }"
    package = _package(tmp_path, options, standard, lrs.endpoint, check=True)
    with LmsHost(package) as host:
        session = LearnerSession(context.new_page(), host.launch_url("anna")).open()
        session.fail_check_once()
        status = STATUS if standard == "scorm12" else SUCCESS
        assert host.value("anna", status) == "failed"
        session.take().exit()
        wanted = "completed" if standard == "scorm12" else "passed"
        assert host.value("anna", status) == wanted
        stored = host.record("anna").stored
    told = {name: value for name, value in stored.items() if name.startswith("cmi.interactions.")}
    assert told[f"{INTERACTION}type"] == "choice"
    assert told[f"{INTERACTION}result"] == ("wrong" if standard == "scorm12" else "incorrect")
    chosen = "student_response" if standard == "scorm12" else "learner_response"
    assert told[f"{INTERACTION}{chosen}"] != told[f"{INTERACTION}correct_responses.0.pattern"]
    assert told["cmi.interactions.2.result"] == "correct"
    assert "cmi.interactions.4.id" not in told, "two questions, two tries"


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["scorm12", "scorm2004-4"])
def test_safe_answers_tell_no_choice(
    standard: str, tmp_path: Path, lrs: RecordingLrs, context: BrowserContext
) -> None:
    package = _package(tmp_path, "{ interactions: safe }", standard, lrs.endpoint, check=True)
    with LmsHost(package) as host:
        LearnerSession(context.new_page(), host.launch_url("anna")).open().take().exit()
        stored = host.record("anna").stored
    told = {name for name in stored if name.startswith("cmi.interactions.")}
    parts = {name.partition("interactions.")[2].partition(".")[2] for name in told}
    assert parts == {"id", "type", "result"}


@pytest.mark.slow
@pytest.mark.parametrize(("options", "mark"), [("{}", 0.5), ("{ mastery: false }", 0.5)])
def test_cmi5_keeps_its_mastery_score(
    options: str, mark: float, tmp_path: Path, lrs: RecordingLrs
) -> None:
    package = _package(tmp_path, options, "cmi5", lrs.endpoint, check=True)
    with Cmi5Service(package) as service:
        service.launch_url("anna")
        assert service.sessions[0].launch_data["masteryScore"] == mark
