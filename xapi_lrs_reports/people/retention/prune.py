"""`noroom store prune`: remove what is past its date, and keep the numbers that rested on it.

First the answers of past days are kept as counts, then people who left are forgotten as `noroom
forget` does it, then what happened too long ago goes. Killed in between, doing it again ends it.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.certificates.register import read_register, register_path
from xapi_lrs_reports.people.forget.forget import Receipt, forget
from xapi_lrs_reports.people.forget.in_files import ROSTER
from xapi_lrs_reports.people.forget.people import Person, people_who_left
from xapi_lrs_reports.people.forgotten import list_file, read_forgotten, write_forgotten
from xapi_lrs_reports.people.retention.answers import is_kept, keep_answers
from xapi_lrs_reports.people.retention.overdue import moment_of
from xapi_lrs_reports.people.retention.periods import Cutoffs, Periods, cutoffs, periods_of
from xapi_lrs_reports.report.overview import month_ends
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.rule.decide import Gathered, decide_on, gather
from xapi_lrs_reports.store.opening import open_store, store_file
from xapi_lrs_reports.store.parquet import exports_in, prune_export
from xapi_lrs_reports.store.rewrite import rewrite

_MONTHS = 12
"""The trend of a report goes back so far."""


@dataclass(frozen=True)
class Pruned:
    """What was removed, as counts. `left` has a receipt for each chain of which people left."""

    number: str
    moment: datetime.datetime
    periods: Periods
    cut: Cutoffs
    left: tuple[Receipt, ...]
    old_facts: int
    old_parquet_rows: int
    forgotten_entries: int
    answers: tuple[datetime.date, ...]
    is_dry: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was past its date."""
        return not (self.left or self.old_facts or self.old_parquet_rows or self.forgotten_entries)


def prune(
    programme: ProgrammeDirectory, *, now: datetime.datetime, today: datetime.date, is_dry: bool
) -> Pruned:
    """Remove what is past its date on `today`; `now` is in UTC. Raises InputError.

    Nobody else changes the roster meanwhile.
    """
    if is_dry:
        return _prune(programme, now, today, is_dry=True)
    with alone(programme, "roster-busy", "changing the roster", programme.path / ROSTER):
        return _prune(programme, now, today, is_dry=False)


def _prune(
    programme: ProgrammeDirectory, now: datetime.datetime, today: datetime.date, *, is_dry: bool
) -> Pruned:
    gathered = gather(programme)
    periods = periods_of(programme)
    cut = cutoffs(periods, programme.settings.rule, today)
    days = tuple(_days(programme, today))
    if not is_dry:
        with gathered.engine.held():
            keep_answers(programme.path, (_answer(gathered, day) for day in days))
    people = list(_who_left(programme, cut))
    left = tuple(forget(programme, some, now=now, is_dry=is_dry) for some in people)
    learners = frozenset[str]().union(*(one.learners for some in people for one in some))
    moment = moment_of(cut, programme.settings.time_zone)
    facts, entries, rows = 0, 0, 0
    if moment:
        facts, entries = _remove_old(programme, moment, learners, is_dry=is_dry)
        for folder in exports_in(programme.path):
            rows += prune_export(folder, moment, learners, is_dry=is_dry)
    return Pruned(secrets.token_hex(4), now, periods, cut, left, facts, rows, entries, days, is_dry)


def _days(programme: ProgrammeDirectory, today: datetime.date) -> Iterator[datetime.date]:
    """Yield the past days whose answer may change, and was not kept yet.

    Those on which a certificate rests, and those of the trend. What is removed now changes nothing
    since `maintain_days` ago: periods.cutoffs sees to that.
    """
    still_exact = today - datetime.timedelta(days=programme.settings.rule.maintain_days)
    wanted = set(month_ends(today, _MONTHS))
    for entry in read_register(register_path(programme)):
        wanted.add(datetime.date.fromisoformat(str(entry.facts.get("as_of", entry.issued_on))))
    for day in sorted(wanted):
        if day < still_exact and not is_kept(programme.path, day):
            yield day


def _who_left(programme: ProgrammeDirectory, cut: Cutoffs) -> Iterator[list[Person]]:
    """Yield the people of each chain of which somebody left so long ago."""
    if cut.left_by is None:
        return
    for chain in programme.chains:
        people = people_who_left(programme, chain, cut.left_by)
        if people:
            yield people


def _remove_old(
    programme: ProgrammeDirectory, moment: str, gone: Collection[str], *, is_dry: bool
) -> tuple[int, int]:
    """Give the number of facts from before a moment, and of entries that the list can do without.

    Facts of `gone` are counted with the people who left. The list first: killed in between, what
    was removed does not come back from an LRS.
    """
    file = list_file(programme.path)
    forgotten = read_forgotten(file)
    entries = forgotten.refuse_everybody(moment)
    if not is_there(store_file(programme.path)):
        facts = 0
    else:
        with open_store(programme.path) as store:
            facts = store.count_before(moment, gone)
            if facts and not is_dry:
                write_forgotten(file, forgotten)
                with store.transaction():
                    store.delete_before(moment)
                rewrite(store.connection, store_file(programme.path))
    if entries and not is_dry:
        write_forgotten(file, forgotten)
    return facts, entries


def _answer(gathered: Gathered, day: datetime.date) -> Report:
    return decide_on(gathered, day).report
