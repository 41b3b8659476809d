"""Report and HotelDecision: what the rule decided, as every renderer and the certificates read it.

docs/contracts.md section 7 names the JSON; this module is its one shape in Python.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

Status = Literal["met", "not_met", "cannot_say"]
HeadcountSource = Literal["roster", "declared", "enrolled", "none"]
CertificateState = Literal["none", "valid", "grace", "lapsed", "revoked"]
View = Literal["internal", "programme", "hr"]


@dataclass(frozen=True)
class Count:
    """People who completed, out of how many."""

    completed: int
    headcount: int

    def as_json(self) -> dict[str, int]:
        """Give `{"completed", "headcount"}`."""
        return {"completed": self.completed, "headcount": self.headcount}


@dataclass(frozen=True)
class Evidence:
    """The counted completions by their best evidence; they add up to `completed`."""

    lms_recorded: int = 0
    self_asserted: int = 0
    code: int = 0
    attendance_list: int = 0

    def as_json(self) -> dict[str, int]:
        """Give `{"lms_recorded", "self_asserted", "code", "attendance_list"}`."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True)
class Excluded:
    """What one hotel's number of completions leaves out, by reason.

    People with a completion that would count, but who are not in the base: `contract` (their kind
    of contract is not included), `not_yet` and `left` (they do not work there on the as-of date),
    `unmatched` (the completion names this hotel, whose roster does not know them), `elsewhere` (the
    completion names this hotel, which has no roster, but they stand in another's). People of the
    base whose best completion does not count: `old_version` (below content_min_version),
    `outside_window`, `weak_evidence`, `voided`, `not_passed`. `anonymous_base`: people of the base
    whose LMS id names nobody, who can never be matched. `anonymous`: attempts that name this hotel
    and nobody. `profile`: people whom no roster knows and who took the course as a student or other
    guest, by a profile that the rule does not count.
    """

    contract: int = 0
    not_yet: int = 0
    left: int = 0
    outside_window: int = 0
    old_version: int = 0
    not_passed: int = 0
    weak_evidence: int = 0
    voided: int = 0
    anonymous_base: int = 0
    anonymous: int = 0
    unmatched: int = 0
    elsewhere: int = 0
    profile: int = 0


@dataclass(frozen=True)
class HotelDecision:
    """The rule's answer for one hotel.

    `certified` says that the rule is met on the as-of date, from data alone; `certificate` is the
    state of the paper. In the programme view of a small or telling group everything that tells a
    number is None or empty, and `headcount_band` stands in for it. `language` is the
    certificate's. `course_versions` are the versions that counted completions name, sorted.
    `declared_on` is the day on which the headcount was declared, if headcounts.csv has it;
    `codes_issued` says how many personal codes are out; `tier` is the highest one reached, "" below
    all. `percent` is of the rule's unit, which need not be people.
    """

    hotel: str
    name: str
    chain: str
    chain_name: str
    language: str
    certified: bool
    status: Status
    completed: int | None
    headcount: int | None
    headcount_source: HeadcountSource
    percent: int | None
    needed: int | None
    certificate: CertificateState = "none"
    evidence: Evidence | None = None
    beside: Mapping[str, Count] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    headcount_band: str = ""
    housekeeping: Count | None = None
    excluded: Excluded | None = None
    course_versions: tuple[str, ...] = ()
    declared_on: datetime.date | None = None
    codes_issued: int = 0
    tier: str = ""
    management: Count | None = None

    @property
    def suppressed(self) -> bool:
        """Tell whether the view hides this hotel's numbers."""
        return self.completed is None

    def as_json(self) -> dict[str, object]:
        """Give the hotel as docs/contracts.md section 7 spells it; hidden numbers are null."""
        found: dict[str, object] = {
            "hotel": self.hotel,
            "name": self.name,
            "chain": self.chain,
            "certified": self.certified,
            "status": self.status,
            "completed": self.completed,
            "headcount": self.headcount,
            "headcount_source": self.headcount_source,
            "percent": self.percent,
            "needed": self.needed,
            "tier": self.tier or None,
            "certificate": self.certificate,
            "evidence": self.evidence.as_json() if self.evidence else None,
            "beside": {group: count.as_json() for group, count in self.beside.items()},
            "flags": list(self.flags),
        }
        if self.headcount_band:
            found["headcount_band"] = self.headcount_band
        return found


@dataclass(frozen=True)
class DataCounts:
    """What the report rests on, and what it leaves out, over the whole programme.

    `facts` are stored facts, `duplicates` repeated statements seen while reading, `voided` facts
    that a void took back, `voids_refused` voids by authorities that may not, `quarantined`
    statements that could not be used, `unmatched` learners with a completion who stand in no
    roster, `anonymous` completed attempts that name nobody, `outside_window` people of a base whose
    completions all lie outside the window, `codes_in_review` completion codes that a person has to
    look at. None: hidden by the view.
    """

    facts: int | None = 0
    duplicates: int | None = 0
    voided: int | None = 0
    voids_refused: int | None = 0
    quarantined: int | None = 0
    unmatched: int | None = 0
    anonymous: int | None = 0
    outside_window: int | None = 0
    codes_in_review: int | None = 0

    def as_json(self) -> dict[str, int | None]:
        """Give the counts by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True)
class Totals:
    """Sums over hotels whose numbers are shown, so that subtraction reveals no other hotel.

    `hotels`, `met`, `not_met` and `cannot_say` count every hotel, `hotels_shown` those summed in
    `completed` and `headcount`.
    """

    hotels: int
    met: int
    not_met: int
    cannot_say: int
    hotels_shown: int
    completed: int
    headcount: int


@dataclass(frozen=True)
class Report:
    """The rule applied to every hotel on one date.

    `rule` holds every parameter by its name in programme.yaml. Completions count from the start of
    `window_from` (None: from always) to the end of `as_of`, in the programme's time zone.
    `hotels` are sorted by id. `data_by_chain` is `data` by chain id, as far as the view and the
    question allow; None in it: of no chain in particular. `warnings` are sentences for a reader,
    such as an odd roster row; `inside` are those of them that are for the programme's office alone.
    """

    programme: str
    as_of: datetime.date
    time_zone: str
    rule: Mapping[str, object]
    window_from: datetime.date | None
    hotels: tuple[HotelDecision, ...]
    data: DataCounts
    view: View = "internal"
    language: str = "nl"
    warnings: tuple[str, ...] = ()
    inside: frozenset[str] = frozenset()
    data_by_chain: Mapping[str, DataCounts] = field(default_factory=dict)

    def totals(self) -> Totals:
        """Sum the hotels up; numbers only over hotels that are shown in full."""
        shown = [hotel for hotel in self.hotels if not hotel.suppressed]
        status = [hotel.status for hotel in self.hotels]
        return Totals(
            hotels=len(self.hotels),
            met=status.count("met"),
            not_met=status.count("not_met"),
            cannot_say=status.count("cannot_say"),
            hotels_shown=len(shown),
            completed=sum(hotel.completed or 0 for hotel in shown),
            headcount=sum(hotel.headcount or 0 for hotel in shown),
        )

    def as_json(self) -> dict[str, object]:
        """Give the report as docs/contracts.md section 7 spells it."""
        chains = {name: counts.as_json() for name, counts in self.data_by_chain.items()}
        return {
            "as_of": self.as_of.isoformat(),
            "view": self.view,
            "rule": dict(self.rule),
            "hotels": [hotel.as_json() for hotel in self.hotels],
            "data": self.data.as_json(),
            "data_by_chain": chains,
        }
