"""What holds for every test."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import settings

# A verdict by the clock fails on a busy machine and says nothing about the code.
settings.register_profile("noroom", deadline=None)
settings.load_profile("noroom")


def pytest_configure() -> None:
    """Take signals that a shell ignores in its background (`&`, nohup) as any terminal does.

    Processes inherit what is ignored: the builds that tests interrupt would never end.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    usual = {signal.SIGINT: signal.default_int_handler}
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual.get(number, signal.SIG_DFL))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files that wait for a browser evenly among the others; those with an LRS first.

    Processes that all wait, or all count, leave processors idle; and what takes a minute by
    itself (an LRS and three whole courses) is not to be what the others wait for at the end.
    """
    files = list(dict.fromkeys(item.path for item in items))
    marked = {name: set[Path]() for name in ("lrs", "browser")}
    for item in items:
        for name, those in marked.items():
            if item.get_closest_marker(name):
                those.add(item.path)
    place: dict[Path, float] = {}
    for those in (marked["browser"], set(files) - marked["browser"]):
        alike = [file for file in files if file in those]
        place |= {file: (number + 0.5) / len(alike) for number, file in enumerate(alike)}
    place |= dict.fromkeys(marked["lrs"], 0.0)
    items.sort(key=lambda item: place[item.path])


@pytest.fixture(scope="session")
def update_golden() -> bool:
    """Tell whether golden files are to be rewritten: NOROOM_UPDATE_GOLDEN=1."""
    return os.environ.get("NOROOM_UPDATE_GOLDEN", "") == "1"
