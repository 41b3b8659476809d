"""XLIFF 1.2 (OASIS standard of 2008): Document -> bytes, and <file> elements -> ReadFile.

A placeholder is an <x/> and a passage a <g>, so that no tool shows their characters for editing.
Elements stand in the order of section 2.3 of the specification.
"""

from __future__ import annotations

from lxml import etree

from scorm_builder.standards.elements import Namespace
from scorm_builder.translate.inline import Piece
from scorm_builder.translate.xliff_document import (
    XML_SPACE,
    Document,
    GivenState,
    ReadFile,
    ReadUnit,
    Run,
    Unit,
    append_words,
    child,
    children,
    indent,
    line_of,
    lines_of,
    local_name,
    xml_bytes,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

_STATES = {
    "untranslated": "needs-translation",
    "review": "needs-review-translation",
    "translated": "translated",
}
_MIXED = frozenset(["source", "target", "note", "context"])


def write(document: Document) -> bytes:
    """Give the file for translators."""
    root = Namespace(NAMESPACE, {None: NAMESPACE})("xliff", version="1.2")
    course, _, version = document.original.partition("/")
    file = etree.SubElement(
        root,
        _name("file"),
        {
            "original": document.original,
            "source-language": document.source_language,
            "target-language": document.language,
            "datatype": "plaintext",
            "product-name": course,
            "product-version": version,
            "tool-id": "noroom",
        },
    )
    header = etree.SubElement(file, _name("header"))
    etree.SubElement(header, _name("tool"), {"tool-id": "noroom", "tool-name": "noroom"})
    body = etree.SubElement(file, _name("body"))
    for unit in document.units:
        _write_unit(body, unit)
    indent(root, _MIXED)
    return xml_bytes(root)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _write_unit(body: etree._Element, unit: Unit) -> None:
    made = etree.SubElement(body, _name("trans-unit"), {"id": unit.context})
    made.set("resname", unit.context)
    if unit.max_length:
        made.set("maxwidth", str(unit.max_length))
        made.set("size-unit", "char")
    made.set(XML_SPACE, "preserve")
    _write_pieces(etree.SubElement(made, _name("source")), unit.source)
    target = etree.SubElement(made, _name("target"), {"state": _STATES[unit.state]})
    _write_pieces(target, unit.target)
    place = etree.SubElement(made, _name("context-group"), {"purpose": "location"})
    for kind, words in (("sourcefile", unit.file), ("linenumber", str(unit.line))):
        etree.SubElement(place, _name("context"), {"context-type": kind}).text = words
    for sender, lines in (("developer", unit.notes), ("translator", unit.comments)):
        if lines:
            about = "source" if sender == "developer" else "target"
            note = etree.SubElement(made, _name("note"), {"from": sender, "annotates": about})
            note.text = "\n".join(lines)
    if unit.previous:
        old = etree.SubElement(made, _name("alt-trans"), {"alttranstype": "previous-version"})
        old.set(XML_SPACE, "preserve")
        etree.SubElement(old, _name("source")).text = unit.previous
        _write_pieces(etree.SubElement(old, _name("target")), _words_only(unit.target))


def _words_only(found: list[Piece]) -> list[Piece]:
    """Give the pieces as plain words: ids of inline elements belong to the current source."""
    return [Piece("words", "".join(piece.literal for piece in found))]


def _write_pieces(element: etree._Element, found: list[Piece]) -> None:
    inside = element
    for piece in found:
        match piece.kind:
            case "words":
                append_words(inside, piece.literal)
            case "placeholder":
                attributes = {"id": str(piece.number), "equiv-text": piece.literal}
                etree.SubElement(inside, _name("x"), attributes)
            case "open":
                kind = "bold" if piece.is_bold else "italic"
                attributes = {"id": str(piece.number), "ctype": kind}
                inside = etree.SubElement(inside, _name("g"), attributes)
            case "close":
                parent = inside.getparent()
                inside = element if parent is None else parent


def read(file: etree._Element) -> ReadFile:
    """Read one <file> element; groups may be nested, unknown elements are passed over."""
    units = [_read_unit(unit) for unit in file.iter(_name("trans-unit"))]
    return ReadFile(
        line_of(file),
        file.get("original", ""),
        file.get("source-language", ""),
        file.get("target-language", ""),
        units,
    )


def _read_unit(unit: etree._Element) -> ReadUnit:
    source, target = child(unit, "source"), child(unit, "target")
    return ReadUnit(
        names=tuple(name for name in (unit.get("id"), unit.get("resname")) if name),
        line=line_of(unit),
        source=[] if source is None else _read_runs(source, {}),
        target=[] if target is None else _read_runs(target, {}),
        state=_read_state(unit, target),
        comments=[
            line
            for note in children(unit, "note")
            if note.get("from") != "developer"
            for line in lines_of(note)
        ],
    )


def _read_state(unit: etree._Element, target: etree._Element | None) -> GivenState:
    state = "" if target is None else target.get("state", "")
    if state == "new" or state.startswith("needs-"):
        return "review"
    if state in ("translated", "final", "signed-off") or unit.get("approved") == "yes":
        return "translated"
    return "unsaid"


def _read_runs(element: etree._Element, opened: dict[str, str]) -> list[Run]:
    """Flatten content; <mrk> and what other tools put around words is passed through."""
    runs: list[Run] = [("words", element.text or "")]
    for inner in element:
        number, pair = inner.get("id", ""), inner.get("rid", "")
        match local_name(inner):
            case "x" | "ph":
                runs.append(("placeholder", number))
            case "g":
                runs += [("open", number), *_read_runs(inner, opened), ("close", number)]
            case "bx" | "bpt":
                opened[pair or number] = number
                runs.append(("open", number))
            case "ex" | "ept":
                runs.append(("close", opened.get(pair or number, number)))
            case "it":
                runs.append(("open" if inner.get("pos") == "open" else "close", number))
            case _:
                runs += _read_runs(inner, opened)
        runs.append(("words", inner.tail or ""))
    return runs
