"""Sources -> normalise -> fact store, in batches; one file or one LRS page is one transaction."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from programme.directory import ProgrammeDirectory
from programme.files import open_file, resolved
from xapi_lrs_reports.sources import Pieces
from xapi_lrs_reports.sources.files import read_file, read_stream
from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.statements.quarantine import Group
from xapi_lrs_reports.statements.spans import Span, judge_spans, survey
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.statements.usual import Batch, UsualReader
from xapi_lrs_reports.store.appending import Appending
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.fact_store import FactStore, Tally

Batches = Generator[Batch, None, None]

BATCH = 50_000
SHOWN = 20


@dataclass
class Reading:
    """What came of one source.

    `problems` are the first 20, `groups` all of them by code, `notes` counts lenient readings.
    """

    source: str
    tally: Tally
    problems: list[StatementProblem] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    groups: list[Group] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Tell whether anything could be read: an empty source, or one statement that is sound."""
        return self.tally.read == 0 or self.tally.quarantined < self.tally.read


def normaliser_of(programme: ProgrammeDirectory, *, from_lrs: bool) -> Normaliser:
    """Make the normaliser of a programme's statements."""
    settings = programme.settings
    chains = frozenset(programme.chains)
    salts = {chain: programme.salt(chain) for chain in chains}
    agents = Authorities(settings.authorities)
    return Normaliser(settings.iri, chains, agents, from_lrs=from_lrs, salts=salts)


def import_path(store: FactStore, programme: ProgrammeDirectory, path: Path) -> Reading:
    """Read one file; raises InputError if it is no file of statements at all."""
    source = source_name(programme.path, path)
    digest, spans = survey(path)
    origin = Origin(source, "statements", digest)
    normalise = normaliser_of(programme, from_lrs=False)
    if spans:
        batches = _judge_spans(path, source, spans, normalise)
    else:
        batches = _judge(normalise, source, read_file(path, source))
    return _import(store, origin, normalise, batches)


def import_stream(store: FactStore, programme: ProgrammeDirectory, stream: BinaryIO) -> Reading:
    """Read a stream, such as standard input; the source is named after its content."""
    with tempfile.TemporaryFile() as spool:
        digest = hashlib.sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            spool.write(chunk)
        spool.seek(0)
        source = f"stdin-{digest.hexdigest()[:12]}"
        origin = Origin(source, "statements", digest.hexdigest())
        normalise = normaliser_of(programme, from_lrs=False)
        return _import(
            store, origin, normalise, _judge(normalise, source, read_stream(spool, source))
        )


def digest_of(path: Path, *how: str) -> str:
    """Give SHA-256 of a file's bytes, and of how it is read; "" if it cannot be read."""
    try:
        with open_file(path) as stream:
            digest = hashlib.file_digest(stream, "sha256")
    except OSError:
        return ""  # whoever reads it says why
    for one in how:
        digest.update(b"\0" + one.encode())
    return digest.hexdigest()


def source_name(programme: Path, path: Path) -> str:
    """Give the path as the store names it: inside the programme's folder without that folder."""
    full, home = resolved(path), resolved(programme)
    return str(full.relative_to(home) if full.is_relative_to(home) else full)


def _import(store: FactStore, origin: Origin, normalise: Normaliser, batches: Batches) -> Reading:
    source, tally = origin.source, Tally()
    with contextlib.closing(batches), store.transaction():
        store.begin(origin)
        appending = Appending(store, source)
        for batch in batches:
            tally.add(appending.append(batch))
        tally.add(appending.settle())
        problems = store.quarantined(source, SHOWN)
        groups = store.quarantine_groups(source)
    return Reading(source, tally, problems, normalise.notes, groups)


def append_pieces(store: FactStore, normalise: Normaliser, source: str, pieces: Pieces) -> Tally:
    """Judge and append what a source yields, batch by batch."""
    tally = Tally()
    for batch in _judge(normalise, source, pieces):
        tally.add(store.append_batch(source, batch))
    return tally


def _judge(normalise: Normaliser, source: str, pieces: Pieces) -> Batches:
    """Yield the batches of a source; the last may be empty."""
    reader = UsualReader(normalise)
    for line, piece in pieces:
        reader.take_in(piece, source, line)
        if len(reader) == BATCH:
            yield reader.take()
    yield reader.take()


def _judge_spans(path: Path, source: str, spans: list[Span], normalise: Normaliser) -> Batches:
    with contextlib.closing(judge_spans(path, source, spans, normalise)) as judged:
        for batch, notes in judged:
            normalise.notes.update(notes)
            yield batch
