"""Bytes from anybody -> an XML tree, or the problem; nothing is fetched or expanded."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from lxml import etree

from programme.files import LEADS_NOWHERE, read_bytes
from programme.problems import InputError, Problem
from programme.yaml_source import problem_at

MAX_BYTES = 20_000_000
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_START_OF_CONTENT = re.compile(rb"<[A-Za-z_]")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding[^>]*")


def read_xml(path: Path) -> tuple[etree._Element, tuple[str, ...]]:
    """Parse a file: its root and its lines, for excerpts; raises InputError."""
    raw = _raw(path)
    encoding = "utf-16" if raw.startswith(_UTF_16_MARKS) else "utf-8"
    lines = tuple(raw.decode(encoding, "replace").splitlines())
    _refuse_doctype(str(path), raw, lines)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise InputError([_syntax_problem(str(path), raw, lines, error)]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse(str(path), lines, 1)
    return root, lines


def _raw(path: Path) -> bytes:
    file = str(path)
    try:
        raw = read_bytes(path, MAX_BYTES)
    except FileNotFoundError:
        what = LEADS_NOWHERE if path.is_symlink() else "this file is not there"
        raise InputError([Problem(file, 0, 0, "file-missing", what, "Check the name.")]) from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            what = f"this file is too large: {error.strerror}"
            fix = "Ask for one XLIFF file for each language and course."
            raise InputError([Problem(file, 0, 0, "file-too-large", what, fix)]) from None
        what = f"this file cannot be read: {error.strerror}"
        fix = "Check that it is a file and yours."
        raise InputError([Problem(file, 0, 0, "file-unreadable", what, fix)]) from None
    if not raw.strip():
        what, fix = "this file is empty", "Export it again."
        raise InputError([Problem(file, 0, 0, "xliff-syntax", what, fix)])
    return raw


def _refuse_doctype(file: str, raw: bytes, lines: tuple[str, ...]) -> None:
    """Refuse a DOCTYPE before it is parsed; in UTF-16 its letters have zeros between them."""
    letters = raw.replace(b"\0", b"")
    start = _START_OF_CONTENT.search(letters)
    found = _DOCTYPE.search(letters, 0, start.start() if start else len(letters))
    if found:
        _refuse(file, lines, letters[: found.start()].count(b"\n") + 1)


def _refuse(file: str, lines: tuple[str, ...], line: int) -> None:
    what = "a DOCTYPE or entity is declared here; XLIFF needs none, and it can do harm"
    fix = "Export the file again with a translation tool, or delete the declaration."
    raise InputError([problem_at(file, lines, line, 1, "xliff-doctype", what, fix)])


def _syntax_problem(
    file: str, raw: bytes, lines: tuple[str, ...], error: etree.XMLSyntaxError
) -> Problem:
    declared = _DECLARED.match(raw)
    is_utf_8 = declared is None or b"utf-8" in declared[0].lower()
    if is_utf_8 and not raw.startswith(_UTF_16_MARKS):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as wrong:
            line = raw[: wrong.start].count(b"\n") + 1
            column = wrong.start - (raw.rfind(b"\n", 0, wrong.start) + 1) + 1
            what = f"byte 0x{raw[wrong.start]:02X} here is not UTF-8"
            fix = "Save the file as UTF-8, or name its encoding in the first line."
            return Problem(file, line, column, "file-encoding", what, fix)
    what = "from here on this is not well-formed XML"
    fix = "Ask for the file as the translation tool exports it, as XLIFF 1.2 or 2.0."
    return problem_at(file, lines, error.lineno or 1, error.offset or 1, "xliff-syntax", what, fix)
