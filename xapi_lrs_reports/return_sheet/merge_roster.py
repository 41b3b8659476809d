"""Roster rows of a return sheet into roster.csv: who joined, left, moved or has other details.

Nobody is removed, and an empty cell changes nothing: HR may send a part of its people, and a base
that shrinks unseen would give certificates away. Who leaves gets a date in `left`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from programme.pseudonym import normalise_learner_id
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.return_sheet.read_sheet import RosterRow

Period = tuple[int, dict[str, str]]
"""The number of a row of roster.csv, and its values."""

_DETAILS = ("department", "contract", "joined", "left")


@dataclass
class RosterChanges:
    """How many people; `moved` joined one hotel and left another in the same sheet.

    `gone` are the sheet's rows of people who left according to roster.csv; nothing was changed.
    """

    joined: int = 0
    left: int = 0
    moved: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give the counts, and the rows of `gone`."""
        return dict(vars(self))


def merge_roster(file: CsvEdit, rows: Sequence[RosterRow]) -> RosterChanges:
    """Put the rows into the file that is open for editing, and tell what changed."""
    known: dict[tuple[str, str], list[Period]] = {}
    for number, values in file.rows():
        person = (values.get("hotel", ""), normalise_learner_id(values.get("employee", "")))
        known.setdefault(person, []).append((number, values))
    changes = RosterChanges()
    joined, left = set(), set()
    for row in rows:
        who = normalise_learner_id(row.employee)
        periods = known.setdefault((row.hotel, who), [])
        period = _period(periods, row)
        if period is None:
            made = {name: getattr(row, name) for name in ("hotel", "employee", *_DETAILS)}
            periods.append((file.append(made), made))
            changes.joined += 1
            joined.add(who)
            continue
        number, values = period
        if values.get("left") and not row.left:
            changes.gone.append(row.row)
        news = _news(values, row)
        if not news:
            changes.unchanged += 1
            continue
        if "left" in news and not values.get("left"):
            changes.left += 1
            left.add(who)
        else:
            changes.changed += 1
        file.change(number, news)
        values.update(news)
    changes.moved = len(joined & left)
    changes.joined -= changes.moved
    changes.left -= changes.moved
    return changes


def _period(periods: list[Period], row: RosterRow) -> Period | None:
    """Give the time at the hotel that a row speaks of; None: one that the file does not know."""
    same = [period for period in periods if period[1].get("joined", "") == row.joined]
    meeting = [period for period in periods if _meets(period[1], row)]
    latest = sorted(same or meeting, key=lambda period: period[1].get("joined", ""))
    return latest[-1] if latest else None


def _meets(values: dict[str, str], row: RosterRow) -> bool:
    """Tell whether this time at the hotel and that of the row have a day in common."""
    joined, left = values.get("joined", ""), values.get("left", "")
    is_over = bool(left and row.joined and left <= row.joined)
    begins_later = bool(row.left and joined and row.left <= joined)
    return not is_over and not begins_later


def _news(values: dict[str, str], row: RosterRow) -> dict[str, str]:
    """Give the details that the row knows and the file has otherwise."""
    defaults = {"contract": "permanent", "department": "unknown"}
    news = {}
    for name in _DETAILS:
        said, held = getattr(row, name), values.get(name) or defaults.get(name, "")
        if said and said.lower() != held.lower():
            news[name] = said
    return news
