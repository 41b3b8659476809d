"""What stands in a file that somebody put into the programme's folder: as bytes to be searched."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from xapi_lrs_reports.sources.zstd import MAGIC as ZSTD_MAGIC
from xapi_lrs_reports.sources.zstd import ZstdError, open_zstd

MAX_BYTES = 200_000_000
_CLOSED = frozenset(
    [".7z", ".age", ".bz2", ".db", ".doc", ".duckdb", ".gpg", ".parquet", ".pst", ".rar",
     ".sqlite", ".sqlite3", ".xls", ".xz"]
)  # fmt: skip
"""Endings of what may name a person and cannot be looked into here; any other file is searched."""
_PACKAGE = frozenset(["imsmanifest.xml", "cmi5.xml", "tincan.xml", "index.html"])
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class ClosedError(Exception):
    """A file that cannot be looked into."""


def contents(file: Path) -> Iterator[bytes]:
    """Yield what stands in a file, members of archives one by one, as UTF-8 where it was UTF-16.

    Raises ClosedError for a form that is not read here, a file of more than 200 MB, unpacked too,
    and one that is damaged or locked.
    """
    if file.suffix.lower() in _CLOSED or file.stat().st_size > MAX_BYTES:
        raise ClosedError
    try:
        with file.open("rb") as stream:
            head = stream.read(8)
            stream.seek(0)
            if head.startswith(b"PK\x03\x04"):
                yield from _members(stream)
            elif head.startswith(b"%PDF-"):
                yield _words_of_pdf(stream.read())
            else:
                yield _plain(_unpacked(stream.read()))
    except (OSError, EOFError, RuntimeError, ValueError, ZstdError, zlib.error,
            zipfile.BadZipFile) as error:  # fmt: skip
        raise ClosedError from error


def _members(stream: IO[bytes]) -> Iterator[bytes]:
    with zipfile.ZipFile(stream) as archive:
        names = archive.namelist()
        if _PACKAGE.intersection(names):  # a course, which names nobody
            return
        if sum(one.file_size for one in archive.infolist()) > MAX_BYTES:
            raise ClosedError
        for name in names:
            yield name.encode()
            yield _plain(_unpacked(archive.read(name)))


def _unpacked(data: bytes) -> bytes:
    open_packed = _opener(data)
    if open_packed is None:
        return data
    with contextlib.closing(open_packed(io.BytesIO(data))) as stream:
        found = stream.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise ClosedError
    return found


def _words_of_pdf(data: bytes) -> bytes:
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages).encode("utf-8", "replace")


def _opener(data: bytes) -> Callable[[IO[bytes]], IO[bytes]] | None:
    if data.startswith(b"\x1f\x8b"):
        return lambda packed: cast(IO[bytes], gzip.GzipFile(fileobj=packed))
    return open_zstd if ZSTD_MAGIC.match(data) else None


def _plain(data: bytes) -> bytes:
    """Give text in UTF-16, as spreadsheets export it, in UTF-8; other bytes as they are."""
    encoding = next((name for mark, name in _UTF16.items() if data.startswith(mark)), None)
    return data.decode(encoding, "replace").encode() if encoding else data
