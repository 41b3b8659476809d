"""The rule once more, written naively over whole stories: the oracle for certification.sql."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

UTC = datetime.UTC
AMSTERDAM_WINTER = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Hotel:
    """A hotel; `headcount` is declared."""

    hotel: str
    chain: str
    headcount: int | None


@dataclass(frozen=True)
class Job:
    """A row of the roster."""

    hotel: str
    employee: str
    contract: str = "permanent"
    joined: str = ""
    left: str = ""
    department: str = ""


@dataclass(frozen=True)
class Code:
    """A row of codes.csv: somebody was given a personal code; `employee` names the pseudonym."""

    hotel: str
    employee: str


@dataclass(frozen=True)
class Event:
    """One statement. `voided_by`: authorities that tried to take it back."""

    employee: str
    chain: str
    verb: str = "passed"
    course: str = "no-room"
    hotel: str | None = None
    completion: bool | None = True
    success: bool | None = True
    platform: str = "scorm12"
    at: str = "2026-11-01T10:00:00.000Z"
    voided_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """The parameters that differ between tests."""

    threshold: int = 60
    operator: str = "ge"
    counts: str = "passed_or_untested"
    min_evidence: str = "any"
    headcount_source: str = "roster_else_declared"
    min_headcount: int = 3
    include: tuple[str, ...] = ("permanent", "fixed")


@dataclass(frozen=True)
class Verdict:
    """What the rule says of one hotel."""

    status: str
    completed: int
    headcount: int
    needed: int


MAY_VOID = {"admin": ("acme", "bellevue"), "bellevue-hr": ("bellevue",)}
UNTESTED = {"short": True, "no-room": False}
STRENGTH = {"any": 0, "self_asserted": 2, "lms_recorded": 3}
AS_OF = datetime.date(2026, 11, 21)
WINDOW_FROM = datetime.date(2024, 11, 21)


def counts(event: Event, rule: Rule) -> bool:
    """Tell whether one event is a completion that counts, wherever it was made."""
    if event.verb not in ("completed", "passed") or event.course not in UNTESTED:
        return False
    if event.success is False or event.employee == "guest":
        return False
    if any(event.chain in MAY_VOID.get(who, ()) for who in event.voided_by):
        return False
    level = 3 if event.platform == "cmi5" else 2
    if level < STRENGTH[rule.min_evidence]:
        return False
    moment = datetime.datetime.fromisoformat(event.at).astimezone(UTC)
    day = (moment + AMSTERDAM_WINTER).date()
    if not WINDOW_FROM <= day <= AS_OF:
        return False
    passed = event.verb == "passed" or event.success is True
    finished = event.completion is not False
    if rule.counts == "passed":
        return passed
    if rule.counts == "completed":
        return event.verb == "passed" or finished
    return passed or (UNTESTED[event.course] and finished)


def active(job: Job) -> bool:
    today = AS_OF.isoformat()
    return job.joined <= today and (not job.left or today < job.left)


def judge(
    hotel: Hotel,
    hotels: list[Hotel],
    jobs: list[Job],
    events: list[Event],
    rule: Rule,
    codes: Sequence[Code] = (),
) -> Verdict:
    """Judge one hotel."""
    chain_of = {one.hotel: one.chain for one in hotels}
    good = [event for event in events if counts(event, rule)]
    done_by = {(event.chain, event.employee) for event in good}
    here = [job for job in jobs if job.hotel == hotel.hotel]
    base, done = 0, 0
    if here:
        people = {job.employee for job in here if active(job) and job.contract in rule.include}
        guests = [
            job for job in here
            if job.employee == "guest" and active(job) and job.contract in rule.include
        ]  # fmt: skip
        people -= {"guest"}
        done = sum((hotel.chain, person) in done_by for person in people)
        base = len(people) + len(guests)
    elif hotel.chain in {chain_of[code.hotel] for code in codes}:
        holders = {code.employee for code in codes if code.hotel == hotel.hotel}
        done = sum((hotel.chain, holder) in done_by for holder in holders)
    else:
        employed = {(chain_of[job.hotel], job.employee) for job in jobs if active(job)}
        named = {
            (event.chain, event.employee)
            for event in good
            if event.hotel == hotel.hotel and event.chain == hotel.chain
        }
        done = len(named - employed)
    if rule.headcount_source == "declared" or not here:
        base = hotel.headcount or 0
        if rule.headcount_source == "roster":
            base = 0
    return verdict(base, done, rule)


def verdict(base: int, done: int, rule: Rule) -> Verdict:
    """Compare by trying: how many more until the rule is met?"""

    def met(number: int) -> bool:
        if base < rule.min_headcount and number < base:
            return False
        if base < rule.min_headcount:
            return True
        if rule.operator == "gt":
            return number * 100 > rule.threshold * base
        return number * 100 >= rule.threshold * base

    if base == 0:
        return Verdict("cannot_say", done, 0, 0)
    needed = 0
    while not met(done + needed):
        needed += 1
    return Verdict("not_met" if needed else "met", done, base, needed)
