"""What was read of roster.csv, kept as long as the file and its surroundings stay the same.

Reading a roster means a hash for each id; of a hundred thousand that takes longer than the whole
rule. What was read of a large one lies beside the store. `store/roster.kept.parquet` has the rows,
which hold pseudonyms and no id. `store/roster.kept` has, as MessagePack, a digest of all that they
were made of, one of the rows' file, and the rest of the Roster. Whoever reads the files may delete
them; `noroom forget` does.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from programme.atomic import write_atomically
from programme.files import read_bytes
from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import MAX_BYTES
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.aliases import Alias
from xapi_lrs_reports.people.kept_rows import HeldFile, KeptRows, keep_rows
from xapi_lrs_reports.people.roster import Roster, read_roster
from xapi_lrs_reports.store.opening import disk_errors_in_words

FILE = "roster.kept"
WORTH_KEEPING = 2_000
"""Rows that take longer to read than what was kept of them."""
_FORMAT = 2


class _Kept(msgspec.Struct, array_like=True):
    digest: str
    rows_digest: str
    begins: dict[str, str]
    last_days: dict[str, int]
    warnings: list[Problem]
    aliases: list[Alias]


def read_or_keep_roster(
    path: Path, kept: Path, hotels: Mapping[str, Hotel], salts: Mapping[str, str]
) -> Roster:
    """Give what `read_roster(path, hotels, salts)` gives; `kept` is the file of before.

    A store's folder that is not there, or not ours to write in, costs time and nothing else.
    Raises InputError.
    """
    digest = _digest(path, hotels, salts)
    if digest is None:
        return read_roster(path, hotels, salts)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        found = msgspec.msgpack.decode(read_bytes(kept, MAX_BYTES), type=_Kept)
        held = HeldFile(rows_file(kept))
        if found.digest == digest and found.rows_digest == _digest_of(held):
            rows = KeptRows(held, found.begins, found.last_days)
            return Roster(rows, found.warnings, found.aliases)
    roster = read_roster(path, hotels, salts)
    if len(roster.rows) >= WORTH_KEEPING and kept.parent.is_dir():
        with contextlib.suppress(OSError, InputError):
            fresh = _keep(roster, kept, digest)
            if _digest(path, hotels, salts) != digest:  # `noroom forget` was here meanwhile
                _drop(kept)
            return fresh
    return roster


def _keep(roster: Roster, kept: Path, digest: str) -> Roster:
    """Write both files; give the same roster, its rows as they lie there."""
    file = rows_file(kept)
    with disk_errors_in_words(file):
        rows = keep_rows(roster.rows, file)
    found = _Kept(digest, _digest_of(rows.file), dict(rows.begins), dict(rows.last_days),
                  roster.warnings, roster.aliases)  # fmt: skip
    write_atomically(kept, msgspec.msgpack.encode(found))
    kept.chmod(0o600)
    return Roster(rows, roster.warnings, roster.aliases)


def drop_kept_roster(programme: Path) -> None:
    """Forget what was kept."""
    _drop(kept_file(programme))


def _drop(kept: Path) -> None:
    kept.unlink(missing_ok=True)
    rows_file(kept).unlink(missing_ok=True)


def kept_file(programme: Path) -> Path:
    """Give the file of a programme."""
    return programme / "store" / FILE


def rows_file(kept: Path) -> Path:
    """Give the file with the rows, beside that of the rest."""
    return kept.with_name(f"{kept.name}.parquet")


def _digest_of(file: HeldFile) -> str:
    return hashlib.sha256(read_bytes(Path(file.name), MAX_BYTES)).hexdigest()


def _digest(path: Path, hotels: Mapping[str, Hotel], salts: Mapping[str, str]) -> str | None:
    """Give a digest of all that a roster's rows depend on; None if the file cannot be read."""
    try:
        content = read_bytes(path, MAX_BYTES)
    except OSError:
        return None
    around = (_FORMAT, str(path), {name: one.chain for name, one in hotels.items()}, dict(salts))
    return hashlib.sha256(msgspec.json.encode(around, order="sorted") + b"\n" + content).hexdigest()
