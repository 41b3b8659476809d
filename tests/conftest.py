"""What holds for every test."""

from __future__ import annotations

import os
import signal
import threading

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


@pytest.fixture(scope="session")
def update_golden() -> bool:
    """Tell whether golden files are to be rewritten: NOROOM_UPDATE_GOLDEN=1."""
    return os.environ.get("NOROOM_UPDATE_GOLDEN", "") == "1"
