"""What the right answer is, from the life stories alone.

This module never sees a statement and shares no code with the rule, so that the two can disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from xapi_lrs_reports.simulate.people import Hotel

THRESHOLD = 60


@dataclass(frozen=True)
class HotelTruth:
    """The right answer for one hotel on the as-of date and for years after."""

    hotel: str
    name: str
    chain: str
    certified: bool
    status: str
    completed: int
    headcount: int
    percent: int
    needed: int


def hotel_truth(hotel: Hotel) -> HotelTruth:
    """Count the people of one hotel and compare with 60 % in whole numbers."""
    base = [person for person in hotel.people if person.part == "base"]
    completed = sum(person.completes for person in base)
    headcount = len(base) if hotel.kind == "roster" else hotel.declared or 0
    certified = headcount > 0 and 100 * completed >= THRESHOLD * headcount
    wanted = -(-THRESHOLD * headcount // 100)
    return HotelTruth(
        hotel=hotel.id,
        name=hotel.name,
        chain=hotel.chain.id,
        certified=certified,
        status="cannot_say" if headcount == 0 else "met" if certified else "not_met",
        completed=completed,
        headcount=headcount,
        percent=min(100, 100 * completed // headcount) if headcount else 0,
        needed=max(0, wanted - completed),
    )
