"""XLIFF 2.0 (and 2.1, 2.2, of the same core): Document -> bytes, and <file> elements -> ReadFile.

A placeholder is a <ph/> and a passage a <pc>, both not to be deleted; their characters stand in
<originalData>. Elements stand in the order of section 4.2.2 of the specification.
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

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

_STATES = {
    "untranslated": {"state": "initial"},
    "review": {"state": "initial", "subState": "noroom:needs-review"},
    "translated": {"state": "translated"},
}
_MIXED = frozenset(["source", "target", "note", "data"])
_FROM_US = ("description", "location", "previous-source")


def write(document: Document) -> bytes:
    """Give the file for translators."""
    languages = {"srcLang": document.source_language, "trgLang": document.language}
    root = Namespace(NAMESPACE, {None: NAMESPACE})("xliff", version="2.0", **languages)
    attributes = {"id": "course", "original": document.original, "canResegment": "no"}
    file = etree.SubElement(root, _name("file"), attributes)
    for unit in document.units:
        _write_unit(file, unit)
    indent(root, _MIXED)
    return xml_bytes(root)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _write_unit(file: etree._Element, unit: Unit) -> None:
    made = etree.SubElement(file, _name("unit"), {"id": unit.context, "name": unit.context})
    made.set(XML_SPACE, "preserve")
    notes = etree.SubElement(made, _name("notes"))
    lines = {
        "location": [f"{unit.file}:{unit.line}"],
        "description": unit.notes,
        "previous-source": [unit.previous] if unit.previous else [],
        "translator": unit.comments,
    }
    for category, words in lines.items():
        if words:
            note = etree.SubElement(notes, _name("note"), {"category": category})
            note.text = "\n".join(words)
    data = _write_original_data(made, unit)
    segment = etree.SubElement(made, _name("segment"), _STATES[unit.state])
    _write_pieces(etree.SubElement(segment, _name("source")), unit.source, data)
    if unit.state != "untranslated":
        _write_pieces(etree.SubElement(segment, _name("target")), unit.target, data)


def _write_original_data(unit: etree._Element, found: Unit) -> dict[str, str]:
    """List the characters of all placeholders and passages: {characters: id}."""
    literals = [piece.literal for piece in found.source if piece.kind != "words"]
    data = {literal: f"d{n}" for n, literal in enumerate(dict.fromkeys(literals), 1)}
    if data:
        block = etree.SubElement(unit, _name("originalData"))
        for literal, number in data.items():
            etree.SubElement(block, _name("data"), {"id": number}).text = literal
    return data


def _write_pieces(element: etree._Element, found: list[Piece], data: dict[str, str]) -> None:
    inside = element
    ends = {piece.number: piece.literal for piece in found if piece.kind == "close"}
    for piece in found:
        attributes = {"id": str(piece.number), "canDelete": "no"}
        match piece.kind:
            case "words":
                append_words(inside, piece.literal)
            case "placeholder":
                attributes |= {"dataRef": data[piece.literal], "equiv": piece.literal}
                etree.SubElement(inside, _name("ph"), attributes | {"disp": piece.literal})
            case "open":
                attributes |= {"type": "fmt", "subType": "xlf:b" if piece.is_bold else "xlf:i"}
                attributes |= {"dataRefStart": data[piece.literal]}
                attributes |= {"dataRefEnd": data[ends[piece.number]]}
                inside = etree.SubElement(inside, _name("pc"), attributes)
            case "close":
                parent = inside.getparent()
                inside = element if parent is None else parent


def read(file: etree._Element) -> ReadFile:
    """Read one <file> element; groups may be nested, unknown elements are passed over."""
    parent = file.getparent()
    root = file if parent is None else parent
    return ReadFile(
        line_of(file),
        file.get("original", ""),
        root.get("srcLang", ""),
        root.get("trgLang", ""),
        [_read_unit(unit) for unit in file.iter(_name("unit"))],
    )


def _read_unit(unit: etree._Element) -> ReadUnit:
    parts = [part for part in unit if part.tag in (_name("segment"), _name("ignorable"))]
    segments = [part for part in parts if part.tag == _name("segment")]
    complete = bool(segments) and all(child(part, "target") is not None for part in segments)
    listed = child(unit, "notes")
    opened: dict[str, str] = {}
    return ReadUnit(
        names=tuple(name for name in (unit.get("id"), unit.get("name")) if name),
        line=line_of(unit),
        source=[run for part in parts for run in _read_runs(child(part, "source"), {})],
        target=[run for target in _targets(parts) for run in _read_runs(target, opened)]
        if complete
        else [],
        state=_read_state(segments),
        comments=[
            line
            for note in ([] if listed is None else children(listed, "note"))
            if note.get("category") not in _FROM_US
            for line in lines_of(note)
        ],
    )


def _targets(parts: list[etree._Element]) -> list[etree._Element]:
    """Give the targets in their own order; between segments the source stands for itself."""
    found: list[tuple[int, etree._Element]] = []
    for number, part in enumerate(parts, 1):
        target = child(part, "target")
        chosen = child(part, "source") if target is None else target
        if chosen is not None:
            order = chosen.get("order", "") if target is not None else ""
            found.append((int(order) if order.isdecimal() else number, chosen))
    return [target for _, target in sorted(found, key=lambda one: one[0])]


def _read_state(segments: list[etree._Element]) -> GivenState:
    """Give the least of the segments' states."""
    states = {segment.get("state", "") for segment in segments}
    if "initial" in states:
        return "review"
    return "translated" if states <= {"translated", "reviewed", "final"} and states else "unsaid"


def _read_runs(element: etree._Element | None, opened: dict[str, str]) -> list[Run]:
    """Flatten content; <mrk> and what other tools put around words is passed through."""
    if element is None:
        return []
    runs: list[Run] = [("words", element.text or "")]
    for inner in element:
        number = inner.get("copyOf", "") or inner.get("id", "")
        match local_name(inner):
            case "ph":
                runs.append(("placeholder", number))
            case "pc":
                runs += [("open", number), *_read_runs(inner, opened), ("close", number)]
            case "sc":
                opened[inner.get("id", "")] = number
                runs.append(("open", number))
            case "ec":
                start = inner.get("startRef", "")
                runs.append(("close", opened.get(start, start or number)))
            case "cp":
                runs.append(("words", _code_point(inner.get("hex", ""))))
            case _:
                runs += _read_runs(inner, opened)
        runs.append(("words", inner.tail or ""))
    return runs


def _code_point(digits: str) -> str:
    """Give the character of a <cp>, U+FFFF (which no text may have) if it names none."""
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\uffff"
