"""XML from anywhere -> a tree with places, without network, entities or document types."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from lxml import etree

from scorm_builder.inspect.findings import Finding, Grade, quoted

_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ENCODING = re.compile(rb"""\A<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN_ENCODINGS = {"utf-8", "utf-16", "ascii", "iso8859-1", "cp1252"}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class XmlFile:
    """A well-formed file with the place of each element: (line, column), counted from 1."""

    name: str
    root: etree._Element
    places: dict[etree._Element, tuple[int, int]]

    def finding(
        self, grade: Grade, code: str, element: etree._Element | None, what: str, fix: str
    ) -> Finding:
        """Make a finding at an element, or about the whole file."""
        line, column = (0, 0) if element is None else self.places.get(element, (0, 0))
        return Finding(grade, code, self.name, what, fix, line, column)


def read_xml(name: str, content: bytes) -> tuple[XmlFile | None, list[Finding]]:
    """Parse a file; None with the reason when no LMS could, or none should, read it."""
    refused = _refusal(name, content)
    if refused:
        return None, [refused]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = f"this is not well-formed XML: {_reason(error)}"
        fix = "Have the package exported again; an LMS stops reading here."
        return None, [Finding("rejected", "xml-syntax", name, what, fix, line, max(column, 0))]
    except (ValueError, LookupError) as error:
        what, fix = f"this XML cannot be read: {quoted(str(error))}", "Save it as UTF-8."
        return None, [Finding("rejected", "xml-syntax", name, what, fix)]
    found = []
    if content.startswith(b"\xef\xbb\xbf"):
        what = "this file starts with a byte order mark"
        fix = "Save it as UTF-8 without BOM: some importers stop at it."
        found.append(Finding("warning", "xml-mark", name, what, fix, 1, 1))
    return XmlFile(name, root, _places(root, content)), found


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    """Give an element's namespace, "" if it has none."""
    return etree.QName(element).namespace or ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Give the children of these local names, in order."""
    return [child for child in element if local(child) in names]


def first(element: etree._Element, *path: str) -> etree._Element | None:
    """Walk down by local names; None where a step is missing."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def descendants(element: etree._Element, *names: str) -> list[etree._Element]:
    """Give every element below of these local names, in the order of the file."""
    return [one for one in element.iter("*") if local(one) in names]


def attribute(element: etree._Element, name: str) -> str | None:
    """Give an attribute by its local name, whatever its namespace; spaces trimmed."""
    for full, value in element.attrib.items():
        if str(full).rpartition("}")[2] == name:
            return str(value).strip()
    return None


def text_of(element: etree._Element | None) -> str:
    """Give an element's text with single spaces; "" for None."""
    return (
        ""
        if element is None
        else _SPACES.sub(" ", "".join(str(part) for part in element.itertext())).strip()
    )


def _refusal(name: str, content: bytes) -> Finding | None:
    plain = content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    offset = 0
    while skipped := _BEFORE_ROOT.match(plain, offset):
        offset = skipped.end()
    rest = plain[offset:].lstrip()
    if rest.startswith(b"<!DOCTYPE"):
        return _doctype(name, plain.count(b"\n", 0, len(plain) - len(rest)) + 1)
    if not plain.strip():
        return Finding("rejected", "xml-syntax", name, "this file is empty", "Export it again.")
    declared = _ENCODING.match(plain)
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if not _is_known(encoding):
        what = f"this file says that it is written in {quoted(encoding)}"
        return Finding("rejected", "xml-encoding", name, what, "Save it as UTF-8 and say so.", 1, 1)
    return None


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in _KNOWN_ENCODINGS
    except LookupError:
        return False


def _doctype(name: str, line: int) -> Finding:
    what = "this file has a DOCTYPE, which can make an importer read other files or swell up"
    fix = "Delete the DOCTYPE; a manifest needs none. Be wary of who sent the package."
    return Finding("rejected", "xml-doctype", name, what, fix, line, 1)


def _reason(error: etree.XMLSyntaxError) -> str:
    said = quoted((error.msg or "").partition(", line")[0], 160)
    if "xmlParseEntityRef" in said:
        return "an & stands alone, where &amp; should stand"
    return said or "its end is missing"


def _places(root: etree._Element, content: bytes) -> dict[etree._Element, tuple[int, int]]:
    """Give line and column of every start tag: lxml knows only the line, and of the tag's end."""
    starts: list[tuple[int, int]] = []
    parser: Any = expat.ParserCreate()

    def on_start(*_: object) -> None:
        starts.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = on_start
    elements = list(root.iter("*"))
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        return {}
    return dict(zip(elements, starts, strict=False))
