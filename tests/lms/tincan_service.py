"""An LMS that launches xAPI packages by tincan.xml: everything in the address, nothing to fetch."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from tests.lms.launch_server import LaunchServer
from tests.lms.memory_lrs import MemoryLrs

HOME = "https://lms.example"
AUTHORIZATION = "Basic bGF1bmNoOnNlY3JldA=="


class TinCanService(LaunchServer):
    """The service; a context manager."""

    def __init__(self, package: Path, lrs: MemoryLrs | None = None) -> None:
        super().__init__(package, lrs)
        (activity,) = etree.fromstring(self.files["tincan.xml"]).iter("{*}activity")
        self.activity = str(activity.get("id"))
        self._registrations: dict[str, str] = {}

    def launch_url(self, learner: str, **changes: Any) -> str:
        """Give the address of a launch; `changes` replace parameters (None: leave out)."""
        registration = self._registrations.setdefault(learner, str(uuid.uuid4()))
        actor = {"name": "Anna", "account": {"homePage": HOME, "name": learner}}
        query = {
            "endpoint": self.endpoint,
            "auth": AUTHORIZATION,
            "actor": json.dumps(actor),
            "registration": registration,
            "activity_id": self.activity,
            **changes,
        }
        given = {name: value for name, value in query.items() if value is not None}
        return f"{self.content}?{urlencode(given)}"

    def is_known(self, authorization: str) -> bool:
        """Tell whether the credential is the one of the launch address."""
        return authorization == AUTHORIZATION

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Give what the LRS holds."""
        return self.lrs.statements

    def verbs(self) -> list[str]:
        """Give the last part of each statement's verb."""
        return [one["verb"]["id"].rsplit("/", 1)[1] for one in self.statements]
