"""xAPI timestamps -> UTC to the millisecond, lenient in reading.

Accepted beyond RFC 3339: no zone (taken as UTC), a space for the T, nanoseconds, leap seconds,
-00:00 and a date alone. LRSs may cut a timestamp to milliseconds (xAPI 1.0.3 Data, section 4.5), so
two copies of a statement are compared at that precision.
"""

from __future__ import annotations

import datetime
import re

UTC = datetime.UTC
_LEAP_SECOND = re.compile(r"(?<=\d\d:\d\d:)60")
OLDEST = "2000-01-01"


def to_utc(text: str) -> tuple[str, bool]:
    """Give `YYYY-MM-DDTHH:MM:SS.mmm` in UTC, and whether a zone was given; raises ValueError."""
    if len(text) == 24 and text[10] == "T" and text[19] == "." and _is_plain_utc(text):
        datetime.datetime.fromisoformat(text)
        found, zoned = text[:-1], True
    else:
        found, zoned = _convert(text)
    if found < OLDEST:
        raise ValueError("before the year 2000")
    return found, zoned


def _is_plain_utc(text: str) -> bool:
    """Tell whether a text of the usual length needs no conversion; week dates have a W."""
    return text[23] == "Z" and text[4] == text[7] == "-" and text[5] != "W"


def _convert(text: str) -> tuple[str, bool]:
    leap = _LEAP_SECOND.search(text)
    moment = datetime.datetime.fromisoformat(_LEAP_SECOND.sub("59", text.strip()))
    zoned = moment.tzinfo is not None
    try:
        moment = moment.astimezone(UTC) if zoned else moment
        moment += datetime.timedelta(seconds=1 if leap else 0)
    except OverflowError:
        raise ValueError("not a date of our calendar") from None
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds"), zoned
