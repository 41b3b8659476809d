"""Forget people, and write the receipt (docs/decisions/0023)."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from programme.directory import ProgrammeDirectory
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.people.forget.in_files import (
    ROSTER,
    blank_codes,
    blank_roster,
    clean_logs,
    still_named,
    without_name,
)
from xapi_lrs_reports.people.forget.in_store import InStore, count_in_store, delete_from_store
from xapi_lrs_reports.people.forget.leftovers import remove_leftovers
from xapi_lrs_reports.people.forget.people import Person, digests, find_people
from xapi_lrs_reports.store.parquet import exports_in, forget_in_export


@dataclass(frozen=True)
class Receipt:
    """What was removed, as counts, and where statements may still be. Names nobody."""

    number: str
    chain: str
    moment: datetime.datetime
    people: int
    facts: int
    quarantined: int
    roster_rows: int
    personal_codes: int
    log_lines: int
    parquet_rows: int
    leftovers: int
    sources: tuple[str, ...]
    still_named_in: tuple[str, ...]
    not_searched: tuple[str, ...]
    is_dry: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was known of the person."""
        found = (self.facts, self.quarantined, self.roster_rows, self.personal_codes)
        return not any((*found, self.log_lines, self.parquet_rows, self.still_named_in))


def forget_ids(
    programme: ProgrammeDirectory,
    chain: str,
    learner_ids: Iterable[str],
    *,
    now: datetime.datetime,
    exports: Sequence[Path] = (),
) -> Receipt:
    """Find the people behind ids and forget them, while nobody else changes the roster.

    Raises InputError as `find_people` and `forget` do, and if another command is at work.
    """
    with alone(programme, "roster-busy", "changing the roster", programme.path / ROSTER):
        people = find_people(programme, chain, learner_ids)
        return forget(programme, people, now=now, exports=exports)


def forget(
    programme: ProgrammeDirectory,
    people: Sequence[Person],
    *,
    now: datetime.datetime,
    exports: Sequence[Path] = (),
    is_dry: bool = False,
) -> Receipt:
    """Remove people of one chain from all that noroom keeps; raises InputError.

    `now` is in UTC: statements of before stay out for ever, later ones count again. `exports`
    are Parquet exports outside the programme's folder. All is looked through before anything is
    removed: a file that cannot be read leaves nobody half forgotten and without a receipt. Rows of
    `people` are known by number, so they were found under the lock, unless it is a dry run.
    """
    if not is_dry:
        forget(programme, people, now=now, exports=exports, is_dry=True)
    learners = frozenset[str]().union(*(person.learners for person in people))
    rows = frozenset[int]().union(*(person.rows for person in people))
    ids = frozenset[str]().union(*(person.ids for person in people))
    words = ids | {learner.rpartition("/")[2] for learner in learners} | set(digests(ids))
    leftovers, young = remove_leftovers(programme.path, exports, is_dry=is_dry)
    stored = _in_store(programme.path, learners, now, is_dry=is_dry)
    named, closed = still_named(programme.path, words)
    return Receipt(
        number=secrets.token_hex(4),
        chain=people[0].chain,
        moment=now,
        people=len(people),
        facts=stored.facts,
        quarantined=stored.quarantined,
        roster_rows=blank_roster(programme.path, rows, is_dry=is_dry),
        personal_codes=blank_codes(programme.path, learners, is_dry=is_dry),
        log_lines=clean_logs(programme.path, words, is_dry=is_dry),
        parquet_rows=sum(
            forget_in_export(folder, learners, is_dry=is_dry)
            for folder in (*exports_in(programme.path), *exports)
        ),
        leftovers=leftovers,
        sources=tuple(without_name(source, words) for source in stored.sources),
        still_named_in=tuple(named),
        not_searched=(*closed, *map(str, young)),
        is_dry=is_dry,
    )


def _in_store(
    programme: Path, learners: frozenset[str], now: datetime.datetime, *, is_dry: bool
) -> InStore:
    if is_dry:
        return count_in_store(programme, learners)
    moment = now.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return delete_from_store(programme, learners, moment)
