"""What an XLIFF file says, whatever its version: the form between PO and XML.

Writing: Catalogue -> Document -> xliff12 or xliff20 -> bytes.
Reading: bytes -> read_xml -> xliff12 or xliff20 -> ReadFile -> import_xliff.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from scorm_builder.translate.inline import Kind, Piece

State = Literal["untranslated", "review", "translated"]
GivenState = Literal["unsaid", "review", "translated"]

Run = tuple[Kind, str]
"""A part of a text as it was read: its words, or the id of a placeholder or passage."""

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Unit:
    """One text on its way to a translator. `file` and `line` say where the author wrote it."""

    context: str
    source: list[Piece]
    target: list[Piece]
    state: State
    previous: str
    notes: list[str]
    comments: list[str]
    file: str
    line: int
    max_length: int | None


@dataclass(frozen=True)
class Document:
    """All texts of a course for one language; `original` is `<course id>/<version>`."""

    original: str
    source_language: str
    language: str
    units: list[Unit]


@dataclass(frozen=True)
class ReadUnit:
    """One unit that came back. `names` are the contexts that it may mean, the likelier first."""

    names: tuple[str, ...]
    line: int
    source: list[Run]
    target: list[Run]
    state: GivenState
    comments: list[str]


@dataclass(frozen=True)
class ReadFile:
    """One <file> element of an XLIFF file that came back; languages "" where it names none."""

    line: int
    original: str
    source_language: str
    language: str
    units: list[ReadUnit]


class UnresolvedElement(Exception):
    """An inline element refers to nothing in the source; its argument is the id."""


def resolved(runs: list[Run], source: list[Piece]) -> str:
    """Put a text together again; ids mean the pieces of the course's own text.

    Raises UnresolvedElement for an id that the source has not.
    """
    literals = {(piece.kind, str(piece.number)): piece.literal for piece in source}
    found = []
    for kind, words in runs:
        if kind == "words":
            found.append(words)
        elif (kind, words) in literals:
            found.append(literals[kind, words])
        else:
            raise UnresolvedElement(words)
    return "".join(found)


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return etree.QName(element).localname


def line_of(element: etree._Element) -> int:
    """Give the line where an element stands in its file, from 1; 0 if nobody knows."""
    line: object = element.sourceline  # the stubs of lxml do not know its type
    return line if isinstance(line, int) else 0


def lines_of(note: etree._Element) -> list[str]:
    """Give the lines of a note's text."""
    return "".join(str(words) for words in note.itertext()).split("\n")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Give the first child with this local name in the element's own namespace."""
    return next(iter(children(element, name)), None)


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Give the children with this local name in the element's own namespace."""
    return element.findall(f"{{{etree.QName(element).namespace}}}{name}")


def append_words(element: etree._Element, words: str) -> None:
    """Add text at the end of an element's content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def indent(element: etree._Element, mixed: Iterable[str], level: int = 0) -> None:
    """Put every element on its own line, but never inside the elements named in `mixed`."""
    if local_name(element) in mixed or not len(element):
        return
    element.text = "\n" + "  " * (level + 1)
    for number, inner in enumerate(element, 1):
        indent(inner, mixed, level + 1)
        inner.tail = "\n" + "  " * (level + (number < len(element)))


def xml_bytes(root: etree._Element) -> bytes:
    """Give the file: UTF-8, with declaration and a last line end."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
