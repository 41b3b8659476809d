"""What goes wrong at an LRS when the author wants it to: the server's half of the faults."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from scorm_builder.preview.memory_lrs import Answer, Request, statements_in

SLOW_SECONDS = 4.0
"""Less than the player waits for an answer (8 seconds), and long enough to be seen."""

_REFUSES = re.compile(r"refuses-[a-z]+")


@dataclass(frozen=True)
class Faults:
    """What is switched on. `lms` and `programme`: the fault of that LRS, see `answer_with`."""

    offline: bool = False
    lms: str = ""
    programme: str = ""

    @classmethod
    def read(cls, given: object) -> Faults:
        """Read {"offline", "lms", "programme"}; raises ValueError for anything else."""
        if not isinstance(given, dict):
            raise ValueError("faults are an object")
        names = [str(given.get(name, "")) for name in ("lms", "programme")]
        for name in names:
            if name not in ("", "down", "unauthorized", "slow") and not _REFUSES.fullmatch(name):
                raise ValueError(f"there is no fault {name}")
        return cls(bool(given.get("offline")), *names)


def answer_with(
    fault: str, request: Request, judge: Callable[[Request], Answer], stopping: threading.Event
) -> Answer:
    """Answer as an LRS with this fault does.

    "": none; "down": 503; "unauthorized": 401, whatever the credential; "slow": only after
    SLOW_SECONDS; "refuses-<verb>": 400 for every batch with a statement of that verb.
    """
    if fault == "down":
        return Answer(503, b"the LRS is down (a fault that you switched on)")
    if fault == "unauthorized":
        return Answer(401, b"the credential is refused (a fault that you switched on)")
    if fault == "slow":
        stopping.wait(SLOW_SECONDS)
    verb = fault.removeprefix("refuses-")
    if verb != fault and verb in _verbs(request):
        words = f"the statement {verb} is refused (a fault that you switched on)"
        return Answer(400, words.encode())
    return judge(request)


def _verbs(request: Request) -> list[str]:
    """Give the last part of the verbs that a request brings."""
    if request.method != "POST" or request.resource != "statements":
        return []
    sent = statements_in(request.body) or []
    verbs = (one.get("verb") for one in sent)
    return [str(one.get("id")).rsplit("/", 1)[-1] for one in verbs if isinstance(one, dict)]
