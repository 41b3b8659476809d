"""Who may see what: the internal report -> the view that may leave the programme's office.

Statistical practice hides groups under ten, and groups in which nobody or everybody completed,
since both tell something about each person. Groups in which all but one did, or one alone, are
hidden with them: else a hidden hotel that is known to be large would be known to have 0 % or 100 %.
A chain's hidden hotels never stand alone: whoever knows the chain's own total would have a single
one back by subtraction, so others of the chain are hidden beside it (decision 0007).
What is hidden here cannot be had back from the report either: no total contains a hidden hotel
(report_model.Report.totals), and the counts of the data are hidden where they stand for a few
hidden hotels. A tier says more than met or not met, so it is hidden with the numbers.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from xapi_lrs_reports.report.report_model import Count, DataCounts, HotelDecision, Report

SMALL_GROUP = 10
FEW_PEOPLE = 2
FEW_HOTELS = 3
PARTNERS = 2
BAND_START = 50
PERSONAL_COUNTS = (
    "facts", "voided", "unmatched", "anonymous", "outside_window", "codes_in_review",
)  # fmt: skip
"""Counts of the data that depend on what persons did."""
_ACCUSING = "profile_differs"
"""Some employee chose a profile that is not theirs: to be looked at by who knows the roster."""


def programme_view(report: Report, merged: Collection[str] = ()) -> Report:
    """Hide small and telling groups; the decision itself stays as it is.

    `merged`: hotels that are hidden since their numbers would tell of those they were made of.
    """
    hidden = hidden_hotels(report.hotels, merged)
    people = [one.headcount or 0 for one in report.hotels if _is_hidden(one)]
    data = without_personal_counts(report.data) if _are_few(people) else report.data
    return replace(
        report,
        view="programme",
        hotels=tuple(_shown(hotel, hidden=hotel.hotel in hidden) for hotel in report.hotels),
        data=data,
        warnings=warnings_outside(report),
        inside=frozenset(),
    )


def warnings_outside(report: Report) -> tuple[str, ...]:
    """Give the warnings that may leave the programme's office."""
    return tuple(one for one in report.warnings if one not in report.inside)


def hidden_hotels(hotels: Iterable[HotelDecision], merged: Collection[str] = ()) -> frozenset[str]:
    """Give the hotels whose numbers do not leave the office, partners of hidden ones included."""
    chains: dict[str, list[HotelDecision]] = defaultdict(list)
    for hotel in hotels:
        chains[hotel.chain].append(hotel)
    return frozenset(name for group in chains.values() for name in _hidden_of_chain(group, merged))


def data_by_chain(
    hotels: Iterable[HotelDecision], counts: Mapping[str, Mapping[str, int]]
) -> dict[str, DataCounts]:
    """Give the data counts of each chain as far as they may leave the office.

    All chains or none: one that is left out would be the difference to the programme's.
    """
    chains: dict[str, list[int]] = {}
    for hotel in hotels:
        people = chains.setdefault(hotel.chain, [])
        if _is_hidden(hotel):
            people.append(hotel.headcount or 0)
    if any(_are_few(people) for people in chains.values()):
        return {}
    return {chain: chain_counts(counts.get(chain, {})) for chain in sorted(chains)}


def chain_counts(counts: Mapping[str, int]) -> DataCounts:
    """Give the counts of one chain; None where nobody knows to which chain they belong."""
    found = {name: counts.get(name, 0) for name in PERSONAL_COUNTS if name != "codes_in_review"}
    return DataCounts(
        **found, duplicates=None, voids_refused=None, quarantined=None, codes_in_review=None
    )


def without_personal_counts(data: DataCounts) -> DataCounts:
    """Hide what depends on what persons did."""
    return replace(data, **dict.fromkeys(PERSONAL_COUNTS))


def is_telling(completed: int, headcount: int) -> bool:
    """Tell whether the two numbers say something about each person of the group."""
    few = min(completed, headcount - completed) < FEW_PEOPLE
    return headcount < SMALL_GROUP or few


def headcount_band(headcount: int) -> str:
    """Give `1-49`, `50+`, or `none` for 0.

    The first band is wide on purpose: were it `1-9`, a hidden hotel above it would be known to
    have nearly 0 % or 100 %.
    """
    if headcount == 0:
        return "none"
    return "1-49" if headcount < BAND_START else f"{BAND_START}+"


def _are_few(people: list[int]) -> bool:
    return len(people) > 0 and (len(people) < FEW_HOTELS or sum(people) < SMALL_GROUP)


def _is_hidden(hotel: HotelDecision) -> bool:
    return is_telling(hotel.completed or 0, hotel.headcount or 0)


def _hidden_of_chain(hotels: list[HotelDecision], merged: Collection[str]) -> list[str]:
    """Give the telling hotels of one chain, and partners until nobody stands alone.

    Partners are taken in an order that depends on their ids alone, so that two reports of
    different days hide the same ones as far as they can.
    """
    hidden: list[HotelDecision] = []
    others: list[HotelDecision] = []
    for one in hotels:
        (hidden if _is_hidden(one) or one.hotel in merged else others).append(one)
    staffed = [hotel for hotel in hidden if hotel.headcount]
    partners = sorted(others, key=_stable)
    while staffed and partners and _stands_alone(staffed):
        partner = partners.pop(0)
        staffed.append(partner)
        hidden.append(partner)
    return [hotel.hotel for hotel in hidden]


def _stands_alone(hidden: list[HotelDecision]) -> bool:
    done = sum(hotel.completed or 0 for hotel in hidden)
    people = sum(hotel.headcount or 0 for hotel in hidden)
    return len(hidden) < PARTNERS or is_telling(done, people)


def _stable(hotel: HotelDecision) -> bytes:
    return hashlib.sha256(hotel.hotel.encode()).digest()


def _shown(hotel: HotelDecision, *, hidden: bool) -> HotelDecision:
    if not hidden:
        return replace(
            hotel,
            beside=_shown_groups(hotel),
            flags=_shown_flags(hotel),
            housekeeping=None,
            management=None,
            excluded=None,
        )
    return replace(
        hotel,
        completed=None,
        headcount=None,
        percent=None,
        needed=None,
        evidence=None,
        beside={},
        flags=(),
        headcount_band=headcount_band(hotel.headcount or 0),
        housekeeping=None,
        management=None,
        excluded=None,
        course_versions=(),
        declared_on=None,
        codes_issued=0,
        tier="",
    )


def _shown_groups(hotel: HotelDecision) -> dict[str, Count]:
    return {
        name: count
        for name, count in hotel.beside.items()
        if not is_telling(count.completed, count.headcount)
    }


def _shown_flags(hotel: HotelDecision) -> tuple[str, ...]:
    """Drop what a small department would tell, and what accuses."""
    departments = {"housekeeping_low": hotel.housekeeping, "management_low": hotel.management}
    dropped = {_ACCUSING} | {
        flag
        for flag, group in departments.items()
        if group is None or is_telling(group.completed, group.headcount)
    }
    return tuple(flag for flag in hotel.flags if flag not in dropped)
