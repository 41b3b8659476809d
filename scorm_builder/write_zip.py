"""PackageFiles -> the bytes of a zip that every LMS unpacks and every rebuild repeats.

Deflate only, version 2.0, no data descriptors, no zip64, no directories, fixed date and mode:
strict unpackers refuse some of these, and a zip without them is the same on every machine.
Files that many packages share are compressed once and copied after that.

Spec: PKWARE APPNOTE 6.3.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16.
"""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable, Iterator

from programme.problems import InputError, Problem
from scorm_builder.plan_package import PackageFile

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _MADE_BY_UNIX = 20, 3 << 8 | 20
_DEFLATE, _NO_FLAGS, _UTF8 = 8, 0, 0x800
_TIME, _DATE = 0, 1 << 5 | 1
"""1 January 1980, midnight: the first moment that a zip can name."""
_REGULAR_FILE = 0o100644 << 16
_COMPRESSED = (".png", ".jpg", ".jpeg", ".webp", ".mp3", ".mp4")
_LARGEST = 0xFFFFFFFE

Packed = tuple[int, int, bytes]
"""CRC-32, size, and the raw deflate stream of one file."""


def zip_bytes(manifest: PackageFile, files: Iterable[PackageFile]) -> bytes:
    """Give the archive: the manifest first, then `files` sorted by path."""
    return b"".join(zip_parts(manifest, files))


def zip_parts(manifest: PackageFile, files: Iterable[PackageFile]) -> Iterator[bytes]:
    """Give the archive piece by piece, so that nobody has to hold it; raises InputError."""
    offset, number, directory = 0, 0, []
    for file in (manifest, *sorted(files, key=lambda one: one.path)):
        pack = _packed_once if file.shared else _packed
        crc, size, data = pack(file.content, _level(file.path))
        name = file.path.encode("utf-8")
        flags = _NO_FLAGS if file.path.isascii() else _UTF8
        common = (flags, _DEFLATE, _TIME, _DATE, crc, len(data), size, len(name), 0)
        header = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common) + name
        place = (0, 0, 0, _REGULAR_FILE, offset)
        entry = _CENTRAL.pack(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, *common, *place)
        directory.append(entry + name)
        yield header
        yield data
        offset, number = offset + len(header) + len(data), number + 1
        if offset > _LARGEST:
            what, fix = "the package is larger than 4 GB", "Make the media smaller."
            raise InputError([Problem(file.path, 0, 0, "package-too-large", what, fix)])
    listing = b"".join(directory)
    yield listing
    yield _END.pack(b"PK\x05\x06", 0, 0, number, number, len(listing), offset, 0)


def pack_ahead(file: PackageFile) -> None:
    """Compress a shared file now: processes that fork after this need not do it again."""
    _packed_once(file.content, _level(file.path))


def _level(path: str) -> int:
    """Give the level of compression: the least for what is compressed already."""
    return 1 if path.endswith(_COMPRESSED) else 9


def _packed(content: bytes, level: int) -> Packed:
    """Compress without zlib's own header and checksum."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush()


_packed_once = functools.lru_cache(maxsize=512)(_packed)
