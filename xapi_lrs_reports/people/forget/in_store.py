"""The person's rows in the fact store: counted, or deleted for good."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from programme.files import is_there
from xapi_lrs_reports.people.forgotten import list_file, read_forgotten, write_forgotten
from xapi_lrs_reports.store.fact_store import FactStore
from xapi_lrs_reports.store.opening import open_store, store_file
from xapi_lrs_reports.store.rewrite import rewrite


@dataclass(frozen=True)
class InStore:
    """How many facts and quarantined statements, and the sources that they came from."""

    facts: int = 0
    quarantined: int = 0
    sources: tuple[str, ...] = ()


def count_in_store(programme: Path, learners: Collection[str]) -> InStore:
    """Count what would be deleted; a store that is not there stays so. Raises InputError."""
    if not is_there(store_file(programme)):
        return InStore()
    with open_store(programme) as store:
        return _count(store, learners)


def delete_from_store(programme: Path, learners: Collection[str], moment: str) -> InStore:
    """Refuse what these learners did up to `moment`, and delete what is stored of them.

    First the list, then the rows: killed between the two, nobody comes back, and doing it again
    ends it. Voids stay: they hold an id that means nothing once its statement is gone.
    """
    file = list_file(programme)
    with open_store(programme) as store:
        forgotten = read_forgotten(file)
        forgotten.add(learners, moment)
        write_forgotten(file, forgotten)
        found = _count(store, learners)
        with store.transaction():
            store.delete_learners(learners)
        rewrite(store.connection, store_file(programme))
    return found


def _count(store: FactStore, learners: Collection[str]) -> InStore:
    facts, quarantined, sources = store.count_learners(learners)
    return InStore(facts, quarantined, tuple(sources))
