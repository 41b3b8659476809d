"""What an LMS hands to a package that reports by xAPI: a launch by cmi5, and one the Tin Can way.

The preview launches with it, and so do the tests.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scorm_builder.preview.memory_lrs import Answer, MemoryLrs

HOME = "https://lms.example"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
VERBS = "http://adlnet.gov/expapi/verbs/"
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"

Json = dict[str, Any]


@dataclass
class Cmi5Launch:
    """One session (cmi5 1.0, sections 8 and 10): `token` is handed out once.

    `fetches` are the methods of the requests to the fetch URL.
    """

    id: str
    registration: str
    activity: str
    actor: Json
    launch_data: Json
    fetches: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Give the credential as the package gets it."""
        return base64.b64encode(f"{self.id}:secret".encode()).decode()

    @property
    def authorization(self) -> str:
        """Give the header that a package must send."""
        return f"Basic {self.token}"

    def hand_out(self) -> Answer:
        """Answer a POST to the fetch URL (section 8.2); an error comes with status 200, too."""
        self.fetches.append("POST")
        if len(self.fetches) > 1:
            used = {"error-code": "1", "error-text": "the token was handed out before"}
            return Answer(200, json.dumps(used).encode())
        return Answer(200, json.dumps({"auth-token": self.token}).encode())

    def query(self, endpoint: str, fetch: str) -> dict[str, str]:
        """Give the parameters of the launch address (section 8.1)."""
        return {
            "endpoint": endpoint,
            "fetch": fetch,
            "actor": json.dumps(self.actor),
            "registration": self.registration,
            "activityId": self.activity,
        }

    def prepare(self, lrs: MemoryLrs) -> None:
        """Store the launch data and say `launched`, as an LMS must before it launches."""
        query = {
            "activityId": self.activity,
            "agent": json.dumps(self.actor),
            "registration": self.registration,
            "stateId": LAUNCH_DATA,
        }
        lrs.put("activities/state", query, self.launch_data)
        launched = self._launched()
        lrs.statements.append(launched)
        lrs.forward([launched])

    def _launched(self) -> Json:
        template = self.launch_data["contextTemplate"]
        activities = {**template["contextActivities"], "category": [{"id": CATEGORY}]}
        return {
            "id": str(uuid.uuid4()),
            "actor": self.actor,
            "verb": {"id": f"{VERBS}launched", "display": {"en": "launched"}},
            "object": {"objectType": "Activity", "id": self.activity},
            "context": {
                **template,
                "registration": self.registration,
                "contextActivities": activities,
            },
            "timestamp": datetime.now(UTC).isoformat(),
        }


def au_of(cmi5_xml: bytes) -> dict[str, str]:
    """Give the attributes of the one `au` of a cmi5.xml of ours."""
    from lxml import etree

    (au,) = etree.fromstring(cmi5_xml).iter("{*}au")
    return {str(name): str(value) for name, value in au.attrib.items()}


def activity_of(tincan_xml: bytes) -> str:
    """Give the IRI of the one activity of a tincan.xml of ours."""
    from lxml import etree

    (activity,) = etree.fromstring(tincan_xml).iter("{*}activity")
    return str(activity.get("id"))


def cmi5_actor(learner: str) -> Json:
    """Give the actor of a learner: an account of the LMS and nothing else (section 9.2)."""
    return {"objectType": "Agent", "account": {"homePage": HOME, "name": learner}}


def launch_data(au: Mapping[str, str], session: str, return_url: str, **changes: Any) -> Json:
    """Give the document LMS.LaunchData for the attributes of an `au` element (section 10).

    `changes` replace properties; None takes one out.
    """
    data = {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"id": au["id"]}]},
            "extensions": {SESSION: session, f"{HOME}/tenant": "t1"},
        },
        "launchMode": "Normal",
        "launchMethod": "AnyWindow",
        "moveOn": au.get("moveOn", "NotApplicable"),
        "masteryScore": float(au.get("masteryScore") or 0) or None,
        "returnURL": return_url,
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def tincan_query(
    endpoint: str, authorization: str, learner: str, registration: str, activity: str
) -> dict[str, str]:
    """Give the parameters by which LMSs launch what a tincan.xml lists."""
    actor = {"name": "Anna", "account": {"homePage": HOME, "name": learner}}
    return {
        "endpoint": endpoint,
        "auth": authorization,
        "actor": json.dumps(actor),
        "registration": registration,
        "activity_id": activity,
    }
