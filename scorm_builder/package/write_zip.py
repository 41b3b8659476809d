"""PackageFiles -> the bytes of a zip that every LMS unpacks and every rebuild repeats.

Deflate only, version 2.0, no data descriptors, no zip64, no directories, fixed date and mode:
strict unpackers refuse some of these, and a zip without them is the same on every machine.
Files that many packages share are compressed once and copied after that; media that are compressed
already are only framed.

The directory at the end, by which archives are read, lists the manifest first and then all files by
path. Large shared files stand in front of it in the archive itself: packages with the same media
begin with the same bytes, which are put together and hashed only once (Opening).

Spec: PKWARE APPNOTE 6.3.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16.
"""

from __future__ import annotations

import functools
import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from programme.problems import InputError, Problem
from scorm_builder.package.plan_package import PackageFile

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_BLOCK, _LONGEST_BLOCK = struct.Struct("<B2H"), 0xFFFF
_VERSION, _MADE_BY_UNIX = 20, 3 << 8 | 20
_DEFLATE, _NO_FLAGS, _UTF8 = 8, 0, 0x800
_TIME, _DATE = 0, 1 << 5 | 1
"""1 January 1980, midnight: the first moment that a zip can name."""
_REGULAR_FILE = 0o100644 << 16
_COMPRESSED = (".png", ".jpg", ".jpeg", ".webp", ".mp3", ".mp4", ".webm")
_LARGEST = 0xFFFFFFFE

LARGE_BYTES = 65_536
"""From this size on a shared file belongs to the opening."""

Packed = tuple[int, int, bytes]
"""CRC-32, size, and the raw deflate stream of one file."""


class _Entries:
    """What of an archive is written so far: its length, and what the directory will say."""

    def __init__(self, offset: int = 0, entries: Iterable[tuple[str, bytes]] = ()) -> None:
        self.offset, self.entries = offset, list(entries)

    def add(self, file: PackageFile, packed: Packed) -> Iterator[bytes]:
        """Give local header and data; raises InputError where the archive grows too large."""
        crc, size, data = packed
        name = file.path.encode("utf-8")
        flags = _NO_FLAGS if file.path.isascii() else _UTF8
        common = (flags, _DEFLATE, _TIME, _DATE, crc, len(data), size, len(name), 0)
        header = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common) + name
        place = (0, 0, 0, _REGULAR_FILE, self.offset)
        entry = _CENTRAL.pack(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, *common, *place)
        self.entries.append((file.path, entry + name))
        yield header
        yield data
        self.offset += len(header) + len(data)
        if self.offset > _LARGEST:
            what, fix = "the package is larger than 4 GB", "Make the media smaller."
            raise InputError([Problem(file.path, 0, 0, "package-too-large", what, fix)])

    def directory(self, first: str) -> bytes:
        """Give the central directory and its end; the entry `first` comes first."""
        listed = sorted(self.entries, key=lambda one: (one[0] != first, one[0]))
        listing = b"".join(entry for _, entry in listed)
        counts = (len(listed), len(listed))
        return listing + _END.pack(b"PK\x05\x06", 0, 0, *counts, len(listing), self.offset, 0)


@dataclass(frozen=True)
class Opening:
    """The bytes that archives with the same large shared files begin with."""

    content: bytes
    entries: tuple[tuple[str, bytes], ...]
    sha256: hashlib._Hash

    @functools.lru_cache(maxsize=4)
    @staticmethod
    def of(files: tuple[PackageFile, ...]) -> Opening:
        """Put the opening together."""
        written = _Entries()
        parts = [part for one in files for part in written.add(one, _packed(one))]
        content = b"".join(parts)
        return Opening(content, tuple(written.entries), hashlib.sha256(content))


@dataclass(frozen=True)
class ZipParts:
    """An archive in pieces, so that nobody has to hold it: the opening, and the rest, once."""

    opening: Opening
    rest: Iterator[bytes]

    def __iter__(self) -> Iterator[bytes]:
        """Give all pieces."""
        yield self.opening.content
        yield from self.rest


def zip_bytes(manifest: PackageFile, files: Iterable[PackageFile]) -> bytes:
    """Give the archive as a whole."""
    return b"".join(zip_parts(manifest, files))


def zip_parts(manifest: PackageFile, files: Iterable[PackageFile]) -> ZipParts:
    """Give the archive; it and its pieces raise InputError."""
    ordered = sorted(files, key=lambda one: one.path)
    opening = open_ahead(ordered)
    left = [one for one in ordered if not _is_large(one)]
    return ZipParts(opening, _rest(opening, manifest, left))


def open_ahead(files: Sequence[PackageFile]) -> Opening:
    """Give the opening of archives with these files; processes that fork after this have it too."""
    return Opening.of(tuple(sorted(filter(_is_large, files), key=lambda one: one.path)))


def _rest(opening: Opening, manifest: PackageFile, files: Iterable[PackageFile]) -> Iterator[bytes]:
    written = _Entries(len(opening.content), opening.entries)
    for file in (manifest, *files):
        yield from written.add(file, _packed(file))
    yield written.directory(first=manifest.path)


def _is_large(file: PackageFile) -> bool:
    return file.shared and len(file.content) >= LARGE_BYTES


def _packed(file: PackageFile) -> Packed:
    pack = _pack_once if file.shared else _pack_lately
    return pack(file.content, is_compressed=file.path.endswith(_COMPRESSED))


def _pack(content: bytes, *, is_compressed: bool) -> Packed:
    stream = stored(content) if is_compressed else _deflated(content)
    return zlib.crc32(content), len(content), stream


def stored(content: bytes) -> bytes:
    """Give a deflate stream that keeps what is compressed already as it is.

    zlib's own level 0 cuts it into blocks as its buffers happen to fall (RFC 1951, 3.2.4).
    """
    view, blocks = memoryview(content), list[bytes | memoryview]()
    for start in range(0, max(len(content), 1), _LONGEST_BLOCK):
        block = view[start : start + _LONGEST_BLOCK]
        is_last = start + _LONGEST_BLOCK >= len(content)
        blocks += [_BLOCK.pack(is_last, len(block), len(block) ^ 0xFFFF), block]
    return b"".join(blocks)


def _deflated(content: bytes) -> bytes:
    """Compress without zlib's own header and checksum."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush()


_pack_once = functools.lru_cache(maxsize=512)(_pack)
"""By content, not by name: a web package has its files in a folder named after its language."""

_pack_lately = functools.lru_cache(maxsize=8)(_pack)
"""The texts of a language are the same in all its packages, which are made one after another."""
