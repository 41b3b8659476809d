"""What the preview does, apart from HTTP: builds, launches, plays LMS and LRSs, with faults."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from programme.problems import Problem
from scorm_builder.preview.faults import Faults, answer_with
from scorm_builder.preview.lms_service import LAUNCHED, Launching, LmsService
from scorm_builder.preview.memory_lrs import Answer, MemoryLrs, Request
from scorm_builder.preview.preview_package import CREDENTIALS, SEVERAL, Wish
from scorm_builder.preview.replies import NOT_FOUND, Reply, json_reply, package_reply
from scorm_builder.preview.request_log import Receiver, RequestLog
from scorm_builder.preview.watched_course import LOOK_SECONDS, WatchedCourse
from scorm_builder.standards import STANDARDS

LONGEST_WAIT_SECONDS = 20.0
PROGRAMME_ENDPOINT = "lrs/"


class Preview:
    """Shows one course at `address`, which ends with a slash; safe to use from several threads."""

    def __init__(self, course: Path, programme: Path | None, address: str) -> None:
        self.folder = course
        self.requests = RequestLog()
        self.stopping = threading.Event()
        self.faults = Faults()
        self.lms = LmsService(address)
        self.watched = WatchedCourse(course, programme, f"{address}{PROGRAMME_ENDPOINT}")
        self._programme_lrs = MemoryLrs()
        self._lock = threading.Lock()

    def wait_for_change(self, revision: int, seen: int) -> Reply:
        """Answer when the course is no longer `revision` or more than `seen` requests came."""
        for _ in range(int(LONGEST_WAIT_SECONDS / LOOK_SECONDS)):
            if self.watched.look() != revision or self.requests.after(seen):
                break
            if self.stopping.wait(LOOK_SECONDS):
                break
        return json_reply(self._state(seen))

    def build(self, wish: Wish) -> Reply:
        """Build the package and say where it is."""
        if wish.standard not in STANDARDS:
            return NOT_FOUND
        launch = self.watched.launch(wish)
        return json_reply(
            {
                "path": launch.path,
                "url": launch.path and f"/content/{launch.path}{launch.page}",
                "codes": self.watched.codes(wish.chain) if wish.standard == "web" else [],
                "stale": launch.stale,
                "problems": [_problem(one) for one in launch.problems],
            }
        )

    def launch(self, body: bytes) -> Reply:
        """Be the LMS that launches: {"path": of a package, and what Launching has}."""
        try:
            asked = json.loads(body)
            files = self.watched.content(str(asked.pop("path")))
            if asked.get("language") == SEVERAL:
                asked["language"] = ""
            wish = Launching(**asked)
            float(wish.mastery or 0)
        except (ValueError, KeyError, TypeError, AttributeError):
            return Reply(400)
        if wish.standard not in LAUNCHED or not files:
            return NOT_FOUND
        name, query = self.lms.launch(wish, files)
        return json_reply({"launch": name, "query": query})

    def package_file(self, path: str) -> Reply:
        """Give one file of a package, unless the connection is lost."""
        if self.faults.offline:
            return Reply(503, b"The connection is lost (a fault that you switched on).")
        content = self.watched.file(path)
        return NOT_FOUND if content is None else package_reply(path, content)

    def set_faults(self, body: bytes) -> Reply:
        """Switch the faults that are the server's: {"offline", "lms", "programme"}."""
        try:
            self.faults = Faults.read(json.loads(body))
        except ValueError:
            return Reply(400)
        return Reply(204)

    def take(self, to: Receiver, request: Request) -> Reply:
        """Be one of the LRSs, with the fault that it has now, and remember the request."""
        judge = self.lms.answer if to == "lms" else self._programmes_answer
        fault = self.faults.lms if to == "lms" else self.faults.programme
        answer = Answer(0)
        if not self.faults.offline:
            answer = answer_with(fault, request, judge, self.stopping)
        return self._logged(to, request, answer)

    def fetch(self, session: str) -> Reply:
        """Hand out the token of a cmi5 session."""
        request = Request("POST", "fetch", {}, {})
        answer = Answer(0) if self.faults.offline else self.lms.fetch(session)
        return self._logged("lms", request, answer)

    def _programmes_answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != CREDENTIALS:
            return Answer(401, b"this is not the key of the package")
        if request.resource != "statements":
            return Answer(404)
        with self._lock:
            return self._programme_lrs.answer(request)

    def _logged(self, to: Receiver, request: Request, answer: Answer) -> Reply:
        self.requests.add(to, request, answer)
        return Reply(answer.status, answer.body, "application/json", etag=answer.etag)

    def _state(self, seen: int) -> dict[str, object]:
        outline, watched = self.watched.outline, self.watched
        course = outline and {
            "id": outline.id,
            "title": outline.settings.value.title,
            "version": outline.settings.value.version,
            "languages": [
                {"tag": tag, "name": _language_name(tag), "status": status.status}
                for tag, status in outline.languages.items()
            ],
        }
        return {
            "revision": watched.look(),
            "folder": str(self.folder),
            "course": course,
            "standards": list(STANDARDS),
            "several": SEVERAL,
            "chains": [{"id": one, "name": name} for one, name in watched.chains.items()],
            "roles": [{"id": one, "title": title} for one, title in watched.roles.items()],
            "problems": [_problem(one) for one in watched.problems],
            "requests": self.requests.after(seen),
        }


def _problem(problem: Problem) -> dict[str, object]:
    return {**problem.as_json(), "source_line": problem.source_line}


def _language_name(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag
