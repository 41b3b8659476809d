"""An LMS that launches xAPI packages by tincan.xml: everything in the address, nothing to fetch."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scorm_builder.preview.launches import activity_of, tincan_query
from scorm_builder.preview.memory_lrs import MemoryLrs
from tests.lms.launch_server import LaunchServer

AUTHORIZATION = "Basic bGF1bmNoOnNlY3JldA=="


class TinCanService(LaunchServer):
    """The service; a context manager."""

    def __init__(self, package: Path, lrs: MemoryLrs | None = None) -> None:
        super().__init__(package, lrs)
        self.activity = activity_of(self.files["tincan.xml"])
        self._registrations: dict[str, str] = {}

    def launch_url(self, learner: str, **changes: Any) -> str:
        """Give the address of a launch; `changes` replace parameters (None: leave out)."""
        registration = self._registrations.setdefault(learner, str(uuid.uuid4()))
        registered = (registration, self.activity)
        query = tincan_query(self.endpoint, AUTHORIZATION, learner, *registered)
        query |= changes
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
