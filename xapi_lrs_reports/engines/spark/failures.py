"""What goes wrong while Spark works -> an InputError in plain words; a defect of ours stays one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from programme.problems import InputError, Problem

_UNREADABLE = re.compile(r"PlaceUnreadable: (.*)")
_NO_PACKAGE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_FROM_JAVA = re.compile(r"^: (?:[\w.$]+: )?(.+)", re.MULTILINE)
"""What Java says, below a line that only names the call."""
_MOST_SHOWN = 300


class PlaceUnreadable(OSError):
    """A worker cannot read the place. Its text is all that Spark carries back: "file: why"."""


@contextlib.contextmanager
def failures_in_words(place: str) -> Iterator[None]:
    """Say why Spark gave up. Raises InputError; a defect of ours goes on as it is."""
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException, PythonException

    try:
        yield
    except AnalysisException:
        raise
    except (PySparkException, Py4JError, ConnectionError) as error:
        problem = _of_worker(place, str(error))
        if problem is None and isinstance(error, PythonException):
            raise
        raise InputError([problem or _stopped(str(error))]) from None


def _of_worker(place: str, text: str) -> Problem | None:
    """Give what a worker's Python says that its operator can cure."""
    if found := _UNREADABLE.search(text):
        what = f"this place could not be read to its end: {found[1].strip()}"
        fix = "Check that every worker reaches it and has its credentials, then run this again."
        return Problem(place, 0, 0, "file-unreadable", what, fix)
    if found := _NO_PACKAGE.search(text):
        what = f"a worker has no Python package {found[1]}"
        fix = 'Install it there, in the Python of PYSPARK_PYTHON: pip install "noroom[spark]".'
        return Problem("--engine spark", 0, 0, "spark-worker", what, fix)
    return None


def _stopped(text: str) -> Problem:
    found = _FROM_JAVA.search(text)
    lines = [found[1]] if found else text.splitlines() or ["it did not say why"]
    what = f"Spark stopped: {lines[0][:_MOST_SHOWN]}"
    fix = "Run the report again; if a worker or its memory was lost, Spark's own logs say why."
    return Problem("--engine spark", 0, 0, "spark-stopped", what, fix)
