"""What holds for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A verdict by the clock fails on a busy machine and says nothing about the code.
settings.register_profile("noroom", deadline=None)
settings.load_profile("noroom")


@pytest.fixture(scope="session")
def update_golden() -> bool:
    """Tell whether golden files are to be rewritten: NOROOM_UPDATE_GOLDEN=1."""
    return os.environ.get("NOROOM_UPDATE_GOLDEN", "") == "1"
