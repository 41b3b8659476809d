"""Where statements lie -> the parts that tasks read: a whole file, or some lines of a long one."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import quote

from programme.problems import InputError, Problem
from xapi_lrs_reports.sources.files import HEAD_BYTES, is_json_lines
from xapi_lrs_reports.statements.import_files import folder_empty, is_name_of_statements
from xapi_lrs_reports.statements.reading import source_name

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

PART_BYTES = 32 << 20
"""So long a part is some seconds of one core's work."""
_READ_BYTES = 4 << 20
"""A read of an object store is a request; in the 64 kB of our readers it took 36 times as long."""
_TASK_BYTES = 8 << 20
_LEAST_OF_FILE = 256 << 10
"""A small file counts as so much: in the time that opening takes, it could have been read."""
_OF_AN_ADDRESS = "%/:@?&=+,;$!*'()~[]"


@dataclass(frozen=True)
class Part:
    """What one task reads. Parts are numbered in the order in which `noroom import` would read.

    A part of a long file of lines has the lines that begin from the byte `start` up to `end`; of
    any other file there is one part, and `end` is None. `size` is about that in bytes.
    """

    number: int
    source: str
    path: str
    start: int = 0
    end: int | None = None
    size: int = 0


@dataclass(frozen=True)
class Place:
    """A file or folder, on this machine or in an object store; workers get it with their parts."""

    name: str
    filesystem: FileSystem
    path: str

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading; it can be sought."""
        file = self.filesystem.open_input_file(path)
        return io.BufferedReader(cast("io.RawIOBase", file), _READ_BYTES)


def find_place(name: str) -> Place:
    """Read a path or a URI such as s3://bucket/folder. Raises InputError."""
    from pyarrow import ArrowException
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in name:
        return Place(name, LocalFileSystem(), Path(name).resolve().as_posix())
    scheme, _, rest = name.partition("://")
    _refuse_password(scheme, rest)
    known = "s3" if scheme in ("s3a", "s3n") else scheme  # Hadoop's names of the same store
    shown = name.partition("?")[0]
    try:
        filesystem, path = FileSystem.from_uri(f"{known}://{quote(rest, safe=_OF_AN_ADDRESS)}")
    except (ArrowException, OSError, ValueError) as error:
        what = f"this is no place that can be read: {reason(error)}"
        fix = "Name a folder, or a URI such as s3://bucket/folder, gs://… or hdfs://…"
        raise InputError([Problem(shown, 0, 0, "statements-place", what, fix)]) from None
    return Place(shown, filesystem, path)


def reason(error: Exception) -> str:
    """Give in one line why a place cannot be read, as the system or the store says it."""
    number = getattr(error, "errno", None)
    lines = str(error).splitlines() or [type(error).__name__]
    return os.strerror(number) if number else lines[0].rstrip(".")


def _refuse_password(scheme: str, rest: str) -> None:
    """Refuse what the address of a place would show to whoever sees the report."""
    before, at, after = rest.partition("/")[0].rpartition("@")
    if at and ":" in before:
        what = "a password stands in this address"
        fix = "Take it out; the store's usual settings give it, such as AWS_SECRET_ACCESS_KEY."
        place = f"{scheme}://…@{after}"
        raise InputError([Problem(place, 0, 0, "statements-place", what, fix)])


def list_parts(programme: Path, place: Place) -> list[Part]:
    """List the files of statements and cut long ones into parts. Raises InputError."""
    parts: list[Part] = []
    for file in _files(place):
        source = _source(programme, place, file.path)
        for start, end in _ranges(place, file):
            size = (end or file.size or 0) - start
            parts.append(Part(len(parts), source, file.path, start, end, size))
    return parts


def tasks_of(parts: Sequence[Part]) -> list[list[Part]]:
    """Put small files that follow each other into one task, which costs as much as some of them."""
    tasks: list[list[Part]] = []
    filled = _TASK_BYTES
    for part in parts:
        size = max(part.size, _LEAST_OF_FILE)
        if filled + size > _TASK_BYTES:
            tasks.append([])
            filled = 0
        tasks[-1].append(part)
        filled += size
    return tasks


def _files(place: Place) -> list[FileInfo]:
    from pyarrow.fs import FileSelector, FileType

    try:
        top = place.filesystem.get_file_info(place.path)
        if top.type == FileType.NotFound:
            raise FileNotFoundError(2, "No such file or directory")
        if top.type != FileType.Directory:
            return [top]
        inside = place.filesystem.get_file_info(FileSelector(place.path, recursive=True))
    except OSError as error:
        what = f"this place cannot be read: {reason(error)}"
        fix = "Check the name, and that you may read it."
        raise InputError([Problem(place.name, 0, 0, "file-unreadable", what, fix)]) from None
    found = [
        one for one in inside if one.type == FileType.File and is_name_of_statements(one.base_name)
    ]
    if not found:
        raise InputError([folder_empty(place.name)])
    return sorted(found, key=lambda one: PurePosixPath(one.path))


def _source(programme: Path, place: Place, path: str) -> str:
    """Name a file as `noroom import` would; one of an object store by its URI."""
    if place.filesystem.type_name == "local":
        return source_name(programme, Path(path))
    return f"{place.name.partition('://')[0]}://{path}"


def _ranges(place: Place, file: FileInfo) -> Iterator[tuple[int, int | None]]:
    if file.size <= PART_BYTES or not _is_of_lines(place, file.path):
        yield 0, None
        return
    for start in range(0, file.size, PART_BYTES):
        yield start, min(start + PART_BYTES, file.size)


def _is_of_lines(place: Place, path: str) -> bool:
    try:
        with place.open(path) as stream:
            return is_json_lines(stream.read(HEAD_BYTES))
    except OSError:
        return False  # whoever reads it says why


def lines_before(parts: Sequence[Part], lines: Mapping[int, int]) -> list[dict[str, int]]:
    """Give, for each part, how many lines of its file stand before it: rows of the table `parts`.

    `lines` has the number of lines by the number of the part; of a file in one part it has none.
    """
    found, before = [], 0
    for part in parts:
        before = before if part.start else 0
        found.append({"part": part.number, "lines_before": before})
        before += lines.get(part.number, 0)
    return found
