"""JSON arrays of statements, or an LRS's answers `{"statements": [...], "more": ...}`, streamed.

Such an answer may have other keys too, in any order: some servers begin with a count. Pages that
were saved one after the other in one file are all read. The text is cut at the borders of an
array's elements by counting brackets outside strings, so a broken element costs itself alone and
memory holds little more than one chunk. What stands between elements and is none, and what stands
after the last array, is reported.
"""

from __future__ import annotations

import re
from typing import BinaryIO

import msgspec

from xapi_lrs_reports.sources import MAX_STATEMENT_BYTES, Pieces, too_long, truncated
from xapi_lrs_reports.statements.statement import StatementProblem

_CHUNK = 1 << 20
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]]', re.DOTALL)
"""A whole string, a bracket, or the quote of a string whose end is not here yet."""

_TAIL_BYTES = 1 << 16
_MORE = re.compile(rb'"more"\s*:\s*"[^"]')
_BLANK = b" \t\r\n,"
_BETWEEN = re.compile(rb"(?:[\s,\x1e]|\xef\xbb\xbf)*")
"""What may stand between two documents: of joined files, the later ones may begin with a BOM."""
_COLON = re.compile(rb"\s*:")
_NAMED = re.compile(rb'"statements"\s*:\s*\Z')
_NAME_BYTES = 200
"""In so many bytes before a list its name stands, with the space around the colon."""
_OF_A_STATEMENT = (b'"actor"', b'"verb"')


def is_array(head: bytes) -> bool:
    """Tell whether a text that begins like this is a list of statements, or an LRS's answer.

    A statement is neither, whatever else stands in it.
    """
    text = head.lstrip()
    if not text.startswith(b"{"):
        return text.startswith(b"[")
    depth = keys = 0
    for token in TOKEN.finditer(text):
        mark = token[0]
        if mark in b"{[":
            depth += 1
        elif mark in b"}]":
            depth -= 1
            if not depth:
                return False
        elif depth == 1 and _COLON.match(text, token.end()):
            keys += 1
            if mark == b'"statements"' or (mark == b'"more"' and keys == 1):
                return True
            if mark in _OF_A_STATEMENT:
                return False
    return False


class _Empty(msgspec.Struct):
    statements: None


def read_json_array(stream: BinaryIO, source: str) -> Pieces:
    """Yield every element of every array, with the line on which it starts."""
    splitter = _Splitter(source)
    yield from splitter.pieces(stream)
    while splitter.following:
        splitter = _Splitter(source, splitter.following, splitter.following_line)
        yield from splitter.pieces(stream)
    if splitter.more_line:
        why = 'this is one page of an LRS\'s answer: its "more" names another page'
        yield splitter.more_line, truncated(source, splitter.more_line, why)


class _Splitter:
    """Cuts the elements of one array out of a stream.

    `_text` is what is kept of the stream, `_scan` where the next token is looked for, `_mark` where
    the open element or the gap before the next one starts, `_line` the line at `_counted`.

    Afterwards `following` is the beginning of another array or answer, empty if there is none, and
    `more_line` the line of an answer that named another page, or 0.
    """

    def __init__(self, source: str, text: bytes = b"", line: int = 1) -> None:
        self.following, self.following_line, self.more_line = b"", 0, 0
        self._source = source
        self._text = text
        self._scan = self._mark = self._counted = 0
        self._line = line
        self._depth = 0
        self._array_depth: int | None = None
        self._in_element = self._closed = self._is_odd = False

    def pieces(self, stream: BinaryIO) -> Pieces:
        yield from self._cut()
        while not self._closed and (chunk := stream.read(_CHUNK)):
            self._text += chunk
            yield from self._cut()
            if not self._closed:
                self._forget()
                if len(self._text) > MAX_STATEMENT_BYTES:
                    line = self._line_at(self._mark)
                    yield line, too_long(self._source, line)
                    why = "the statements after this one were not read"
                    yield line, truncated(self._source, line, why)
                    return
        if self._closed:
            rest = self._text[self._scan :]
            while len(rest) < 2 * _TAIL_BYTES and (chunk := stream.read(_CHUNK)):
                rest += chunk
            yield from self._tail(rest)
            return
        if self._array_depth is None:
            why = "the file ends before the list of statements begins"
            yield self._line_at(0), truncated(self._source, self._line, why)
            return
        why = "the file ends in the middle of the list of statements"
        line = self._line_at(self._mark)
        yield line, truncated(self._source, line, why)

    def _cut(self) -> Pieces:
        """Yield the elements that are complete in `_text`."""
        for token in TOKEN.finditer(self._text, self._scan):
            self._scan = token.end()
            mark = token[0]
            if mark == b'"':
                self._scan = token.start()
                return
            if mark in b"{[":
                yield from self._open(mark, token.start())
            elif mark in b"}]":
                yield from self._close(mark, token.start())
                if self._closed:
                    return
        self._scan = len(self._text)

    def _open(self, mark: bytes, at: int) -> Pieces:
        if self._array_depth is None:
            if mark == b"[" and self._is_list(at):
                self._note_more(self._text[:at])
                self._array_depth, self._mark = self._depth + 1, at + 1
        elif not self._in_element:
            yield from self._gap(at)
            self._in_element, self._mark = True, at
        self._depth += 1

    def _is_list(self, at: int) -> bool:
        """Tell whether the array that begins here is the whole text, or the answer's statements."""
        before = self._text[max(0, at - _NAME_BYTES) : at]
        return self._depth == 0 or (self._depth == 1 and _NAMED.search(before) is not None)

    def _close(self, mark: bytes, at: int) -> Pieces:
        self._depth -= 1
        if self._array_depth is None:
            if self._depth <= 0:
                self._closed = True
                yield from self._without_list(self._text[: at + 1])
            return
        if self._in_element and self._depth == self._array_depth:
            yield self._line_at(self._mark), self._text[self._mark : at + 1]
            self._in_element, self._mark = False, at + 1
        elif self._depth < self._array_depth:
            yield from self._gap(at)
            self._closed = True
            self._is_odd = mark != b"]"
            if self._is_odd:
                why = "a bracket too many ends the list here; what follows was not read"
                yield self._line_at(at), truncated(self._source, self._line_at(at), why)

    def _without_list(self, answer: bytes) -> Pieces:
        """Say what is wrong with an answer that has no list; null is one without a statement."""
        self._note_more(answer)
        try:
            is_empty = msgspec.json.decode(answer, type=_Empty).statements is None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            is_empty = False
        if not is_empty:
            line = self._line_at(0)
            what = 'this is an LRS\'s answer whose "statements" are missing, or are no list'
            fix = "Ask the LRS again, or export again; nothing of this was read."
            problem = StatementProblem(self._source, line, None, "$", "not-a-statement", what, fix)
            yield line, problem

    def _gap(self, end: int) -> Pieces:
        """Complain about anything but commas between two elements."""
        if self._text[self._mark : end].strip(_BLANK):
            line = self._line_at(self._mark)
            what = "something here is not a statement"
            fix = "Every entry of the list must be an object in braces."
            problem = StatementProblem(self._source, line, None, "$", "not-a-statement", what, fix)
            yield line, problem

    def _tail(self, rest: bytes) -> Pieces:
        """Judge what stands behind the list, and find what follows the document that it is in."""
        end = _end_of_document(rest, self._depth)
        self._note_more(rest[:end])
        start = {None: b"{}", 1: b"[]"}.get(self._array_depth, b'{"": []')
        try:
            whole = msgspec.json.decode(start + rest[:end])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            whole = None
        begin = found.end() if (found := _BETWEEN.match(rest, end)) else end
        if whole is None or "statements" in whole or self._is_odd:
            begin = len(rest)
        elif begin == len(rest):
            return
        elif is_array(rest[begin:]):
            self.following = rest[begin:]
            self.following_line = self._line_at(self._scan) + rest.count(b"\n", 0, begin)
            return
        line = self._line_at(self._scan)
        why = "the list of statements ends here, but the file goes on; the rest was not read"
        yield line, truncated(self._source, line, why)

    def _note_more(self, around: bytes) -> None:
        """Remember that the LRS said that there is more than this one page."""
        if self._array_depth != 1 and _MORE.search(around):
            self.more_line = self._line_at(0)

    def _line_at(self, at: int) -> int:
        if at > self._counted:
            self._line += self._text.count(b"\n", self._counted, at)
            self._counted = at
        return self._line

    def _forget(self) -> None:
        """Drop what was cut; keep an open element, a gap and an open string."""
        keep = min(self._mark, self._scan)
        if self._array_depth is None:
            return
        self._line_at(keep)
        self._text = self._text[keep:]
        self._scan, self._mark = self._scan - keep, self._mark - keep
        self._counted -= keep


def _end_of_document(rest: bytes, depth: int) -> int:
    """Give where the document ends that is open by so many brackets; the end if it does not."""
    if not depth:
        return 0
    for token in TOKEN.finditer(rest):
        if token[0] in b"{[":
            depth += 1
        elif token[0] in b"}]":
            depth -= 1
            if not depth:
                return token.end()
    return len(rest)
