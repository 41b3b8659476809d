"""A small cmi5 launch service (cmi5 1.0, sections 6, 8, 10): the LMS's half of a launch.

Each launch has a session of its own: a token that is handed out once, the document LMS.LaunchData,
a context template, a `launched` statement, a return address. A learner keeps one registration.
"""

from __future__ import annotations

import itertools
import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scorm_builder.preview.launches import HOME, Cmi5Launch, au_of, cmi5_actor, launch_data
from scorm_builder.preview.memory_lrs import Answer, MemoryLrs, Request
from tests.lms.launch_server import Exchange, LaunchServer


@dataclass
class Cmi5Session(Cmi5Launch):
    """One launch and all that was sent in it; what the rules of cmi5_rules.py judge.

    `returned` says that the window came back to the return address.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    returned: bool = False

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
        self._au = au_of(self.files["cmi5.xml"])
        self.sessions: list[Cmi5Session] = []
        self._registrations: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def launch_url(self, learner: str, **changes: Any) -> str:
        """Give the address of a new launch; `changes` go into LMS.LaunchData (None: take out)."""
        session = self._open(learner, changes)
        query = session.query(self.endpoint, f"{self.origin}/fetch/{session.id}")
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
        return session.hand_out() if session else None

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
        back = f"{self.origin}/returned/{session_id}"
        session = Cmi5Session(
            session_id,
            registration,
            f"{HOME}/activity/1",
            cmi5_actor(learner),
            launch_data(self._au, session_id, back, **changes),
        )
        self.sessions.append(session)
        session.prepare(self.lrs)
        return session
