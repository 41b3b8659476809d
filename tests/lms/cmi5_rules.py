"""The rules that cmi5 1.0 sets an AU, as a checker of one session.

`violations(evidence)` gives the requirements that were not met, by the numbers of the CATAPULT
test suite (section.paragraph-number) or, where it has none, by the section of the specification
(xAPI: that of xAPI 1.0.3 Communication). That an AU may change the learner's preferences
(11.0.0.0-2) is nothing that a course has a reason to do: here it must not.

A statement with a verb of cmi5 is cmi5-defined; any other is cmi5-allowed (section 7.1.3),
which may say what it likes within the session, as long as it does not claim to be the former.
Rules about cmi5.xml (8.1.0.0-6, 13.1.4.0-1, 14.1.0.0-2 to -4) are those of scorm_builder.inspect;
tests/builder/test_inspect_cmi5.py breaks each.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorm_builder.preview.launches import CATEGORY, SESSION, VERBS
from scorm_builder.preview.memory_lrs import DURATION, UUID
from tests.lms.cmi5_service import Cmi5Session

Statement = dict[str, Any]
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
DEFINED = ("initialized", "completed", "passed", "failed", "terminated")
JUDGED = ("passed", "failed")
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


@dataclass
class Evidence:
    """What a session received and sent. `requests`: (method, resource, query) in their order.

    `versions` are the values of their header X-Experience-API-Version, "" for none. `earlier` are
    the statements of earlier sessions of the registration; `exited` says that the learner left by
    the AU's own button, `ended` that the session is over.
    """

    actor: dict[str, Any]
    activity: str
    registration: str
    launch_data: dict[str, Any]
    fetches: list[str]
    requests: list[tuple[str, str, Mapping[str, str]]]
    statements: list[Statement]
    versions: set[str] = field(default_factory=lambda: {"1.0.3"})
    earlier: list[Statement] = field(default_factory=list)
    returned: bool = False
    exited: bool = True
    ended: bool = True


def evidence(
    session: Cmi5Session,
    earlier: Iterable[Cmi5Session] = (),
    *,
    exited: bool = True,
    ended: bool = True,
) -> Evidence:
    """Gather the evidence of a session of the launch service."""
    sent = [found.request for found in session.exchanges]
    return Evidence(
        session.actor,
        session.activity,
        session.registration,
        session.launch_data,
        session.fetches,
        [(one.method, one.resource, one.query) for one in sent],
        session.statements,
        {one.headers.get("x-experience-api-version", "") for one in sent},
        [statement for one in earlier for statement in one.statements],
        session.returned,
        exited,
        ended,
    )


def violations(found: Evidence) -> list[str]:
    """Give the numbers of the requirements that the session violates, sorted."""
    of_session = {number for number, holds in SESSION_RULES.items() if not holds(found)}
    of_statements = {
        number
        for number, holds in STATEMENT_RULES.items()
        if not all(holds(statement, found) for statement in found.statements)
    }
    return sorted(of_session | of_statements)


def verb(statement: Statement) -> str:
    """Give the verb's name, "" for a verb that cmi5 does not define for an AU."""
    name = str(statement["verb"]["id"]).removeprefix(VERBS)
    return name if name in DEFINED else ""


def _verbs(statements: Iterable[Statement]) -> list[str]:
    return [verb(one) for one in statements]


def _by_time(found: Evidence) -> list[str]:
    return _verbs(sorted(found.statements, key=lambda one: str(one.get("timestamp"))))


def _asked(found: Evidence, resource: str, name: str, value: str) -> int:
    """Give the place of the first GET of a document, -1 if there is none."""
    for place, (method, asked, query) in enumerate(found.requests):
        if method == "GET" and asked == resource and query.get(name) == value:
            return place
    return -1


def _first_post(found: Evidence) -> int:
    posts = [place for place, one in enumerate(found.requests) if one[:2] == ("POST", "statements")]
    return posts[0] if posts else len(found.requests)


def _launch_data_first(found: Evidence) -> bool:
    return 0 <= _asked(found, "activities/state", "stateId", "LMS.LaunchData") < _first_post(found)


def _launch_data_untouched(found: Evidence) -> bool:
    return not any(
        method != "GET" and query.get("stateId", "LMS.LaunchData") == "LMS.LaunchData"
        for method, resource, query in found.requests
        if resource == "activities/state"
    )


def _preferences_asked(found: Evidence) -> bool:
    place = _asked(found, "agents/profile", "profileId", "cmi5LearnerPreferences")
    return 0 <= place < _first_post(found)


def _preferences_untouched(found: Evidence) -> bool:
    return not any(
        method != "GET" and resource == "agents/profile" for method, resource, _ in found.requests
    )


def _increasing(found: Evidence) -> bool:
    times = [str(one.get("timestamp")) for one in found.statements]
    return all(one < two for one, two in itertools.pairwise(times))


def _not_failed_after_pass(found: Evidence) -> bool:
    verbs = _verbs(found.earlier) + _by_time(found)
    return "passed" not in verbs or "failed" not in verbs[verbs.index("passed") :]


def _only_looked(found: Evidence) -> bool:
    looking = found.launch_data.get("launchMode") != "Normal"
    return not looking or not set(_verbs(found.statements)) - {"initialized", "terminated"}


def _once(found: Evidence, name: str) -> bool:
    return _verbs([*found.earlier, *found.statements]).count(name) <= 1


SESSION_RULES: dict[str, Callable[[Evidence], bool]] = {
    "8.2.1.0-2": lambda found: found.fetches == ["POST"],
    "10.0-launch-data-read": _launch_data_first,
    "10.0-launch-data-kept": _launch_data_untouched,
    "11.0.0.0-2": _preferences_untouched,
    "11.0.0.0-3": _preferences_asked,
    "xAPI-3.3": lambda found: all(re.fullmatch(r"1\.0\.\d+", one) for one in found.versions),
    "7.1.1.0-1": lambda found: _by_time(found)[:1] == ["initialized"],
    "7.1.2.0-1": lambda found: (
        _by_time(found)[-1:] == ["terminated"] if found.ended
        else "terminated" not in _verbs(found.statements)
    ),
    "9.3.0.0-2": lambda found: all(
        _verbs(found.statements).count(name) <= 1 for name in DEFINED
    ),
    "9.3.0.0-3": lambda found: not set(JUDGED) <= set(_verbs(found.statements)),
    "9.3.0.0-6": lambda found: _once(found, "completed"),
    "9.3.0.0-7": lambda found: _once(found, "passed"),
    "9.3.0.0-8": _not_failed_after_pass,
    "9.7-increasing": _increasing,
    "10.2.2.0-8": _only_looked,
    "10.2.6.0-1": lambda found: (
        not found.exited or "returnURL" not in found.launch_data or found.returned
    ),
}  # fmt: skip


def _result(statement: Statement) -> dict[str, Any]:
    found: dict[str, Any] = statement.get("result", {})
    return found


def _context(statement: Statement) -> dict[str, Any]:
    found: dict[str, Any] = statement.get("context", {})
    return found


def _categories(statement: Statement) -> list[str]:
    given = _context(statement).get("contextActivities", {}).get("category", [])
    return [one["id"] for one in given]


def _extensions(statement: Statement) -> dict[str, Any]:
    found: dict[str, Any] = _context(statement).get("extensions", {})
    return found


def _score_fits_verb(statement: Statement, found: Evidence) -> bool:
    scaled = _result(statement).get("score", {}).get("scaled")
    mastery = found.launch_data.get("masteryScore")
    if scaled is None or mastery is None or verb(statement) not in JUDGED:
        return True
    return bool((scaled >= mastery) == (verb(statement) == "passed"))


def _score_is_whole(statement: Statement, found: Evidence) -> bool:
    score = _result(statement).get("score", {})
    numbers = [score.get(name) for name in ("raw", "min", "max") if name in score]
    if not all(isinstance(one, int | float) for one in numbers):
        return False
    return "raw" not in score or (
        len(numbers) == 3 and score["min"] <= score["raw"] <= score["max"]
    )


def _scaled_in_range(statement: Statement, found: Evidence) -> bool:
    return 0 <= float(_result(statement).get("score", {}).get("scaled", 0)) <= 1


def _progress_is_percent(statement: Statement, found: Evidence) -> bool:
    extensions = _result(statement).get("extensions", {})
    if PROGRESS not in extensions:
        return True
    value = extensions[PROGRESS]
    return type(value) is int and 0 <= value <= 100 and verb(statement) != "completed"


def _has_mastery(statement: Statement, found: Evidence) -> bool:
    if verb(statement) not in JUDGED or "masteryScore" not in found.launch_data:
        return True
    return bool(_extensions(statement).get(MASTERY) == found.launch_data["masteryScore"])


def _keeps_template(statement: Statement, found: Evidence) -> bool:
    return _contains(_context(statement), found.launch_data["contextTemplate"])


def _contains(whole: Any, part: Any) -> bool:
    """Tell whether everything of the template is still there, unchanged; lists may have grown."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _contains(whole[key], value) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(one in whole for one in part)
    return bool(whole == part)


def _duration_of(name: str) -> Callable[[Statement, Evidence], bool]:
    def holds(statement: Statement, found: Evidence) -> bool:
        given = _result(statement).get("duration")
        return verb(statement) != name or bool(given and DURATION.fullmatch(given))

    return holds


def _of_defined(holds: Callable[[Statement, Evidence], bool]) -> Callable[..., bool]:
    """Give the rule as one for cmi5-defined statements: it says nothing of the allowed ones."""
    return lambda statement, found: verb(statement) == "" or holds(statement, found)


def _decided(statement: Statement) -> bool:
    return "success" in _result(statement) or "completion" in _result(statement)


STATEMENT_RULES: dict[str, Callable[[Statement, Evidence], bool]] = {
    "9.1": lambda one, _: UUID.fullmatch(str(one.get("id"))) is not None,
    "9.2": lambda one, found: bool(one.get("actor") == found.actor),
    "9.3": lambda one, _: verb(one) != "" or CATEGORY not in _categories(one),
    "9.3.4.0-2": _score_fits_verb,
    "9.4": _of_defined(lambda one, found: bool(one["object"]["id"] == found.activity)),
    "9.5.1-verbs": _of_defined(
        lambda one, _: "score" not in _result(one) or verb(one) in JUDGED
    ),
    "9.5.1-scaled": _scaled_in_range,
    "9.5.1.0-3": _score_is_whole,
    "9.5.2": _of_defined(
        lambda one, _: _result(one).get("success")
        is {"passed": True, "failed": False}.get(verb(one))
    ),
    "9.5.3": _of_defined(
        lambda one, _: _result(one).get("completion") is {"completed": True}.get(verb(one))
    ),
    "9.5.5.1": _progress_is_percent,
    "9.5.4.1-1": _duration_of("terminated"),
    "9.5.4.1-2": _duration_of("completed"),
    "9.5.4.1-3": _duration_of("passed"),
    "9.5.4.1-4": _duration_of("failed"),
    "9.6.1": lambda one, found: bool(_context(one).get("registration") == found.registration),
    "9.6.2.1": _of_defined(lambda one, _: CATEGORY in _categories(one)),
    "9.6.2.2": _of_defined(lambda one, _: (MOVE_ON in _categories(one)) == _decided(one)),
    "9.6.3.1": lambda one, found: bool(
        _extensions(one).get(SESSION)
        == found.launch_data["contextTemplate"]["extensions"][SESSION]
    ),
    "9.6.3.2-2": _has_mastery,
    "9.7": lambda one, _: UTC_TIME.fullmatch(str(one.get("timestamp"))) is not None,
    "10.2.1.0-4": _keeps_template,
}  # fmt: skip
