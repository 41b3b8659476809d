"""The LRSs of other makers that the tests run against, each a program of its own.

What holds of one has to hold of all: a test that takes `EVERY_LRS` runs with each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lrs.learning_locker_lrs import running_learning_locker
from tests.lrs.ralph_lrs import running_ralph
from tests.lrs.real_lrs import RealLrs, User


@dataclass(frozen=True)
class Maker:
    """How to start one; `resume` is what programme.yaml has to say about it.

    `start` is called with a directory, the users, the origins of pages that may write, and a port.
    """

    start: Callable[[Path, list[User], list[str], int], AbstractContextManager[RealLrs]]
    resume: str


RALPH = Maker(running_ralph, "everything")
LEARNING_LOCKER = Maker(running_learning_locker, "stored")

EVERY_LRS = [
    pytest.param(RALPH, id="ralph"),
    pytest.param(LEARNING_LOCKER, id="learning-locker", marks=pytest.mark.slow),
]
