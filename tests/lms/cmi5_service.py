"""A small cmi5 launch service (cmi5 1.0, sections 6, 8, 10): the LMS's half of a launch.

Each launch has a session of its own: a token that is handed out once, the document LMS.LaunchData,
a context template, a `launched` statement, a return address. A learner keeps one registration.
"""

from __future__ import annotations

import base64
import itertools
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from tests.lms.launch_server import Exchange, LaunchServer
from tests.lms.memory_lrs import Answer, MemoryLrs, Request

HOME = "https://lms.example"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
VERBS = "http://adlnet.gov/expapi/verbs/"


@dataclass
class Cmi5Session:
    """One launch and all that was sent in it; what the rules of cmi5_rules.py judge.

    `fetches` are the methods of the requests to the fetch URL; `returned` says that the window
    came back to the return address.
    """

    id: str
    token: str
    registration: str
    activity: str
    actor: dict[str, Any]
    launch_data: dict[str, Any]
    exchanges: list[Exchange] = field(default_factory=list)
    fetches: list[str] = field(default_factory=list)
    returned: bool = False

    @property
    def authorization(self) -> str:
        """Give the header that a package must send."""
        return f"Basic {self.token}"

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Give the statements that the LRS took, each id once, in the order of arrival."""
        taken = (
            one for found in self.exchanges if found.status < 300 for one in found.statements()
        )
        return list({one["id"]: one for one in taken}.values())

    def verbs(self) -> list[str]:
        """Give the last part of each statement's verb."""
        return [one["verb"]["id"].rsplit("/", 1)[1] for one in self.statements]


class Cmi5Service(LaunchServer):
    """The service; a context manager. `sessions` are the launches, oldest first."""

    def __init__(self, package: Path, lrs: MemoryLrs | None = None) -> None:
        super().__init__(package, lrs)
        (self._au,) = etree.fromstring(self.files["cmi5.xml"]).iter("{*}au")
        self.sessions: list[Cmi5Session] = []
        self._registrations: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def launch_url(self, learner: str, **changes: Any) -> str:
        """Give the address of a new launch; `changes` go into LMS.LaunchData (None: take out)."""
        session = self._open(learner, changes)
        query = {
            "endpoint": self.endpoint,
            "fetch": f"http://127.0.0.1:{self.port}/fetch/{session.id}",
            "actor": json.dumps(session.actor),
            "registration": session.registration,
            "activityId": session.activity,
        }
        return f"{self.content}?{urlencode(query)}"

    def of(self, learner: str) -> list[Cmi5Session]:
        """Give a learner's sessions, oldest first."""
        return [one for one in self.sessions if one.actor["account"]["name"] == learner]

    def state(self, learner: str) -> dict[str, Any] | None:
        """Give the package's own document of a learner, None if there is none."""
        for (_, query), content in self.lrs.documents.items():
            names = dict(query)
            if names.get("stateId") == "noroom-state" and f'"{learner}"' in names["agent"]:
                found: dict[str, Any] = json.loads(content)
                return found
        return None

    def is_known(self, authorization: str) -> bool:
        """Tell whether the credential is a session's."""
        return any(one.authorization == authorization for one in self.sessions)

    def post(self, path: str) -> Answer | None:
        """Hand out the token of a session, once."""
        session = next((one for one in self.sessions if path == f"/fetch/{one.id}"), None)
        if session is None:
            return None
        session.fetches.append("POST")
        if len(session.fetches) > 1:
            return Answer(200, b'{"error-code": "1", "error-text": "used"}')
        return Answer(200, json.dumps({"auth-token": session.token}).encode())

    def visit(self, path: str) -> bool:
        """Notice that a window came back to the LMS."""
        session = next((one for one in self.sessions if path == f"/returned/{one.id}"), None)
        if session is not None:
            session.returned = True
        return session is not None

    def take(self, request: Request) -> Answer:
        """Answer, and give the exchange to the session whose token it carried."""
        answer = super().take(request)
        for session in self.sessions:
            if session.authorization == request.headers.get("authorization"):
                session.exchanges.append(Exchange(request, answer.status))
        return answer

    def _open(self, learner: str, changes: dict[str, Any]) -> Cmi5Session:
        number = next(self._numbers)
        registration = self._registrations.setdefault(learner, str(uuid.uuid4()))
        session_id = f"session-{number}"
        data = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": self._au.get("id")}]},
                "extensions": {SESSION: session_id, "https://lms.example/tenant": "t1"},
            },
            "launchMode": "Normal",
            "launchMethod": "AnyWindow",
            "moveOn": self._au.get("moveOn"),
            "masteryScore": float(self._au.get("masteryScore") or 0) or None,
            "returnURL": f"http://127.0.0.1:{self.port}/returned/{session_id}",
            **changes,
        }
        session = Cmi5Session(
            session_id,
            base64.b64encode(f"{session_id}:secret".encode()).decode(),
            registration,
            f"{HOME}/activity/1",
            {"objectType": "Agent", "account": {"homePage": HOME, "name": learner}},
            {name: value for name, value in data.items() if value is not None},
        )
        self.sessions.append(session)
        self._prepare(session)
        return session

    def _prepare(self, session: Cmi5Session) -> None:
        """Store the launch data and say `launched`, as an LMS must before it launches."""
        query = {
            "activityId": session.activity,
            "agent": json.dumps(session.actor),
            "registration": session.registration,
            "stateId": "LMS.LaunchData",
        }
        key = ("activities/state", tuple(sorted(query.items())))
        self.lrs.documents[key] = json.dumps(session.launch_data).encode()
        template = session.launch_data["contextTemplate"]
        activities = {**template["contextActivities"], "category": [{"id": CATEGORY}]}
        launched = {
            "id": str(uuid.uuid4()),
            "actor": session.actor,
            "verb": {"id": f"{VERBS}launched", "display": {"en": "launched"}},
            "object": {"objectType": "Activity", "id": session.activity},
            "context": {
                **template,
                "registration": session.registration,
                "contextActivities": activities,
            },
            "timestamp": datetime.now(UTC).isoformat(),
        }
        self.lrs.statements.append(launched)
        self.lrs.forward([launched])
