"""Report, its past and its insight -> Overview: what the HTML and XLSX reports show beside hotels.

An overview obeys its report's view. In the programme view groups of employees are taken from hotels
that are shown in full, joined until no group is small, and rounded to tens: a hotel that comes into
view or leaves it between two reports gives no group of its own away (decision 0007).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xapi_lrs_reports.report.report_model import Count, HotelDecision, Report, Totals
from xapi_lrs_reports.report.views import (
    SMALL_GROUP,
    is_telling,
    programme_view,
)
from xapi_lrs_reports.rule.insight import HotelInsight, Insight, Signs
from xapi_lrs_reports.rule.parameters import months_before

OTHERS = ""
ROUND_TO = 10
NEAR_POINTS = 15
"""A hotel is near the threshold when it is less than this many percentage points below it."""
SHARE_STEP = 5
FEWEST_PEOPLE = 200
SOON_DAYS = 90
STILL_DAYS = 90


@dataclass(frozen=True)
class Group:
    """One department or language over all hotels; name "" stands for all smaller ones.

    `headcount` is None where nobody knows it, as of languages.
    """

    name: str
    completed: int
    headcount: int | None

    @property
    def percent(self) -> int | None:
        """Give the share in percent, rounded down; None without a headcount."""
        return min(100, 100 * self.completed // self.headcount) if self.headcount else None


@dataclass(frozen=True)
class ChainRow:
    """One chain: its hotels by result, and the people of those that are shown."""

    chain: str
    name: str
    totals: Totals
    valid: int


@dataclass(frozen=True)
class TrendPoint:
    """The programme on one day: its hotels by result, and the share of employees who completed.

    `share` is in percent, rounded down; in the programme view to SHARE_STEP, never 100, and only of
    a programme of FEWEST_PEOPLE or more, since the numbers of hidden hotels are in it. `people` is
    None there.
    """

    day: datetime.date
    totals: Totals
    valid: int
    share: int | None
    people: Count | None


@dataclass(frozen=True)
class Expiry:
    """A hotel that meets the rule until `day` if nobody else completes."""

    hotel: HotelDecision
    day: datetime.date


@dataclass(frozen=True)
class Overview:
    """What a report shows beside its hotels; see the functions that make each part."""

    chains: tuple[ChainRow, ...]
    trend: tuple[TrendPoint, ...]
    departments: tuple[Group, ...]
    languages: tuple[Group, ...]
    near: tuple[HotelDecision, ...]
    expiring: tuple[Expiry, ...]
    still: tuple[HotelDecision, ...]
    outdated: tuple[tuple[HotelDecision, int], ...]
    newest_version: str
    signs: tuple[tuple[HotelDecision, Signs], ...]


def make_overview(
    report: Report, whole: Report, past: Sequence[Report], insight: Insight
) -> Overview:
    """Make the overview of a report in its view.

    `whole` is the same report, and `past` earlier ones, the oldest first, in the internal view; of
    the measures of those FOR_TREND is enough.
    """
    is_inside = report.view == "internal"
    newest = _newest_version(insight)
    shown = [hotel for hotel in report.hotels if not hotel.suppressed]
    return Overview(
        chains=tuple(chain_rows(report)),
        trend=trend([*past, whole], is_exact=is_inside) if past else (),
        departments=departments(shown, insight, is_exact=is_inside),
        languages=languages(shown, insight),
        near=near(report),
        expiring=tuple(expiring(report, shown, insight)),
        still=tuple(still(report, past)),
        outdated=tuple(_outdated(shown, insight, newest)) if is_inside else (),
        newest_version=newest,
        signs=tuple(_signs(shown, insight)) if is_inside else (),
    )


def near(report: Report) -> tuple[HotelDecision, ...]:
    """Give the hotels just below the threshold whose numbers are shown, nearest first.

    One that a department's floor keeps from meeting the rule needs no more completions, but others.
    """
    threshold = threshold_of(report)
    found = [
        hotel
        for hotel in report.hotels
        if hotel.status == "not_met"
        and hotel.needed
        and hotel.percent is not None
        and hotel.percent > threshold - NEAR_POINTS
    ]
    return tuple(sorted(found, key=lambda hotel: (hotel.needed or 0, hotel.name, hotel.hotel)))


def threshold_of(report: Report) -> int:
    """Give the rule's threshold in percent."""
    found = report.rule["threshold"]
    if not isinstance(found, int):
        raise TypeError("threshold is not a whole number")
    return found


def chain_rows(report: Report) -> list[ChainRow]:
    """Give the chains by name."""
    names = {hotel.chain: hotel.chain_name for hotel in report.hotels}
    rows = []
    for chain, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        own = tuple(hotel for hotel in report.hotels if hotel.chain == chain)
        rows.append(ChainRow(chain, name, totals_of(own), _valid(own)))
    return rows


def totals_of(hotels: Sequence[HotelDecision]) -> Totals:
    """Sum some hotels up; numbers only over those that are shown in full."""
    shown = [hotel for hotel in hotels if not hotel.suppressed]
    status = Counter(hotel.status for hotel in hotels)
    return Totals(
        hotels=len(hotels),
        met=status["met"],
        not_met=status["not_met"],
        cannot_say=status["cannot_say"],
        hotels_shown=len(shown),
        completed=sum(hotel.completed or 0 for hotel in shown),
        headcount=sum(hotel.headcount or 0 for hotel in shown),
    )


def departments(
    hotels: Iterable[HotelDecision], insight: Insight, *, is_exact: bool
) -> tuple[Group, ...]:
    """Give the departments of these hotels, the largest first; joined and rounded if not exact."""
    found: dict[str, Count] = {}
    for hotel in hotels:
        for name, count in insight.of(hotel.hotel).departments.items():
            old = found.get(name, Count(0, 0))
            completed, headcount = old.completed + count.completed, old.headcount + count.headcount
            found[name] = Count(completed, headcount)
    groups = [Group(name, count.completed, count.headcount) for name, count in found.items()]
    groups.sort(key=lambda group: (-(group.headcount or 0), group.name))
    return tuple(groups) if is_exact else tuple(map(_rounded, _joined(groups)))


def languages(hotels: Iterable[HotelDecision], insight: Insight) -> tuple[Group, ...]:
    """Give the languages in which people completed, in every view joined and rounded.

    A language is close to an origin: a small group of them is nobody's business, inside neither.
    """
    found: Counter[str] = Counter()
    for hotel in hotels:
        found.update(insight.of(hotel.hotel).languages)
    groups = [Group(name, number, None) for name, number in found.most_common()]
    groups.sort(key=lambda group: (-group.completed, group.name))
    return tuple(map(_rounded, _joined(groups)))


def _joined(groups: list[Group]) -> list[Group]:
    """Join small and telling groups, and the next ones, until the rest is neither."""
    large = [group for group in groups if not _is_small(group)]
    rest = [group for group in groups if _is_small(group)]
    while rest and large and _is_small(_sum(rest)):
        rest.append(large.pop())
    joined = _sum(rest)
    return [*large, *([] if not rest or _is_small(joined) else [joined])]


def _is_small(group: Group) -> bool:
    """Tell whether a group is too small to show, or so small that tens would say nobody or all."""
    if group.headcount is None:
        return group.completed < SMALL_GROUP
    shown = _rounded(group)
    is_all_or_none = shown.completed in (0, shown.headcount)
    return is_all_or_none or is_telling(group.completed, group.headcount)


def _sum(groups: list[Group]) -> Group:
    known = [group.headcount for group in groups if group.headcount is not None]
    people = sum(known) if known else None
    return Group(OTHERS, sum(group.completed for group in groups), people)


def _rounded(group: Group) -> Group:
    people = None if group.headcount is None else _to_tens(group.headcount)
    return Group(group.name, _to_tens(group.completed), people)


def _to_tens(number: int) -> int:
    return (number + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def expiring(report: Report, shown: Iterable[HotelDecision], insight: Insight) -> list[Expiry]:
    """Give the hotels that would stop meeting the rule within SOON_DAYS, the first one first.

    Known where the numbers are shown and completions have an end.
    """
    months = report.rule.get("completion_window_months")
    if not isinstance(months, int):
        return []
    found = []
    for hotel in shown:
        day = last_day_met(report, hotel, insight.of(hotel.hotel), months)
        if day is not None and day <= report.as_of + datetime.timedelta(days=SOON_DAYS):
            found.append(Expiry(hotel, day))
    return sorted(found, key=lambda one: (one.day, one.hotel.name, one.hotel.hotel))


def last_day_met(
    report: Report, hotel: HotelDecision, insight: HotelInsight, months: int
) -> datetime.date | None:
    """Give the last day on which the rule stays met if nobody else completes; None: not known."""
    if hotel.status != "met" or hotel.completed is None or not hotel.headcount:
        return None
    if report.rule.get("unit", "headcount") != "headcount":
        return None
    if report.rule.get("multi_property") == "share":
        return None
    spare = hotel.completed - _wanted(report, hotel.headcount)
    for day, people in sorted(insight.days.items()):
        spare -= people
        if spare < 0:
            return months_before(day, -months)
    return None


def _wanted(report: Report, headcount: int) -> int:
    """Give how many of a team have to complete."""
    smallest, threshold = report.rule.get("min_headcount"), threshold_of(report)
    if isinstance(smallest, int) and headcount < smallest:
        return headcount
    if report.rule.get("operator") == "gt":
        return threshold * headcount // 100 + 1
    return -(-threshold * headcount // 100)


def still(report: Report, past: Sequence[Report]) -> list[HotelDecision]:
    """Give the hotels below the threshold that stand where they stood STILL_DAYS ago or more.

    `past` is in the internal view; what the report's own view hides of that day is not used.
    """
    before = report.as_of - datetime.timedelta(days=STILL_DAYS)
    old = [one for one in past if one.as_of <= before]
    if not old:
        return []
    before_view = programme_view(old[-1]) if report.view == "programme" else old[-1]
    then = {hotel.hotel: hotel for hotel in before_view.hotels}
    return [
        hotel
        for hotel in report.hotels
        if hotel.status == "not_met"
        and hotel.completed is not None
        and hotel.hotel in then
        and "not_joined_yet" not in then[hotel.hotel].flags
        and then[hotel.hotel].completed == hotel.completed
    ]


def month_ends(as_of: datetime.date, number: int) -> list[datetime.date]:
    """Give the last days of the months before a date, the oldest first."""
    found: list[datetime.date] = []
    day = as_of
    while len(found) < number:
        day = day.replace(day=1) - datetime.timedelta(days=1)
        found.append(day)
    return found[::-1]


def trend(reports: Sequence[Report], *, is_exact: bool) -> tuple[TrendPoint, ...]:
    """Give a point for each internal report."""
    return tuple(_point(report, is_exact=is_exact) for report in reports)


def _point(report: Report, *, is_exact: bool) -> TrendPoint:
    own = [hotel for hotel in report.hotels if "not_joined_yet" not in hotel.flags]
    totals = totals_of(own)
    people = Count(totals.completed, totals.headcount)
    share = min(100, 100 * people.completed // people.headcount) if people.headcount else None
    if is_exact or share is None:
        return TrendPoint(report.as_of, totals, _valid(own), share, people)
    coarse = min(share, 99) // SHARE_STEP * SHARE_STEP
    rounded = coarse if people.headcount >= FEWEST_PEOPLE else None
    bare = replace(totals, hotels_shown=0, completed=0, headcount=0)
    return TrendPoint(report.as_of, bare, _valid(own), rounded, None)


def _valid(hotels: Iterable[HotelDecision]) -> int:
    return sum(hotel.certificate == "valid" for hotel in hotels)


def _newest_version(insight: Insight) -> str:
    versions = {name for one in insight.hotels.values() for name in one.versions if name}
    return max(versions, key=_version_key, default="")


def _version_key(version: str) -> list[tuple[int, str]]:
    parts = version.split(".")
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _outdated(
    hotels: Iterable[HotelDecision], insight: Insight, newest: str
) -> list[tuple[HotelDecision, int]]:
    """Give the hotels in which people count by an older version of the course, most first."""
    found = []
    for hotel in hotels:
        versions = insight.of(hotel.hotel).versions
        if older := sum(number for name, number in versions.items() if name != newest):
            found.append((hotel, older))
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name, pair[0].hotel))


def _signs(hotels: Iterable[HotelDecision], insight: Insight) -> list[tuple[HotelDecision, Signs]]:
    pairs = [(hotel, insight.of(hotel.hotel).signs) for hotel in hotels]
    return [
        (hotel, signs)
        for hotel, signs in pairs
        if signs != Signs() or "headcount_stale" in hotel.flags
    ]
