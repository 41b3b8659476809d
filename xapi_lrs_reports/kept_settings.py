"""What `report` and `import` read of the settings, kept while files and code stay as they are.

Checking the settings takes a library whose loading costs a report, or the import of a few
statements, a tenth of its time. What was found right lies in `store/settings.kept`, as MessagePack,
with a digest of all that it was made of: every byte of the files, the names of the chains' folders,
and the code that checks and keeps them. Anything else than the same digest, and the files are
checked. What is wrong is never kept, so every problem is said every time. Whoever reads the files
may delete it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sys
import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

import programme
from programme.atomic import write_atomically
from programme.directory import (
    CHAIN_FILE,
    FILE,
    ProgrammeDirectory,
    chain_folders,
    read_programme,
)
from programme.files import read_bytes

if TYPE_CHECKING:
    from programme.settings import Chain, Programme

_MAX_BYTES = 2_000_000
_FORMAT = b"1"
_VERSIONS = {"pydantic": "version.py", "yaml": "__init__.py"}
"""The libraries that read and check, and the file of each that has its version."""
_OF_CHAINS = {"name", "pseudonym_salt"}


class _Kept(msgspec.Struct, array_like=True):
    digest: bytes
    settings: dict[str, Any]
    chains: dict[str, dict[str, Any]]


class KeptRecord:
    """What was checked, by the same names as in programme.settings, read only.

    Of a chain only `name` and `pseudonym_salt` are there: reports and imports read no more.
    """

    _values: Mapping[str, Any]

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update({name: _as_record(value) for name, value in values.items()})
        self.__dict__["_values"] = values

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse."""
        raise AttributeError(f"{name} is read only")

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """Give the values as `mode="json"` of the checked model gives them."""
        if mode != "json":
            raise ValueError("only what JSON has was kept")
        return dict(self._values)


def read_or_keep_programme(path: Path, *, makes_store: bool = False) -> ProgrammeDirectory:
    """Give what `read_programme(path)` gives, as far as a report reads it. Raises InputError.

    A store's folder that is not there, or not ours to write in, costs time and nothing else.
    """
    kept = kept_settings_file(path)
    digest = _digest(path)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        found = msgspec.msgpack.decode(read_bytes(kept, _MAX_BYTES), type=_Kept)
        if found.digest == digest and _is_time_zone(found.settings["time_zone"]):
            settings = cast("Programme", KeptRecord(found.settings))
            chains = {name: cast("Chain", KeptRecord(one)) for name, one in found.chains.items()}
            return ProgrammeDirectory(path, settings, chains)
    read = read_programme(path)
    if digest is not None and digest == _digest(path):
        with contextlib.suppress(OSError):
            if makes_store:
                kept.parent.mkdir(exist_ok=True)
            if kept.parent.is_dir():
                _keep(read, kept, digest)
    return read


def read_and_keep_programme(path: Path) -> ProgrammeDirectory:
    """Do the same for a command that makes the store: a folder for it may be made now."""
    return read_or_keep_programme(path, makes_store=True)


def kept_settings_file(programme: Path) -> Path:
    """Give the file of a programme."""
    return programme / "store" / "settings.kept"


def _keep(read: ProgrammeDirectory, kept: Path, digest: bytes) -> None:
    chains = {name: one.model_dump(include=_OF_CHAINS) for name, one in read.chains.items()}
    found = _Kept(digest, read.settings.model_dump(mode="json"), chains)
    write_atomically(kept, msgspec.msgpack.encode(found))
    kept.chmod(0o600)


def _as_record(value: object) -> object:
    if isinstance(value, dict):
        return KeptRecord(value)
    return [_as_record(one) for one in value] if isinstance(value, list) else value


def _is_time_zone(name: str) -> bool:
    """Tell whether this machine knows it still: its list of zones is in no digest."""
    with contextlib.suppress(zoneinfo.ZoneInfoNotFoundError, ValueError):
        zoneinfo.ZoneInfo(name)
        return True
    return False


def _digest(path: Path) -> bytes | None:
    """Give a digest of all that the settings depend on; None if some of it cannot be read."""
    digest = hashlib.sha256()
    try:
        for part in _parts(path):
            digest.update(len(part).to_bytes(8, "big") + part)
    except OSError:
        return None
    return digest.digest()


def _parts(path: Path) -> Iterator[bytes]:
    yield _FORMAT
    yield sys.version.encode()
    for file in _code():
        yield str(file).encode()
        yield read_bytes(file, _MAX_BYTES)
    yield read_bytes(path / FILE, _MAX_BYTES)
    for folder in chain_folders(path):
        yield folder.name.encode("utf-8", "surrogateescape")
        yield read_bytes(folder / CHAIN_FILE, _MAX_BYTES)


def _code() -> Iterator[Path]:
    """Yield the files that say what is right and what is kept, and the libraries' versions."""
    yield Path(__file__)
    yield from sorted(Path(str(programme.__file__)).parent.glob("*.py"))
    for name, file in _VERSIONS.items():
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise FileNotFoundError(name)
        yield Path(found.origin).with_name(file)
