"""What was read of roster.csv, kept as long as the file and its surroundings stay the same.

Reading a roster means a hash for each id; of a hundred thousand that takes longer than the whole
rule. The rows, which hold pseudonyms and no id, lie beside the store, as
`store/roster.kept`: a digest of all that they were made of, and the Roster, as MessagePack. Whoever
reads the file may delete it; `noroom forget` does.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from programme.files import read_bytes
from xapi_lrs_reports.certificates.atomic import write_atomically
from xapi_lrs_reports.csv_table import MAX_BYTES
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.roster import Roster, read_roster

FILE = "roster.kept"
_FORMAT = 1


class _Kept(msgspec.Struct, gc=False, array_like=True):
    digest: str
    roster: Roster


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
        if found.digest == digest:
            return found.roster
    roster = read_roster(path, hotels, salts)
    if kept.parent.is_dir():
        with contextlib.suppress(OSError):
            write_atomically(kept, msgspec.msgpack.encode(_Kept(digest, roster)))
            kept.chmod(0o600)
    return roster


def drop_kept_roster(programme: Path) -> None:
    """Forget what was kept."""
    kept_file(programme).unlink(missing_ok=True)


def kept_file(programme: Path) -> Path:
    """Give the file of a programme."""
    return programme / "store" / FILE


def _digest(path: Path, hotels: Mapping[str, Hotel], salts: Mapping[str, str]) -> str | None:
    """Give a digest of all that a roster's rows depend on; None if the file cannot be read."""
    try:
        content = read_bytes(path, MAX_BYTES)
    except OSError:
        return None
    around = (_FORMAT, str(path), {name: one.chain for name, one in hotels.items()}, dict(salts))
    return hashlib.sha256(msgspec.json.encode(around, order="sorted") + b"\n" + content).hexdigest()
