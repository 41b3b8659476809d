"""The LMS of the preview for packages that report by xAPI: launches, tokens, and what it holds.

A learner keeps one registration for each standard until the attempt is reset.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scorm_builder.preview.launches import (
    LAUNCH_DATA,
    PREFERENCES,
    Cmi5Launch,
    activity_of,
    au_of,
    cmi5_actor,
    launch_data,
    tincan_query,
)
from scorm_builder.preview.memory_lrs import Answer, MemoryLrs, Request

LAUNCHED = ("cmi5", "xapi")
"""The standards whose packages are launched by an address with parameters."""

ENDPOINT, FETCH, RETURNED = "lms/xapi/", "lms/fetch/", "lms/returned"

_TINCAN_CREDENTIAL = f"Basic {uuid.uuid4().hex}"
Json = dict[str, Any]


@dataclass(frozen=True)
class Launching:
    """What the author wants to see: `mastery` in percent, "" for the package's own.

    `language` is the learner's preference, "" for none. `anew` forgets the attempt.
    """

    standard: str
    learner: str
    language: str = ""
    mode: str = "normal"
    mastery: str = ""
    anew: bool = False


@dataclass(frozen=True)
class _Attempt:
    """One registration: what to look for in the LRS. `move_on` is "" where there is none."""

    registration: str
    activity: str
    move_on: str = ""


class LmsService:
    """Safe to use from several threads; `address` is that of the server, with its slash."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.RLock()
        self._lrs = MemoryLrs()
        self._registrations: dict[tuple[str, str, str], str] = {}
        self._sessions: dict[str, Cmi5Launch] = {}
        self._attempts: dict[str, _Attempt] = {}

    def launch(self, wish: Launching, files: Mapping[str, bytes]) -> tuple[str, str]:
        """Open a session for the package `files`; give its name and the launch's parameters."""
        with self._lock:
            if wish.standard == "cmi5":
                query, attempt = self._cmi5(wish, au_of(files["cmi5.xml"]))
            else:
                query, attempt = self._tincan(wish, activity_of(files["tincan.xml"]))
            name = uuid.uuid4().hex
            self._attempts[name] = attempt
            return name, urlencode(query)

    def fetch(self, session: str) -> Answer:
        """Hand out the token of a session, once."""
        with self._lock:
            found = self._sessions.get(session)
            return found.hand_out() if found else Answer(404, b"there is no such session")

    def answer(self, request: Request) -> Answer:
        """Be the LMS's LRS."""
        with self._lock:
            known = {one.authorization for one in self._sessions.values()}
            if request.headers.get("authorization") not in {*known, _TINCAN_CREDENTIAL}:
                return Answer(401, b"this credential was not handed out by the LMS")
            return self._lrs.answer(request)

    def held(self, name: str) -> Json | None:
        """Give what the LMS holds of the attempt of a launch, None for an unknown one.

        {registration, moveOn, completed, passed, score, satisfied, documents: [{resource, name,
        content}]}; `score` None: none; `satisfied` None: the standard has no such rule.
        """
        with self._lock:
            attempt = self._attempts.get(name)
            return (
                None
                if attempt is None
                else {
                    "registration": attempt.registration,
                    "moveOn": attempt.move_on,
                    **self._judged(attempt),
                    "documents": list(self._documents(attempt)),
                }
            )

    def _registration(self, wish: Launching, activity: str) -> str:
        key = (wish.standard, activity, wish.learner)
        if wish.anew:
            self._registrations.pop(key, None)
        return self._registrations.setdefault(key, str(uuid.uuid4()))

    def _cmi5(self, wish: Launching, au: Mapping[str, str]) -> tuple[dict[str, str], _Attempt]:
        # The activity is the LMS's to choose, and need not be the publisher's id (section 8.1.5).
        activity = f"{self._address}lms/activity/{uuid.uuid5(uuid.NAMESPACE_URL, au['id'])}"
        session = f"session-{uuid.uuid4().hex}"
        changes: Json = {"launchMode": wish.mode.capitalize()}
        if wish.mastery:
            changes["masteryScore"] = float(wish.mastery) / 100
        data = launch_data(au, session, f"{self._address}{RETURNED}", **changes)
        registration = self._registration(wish, activity)
        launch = Cmi5Launch(session, registration, activity, cmi5_actor(wish.learner), data)
        self._sessions[session] = launch
        launch.prepare(self._lrs)
        agent = {"agent": json.dumps(launch.actor), "profileId": PREFERENCES}
        self._prefer(agent, wish.language)
        query = launch.query(f"{self._address}{ENDPOINT}", f"{self._address}{FETCH}{session}")
        return query, _Attempt(registration, activity, str(data["moveOn"]))

    def _prefer(self, query: dict[str, str], language: str) -> None:
        """Store the learner's preferences (section 11); a learner may have none."""
        key = ("agents/profile", tuple(sorted(query.items())))
        self._lrs.documents.pop(key, None)
        if language:
            content = {"languagePreference": language, "audioPreference": "on"}
            self._lrs.put("agents/profile", query, content)

    def _tincan(self, wish: Launching, activity: str) -> tuple[dict[str, str], _Attempt]:
        registration = self._registration(wish, activity)
        endpoint = f"{self._address}{ENDPOINT}"
        query = tincan_query(endpoint, _TINCAN_CREDENTIAL, wish.learner, registration, activity)
        return query, _Attempt(registration, activity)

    def _judged(self, attempt: _Attempt) -> Json:
        """Give what an LMS takes from the statements (cmi5 section 10.2.4: moveOn)."""
        own = [one for one in self._lrs.statements if _registration_of(one) == attempt.registration]
        said = {one["verb"]["id"].rsplit("/", 1)[-1]: one for one in own}
        completed, passed = "completed" in said, "passed" in said
        score = said.get("passed", {}).get("result", {}).get("score", {})
        met = {
            "Passed": passed,
            "Completed": completed,
            "CompletedAndPassed": completed and passed,
            "CompletedOrPassed": completed or passed,
        }
        return {
            "completed": completed,
            "passed": passed,
            "score": score.get("scaled"),
            "satisfied": met.get(attempt.move_on),
        }

    def _documents(self, attempt: _Attempt) -> list[Json]:
        found = []
        for (resource, pairs), content in self._lrs.documents.items():
            query = dict(pairs)
            is_state = query.get("registration") == attempt.registration
            if is_state or (resource == "agents/profile" and attempt.move_on):
                name = query.get("stateId") or query.get("profileId")
                text = content.decode("utf-8", "replace")
                found.append({"resource": resource, "name": name, "content": text})
        return sorted(found, key=lambda one: one["name"] == LAUNCH_DATA)


def _registration_of(statement: Json) -> str:
    return str(statement.get("context", {}).get("registration", ""))
