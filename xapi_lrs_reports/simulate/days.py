"""The days of the simulation. All fixed, so that the truth does not depend on when it is run.

Whoever reports on AS_OF or on any later day before TRUE_UNTIL gets the truth: everybody joined
and left before AS_OF; completions that count lie in 2026 and stay inside the window of 60 months
until TRUE_UNTIL; those outside the window were outside it on AS_OF already.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

AS_OF = date(2026, 11, 1)
WINDOW_MONTHS = 60
TRUE_UNTIL = date(2031, 2, 1)
FIRST_LAUNCH = date(2026, 2, 9)
LAST_TRAINING_DAY = date(2026, 10, 2)
LONG_AGO = date(2020, 3, 2)
LATEST_DELAY_DAYS = 20


def moment(day: date, hour: int, minute: int, second: int, millisecond: int) -> datetime:
    """Give a moment in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, second, millisecond * 1000, UTC)


def spelled(when: datetime) -> str:
    """Give `2026-11-21T10:00:00.000Z` (RFC 3339, milliseconds, UTC)."""
    return when.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def days_after(day: date, days: int) -> date:
    """Give the day so many days later."""
    return day + timedelta(days=days)
