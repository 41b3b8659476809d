"""Results that are slow to make and small to keep, in the user's cache folder, by what made them.

The key is the digest of everything that a result depends on, so an entry is right or is not there:
nothing expires, and a damaged entry is made again. A folder that cannot be read or written costs
time and nothing else. Safe beside other processes: an entry appears whole, under its own name.

The folder is `noroom` in the system's place for caches, or `NOROOM_CACHE`; when that is `off`,
nothing is kept. It can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

MOST_ENTRIES = 24
"""The players of every standard in the last few versions; about 100 kB each."""

_DIGEST_BYTES = 32
_COUNT_BYTES = 4


def kept(depends_on: Iterable[bytes], make: Callable[[], list[bytes]]) -> list[bytes]:
    """Give what `make` gave for the same `depends_on`, or gives now."""
    folder = cache_folder()
    if folder is None:
        return make()
    entry = folder / f"player-{_digest(depends_on).hex()[:40]}"
    found = _read(entry)
    if found is None:
        found = make()
        _write(entry, found)
    return found


def cache_folder() -> Path | None:
    """Give the folder, which may not exist yet; None where nothing is to be kept."""
    given = os.environ.get("NOROOM_CACHE", "")
    if given:
        return None if given == "off" else Path(given)
    with contextlib.suppress(RuntimeError):  # nobody's home
        return _system_folder() / "noroom"
    return None


def _system_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _digest(parts: Iterable[bytes]) -> bytes:
    """Give the SHA-256 of the parts, each with its length, so that none runs into the next."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(_COUNT_BYTES, "big"))
        digest.update(part)
    return digest.digest()


def _read(entry: Path) -> list[bytes] | None:
    """Give the parts of an entry: each after its length, and all after their digest."""
    try:
        content = entry.read_bytes()
    except OSError:
        return None
    digest, rest = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    parts = []
    while rest:
        length = int.from_bytes(rest[:_COUNT_BYTES], "big")
        parts.append(rest[_COUNT_BYTES : _COUNT_BYTES + length])
        rest = rest[_COUNT_BYTES + length :]
    return parts if parts and _digest(parts) == digest else None


def _write(entry: Path, parts: list[bytes]) -> None:
    content = _digest(parts)
    content += b"".join(len(part).to_bytes(_COUNT_BYTES, "big") + part for part in parts)
    temporary = entry.with_name(f"{entry.name}.{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(entry)
        except OSError:
            temporary.unlink(missing_ok=True)
        _forget_oldest(entry.parent)


def _forget_oldest(folder: Path) -> None:
    """Keep the newest entries; what a broken process left behind grows old like the others."""
    entries = [(one.stat().st_mtime_ns, one) for one in folder.glob("player-*")]
    for _, one in sorted(entries)[:-MOST_ENTRIES]:
        one.unlink(missing_ok=True)
