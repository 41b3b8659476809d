"""The batches of one long source: what is surely new goes in at once, the rest is looked up later.

What becomes of each statement is what it would be if every batch were looked up by itself; only the
order differs in which that happens. Of copies of one statement, a later one never overtakes.
"""

from __future__ import annotations

import dataclasses
from binascii import unhexlify
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from xapi_lrs_reports.statements.columns import Rows
from xapi_lrs_reports.statements.statement import Fact
from xapi_lrs_reports.statements.usual import Batch, Kind, Place
from xapi_lrs_reports.store.seen_ids import SeenIds

if TYPE_CHECKING:
    from xapi_lrs_reports.store.fact_store import FactStore, Tally

_Part = TypeVar("_Part")
_LOOKED_UP_AT_ONCE = 50_000
_DEAR, _ANYWAY = 10, 1_500_000
"""Taking in an id of the store costs as much as passing over it ten times; and looking a batch up,
whatever the store holds, as much as passing over so many."""


class Appending:
    """Appends the batches of one source in one transaction; end it with `settle`."""

    def __init__(self, store: FactStore, source: str) -> None:
        self._store = store
        self._source = source
        self._seen: SeenIds | None = None
        self._passed_over = 0
        self._waiting = Waiting()

    def append(self, batch: Batch) -> Tally:
        """Append a batch, and count what became of it, and of what was waiting and is settled."""
        seen = self._seen or self._begin_to_remember()
        if seen is None:
            return self._store.append_batch(self._source, batch)
        facts = [row for row in batch.outcomes if type(row) is Fact]
        others = [row for row in batch.outcomes if type(row) is not Fact]
        ids = [unhexlify(fact.statement_id.replace("-", "")) for fact in facts]
        doubtful = seen.maybe_seen(b"".join([*ids, batch.rows.ids()]))
        if 2 * len(doubtful) > len(facts) + len(batch.rows):
            tally = self.settle()
            tally.add(self._store.append_batch(self._source, batch))
            return tally
        own = [place for place in doubtful if place < len(facts)]
        rows, waiting = batch.rows.split([place - len(facts) for place in doubtful[len(own) :]])
        self._waiting.add([facts[place] for place in own], waiting, batch)
        for place in reversed(own):
            del facts[place]
        new = dataclasses.replace(batch, outcomes=[*facts, *others], rows=rows)
        tally = self._store.append_batch(self._source, new, is_new=True)
        if len(self._waiting) >= _LOOKED_UP_AT_ONCE:
            tally.add(self.settle())
        return tally

    def settle(self) -> Tally:
        """Look up what could not be told to be new, and count what became of it."""
        waiting, self._waiting = self._waiting, Waiting()
        return self._store.append_batch(self._source, waiting.as_batch())

    def _begin_to_remember(self) -> SeenIds | None:
        """Take in the ids of the store once that is cheaper than to go on looking batches up."""
        facts = self._store.number_of_facts()
        if self._passed_over and self._passed_over >= _DEAR * facts:
            self._seen = SeenIds(self._store.connection)
        self._passed_over += facts + _ANYWAY
        return self._seen


class Waiting:
    """Facts that wait to be looked up, of several batches, under numbers of their own."""

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._rows = Rows()
        self._kinds: dict[Kind, int] = {}
        self._places: dict[Place, int] = {}

    def __len__(self) -> int:
        """Give the number of facts."""
        return len(self._facts) + len(self._rows)

    def add(self, facts: list[Fact], rows: Rows, batch: Batch) -> None:
        """Add facts, and rows in which the numbers of a batch stand."""
        self._facts += facts
        if len(rows):
            kinds = {one.kind: _number(self._kinds, replace(one, kind=0)) for one in batch.kinds}
            places = {
                one.place: _number(self._places, replace(one, place=0)) for one in batch.places
            }
            self._rows.extend(rows.renumbered(kinds, places))

    def as_batch(self) -> Batch:
        """Give all of them as one batch."""
        kinds = [replace(one, kind=number) for one, number in self._kinds.items()]
        places = [replace(one, place=number) for one, number in self._places.items()]
        return Batch(list(self._facts), self._rows, kinds, places)


def _number(known: dict[_Part, int], part: _Part) -> int:
    return known.setdefault(part, len(known))
