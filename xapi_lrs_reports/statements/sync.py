"""LRS -> fact store, resumable: each page and the cursor are one transaction.

The cursor is on `stored`. It stays behind what the LRS calls consistent, each sync reads five
minutes before it again (repeats are harmless), and it does not move before the end if the pages do
not come in order. If the programme's iri, chains or authorities change, everything is read again,
since other statements are the programme's now.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from programme.directory import FILE, ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.settings import Lrs
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.sources.lrs import Page, Raw, id_of_target, read_pages, read_voided
from xapi_lrs_reports.sources.lrs_client import LrsClient
from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.normalise import Normaliser, Outcome
from xapi_lrs_reports.statements.reading import SHOWN, Reading, append_pieces, normaliser_of
from xapi_lrs_reports.statements.statement import StatementProblem, Void
from xapi_lrs_reports.store.fact_store import FactStore, Tally
from xapi_lrs_reports.store.opening import READING_MB, open_store

OVERLAP = datetime.timedelta(minutes=5)
Progress = Callable[[str], None]
MakeClient = Callable[[Lrs], LrsClient]


def sync(
    programme: ProgrammeDirectory,
    only: Sequence[str] = (),
    *,
    progress: Progress,
    make_client: MakeClient = LrsClient,
) -> tuple[list[Reading], list[Problem]]:
    """Read every LRS (or those in `only`); one that fails does not stop the others.

    Raises InputError if there is none to read or the store cannot be opened.
    """
    chosen = _chosen(programme, only)
    readings: list[Reading] = []
    problems: list[Problem] = []
    with open_store(programme.path, memory_mb=READING_MB) as store:
        for lrs in chosen:
            normalise = normaliser_of(programme, from_lrs=True)
            reading = Reading(f"lrs:{lrs.id}", Tally(), notes=normalise.notes)
            readings.append(reading)
            try:
                client = make_client(lrs)
                try:
                    _Run(store, programme, normalise, client, reading).read(lrs, progress)
                finally:
                    client.close()
            except InputError as error:
                problems += error.problems
            reading.problems = store.quarantined(reading.source, SHOWN)
            if reading.tally.quarantined:
                reading.groups = store.quarantine_groups(reading.source)
    return readings, problems


def _chosen(programme: ProgrammeDirectory, only: Sequence[str]) -> list[Lrs]:
    known = {lrs.id: lrs for lrs in programme.settings.lrs}
    file = str(programme.path / FILE)
    if not known:
        what = "no LRS is configured"
        fix = "Add lrs: with id and endpoint to programme.yaml, or use noroom import."
        raise InputError([Problem(file, 0, 0, "lrs-none", what, fix)])
    unknown = [name for name in only if name not in known]
    if unknown:
        fix = f"{did_you_mean(unknown[0], known)}Known: {', '.join(known)}."
        what = f'"{unknown[0]}" is not an LRS of this programme'
        raise InputError([Problem(file, 0, 0, "lrs-unknown", what, fix)])
    return [lrs for lrs in known.values() if not only or lrs.id in only]


class _Run:
    """One sync of one LRS."""

    def __init__(
        self,
        store: FactStore,
        programme: ProgrammeDirectory,
        normalise: Normaliser,
        client: LrsClient,
        reading: Reading,
    ) -> None:
        self._store = store
        self._normalise = normalise
        self._client = client
        self._reading = reading
        self._settings = settings_digest(programme)
        self._voiders = {
            name
            for name, chain in Authorities(programme.settings.authorities).voiders()
            if chain is None
        }
        self._ordered = True
        self._latest: str | None = None
        self._consistent: str | None = None

    def read(self, lrs: Lrs, progress: Progress) -> None:
        """Read all pages since the cursor; each is committed before the next is asked for."""
        source = self._reading.source
        cursor = None
        if lrs.resume == "stored":
            cursor = self._store.cursor(source, self._settings)
        fresh = cursor is None
        for page in read_pages(self._client, source, _before(cursor) if cursor else None):
            with self._store.transaction():
                if fresh:
                    self._store.start_over(source)
                    fresh = False
                self._append(page.statements)
                self._advance(page)
            progress(f"{source}: {self._reading.tally.read:,} statements read")
        if self._latest:
            with self._store.transaction():
                self._store.set_cursor(source, self._latest, self._settings)

    def _append(self, statements: Sequence[Raw]) -> None:
        source = self._reading.source
        outcomes: list[Outcome] = []
        refused: defaultdict[str, set[str]] = defaultdict(set)
        for raw in statements:
            if isinstance(raw, StatementProblem):
                outcomes.append(raw)
                continue
            outcome = self._normalise(raw, source, 0)
            if isinstance(outcome, StatementProblem) and outcome.statement_id is None:
                outcome = replace(outcome, statement_id=_name_by_content(raw))
            if isinstance(outcome, Void) and outcome.by_authority not in self._voiders:
                refused[outcome.target_id].add(id_of_target(raw))
            outcomes.append(outcome)
        self._reading.tally.add(self._store.append(source, outcomes))
        self._read_refused(refused)

    def _advance(self, page: Page) -> None:
        """Move the cursor as far as nothing earlier can still come.

        A next page may be a part of what was found at first, and some LRSs say with the first page
        alone what is consistent: the earliest that was said holds for all.
        """
        said = filter(None, (self._consistent, page.consistent_through))
        self._consistent = min(said, default=None)
        if page.last_stored is None:
            self._ordered = self._ordered and not page.statements
            return
        follows = self._latest is None or (page.first_stored or "") >= self._latest
        self._ordered = self._ordered and page.ordered and follows
        self._latest = max(filter(None, (self._latest, page.last_stored)))
        self._latest = min(filter(None, (self._latest, self._consistent, _now())))
        if self._ordered:
            self._store.set_cursor(self._reading.source, self._latest, self._settings)

    def _read_refused(self, targets: Mapping[str, set[str]]) -> None:
        """Read back what was hidden by voids of authorities that may not void.

        The LRS no longer lists such a statement (xAPI 1.0.3 Communication, section 2.1.3), but for
        the programme it still stands. Done with the page that holds the void, before the cursor
        passes it: afterwards nobody would ask again. `targets`: ids -> as voids spell each.
        """
        for target in self._store.unknown(targets):
            spelled = (read_voided(self._client, one) for one in sorted(targets[target]))
            found = [(0, raw) for raw in spelled if raw is not None]
            source = self._reading.source
            self._reading.tally.add(
                append_pieces(self._store, self._normalise, source, iter(found))
            )


def _name_by_content(raw: bytes | msgspec.Raw) -> str:
    """Name a statement without a usable id: an LRS has no lines by which to tell it from others."""
    return f"without id {hashlib.sha256(raw).hexdigest()[:12]}"


def settings_digest(programme: ProgrammeDirectory) -> str:
    """Give a digest of what decides which statements are the programme's."""
    settings = programme.settings
    facts = {
        "iri": settings.iri,
        "chains": sorted(programme.chains),
        "authorities": [one.model_dump(mode="json") for one in settings.authorities],
    }
    text = json.dumps(facts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _now() -> str:
    """Give this machine's time: an LRS whose clock ran ahead once must not lead us past today."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]


def _before(cursor: str) -> str:
    moment = datetime.datetime.fromisoformat(cursor) - OVERLAP
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
