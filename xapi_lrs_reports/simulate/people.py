"""The life stories: which hotels there are, who works there, and who completes the course.

This is where the truth is made. Nothing here reads a statement or knows the rule's code: a hotel
is given its number of counted employees and of completions first, and people live up to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from xapi_lrs_reports.simulate import days, names
from xapi_lrs_reports.simulate.dice import Dice
from xapi_lrs_reports.simulate.names import CHAINS, InventedChain

Part = Literal["base", "beside", "left", "stranger"]
"""How the rule should see a person: in the base, reported beside it, gone, or on no roster."""

EDGES = (
    (5, 3), (10, 6), (5, 2), (10, 5), (187, 112), (7, 5), (7, 4), (33, 20), (33, 19), (3, 2),
    (12, 12), (200, 120), (8, 0), (200, 119), (3, 1), (4, 3), (15, 9), (15, 8), (250, 149), (6, 3),
)  # fmt: skip
"""(employees, completions) at and around 60 %: exactly on it, one short, 59.9 %, all, nobody."""

_SIZE_QUANTILES = (3, 6, 9, 13, 18, 24, 32, 43, 62, 104, 300)
"""Tenths of a log-normal distribution (median 24) cut off at 3 and 300."""


@dataclass(frozen=True)
class Person:
    """One employee at one hotel. `employee` is the LMS id; `home` is False at a second hotel.

    `completes` says that the person has a completion that counts, if `part` is the base.
    """

    employee: str
    part: Part
    department: str
    contract: str
    language: str
    completes: bool
    joined: date | None = None
    left: date | None = None
    home: bool = True


@dataclass(frozen=True)
class Hotel:
    """One hotel and everybody in it. `kind` says where its number of employees comes from.

    `roster`: the people of the base. `declared`: `declared` employees, no roster. `nobody`:
    neither. `sibling` is another hotel of the chain, for those who choose the wrong one.
    """

    id: str
    name: str
    chain: InventedChain
    language: str
    kind: Literal["roster", "declared", "nobody"]
    joined: date | None
    launch: date
    declared: int | None
    sibling: str | None
    people: tuple[Person, ...] = field(repr=False, default=())


def hotels(seed: int, count: int, *, faults: bool) -> Iterator[Hotel]:
    """Give the hotels one after the other; each is forgotten when the next one is asked for."""
    guests: dict[str, tuple[Person, ...]] = {}
    siblings: dict[str, str] = {}
    for number in range(count):
        dice = Dice(seed, "hotel", number)
        hotel = _hotel(number, dice, faults, siblings)
        siblings[hotel.chain.id] = hotel.id
        if hotel.kind == "roster":
            hotel = replace(
                hotel, people=_roster(number, hotel, dice, faults, guests.get(hotel.chain.id, ()))
            )
            guests[hotel.chain.id] = _who_also_works_next_door(hotel, dice, faults)
        elif hotel.kind == "declared":
            hotel = replace(hotel, people=_unlisted(number, hotel, dice))
        yield hotel


def _hotel(number: int, dice: Dice, faults: bool, siblings: dict[str, str]) -> Hotel:
    chain = CHAINS[number % len(CHAINS)]
    kind: Literal["roster", "declared", "nobody"] = "roster"
    declared = None
    if faults and number % 6 == 4:
        kind, declared = "declared", _size(dice)
    elif faults and number % 13 == 7:
        kind, declared = "nobody", dice.pick((None, 0))
    rollout = (days.LAST_TRAINING_DAY - days.FIRST_LAUNCH).days - 60
    return Hotel(
        id=f"{chain.id}-{number + 1:04d}",
        name=names.hotel_name(chain, number),
        chain=chain,
        language=dice.weighted((("", 4), ("nl", 4), ("en", 2))),
        kind=kind,
        joined=days.days_after(days.FIRST_LAUNCH, -dice.between(5, 300)),
        launch=days.days_after(days.FIRST_LAUNCH, dice.below(rollout)),
        declared=declared,
        sibling=siblings.get(chain.id),
    )


def _size(dice: Dice) -> int:
    """Draw a number of employees between two tenths of the distribution."""
    tenth = dice.below(len(_SIZE_QUANTILES) - 1)
    return dice.between(_SIZE_QUANTILES[tenth], _SIZE_QUANTILES[tenth + 1])


def _target(number: int, dice: Dice) -> tuple[int, int]:
    """Give (employees, completions): every other hotel stands at an edge, in a seeded order."""
    if number % 2 == 0:
        return EDGES[(number // 2 + dice.below(2) * len(EDGES) // 2) % len(EDGES)]
    size = _size(dice)
    return size, min(size, int(size * (0.1 + 0.85 * dice.share())))


def _roster(
    number: int, hotel: Hotel, dice: Dice, faults: bool, guests: tuple[Person, ...]
) -> tuple[Person, ...]:
    size, done = _target(number, dice)
    own_done = done - sum(guest.completes for guest in guests)
    own_size = size - len(guests)
    if not 0 <= own_done <= own_size:
        guests, own_done, own_size = (), done, size
    sequence = iter(range(1, 10_000))
    fates = dice.shuffled([True] * own_done + [False] * (own_size - own_done))
    people = [_base(number, hotel, next(sequence), fate, dice) for fate in fates]
    people += guests
    for _ in range(size // 8 + dice.below(2)):
        people.append(_beside(number, hotel, next(sequence), dice))
    for _ in range(size // 9 + dice.below(2)):
        people.append(_leaver(number, hotel, next(sequence), dice))
    if faults and dice.chance(0.4):
        stranger = _base(number, hotel, next(sequence), True, dice)
        people.append(replace(stranger, part="stranger"))
    return tuple(people)


def _unlisted(number: int, hotel: Hotel, dice: Dice) -> tuple[Person, ...]:
    """Make people of a hotel that only declared their number; every twelfth has more than that."""
    declared = hotel.declared or 0
    size = declared + dice.between(1, 5) if number % 12 == 10 else declared
    done = size if size > declared else int(declared * dice.share())
    fates = dice.shuffled([True] * done + [False] * (size - done))
    people = (_base(number, hotel, sequence + 1, fate, dice) for sequence, fate in enumerate(fates))
    return tuple(replace(person, joined=None) for person in people)


def _base(number: int, hotel: Hotel, sequence: int, completes: bool, dice: Dice) -> Person:
    joined = None
    if dice.chance(0.3):
        joined = days.days_after(hotel.launch, dice.between(-900, 20))
    return Person(
        employee=hotel.chain.employee.format(number + 1, sequence),
        part="base",
        department=dice.weighted(names.DEPARTMENTS),
        contract=dice.weighted(names.CONTRACTS_COUNTED),
        language=dice.weighted(names.LANGUAGES),
        completes=completes,
        joined=joined,
    )


def _beside(number: int, hotel: Hotel, sequence: int, dice: Dice) -> Person:
    person = _base(number, hotel, sequence, dice.chance(0.5), dice)
    contract = dice.weighted(names.CONTRACTS_BESIDE)
    department = person.department if contract == "on_leave" else "housekeeping"
    return replace(person, part="beside", contract=contract, department=department)


def _leaver(number: int, hotel: Hotel, sequence: int, dice: Dice) -> Person:
    """Make somebody who left before the as-of date, often after completing the course."""
    person = _base(number, hotel, sequence, dice.chance(0.6), dice)
    left = days.days_after(days.LAST_TRAINING_DAY, dice.between(1, 28))
    return replace(person, part="left", left=left)


def _who_also_works_next_door(hotel: Hotel, dice: Dice, faults: bool) -> tuple[Person, ...]:
    """Choose up to two people of the base who also stand in the roster of the next hotel."""
    if not faults or not dice.chance(0.5):
        return ()
    able = [person for person in hotel.people if person.part == "base" and person.home]
    return tuple(
        replace(person, home=False, contract="part_time", joined=None) for person in able[:2]
    )
