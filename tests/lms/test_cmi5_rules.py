"""The checker of cmi5's rules can fail: each requirement, broken alone, is found, and no other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from scorm_builder.preview.launches import CATEGORY, SESSION, VERBS
from tests.lms.cmi5_rules import (
    MASTERY,
    MOVE_ON,
    PROGRESS,
    SESSION_RULES,
    STATEMENT_RULES,
    Evidence,
    violations,
)

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "anna"}}
TEMPLATE: dict[str, Any] = {
    "contextActivities": {"grouping": [{"id": "https://id.example/course/x#au"}]},
    "extensions": {SESSION: "s1", "https://lms.example/tenant": "t1"},
}
RESULTS: dict[str, dict[str, Any]] = {
    "completed": {"completion": True, "duration": "PT2M"},
    "passed": {
        "success": True,
        "duration": "PT2M",
        "score": {"scaled": 0.9, "raw": 9, "min": 0, "max": 10},
    },
    "failed": {"success": False, "duration": "PT2M"},
    "terminated": {"duration": "PT3M"},
}
Mutation = Callable[[Evidence], object]


def statement(number: int, verb: str) -> dict[str, Any]:
    """Make a good statement; number fixes id and time."""
    result = copy.deepcopy(RESULTS.get(verb))
    decided = result is not None and bool({"success", "completion"} & set(result))
    extensions = dict(TEMPLATE["extensions"])
    if verb in ("passed", "failed"):
        extensions[MASTERY] = 0.8
    return {
        "id": f"0000000{number}-0000-4000-8000-000000000000",
        "actor": copy.deepcopy(ACTOR),
        "verb": {"id": VERBS + verb, "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": "https://lms.example/activity/1"},
        **({"result": result} if result else {}),
        "context": {
            "registration": "11111111-1111-4111-8111-111111111111",
            "contextActivities": {
                "grouping": copy.deepcopy(TEMPLATE["contextActivities"]["grouping"]),
                "category": [{"id": CATEGORY}, *([{"id": MOVE_ON}] if decided else [])],
            },
            "extensions": extensions,
        },
        "timestamp": f"2026-11-21T10:00:0{number}.000Z",
    }


def good(*verbs: str) -> Evidence:
    """Make a good session of these verbs between `initialized` and `terminated`."""
    spoken = ["initialized", *verbs, "terminated"]
    return Evidence(
        actor=ACTOR,
        activity="https://lms.example/activity/1",
        registration="11111111-1111-4111-8111-111111111111",
        launch_data={
            "contextTemplate": TEMPLATE,
            "launchMode": "Normal",
            "masteryScore": 0.8,
            "returnURL": "https://lms.example/back",
        },
        fetches=["POST"],
        requests=[
            ("GET", "activities/state", {"stateId": "LMS.LaunchData"}),
            ("GET", "agents/profile", {"profileId": "cmi5LearnerPreferences"}),
            ("POST", "statements", {}),
            ("PUT", "activities/state", {"stateId": "own"}),
        ],
        statements=[statement(number, verb) for number, verb in enumerate(spoken)],
        returned=True,
    )


def on(place: int, change: Callable[[dict[str, Any]], object]) -> Mutation:
    """Change the statement at `place`: 0 initialized, 1 completed, 2 passed, 3 terminated."""

    def mutate(found: Evidence) -> None:
        change(found.statements[place])

    return mutate


def setting(**values: Any) -> Mutation:
    """Set attributes of the evidence."""

    def mutate(found: Evidence) -> None:
        for name, value in values.items():
            setattr(found, name, value)

    return mutate


def review(found: Evidence) -> None:
    found.launch_data = {**found.launch_data, "launchMode": "Review"}


def swap_times(first: int, second: int) -> Mutation:
    def mutate(found: Evidence) -> None:
        one, two = found.statements[first], found.statements[second]
        one["timestamp"], two["timestamp"] = two["timestamp"], one["timestamp"]

    return mutate


def put_on_launch_data(found: Evidence) -> None:
    found.requests.append(("PUT", "activities/state", {"stateId": "LMS.LaunchData"}))


def drop_request(place: int) -> Mutation:
    return lambda found: found.requests.pop(place)


def repeat(place: int) -> Mutation:
    def mutate(found: Evidence) -> None:
        found.statements.insert(
            3, {**found.statements[place], "timestamp": "2026-11-21T10:00:02.5Z"}
        )

    return mutate


def insert(verb: str) -> Mutation:
    def mutate(found: Evidence) -> None:
        made = {**statement(9, verb), "timestamp": "2026-11-21T10:00:01.500Z"}
        found.statements.insert(2, made)

    return mutate


BROKEN: dict[str, Mutation] = {
    "8.2.1.0-2": setting(fetches=["GET"]),
    "10.0-launch-data-read": drop_request(0),
    "10.0-launch-data-kept": put_on_launch_data,
    "11.0.0.0-2": lambda found: found.requests.append(("PUT", "agents/profile", {})),
    "11.0.0.0-3": drop_request(1),
    "xAPI-3.3": setting(versions={"1.0.3", ""}),
    "7.1.1.0-1": lambda found: found.statements.pop(0),
    "7.1.2.0-1": lambda found: found.statements.pop(),
    "9.3.0.0-2": repeat(0),
    "9.3.0.0-3": insert("failed"),
    "9.3.0.0-6": setting(earlier=[statement(0, "completed")]),
    "9.3.0.0-7": setting(earlier=[statement(0, "passed")]),
    "9.7-increasing": swap_times(1, 2),
    "10.2.2.0-8": review,
    "10.2.6.0-1": setting(returned=False),
    "9.1": on(1, lambda one: one.update(id="42")),
    "9.2": on(1, lambda one: one["actor"].update(name="Anna")),
    "9.3": on(1, lambda one: one["verb"].update(id=f"{VERBS}experienced")),
    "9.3.4.0-2": on(2, lambda one: one["result"]["score"].update(scaled=0.7)),
    "9.4": on(1, lambda one: one["object"].update(id="https://id.example/course/x#au")),
    "9.5.1-verbs": on(1, lambda one: one["result"].update(score={"scaled": 1})),
    "9.5.1-scaled": on(2, lambda one: one["result"]["score"].update(scaled=1.5)),
    "9.5.1.0-3": on(2, lambda one: one["result"]["score"].pop("max")),
    "9.5.2": on(1, lambda one: one["result"].update(success=True)),
    "9.5.3": on(2, lambda one: one["result"].update(completion=True)),
    "9.5.4.1-1": on(3, lambda one: one["result"].pop("duration")),
    "9.5.4.1-2": on(1, lambda one: one["result"].pop("duration")),
    "9.5.4.1-3": on(2, lambda one: one["result"].update(duration="2 minutes")),
    "9.5.5.1": on(1, lambda one: one["result"].update(extensions={PROGRESS: 100})),
    "9.6.1": on(0, lambda one: one["context"].pop("registration")),
    "9.6.2.1": on(0, lambda one: one["context"]["contextActivities"].update(category=[])),
    "9.6.2.2": on(2, lambda one: one["context"]["contextActivities"]["category"].pop()),
    "9.6.3.2-2": on(2, lambda one: one["context"]["extensions"].pop(MASTERY)),
    "9.7": on(3, lambda one: one.update(timestamp="2026-11-21T12:00:03.000+02:00")),
    "10.2.1.0-4": on(2, lambda one: one["context"]["contextActivities"].update(grouping=[])),
}


def allow(**changes: Any) -> Mutation:
    """Say something between completed and passed that cmi5 allows but does not define."""

    def mutate(found: Evidence) -> None:
        made = {**statement(9, "answered"), "timestamp": "2026-11-21T10:00:01.500Z"}
        made["context"]["contextActivities"].pop("category")
        made["object"] = {"objectType": "Activity", "id": "https://id.example/question/1"}
        made["result"] = {"success": True, "score": {"scaled": 0.5}}
        found.statements.insert(2, {**made, **changes})

    return mutate


def on_allowed(change: Callable[[dict[str, Any]], object]) -> Mutation:
    def mutate(found: Evidence) -> None:
        allow()(found)
        change(found.statements[2])

    return mutate


def mode(name: str) -> Mutation:
    def mutate(found: Evidence) -> None:
        found.launch_data = {**found.launch_data, "launchMode": name}

    return mutate


AGAIN: list[tuple[str, str, Mutation]] = [
    ("8.2.1.0-2", "asked twice", setting(fetches=["POST", "POST"])),
    ("8.2.1.0-2", "not asked", setting(fetches=[])),
    ("11.0.0.0-3", "asked after the first statement", lambda found: found.requests.append(
        found.requests.pop(1))),
    ("xAPI-3.3", "a version of its own", setting(versions={"2.0.0"})),
    ("9.3.0.0-2", "completed twice in a session", repeat(1)),
    ("10.2.2.0-8", "a pass in Browse", mode("Browse")),
    ("9.2", "another account", on(2, lambda one: one["actor"]["account"].update(name="bob"))),
    ("9.1", "no id", on(0, lambda one: one.pop("id"))),
    ("9.5.1-scaled", "below 0", on(2, lambda one: one["result"]["score"].update(scaled=-0.5))),
    ("9.5.1-verbs", "score of terminated", on(3, lambda one: one["result"].update(score={}))),
    ("9.5.1.0-3", "raw above max", on(2, lambda one: one["result"]["score"].update(raw=11))),
    ("9.5.2", "success of terminated", on(3, lambda one: one["result"].update(success=False))),
    ("9.5.2", "passed without success", on(2, lambda one: one["result"].pop("success"))),
    ("9.5.3", "completed: false", on(1, lambda one: one["result"].update(completion=False))),
    ("9.5.5.1", "half a percent", on_allowed(
        lambda one: one["result"].update(extensions={PROGRESS: 49.5}))),
    ("9.5.5.1", "over 100", on_allowed(
        lambda one: one["result"].update(extensions={PROGRESS: 101}))),
    ("9.6.2.2", "moveon of terminated", on(
        3, lambda one: one["context"]["contextActivities"]["category"].append({"id": MOVE_ON}))),
    ("9.6.3.2-2", "another mastery score", on(
        2, lambda one: one["context"]["extensions"].update({MASTERY: 0.5}))),
    ("9.7", "no time", on(3, lambda one: one.pop("timestamp"))),
    ("10.2.1.0-4", "an extension of the LMS overwritten", on(
        1, lambda one: one["context"]["extensions"].update({"https://lms.example/tenant": "t2"}))),
    ("10.2.1.0-4", "an allowed statement without the template", on_allowed(
        lambda one: one["context"]["contextActivities"].pop("grouping"))),
    ("9.6.1", "an allowed statement of no registration", on_allowed(
        lambda one: one["context"].pop("registration"))),
    ("7.1.1.0-1", "allowed before initialized", allow(timestamp="2026-11-21T09:59:59.000Z")),
    ("7.1.2.0-1", "allowed after terminated", allow(timestamp="2026-11-21T10:00:09.000Z")),
]  # fmt: skip
ALSO = {
    "completed twice in a session": {"9.3.0.0-6"},
    "success of terminated": {"9.6.2.2"},
    "passed without success": {"9.6.2.2"},
    "below 0": {"9.3.4.0-2"},
    "allowed before initialized": {"9.7-increasing"},
    "allowed after terminated": {"9.7-increasing"},
}
"""Where one change cannot but break another rule, too."""


def test_good_sessions_violate_nothing() -> None:
    for verbs in ((), ("completed", "passed"), ("failed",), ("completed",)):
        assert violations(good(*verbs)) == []


@pytest.mark.parametrize("number", BROKEN)
def test_what_is_broken_is_found(number: str) -> None:
    found = copy.deepcopy(good("completed", "passed"))
    BROKEN[number](found)
    assert set(violations(found)) == {number} | ALSO.get(number, set())


@pytest.mark.parametrize(
    ("number", "change", "mutate"), AGAIN, ids=[f"{number} {change}" for number, change, _ in AGAIN]
)
def test_what_is_broken_otherwise_is_found(number: str, change: str, mutate: Mutation) -> None:
    found = copy.deepcopy(good("completed", "passed"))
    mutate(found)
    assert set(violations(found)) == {number} | ALSO.get(change, set())


def test_a_statement_that_cmi5_only_allows_is_allowed() -> None:
    found = copy.deepcopy(good("completed", "passed"))
    allow()(found)
    assert violations(found) == []
    found.statements[2]["context"]["extensions"].pop(SESSION)
    assert violations(found) == ["10.2.1.0-4", "9.6.3.1"]


def test_points_need_not_be_whole() -> None:
    found = copy.deepcopy(good("passed"))
    found.statements[1]["result"]["score"].update(raw=8.5, scaled=0.85)
    assert violations(found) == []


def test_a_missing_session_id_breaks_the_template_too() -> None:
    found = good("completed")
    found.statements[1]["context"]["extensions"].pop(SESSION)
    assert violations(found) == ["10.2.1.0-4", "9.6.3.1"]


def test_a_failure_after_a_pass_and_one_without_its_duration() -> None:
    found = good("failed")
    found.earlier = [statement(0, "passed")]
    assert violations(found) == ["9.3.0.0-8"]
    found = good("failed")
    found.statements[1]["result"].pop("duration")
    assert violations(found) == ["9.5.4.1-4"]
    found = good("failed")
    found.statements[1]["result"]["score"] = {"scaled": 0.9}
    assert violations(found) == ["9.3.4.0-2"]


def test_an_open_session_has_not_terminated() -> None:
    found = good("completed")
    found.ended = False
    assert violations(found) == ["7.1.2.0-1"]


def test_every_rule_was_broken_once() -> None:
    elsewhere = {"9.3.0.0-8", "9.5.4.1-4", "9.6.3.1"}
    assert set(BROKEN) | elsewhere == set(SESSION_RULES) | set(STATEMENT_RULES)
