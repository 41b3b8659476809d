"""The statements out of an answer that brings their attachments with them, as multipart/mixed.

xAPI 1.0.3 Communication, section 1.5.2 (2.0: section 4.1.12): the first part is the JSON that would
have been sent without attachments, each other part is the content of one. noroom keeps no
attachments, so the answer is read up to the first part's end and no further. An LRS may write the
last boundary right behind the JSON, without a line of its own (RFC 2046, section 5.1.1, wants one).
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message

_CHUNK = 1 << 16
_MAX_BOUNDARY, _MAX_HEAD = 70, 16_384
"""RFC 2046, section 5.1.1; and more bytes than the header lines of a part can have."""
_LAST = b"--"
_MAX_BLANKS = 8


class NotMultipart(ValueError):
    """The bytes are no multipart answer whose first part is JSON; the words say what is wrong."""


class StatementsPart:
    """The first part as a stream: it ends where the next boundary stands.

    `read` is that of the whole answer. `boundary` is that of its header Content-Type; None takes
    the first line of the answer that is not empty for it, as in an answer that somebody saved to
    a file.
    Raises NotMultipart.
    """

    def __init__(self, read: Callable[[int], bytes], boundary: str | None = None) -> None:
        self._read = read
        self._rest = b""
        self._is_over = False
        mark = b"--" + boundary.encode() if boundary else self._first_line()
        self._end, self._last = b"\n" + mark, mark + _LAST
        self._skip_to(mark)
        kind = _kind(self._head())
        if kind != "application/json":
            raise NotMultipart("the first part is not application/json")

    def read(self, size: int = -1) -> bytes:
        """Read `size` bytes, fewer only at the end; without `size` a chunk, b"" at the end."""
        held = len(self._last) + _MAX_BLANKS
        wanted = held + max(size, 1)
        while not self._is_over:
            found = self._rest.find(self._end)
            if found >= 0:
                self._rest, self._is_over = self._rest[:found], True
            elif len(self._rest) < wanted:
                if not self._fill():
                    self._rest, self._is_over = self._without_last(), True
            else:
                break
        end = len(self._rest) - (0 if self._is_over else held)
        if 0 <= size < end:
            end = size
        taken, self._rest = self._rest[:end], self._rest[end:]
        return taken

    def _without_last(self) -> bytes:
        """Give the end of the answer without a last boundary that stands on no line of its own."""
        rest = self._rest.rstrip()
        return rest.removesuffix(self._last) if rest.endswith(self._last) else self._rest

    def _fill(self) -> bool:
        chunk = self._read(_CHUNK)
        self._rest += chunk
        return bool(chunk)

    def _first_line(self) -> bytes:
        while b"\n" not in self._rest.lstrip() and len(self._rest) < _MAX_HEAD and self._fill():
            pass
        line = self._rest.lstrip().partition(b"\n")[0].rstrip()
        if not line.startswith(b"--") or not 2 < len(line) <= 2 + _MAX_BOUNDARY:
            raise NotMultipart("it does not begin with a boundary")
        return line

    def _skip_to(self, mark: bytes) -> None:
        """Drop what stands before the first boundary, and its line."""
        while (at := self._rest.find(mark)) < 0 or b"\n" not in self._rest[at:]:
            if len(self._rest) > _MAX_HEAD or not self._fill():
                raise NotMultipart("the boundary of its Content-Type is not in it")
        self._rest = self._rest[at:].partition(b"\n")[2]

    def _head(self) -> str:
        """Take the header lines of the part; they end at an empty line."""
        lines: list[str] = []
        while True:
            line, end, rest = self._rest.partition(b"\n")
            if end:
                self._rest = rest
                if not line.strip():
                    return "\n".join(lines)
                lines.append(line.decode("latin-1").strip())
            elif len(self._rest) > _MAX_HEAD or not self._fill():
                raise NotMultipart("it ends in the header lines of its first part")


def boundary_of(content_type: str) -> str | None:
    """Give the boundary that a header Content-Type names; None if it is not multipart."""
    message = Message()
    message["Content-Type"] = content_type
    if message.get_content_maintype() != "multipart":
        return None
    return str(message.get_boundary(""))


def _kind(head: str) -> str:
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "content-type":
            return value.partition(";")[0].strip().lower()
    return ""
