"""The kinds of contract under which people work or learn at a hotel, as rosters spell them."""

from __future__ import annotations

from typing import Literal

Staff = Literal[
    "permanent", "fixed", "part_time", "zero_hours", "trainee", "on_leave",
    "agency", "outsourced_cleaning", "owner_manager",
]  # fmt: skip
Contract = Literal[Staff, "student", "municipal"]
"""Students and municipal staff take the course in a hotel without being its staff."""
