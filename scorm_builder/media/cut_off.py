"""Tells whether a film or a recording was cut off, as by a copy that broke."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from programme.files import open_file

EBML = b"\x1a\x45\xdf\xa3"
SEGMENT = b"\x18\x53\x80\x67"
_HEAD = 4_096
_XING_BYTES = 2
"""The flag of a Xing or Info header that says that the length in bytes stands in it."""


def is_cut_off(file: Path) -> bool:
    """Tell whether the file is shorter than it says; False where it says nothing."""
    end = file.stat().st_size
    with open_file(file) as opened:
        if file.suffix.lower() in (".mp4", ".m4a"):
            return _end_of_boxes(opened, end) > end
        if file.suffix.lower() == ".webm":
            return _end_of_segment(opened.read(_HEAD)) > end
        return _end_of_frames(opened) > end


def _end_of_boxes(opened: IO[bytes], end: int) -> int:
    """Give where the last box of an MP4 ends. Spec: ISO/IEC 14496-12, section 4.2."""
    start = 0
    while start < end:
        opened.seek(start)
        head = opened.read(16)
        size = int.from_bytes(head[:4], "big")
        size = int.from_bytes(head[8:], "big") if size == 1 else size or end - start
        start += max(size, 8)
    return start


def _end_of_segment(head: bytes) -> int:
    """Give where the Segment of a WebM ends; 0 if it says none. Spec: RFC 8794, section 6."""
    start, size = _sized(head, len(EBML))
    start += size
    if head[start : start + len(SEGMENT)] != SEGMENT:
        return 0
    start, size = _sized(head, start + len(SEGMENT))
    return start + size


def _sized(head: bytes, at: int) -> tuple[int, int]:
    """Read an element's size: where its content begins and how long it is, 0 if that is unknown."""
    first = head[at : at + 1]
    length = 9 - first[0].bit_length() if first and first[0] else 1
    most = (1 << 7 * length) - 1
    size = int.from_bytes(head[at : at + length], "big") & most
    return at + length, 0 if size == most else size


def _end_of_frames(opened: IO[bytes]) -> int:
    """Give where the frames of an MP3 end, by its Xing or Info header; 0 if it has none.

    What encoders write there is no standard, but LAME and FFmpeg do. The tag before the frames is
    that of ID3v2.4.0, section 3.1, whose sizes have seven bits a byte.
    """
    tag = opened.read(10)
    start = 0
    if tag[:3] == b"ID3" and len(tag) == 10:
        start = 10 + sum(byte << 7 * place for place, byte in enumerate(reversed(tag[6:])))
    opened.seek(start)
    head = opened.read(_HEAD)
    found = max(head.find(b"Xing"), head.find(b"Info"))
    flags = int.from_bytes(head[found + 4 : found + 8], "big")
    if found < 0 or not flags & _XING_BYTES:
        return 0
    at = found + 8 + (4 if flags & 1 else 0)
    return start + int.from_bytes(head[at : at + 4], "big")
