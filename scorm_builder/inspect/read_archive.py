"""A zip from anywhere -> Archive: entries that can be looked at, without unpacking to the disk.

Every size and name is the archive's own claim, so it is checked before anything is read, and
reading stops at the claimed size.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from programme.files import open_file
from scorm_builder.inspect.findings import Finding, counted, quoted

MOST_ENTRIES = 10_000
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 100
RATIO_MATTERS = 1024**2
LONGEST_READ = 20 * 1024**2
_LONGEST_DIRECTORY = 16 * 1024**2
_END_SIGNATURE, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_CHUNK = 1024**2
_LOCAL_HEADER = struct.Struct("<4s2xHH20x")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)

_OTHER_FORMATS = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"<": "a web page or XML, perhaps an error page that was saved instead of the download",
}


class UnreadableEntryError(Exception):
    """An entry cannot be read; the text says why, for a message."""


@dataclass(frozen=True)
class Entry:
    """One entry: sizes in bytes, `mode` the Unix mode or 0, `offset` where its header stands."""

    name: str
    size: int
    packed: int
    is_folder: bool
    method: int
    flags: int
    version: int
    mode: int
    offset: int
    crc: int


@dataclass
class Archive:
    """The entries of a zip in their order, and a careful way to read them.

    `contents` may hold what is known already, so that it is not unpacked again.
    """

    entries: tuple[Entry, ...]
    packed: int
    _zip: zipfile.ZipFile
    _infos: Mapping[str, zipfile.ZipInfo]
    contents: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, Entry]:
        """Give the entries that are files, by name."""
        return {one.name: one for one in self.entries if not one.is_folder}

    @cached_property
    def by_lower_case(self) -> dict[str, str]:
        """Give {name in lower case: name} of the files."""
        return {name.lower(): name for name in self.files}

    @property
    def unpacked(self) -> int:
        """Give the bytes that the archive says to hold."""
        return sum(one.size for one in self.entries)

    def read(self, name: str, longest: int = LONGEST_READ) -> bytes:
        """Give a file's bytes; at most `longest`, and never more than the archive claims.

        Raises:
            UnreadableEntryError: it is too large, damaged, encrypted, or packed in a rare way.
        """
        known = self.contents.get(name)
        if known is not None:
            return known
        if self.files[name].size > longest:
            raise UnreadableEntryError(f"it has {self.files[name].size:,} bytes, too many to read")
        content = b"".join(self.stream(name))
        self.contents[name] = content
        return content

    def stream(self, name: str) -> Iterator[bytes]:
        """Give a file's bytes in pieces; raises UnreadableEntryError."""
        try:
            with self._zip.open(self._infos[name]) as opened:
                while piece := opened.read(_CHUNK):
                    yield piece
        except _BROKEN as error:
            raise UnreadableEntryError(_reason(error)) from None


def open_archive(
    source: Path | BinaryIO, contents: dict[str, bytes] | None = None
) -> Archive | Finding:
    """Open a zip, or say why nobody could; `contents` are files whose bytes are known.

    Raises OSError when the file itself cannot be read.
    """
    stream = open_file(source) if isinstance(source, Path) else source
    refused = _directory_too_large(stream) or _is_something_else(stream)
    if refused:
        return refused
    try:
        opened = zipfile.ZipFile(stream)
        infos = opened.infolist()
        if len(infos) > MOST_ENTRIES:
            return _too_many(len(infos))
        entries = tuple(_entry(stream, info) for info in infos)
    except _BROKEN as error:
        what = f"this zip is damaged: {_reason(error)}"
        fix = "Download or export the package again; do not unpack and repack it."
        return Finding("rejected", "zip-damaged", "", what, fix)
    by_name = {info.orig_filename: info for info in infos}
    packed = stream.seek(0, 2)
    return Archive(entries, packed, opened, by_name, contents or {})


def _entry(stream: BinaryIO, info: zipfile.ZipInfo) -> Entry:
    """Give an entry; its flags are those of the directory and of its own header together."""
    stream.seek(info.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    flags = _LOCAL_HEADER.unpack(header)[1] if len(header) == _LOCAL_HEADER.size else 0
    return Entry(
        name=info.orig_filename,
        size=info.file_size,
        packed=info.compress_size,
        is_folder=info.orig_filename.endswith("/"),
        method=info.compress_type,
        flags=info.flag_bits | flags,
        version=info.extract_version,
        mode=info.external_attr >> 16 if info.create_system == _UNIX else 0,
        offset=info.header_offset,
        crc=info.CRC,
    )


_UNIX = 3


def _directory_too_large(stream: BinaryIO) -> Finding | None:
    """Look at the end record before zipfile reads a directory of any size into memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = stream.read()
    found = tail.rfind(_END_SIGNATURE)
    if found < 0 or found + _END_SIZE > len(tail):
        return None
    count, length = struct.unpack_from("<HL", tail, found + 10)
    if length == 0xFFFFFFFF:  # zip64: the real length stands in its own record before this one
        before = tail.rfind(b"PK\x06\x06", 0, found)
        length = struct.unpack_from("<Q", tail, before + 40)[0] if 0 <= before < found - 48 else 0
    if length > _LONGEST_DIRECTORY:
        return _too_many(max(count, length // 300))
    return None


def _too_many(number: int) -> Finding:
    what = f"this zip has {counted(number, 'entry').replace('entrys', 'entries')}"
    fix = f"Put at most {MOST_ENTRIES:,} files into a package; nothing further was looked at."
    return Finding("rejected", "zip-limit", "", what, fix)


def _is_something_else(stream: BinaryIO) -> Finding | None:
    stream.seek(0)
    start = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start:
        what, fix = "this file is empty", "Download or export the package again."
        return Finding("rejected", "zip-not", "", what, fix)
    for signature, name in _OTHER_FORMATS.items():
        if start.startswith(signature):
            what, fix = f"this is no zip but {name}", "Ask its maker for the package as a zip."
            return Finding("rejected", "zip-not", "", what, fix)
    if zipfile.is_zipfile(stream):
        return None
    cut = start.startswith(b"PK")
    what = "this zip is cut off: its end is missing" if cut else "this is not a zip"
    fix = "Download or export the package again." if cut else "Name the package's .zip file."
    return Finding("rejected", "zip-damaged" if cut else "zip-not", "", what, fix)


def _reason(error: BaseException) -> str:
    """Say in plain words why a zip or an entry of it cannot be read."""
    said = str(error)
    if "password" in said or "encrypted" in said:
        return "it is encrypted"
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that few programs know"
    if "CRC" in said:
        return "its content does not match its checksum"
    return quoted(said) or "its directory cannot be read"
