"""Events -> statements as an LRS gives them out: docs/contracts.md section 3, with its stamps."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from programme.statement_ids import statement_id
from xapi_lrs_reports.simulate import days, names
from xapi_lrs_reports.simulate.attempts import Event
from xapi_lrs_reports.simulate.dice import Dice
from xapi_lrs_reports.simulate.people import Hotel

Statement = dict[str, Any]

VERBS = "http://adlnet.gov/expapi/verbs/"
COURSE_TYPE = "http://adlnet.gov/expapi/activities/course"
SCORM_PROFILE = "https://w3id.org/xapi/scorm"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
FINISHING_VERBS = frozenset({VERBS + "completed", VERBS + "passed"})


def chain_iri(chain: str) -> str:
    """Give the homePage of a chain's accounts."""
    return f"{names.IRI}/chain/{chain}"


def chain_authority(chain: str) -> Statement:
    """Give the agent that the LRS stamps on what a chain's packages send."""
    account = {"homePage": names.LRS_HOME, "name": f"{chain}-packages"}
    return {"objectType": "Agent", "account": account}


def officer() -> Statement:
    """Give the agent of the programme officer, who may void."""
    return {"objectType": "Agent", "mbox": names.OFFICER}


def statement_of(
    event: Event, hotel: Hotel, learner: str, language: str, source: str | None
) -> Statement:
    """Give one statement of a learner (pseudonym); `source` None leaves the hotel out."""
    course = f"{names.IRI}/course/{names.COURSE}"
    grouping = [{"id": f"{course}/version/{names.COURSE_VERSION}"}]
    context: Statement = {
        "registration": event.registration,
        "platform": hotel.chain.platform,
        "language": language,
        "contextActivities": {"category": [{"id": SCORM_PROFILE}], "grouping": grouping},
    }
    if source is not None:
        grouping.append({"id": f"{names.IRI}/hotel/{hotel.id}"})
        context["extensions"] = {f"{names.IRI}/extension/hotel-source": source}
    statement: Statement = {
        "id": statement_id(names.IRI, event.registration, event.verb, event.number),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": chain_iri(hotel.chain.id), "name": learner},
        },
        "verb": {"id": VERBS + event.verb, "display": {"en": event.verb}},
        "object": {"objectType": "Activity", "id": course, "definition": {"type": COURSE_TYPE}},
        "context": context,
        "timestamp": days.spelled(event.when),
    }
    result = _result(event)
    if result:
        statement["result"] = result
    return statement


def _result(event: Event) -> Statement | None:
    if event.verb == "completed":
        return {"completion": True, "success": True}
    if event.verb == "passed":
        raw = event.correct * 20
        score = {"scaled": raw / 100, "raw": raw, "min": 0, "max": 100}
        return {"completion": True, "success": True, "score": score}
    if event.verb == "failed":
        return {"success": False, "extensions": {f"{names.IRI}/extension/try": event.number}}
    return None


def stamp(statement: Statement, received: datetime, authority: Statement) -> Statement:
    """Add what the LRS adds on receipt, in place: `stored`, `authority`, `version`."""
    statement["stored"] = days.spelled(received)
    statement["authority"] = authority
    statement["version"] = "1.0.3"
    return statement


def void_of(target: Statement, dice: Dice, authority: Statement, *, days_later: int) -> Statement:
    """Give a statement that voids `target` (xAPI 1.0.3 Data, section 2.3.2).

    It is stored `days_later` than its target; a negative number means that it came before it.
    """
    received = when_stored(target) + timedelta(days=days_later, seconds=dice.below(3600))
    statement: Statement = {
        "id": str(uuid.UUID(dice.uuid4())),
        "actor": authority,
        "verb": {"id": VERBS + "voided", "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": target["id"]},
        "timestamp": days.spelled(received),
    }
    return stamp(statement, received, authority)


def when_stored(statement: Statement) -> datetime:
    """Give the moment of receipt, in UTC."""
    return datetime.fromisoformat(statement["stored"])


def line(statement: Statement) -> str:
    """Give the statement as one line of JSON, without the line end."""
    return _ENCODER.encode(statement)
