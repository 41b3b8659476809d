"""One person's life story -> the lines that reach the programme, mishaps included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from programme.pseudonym import pseudonym
from xapi_lrs_reports.simulate.attempts import attend
from xapi_lrs_reports.simulate.dice import Dice
from xapi_lrs_reports.simulate.mishaps import HARMLESS, SPOILING, Line, Scene, plain
from xapi_lrs_reports.simulate.people import Hotel, Person
from xapi_lrs_reports.simulate.statements import (
    Statement,
    chain_authority,
    stamp,
    statement_of,
)

_SHARE_HARMLESS = 0.3
_SHARE_SPOILING = 0.5


class Traffic:
    """Turns people into lines. With `faults`, mishaps are dealt in turn so that none is missing.

    `tally` counts the statements that each kind of mishap touched.
    """

    def __init__(self, seed: int, *, faults: bool) -> None:
        self.tally: Counter[str] = Counter()
        self._seed, self._faults = seed, faults
        self._dealt: Counter[str] = Counter()

    def of_hotel(self, hotel: Hotel) -> Iterator[Line]:
        """Give every line that is sent from one hotel."""
        for person in hotel.people:
            if person.home:
                yield from self._of_person(hotel, person, Dice(self._seed, person.employee))

    def _of_person(self, hotel: Hotel, person: Person, dice: Dice) -> Iterator[Line]:
        kind = self._deal(hotel, person, dice)
        statements = _sent(hotel, person, dice, spoilt_by=kind if kind in SPOILING else None)
        if kind is None:
            return plain(statements)
        scene = Scene(hotel, dice, self.tally)
        return {**HARMLESS, **SPOILING}[kind](statements, scene)

    def _deal(self, hotel: Hotel, person: Person, dice: Dice) -> str | None:
        """Choose the mishap of one person of the base; None for most people."""
        if person.part == "stranger":
            self.tally["not_on_the_roster"] += 1
        if not self._faults or person.part != "base":
            return None
        deck, share = (
            (HARMLESS, _SHARE_HARMLESS) if person.completes else (SPOILING, _SHARE_SPOILING)
        )
        if not dice.chance(share):
            return None
        pile = "harmless" if person.completes else "spoiling"
        kind = list(deck)[self._dealt[pile] % len(deck)]
        self._dealt[pile] += 1
        if kind == "wrong_hotel_chosen" and (hotel.sibling is None or hotel.kind != "roster"):
            return None
        return kind


def _sent(hotel: Hotel, person: Person, dice: Dice, *, spoilt_by: str | None) -> list[Statement]:
    """Give the statements of one person as the LRS would stamp them if nothing went wrong."""
    events = attend(
        dice,
        hotel.launch,
        person.joined,
        finishes=person.completes or spoilt_by is not None,
        years_back=spoilt_by == "outside_window",
    )
    learner = pseudonym(person.employee, hotel.chain.salt or hotel.chain.id)
    source = _hotel_source(hotel, person, dice)
    authority = chain_authority(hotel.chain.id)
    found = []
    for event in events:
        statement = statement_of(event, hotel, learner, person.language, source)
        received = event.when + timedelta(milliseconds=dice.between(90, 4_000))
        found.append(stamp(statement, received, authority))
    return found


def _hotel_source(hotel: Hotel, person: Person, dice: Dice) -> str | None:
    """Say how the package knew the hotel; where there is a roster it need not know."""
    choices = [("package", 60), ("learner", 25)]
    if hotel.kind == "roster" and person.part != "stranger":
        choices.append(("", 15))
    return dice.weighted(choices) or None
