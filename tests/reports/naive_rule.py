"""The rule once more, written naively over whole stories: the oracle for certification.sql."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

UTC = datetime.UTC
Person = tuple[str, str]
"""Chain and employee."""
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
    fte: int = 100


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
    version: str = "1.0.0"
    voided_by: tuple[str, ...] = ()
    profile: str | None = None


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
    content_min_version: str = "1.0.0"
    unit: str = "headcount"
    base_period: str = "date"
    min_tenure_days: int = 0
    leavers: str = "remove"
    multi_property: str = "each"
    completion_window_months: int | None = 24
    housekeeping_floor: int | None = 40
    housekeeping_required: bool = False
    management_floor: int = 0
    tiers: tuple[int, ...] = (80, 95)
    profiles_counting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the rule says of one hotel."""

    status: str
    completed: int
    headcount: int
    needed: int
    tier: str = ""


MAY_VOID = {"admin": ("acme", "bellevue"), "bellevue-hr": ("bellevue",)}
UNTESTED = {"short": True, "no-room": False}
STRENGTH = {"any": 0, "self_asserted": 2, "lms_recorded": 3}
AS_OF = datetime.date(2026, 11, 21)


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
    if not window_start(AS_OF, rule) <= day <= AS_OF or numbers(event.version) < numbers(
        rule.content_min_version
    ):
        return False
    passed = event.verb == "passed" or event.success is True
    finished = event.completion is not False
    if rule.counts == "passed":
        return passed
    if rule.counts == "completed":
        return event.verb == "passed" or finished
    return passed or (UNTESTED[event.course] and finished)


def window_start(day: datetime.date, rule: Rule) -> datetime.date:
    """Give the day so many months before; the days that are asked are in every month."""
    months = rule.completion_window_months
    if months is None:
        return datetime.date.min
    while months:
        day, months = (
            (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=day.day),
            months - 1,
        )
    return day


def as_staff(event: Event, rule: Rule) -> bool:
    """Tell whether an event was not a guest's, or is of guests that count."""
    return event.profile is None or event.profile in rule.profiles_counting


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def active(job: Job) -> bool:
    today = AS_OF.isoformat()
    return job.joined <= today and (not job.left or today < job.left)


def base_days(rule: Rule) -> list[datetime.date]:
    """Give today, and of an average the same day of the eleven months before; today is first."""
    if rule.base_period == "date":
        return [AS_OF]
    months = [(2026, month) for month in range(11, 0, -1)] + [(2025, 12)]
    return [datetime.date(year, month, AS_OF.day) for year, month in months]


@dataclass(frozen=True)
class Place:
    """Somebody who belongs to a hotel's base on a day, and how much of them."""

    hotel: str
    person: str
    weight: Fraction
    departments: frozenset[str]
    done: bool


def places(
    day: datetime.date, jobs: list[Job], chain_of: dict[str, str], done: set[Person], rule: Rule
) -> list[Place]:
    """Give who belongs to which base on one day, by walking through all rows for each person."""
    found: dict[Person, dict[str, list[Job]]] = {}
    for number, job in enumerate(jobs):
        if job.contract in rule.include and in_base(job, day, rule):
            name = f"guest {number}" if job.employee == "guest" else job.employee
            at = found.setdefault((chain_of[job.hotel], name), {})
            at.setdefault(job.hotel, []).append(job)
    made = []
    for person, hotels in found.items():
        since = {hotel: min(job.joined for job in rows) for hotel, rows in hotels.items()}
        home = min(hotels, key=lambda hotel, since=since: (since[hotel], hotel))  # type: ignore[misc]
        for hotel, rows in hotels.items():
            tenured = (day - datetime.timedelta(days=rule.min_tenure_days)).isoformat()
            if since[hotel] > tenured and person not in done:
                continue
            if rule.multi_property == "home" and hotel != home:
                continue
            weight = Fraction(1)
            if rule.unit == "fte":
                weight = Fraction(min(100, sum(job.fte for job in rows)), 100)
            if rule.multi_property == "share":
                weight /= len(hotels)
            groups = frozenset(job.department for job in rows)
            made.append(Place(hotel, person[1], weight, groups, person in done))
    return made


def in_base(job: Job, day: datetime.date, rule: Rule) -> bool:
    if job.joined > day.isoformat() or (job.left and job.left <= job.joined):
        return False
    if not job.left or day.isoformat() < job.left:
        return True
    return rule.leavers == "keep" and job.left > window_start(day, rule).isoformat()


@dataclass(frozen=True)
class World:
    """All that is known when one hotel is judged.

    `good` are the events that count, `own` those of them that are no guest's.
    """

    chain_of: dict[str, str]
    jobs: list[Job]
    events: list[Event]
    good: list[Event]
    own: list[Event]
    codes: Sequence[Code]
    halves: Sequence[Job] = ()
    """Rosters of hotels that were merged with one without, under the id of the whole."""

    def employed(self) -> set[Person]:
        """Give who works anywhere today."""
        jobs = [*self.jobs, *self.halves]
        return {(self.chain_of[job.hotel], job.employee) for job in jobs if active(job)}

    def half(self, hotel: Hotel) -> list[Job]:
        """Give the jobs of that part of a merged hotel which has a roster."""
        return [job for job in self.halves if job.hotel == hotel.hotel]

    def is_rostered(self, hotel: Hotel) -> bool:
        """Tell whether the hotel has a roster by now."""
        begun = AS_OF.isoformat()  # a roster that begins later is not there yet
        return any(job.hotel == hotel.hotel and job.joined <= begun for job in self.jobs)

    def has_codes(self, hotel: Hotel) -> bool:
        """Tell whether anybody of the hotel's chain was given a personal code."""
        return hotel.chain in {self.chain_of[code.hotel] for code in self.codes}


@dataclass(frozen=True)
class Tally:
    """Who can count at a hotel, the weight of those who completed, and their number."""

    people: set[str]
    done: Fraction
    completed: int


def judge(
    hotel: Hotel,
    hotels: list[Hotel],
    jobs: list[Job],
    events: list[Event],
    rule: Rule,
    codes: Sequence[Code] = (),
    halves: Sequence[Job] = (),
) -> Verdict:
    """Judge one hotel."""
    chain_of = {one.hotel: one.chain for one in hotels}
    good = [event for event in events if counts(event, rule)]
    own = [event for event in good if as_staff(event, rule)]
    world = World(chain_of, jobs, events, good, own, codes, halves)
    done_by = {(event.chain, event.employee) for event in good}
    everybody = [[one for one in places(day, jobs, chain_of, done_by, rule)
                  if one.hotel == hotel.hotel] for day in base_days(rule)]  # fmt: skip
    today = everybody[0]
    tally = tally_of(hotel, today, done_by, world, rule)
    base, heads = base_of(hotel, everybody, tally, rule, world)
    low = [
        group for group, floor in (("housekeeping", rule.housekeeping_floor),
                                   ("management", rule.management_floor))
        if below_floor([one for one in today if group in one.departments], floor)
    ]  # fmt: skip
    refused = "management" in low or ("housekeeping" in low and rule.housekeeping_required)
    return verdict(base, heads, tally.done, tally.completed, rule, refused)


def tally_of(
    hotel: Hotel, today: list[Place], done_by: set[Person], world: World, rule: Rule
) -> Tally:
    """Count who completed: of the roster, else of the personal codes, else who named the hotel."""
    if world.is_rostered(hotel):
        done = Fraction(sum(one.weight for one in today if one.done))
        return Tally({one.person for one in today}, done, sum(one.done for one in today))
    half = world.half(hotel)
    listed = {job.employee for job in half if active(job) and job.contract in rule.include}
    own = {(event.chain, event.employee) for event in world.own}
    completed = sum((hotel.chain, name) in done_by for name in listed)
    if world.has_codes(hotel):
        holders = {code.employee for code in world.codes if code.hotel == hotel.hotel}
        holders -= {job.employee for job in half}
        completed += sum((hotel.chain, holder) in own for holder in holders)
        return Tally(listed | holders, Fraction(completed), completed)
    named = {
        (event.chain, event.employee)
        for event in world.own
        if event.hotel == hotel.hotel and event.chain == hotel.chain
    }
    completed += len(named - world.employed() - {(hotel.chain, job.employee) for job in half})
    return Tally(listed, Fraction(completed), completed)


def base_of(
    hotel: Hotel, everybody: list[list[Place]], tally: Tally, rule: Rule, world: World
) -> tuple[Fraction, Fraction]:
    """Give the base, in the rule's unit and in people."""
    declared, source = Fraction(hotel.headcount or 0), rule.headcount_source
    rostered = world.is_rostered(hotel)
    base = heads = Fraction(0)
    if rostered:
        weights = sum((one.weight for row in everybody for one in row), base)
        base = weights / len(everybody)
        heads = Fraction(sum(map(len, everybody)), len(everybody))
    if source == "lms_enrolled":
        base = heads = Fraction(len(seen_at(hotel, tally.people, world)))
    elif source == "declared" or (source == "max_of" and declared > base) or not rostered:
        base = heads = Fraction(0) if source == "roster" else declared
    return base, heads


def seen_at(hotel: Hotel, people: set[str], world: World) -> set[str]:
    """Give everybody of whom there is any statement, and who belongs to the hotel."""
    is_open = not (world.is_rostered(hotel) or world.has_codes(hotel))
    employed = world.employed() | {(hotel.chain, job.employee) for job in world.half(hotel)}
    return {
        event.employee for event in world.events
        if event.chain == hotel.chain and event.employee != "guest"
        and (event.employee in people or (is_open
             and event.hotel == hotel.hotel and (event.chain, event.employee) not in employed))
    }  # fmt: skip


def below_floor(people: list[Place], floor: int | None) -> bool:
    return bool(people) and 100 * sum(one.done for one in people) < (floor or 0) * len(people)


def verdict(
    base: Fraction, heads: Fraction, done: Fraction, completed: int, rule: Rule, refused: bool
) -> Verdict:
    """Compare by trying: how many more until the rule is met?"""

    def met(number: Fraction) -> bool:
        if heads < rule.min_headcount:
            return number >= base or not heads
        share = number * 100 / base
        return share > rule.threshold if rule.operator == "gt" else share >= rule.threshold

    if base == 0:
        return Verdict("cannot_say", completed, 0, 0)
    needed = 0
    while not met(done + needed):
        needed += 1
    if needed or refused:
        return Verdict("not_met", completed, math.ceil(heads), needed)
    tiers = [mark for mark in rule.tiers if done * 100 >= mark * base]
    return Verdict("met", completed, math.ceil(heads), 0, f"tier-{tiers[-1]}" if tiers else "")
