"""What a worker does: the lines of its parts -> the normaliser -> JSON, which Spark reads again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Protocol, cast

import msgspec

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from xapi_lrs_reports.engines.spark.failures import PlaceUnreadable
from xapi_lrs_reports.engines.spark.places import Part, reason
from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.sources import Pieces
from xapi_lrs_reports.sources.files import read_stream
from xapi_lrs_reports.sources.json_lines import read_json_lines
from xapi_lrs_reports.statements.reading import normaliser_of
from xapi_lrs_reports.statements.statement import Fact, StatementProblem, Void


class Outcome(msgspec.Struct, omit_defaults=True):
    """What became of one statement, and where it was read: the part and the place in it.

    At the end of a part of a long file, `lines` says how many it has. `unread` says why a file
    could not be read. Lines of facts, voids and problems are counted from the start of the part.
    """

    part: int
    position: int
    fact: Fact | None = None
    void: Void | None = None
    problem: StatementProblem | None = None
    lines: int | None = None
    unread: str | None = None


class Opener(Protocol):
    """What opens files, such as a Place."""

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading; it can be sought."""


@dataclass(frozen=True)
class Reader:
    """Reads parts on a worker; `noroom` has to be installed there, and sees the same place."""

    programme: ProgrammeDirectory
    place: Opener
    forgotten: Forgotten

    def __call__(self, tasks: Iterable[Iterable[Part]]) -> Iterator[str]:
        """Yield Outcomes as JSON. Raises PlaceUnreadable, after which Spark tries once more."""
        encoder = msgspec.json.Encoder()
        for part in chain.from_iterable(tasks):
            for outcome in self.outcomes(part):
                yield encoder.encode(outcome).decode()

    def outcomes(self, part: Part) -> Iterator[Outcome]:
        """Yield what is of use, or cannot be used, of one part, and `lines` or `unread`."""
        try:
            with self.place.open(part.path) as stream:
                lines = LinesOfPart(stream, part.start, part.end)
                yield from self._normalised(part, _pieces(lines, part))
                if part.end is not None:
                    yield Outcome(part.number, 0, lines=lines.lines)
        except InputError as error:
            yield Outcome(part.number, 0, unread=_unread(part.source, error.problems[0].what))
        except (FileNotFoundError, PermissionError) as error:
            yield Outcome(part.number, 0, unread=_unread(part.source, reason(error)))
        except OSError as error:
            raise PlaceUnreadable(f"{part.source}: {reason(error)}") from None

    def _normalised(self, part: Part, pieces: Pieces) -> Iterator[Outcome]:
        normalise = normaliser_of(self.programme, from_lrs=False)
        for position, (line, piece) in enumerate(pieces):
            found = (
                piece
                if isinstance(piece, StatementProblem)
                else normalise(piece, part.source, line)
            )
            if isinstance(found, Fact):
                if not self.forgotten.covers(found):
                    yield Outcome(part.number, position, fact=found)
            elif isinstance(found, Void):
                yield Outcome(part.number, position, void=found)
            elif isinstance(found, StatementProblem):
                yield Outcome(part.number, position, problem=found)


def _pieces(lines: LinesOfPart, part: Part) -> Pieces:
    """Only the start of a file tells its shape; a later line may begin like anything."""
    stream = cast(BinaryIO, lines)
    return (read_json_lines if part.start else read_stream)(stream, part.source)


def _unread(source: str, why: str) -> str:
    return f"{source} was not read: {why}."


class LinesOfPart:
    """The lines of a stream that begin from the byte `start` up to `end` (None: all of them).

    `lines` counts those that have been read.
    """

    def __init__(self, stream: BinaryIO, start: int, end: int | None) -> None:
        self._stream = stream
        self._end = end
        self._at = start
        self._rest = b""
        self.lines = 0
        if start:
            self._at = start - 1
            stream.seek(self._at)
            self._skip_line()
        self._is_over = end is not None and self._at >= end

    def _skip_line(self) -> None:
        while chunk := self._stream.read(1 << 16):
            line, newline, self._rest = chunk.partition(b"\n")
            self._at += len(line) + len(newline)
            if newline:
                return

    def read(self, size: int = -1) -> bytes:
        """Read about `size` bytes; fewer do not mean the end, none do."""
        if self._is_over:
            return b""
        chunk = self._rest or self._stream.read(size)
        self._rest = b""
        if self._end is not None and self._at + len(chunk) >= self._end:
            last = chunk.find(b"\n", max(0, self._end - self._at - 1))
            if last >= 0:
                chunk, self._is_over = chunk[: last + 1], True
        self._at += len(chunk)
        self.lines += chunk.count(b"\n")
        return chunk
