"""Dates as exports write them -> UTC; what could be read in two ways is refused, not guessed."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterable

from xapi_lrs_reports.lms_export.models import DateOrder
from xapi_lrs_reports.lms_export.status import folded, month_numbers

OLDEST = datetime.datetime(2000, 1, 1)
_EPOCH = datetime.datetime(1899, 12, 30)
"""Day 0 of Excel's serial numbers, as they are from March 1900 on."""
_SERIALS = (36526, 80000)
_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})\b[.,]?\s*(.*)")
_ISO = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T ,]+(.*))?")
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?\s*"
                   r"(z|utc|gmt|[+-]\d\d:?\d\d)?")  # fmt: skip
_WORDS = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+"
                    r"(?:de\s+)?(\d{4})[,.]?\s*(?:at|om|um|à)?\s*(.*)")  # fmt: skip
_AMERICAN = re.compile(r"(?:[^\W\d]+\.?,?\s+)?([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})[,.]?\s*(.*)")


class NoDate(ValueError):
    """This is no date, or not one that anybody could have completed a course on."""


def order_of(values: Iterable[object]) -> tuple[DateOrder | None, bool]:
    """Tell the order of day and month from a whole column, and whether it matters.

    None where no value shows it, or where two values contradict each other.
    """
    first = second = both = False
    for value in values:
        found = _NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            day, month = int(found[1]), int(found[2])
            first |= day > 12
            second |= month > 12
            both |= day != month
    if first is not second:
        return ("dmy" if first else "mdy"), both
    return None, both


def to_moment(
    value: object,
    order: DateOrder | None,
    zone: zoneinfo.ZoneInfo,
    now: datetime.datetime,
    oldest: datetime.datetime = OLDEST,
) -> str:
    """Give `YYYY-MM-DDTHH:MM:SS.000` in UTC; a date without a time is noon of that day.

    `zone` is that of times without one; `now` and `oldest` are UTC without zone. Raises
    NoDate.
    """
    moment = _moment(value, order)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        utc = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    except OverflowError:
        raise NoDate from None
    if not oldest <= utc <= now + datetime.timedelta(days=1):
        raise NoDate
    return utc.isoformat(timespec="milliseconds")


def _moment(value: object, order: DateOrder | None) -> datetime.datetime:
    if isinstance(value, datetime.datetime):
        return _noon(value) if value.time() == datetime.time() else value
    if isinstance(value, datetime.date):
        return _noon(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not _SERIALS[0] <= value <= _SERIALS[1]:
            raise NoDate
        made = _EPOCH + datetime.timedelta(seconds=round(value * 86400))
        return _noon(made) if made.time() == datetime.time() else made
    if not isinstance(value, str):
        raise NoDate
    return _of_text(value.strip(), order)


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, 12)


def _of_text(text: str, order: DateOrder | None) -> datetime.datetime:
    if found := _ISO.fullmatch(text):
        return _put_together(found[1], found[2], found[3], found[4])
    if found := _NUMBERS.fullmatch(text):
        if order not in ("dmy", "mdy") and found[1] != found[2]:
            raise NoDate
        day, month = (found[1], found[2]) if order != "mdy" else (found[2], found[1])
        return _put_together(found[3], month, day, found[4])
    if found := _WORDS.fullmatch(text):
        return _put_together(found[3], _month(found[2]), found[1], found[4])
    if found := _AMERICAN.fullmatch(text):
        return _put_together(found[3], _month(found[1]), found[2], found[4])
    raise NoDate


def _month(name: str) -> str:
    number = month_numbers().get(folded(name))
    if number is None:
        raise NoDate
    return str(number)


def _put_together(year: str, month: str, day: str, rest: str | None) -> datetime.datetime:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise NoDate from None
    if not (rest or "").strip():
        return _noon(date)
    time = _TIME.fullmatch((rest or "").strip().lower())
    if time is None:
        raise NoDate
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4]:
        if not 1 <= hour <= 12:
            raise NoDate
        hour = hour % 12 + (12 if time[4] == "p" else 0)
    zone = _zone(time[5])
    try:
        return datetime.datetime(date.year, date.month, date.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        raise NoDate from None


def _zone(text: str | None) -> datetime.tzinfo | None:
    if not text:
        return None
    if text in ("z", "utc", "gmt"):
        return datetime.UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    try:
        return datetime.timezone(sign * datetime.timedelta(hours=hours, minutes=minutes))
    except ValueError:
        raise NoDate from None
