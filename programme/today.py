"""The day on which something is made: contacts age, and what is made again on it is the same."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """Give today's date, or that of SOURCE_DATE_EPOCH (seconds since 1970) where it is set."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
