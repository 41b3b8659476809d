"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A verdict by the clock fails on a busy machine and says nothing about the code.
settings.register_profile("noroom", deadline=None)
settings.load_profile("noroom")
