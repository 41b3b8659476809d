"""Whether a hotel keeps what its certificate says: the rule's answer on the days before, too.

A certificate lapses when its hotel was below `maintain_threshold` for `maintain_days`. Between them
the rule is asked once a week, so that a report costs a dozen runs at most, and none where every
holder is above.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from xapi_lrs_reports.report.report_model import HotelDecision

if TYPE_CHECKING:
    from programme.settings import Rule

BELOW = "below_threshold"
LAPSE_DUE = "lapse_due"
Shares = Callable[[datetime.date], Mapping[str, int]]
_WEEK = datetime.timedelta(days=7)


def with_maintenance(
    decisions: Sequence[HotelDecision],
    issued_on: Mapping[str, datetime.date],
    rule: Rule,
    as_of: datetime.date,
    shares: Shares,
) -> tuple[HotelDecision, ...]:
    """Flag the holders of a certificate that no longer meet the rule; lapse it under `auto`.

    `issued_on` names the newest certificate of each hotel; `shares` gives the per cent of every
    hotel on a day, rounded down.
    """
    holders = [one for one in decisions if one.certificate in ("valid", "grace")]
    due = _long_below(holders, issued_on, rule, as_of, shares)
    return tuple(_marked(one, rule, is_due=one.hotel in due) for one in decisions)


def _long_below(
    holders: Iterable[HotelDecision],
    issued_on: Mapping[str, datetime.date],
    rule: Rule,
    as_of: datetime.date,
    shares: Shares,
) -> set[str]:
    least = rule.maintain_threshold
    if least is None or rule.revocation == "never":
        return set()
    start = as_of - datetime.timedelta(days=rule.maintain_days)
    below = {
        one.hotel
        for one in holders
        if one.status == "not_met"
        and (one.percent or 0) < least
        and issued_on.get(one.hotel, as_of) <= start
    }
    day = start
    while below and day < as_of:
        then = shares(day)
        below = {hotel for hotel in below if then.get(hotel, 0) < least}
        day += _WEEK
    return below


def _marked(decision: HotelDecision, rule: Rule, *, is_due: bool) -> HotelDecision:
    if decision.certificate not in ("valid", "grace") or decision.status != "not_met":
        return decision
    flags = {*decision.flags, BELOW}
    if is_due:
        flags.add(LAPSE_DUE)
    lapsed = is_due and rule.revocation == "auto"
    return dataclasses.replace(
        decision,
        flags=tuple(sorted(flags)),
        certificate="lapsed" if lapsed else decision.certificate,
    )
