"""What the store ought to hold of imports that are withdrawn and restored, as a plain model."""

from __future__ import annotations

from dataclasses import dataclass, field

from xapi_lrs_reports.statements.statement import Fact
from xapi_lrs_reports.store.fact_store import FactStore

IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(5)]
LRS, FILES = "lrs:main", ("a.csv", "b.csv", "c.csv")
Copy = tuple[str, str, str]
Copies = dict[str, Copy]
OF_LRS = 0


@dataclass
class Model:
    """What the store ought to hold: of each fact the copies of its givers, the LRS being one.

    `waiting` has what an import gives, and does not count; by id and import.
    """

    given: dict[str, dict[int, Copy]] = field(default_factory=dict)
    waiting: dict[tuple[str, int], Copy] = field(default_factory=dict)
    read: dict[tuple[str, frozenset[int]], int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def take(self, number: int, copies: Copies) -> Copies:
        """Read what a giver has, and give what contradicts a fact and so is not taken."""
        refused = {}
        for one, copy in copies.items():
            givers = self.given.setdefault(one, {})
            if all(other[0] == copy[0] for other in givers.values()):
                givers.setdefault(number, copy)
            else:
                refused[one] = copy
        return refused

    def withdraw(self, number: int) -> None:
        """Take out what an import alone gives, with what withdrawn ones gave too."""
        self.withdrawn.add(number)
        for one, givers in self.given.items():
            if number in givers and not set(givers) - self.withdrawn:
                self.waiting |= {(one, giver): copy for giver, copy in givers.items()}
                givers.clear()
        self.settle()

    def restore(self, number: int) -> None:
        """Let an import count again."""
        self.withdrawn.remove(number)
        self.settle()

    def settle(self) -> None:
        """Let in what waits of live imports, the first import first."""
        for one, number in sorted(self.waiting):
            if number not in self.withdrawn:
                copy = self.waiting.pop((one, number))
                if self.take(number, {one: copy}):
                    self.waiting[one, number] = copy

    def facts(self) -> Copies:
        """Give each fact with the earliest of the times of live givers."""
        found = {}
        for one, givers in self.given.items():
            live = [copy for number, copy in givers.items() if number not in self.withdrawn]
            if live:
                found[one] = (live[0][0], min(copy[1] for copy in live), min(c[2] for c in live))
        return found


def fact(number: int, source: str) -> Fact:
    """Give the copy of a fact that a source has: each says another time of storing.

    Of the last one b.csv and the LRS say that another person did it.
    """
    hour = 10 + [LRS, *FILES].index(source) * (1 if number % 2 else -1)
    stored = f"2026-11-0{number + 1}T{hour:02}:00:00.000"
    person = "other" if number == 4 and source in ("b.csv", LRS) else str(number)
    return Fact(
        statement_id=IDS[number], verb="passed", course="no-room", course_version="1.0.0",
        chain="acme", learner=f"acme/{person}", hotel=None, hotel_source=None,
        evidence="self_asserted", completion=True, success=True, registration=None,
        timestamp=stored, stored=stored, sent_at=None, authority=None, language=None,
        source=source, line=number + 1,
    )  # fmt: skip


def times_of(store: FactStore) -> Copies:
    form = "'%Y-%m-%dT%H:%M:%S.%g'"
    query = f"SELECT CAST(statement_id AS VARCHAR), learner, strftime(timestamp, {form}), strftime(stored, {form}) FROM facts"  # noqa: S608, E501
    return {one: tuple(copy) for one, *copy in store.connection.execute(query).fetchall()}
