"""XLIFF out and back loses nothing, whatever the text, in both versions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from programme.words import is_refused_character
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.load_course import load_course
from scorm_builder.translate.export_xliff import WRITERS, export_xliff
from scorm_builder.translate.import_xliff import import_xliff
from scorm_builder.translate.inline import matched, pieces
from scorm_builder.translate.po_units import add_comments, comments, is_fuzzy, set_fuzzy, set_target
from scorm_builder.translate.read_xml import read_xml
from scorm_builder.translate.translatable import of_course
from scorm_builder.translate.update import updated
from scorm_builder.translate.xliff_document import Document, Unit, resolved
from tests.builder.conftest import ROOT
from tests.often import often
from tests.strategies import courses, write_course

FORMATS = ("xliff12", "xliff20")

_BITS = st.sampled_from(
    ["**", "*", "_", "__", "***", "{manager}", "{{x}}", "{", "}", "]]>", "&amp;", "<g id='1'>",
     "<!--", "\\*", "- ", "\n", "\n\n", "  \n", " ", "\t", "\u00a0", "שלום", "مرحبا", "🙂", "a",
     "b c", "1. ", "`", "[x](y)", "\u2028", '"', "_: "]
)  # fmt: skip
_CHARACTERS = st.text(st.characters(codec="utf-8"), max_size=5).filter(
    lambda text: not any(map(is_refused_character, text))
)
any_text = st.lists(st.one_of(_BITS, _BITS, _CHARACTERS), max_size=14).map("".join)


@given(any_text, st.sampled_from(Form))
def test_pieces_are_the_text(text: str, form: Form) -> None:
    found = pieces(text, form)
    assert "".join(piece.literal for piece in found) == text
    depth = 0
    for piece in found:
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Tell {manager} **now**.", "words placeholder words open words close words"),
        ("**a *b* {course}**", "open words open words close words placeholder close"),
        ("- one\n- __two__", "words open words close"),
        ("5 * 6 * 7, {{no}}", "words"),
        (r"\*no\* *yes*", "words open words close"),
    ],
)
def test_placeholders_and_passages_are_found(text: str, kinds: str) -> None:
    assert " ".join(piece.kind for piece in pieces(text, Form.BLOCK)) == kinds


def test_a_plain_text_has_no_passages() -> None:
    assert [piece.kind for piece in pieces("**a** {course}", Form.PLAIN)] == [
        "words",
        "placeholder",
    ]


@settings(max_examples=150, deadline=None)
@given(any_text, any_text, any_text, st.sampled_from(Form), st.sampled_from(FORMATS))
def test_any_text_comes_back_exactly(
    source: str, target: str, note: str, form: Form, version: str
) -> None:
    cut = pieces(source, form)
    unit = Unit("page.p.text", cut, matched(pieces(target, form), cut), "translated", note,
                [note], [note], "blocks/a b.yaml", 3, None)  # fmt: skip
    raw = WRITERS[version].write(Document("c/1.0.0", "en", "ar", [unit]))
    (back,) = read_back(raw, version)
    assert resolved(back.source, cut) == source
    assert resolved(back.target, cut) == target
    assert "\n".join(back.comments) == note
    assert back.state == "translated"


def read_back(raw: bytes, version: str) -> list[Any]:
    """Give the units of a file, read as an import reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlf"
        path.write_bytes(raw)
        root, _ = read_xml(path)
    (file,) = root.findall("{*}file")
    units: list[Any] = WRITERS[version].read(file).units
    return units


_SUFFIX = st.sampled_from(["", " ]]>", " 🙂", " שלום", " R&D", ' "x"', " < y", " ", "\n", " {{z}}"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses(), st.data(), st.sampled_from(FORMATS), st.sampled_from(["ar", "pl", "uk"]))
def test_a_course_with_any_translation_comes_back_exactly(
    files: dict[str, Any], data: st.DataObject, version: str, language: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_course(folder, files)
        (folder / "locale").mkdir()
        course = load_course(folder, ())
        po = folder / "locale" / f"{language}.po"
        catalogue = updated(of_course(course), language)
        po.write_bytes(catalogue.content())
        for text in course_texts(course):
            entry = catalogue.entries[text.context]
            if data.draw(st.booleans()):
                set_target(entry, text.text.strip() + data.draw(_SUFFIX))
                set_fuzzy(entry, data.draw(st.booleans()))
                add_comments(entry, data.draw(st.sampled_from([(), ("gezien",), ("a", "b")])))
        exported = folder / "uk.xlf"
        exported.write_bytes(export_xliff(of_course(course), catalogue, version))  # type: ignore[arg-type]
        done = import_xliff(of_course(course), [exported])
        assert done.problems == []
        back = done.catalogues[language]
        for context, entry in catalogue.entries.items():
            assert str(back.entries[context].target) == str(entry.target)
            assert is_fuzzy(back.entries[context]) == is_fuzzy(entry)
            assert comments(back.entries[context]) == comments(entry)
        assert back.content() == catalogue.content()


@pytest.mark.parametrize("version", often(FORMATS))
def test_the_real_course_comes_back_byte_for_byte(tmp_path: Path, version: str) -> None:
    course = load_course(ROOT / "courses" / "no-room", ())
    catalogue = updated(of_course(course), "nl")
    raw = export_xliff(of_course(course), catalogue, version)  # type: ignore[arg-type]
    (tmp_path / "nl.xlf").write_bytes(raw)
    done = import_xliff(of_course(course), [tmp_path / "nl.xlf"])
    assert done.problems == []
    assert done.catalogues["nl"].content() == catalogue.content()
    assert check_order(etree.fromstring(raw)) == []


ORDER = {
    "1.2": {
        "xliff": ["file"],
        "file": ["header", "body"],
        "header": ["tool"],
        "body": ["trans-unit"],
        "trans-unit": ["source", "target", "context-group", "note", "alt-trans"],
        "alt-trans": ["source", "target"],
        "context-group": ["context"],
    },
    "2.0": {
        "xliff": ["file"],
        "file": ["unit"],
        "unit": ["notes", "originalData", "segment"],
        "notes": ["note"],
        "originalData": ["data"],
        "segment": ["source", "target"],
    },
}
REQUIRED = {
    "1.2": {
        "xliff": ["version"],
        "file": ["original", "source-language", "datatype"],
        "tool": ["tool-id", "tool-name"],
        "trans-unit": ["id"],
        "context-group": ["purpose"],
        "context": ["context-type"],
        "x": ["id"],
        "g": ["id"],
    },
    "2.0": {
        "xliff": ["version", "srcLang", "trgLang"],
        "file": ["id"],
        "unit": ["id"],
        "data": ["id"],
        "ph": ["id"],
        "pc": ["id"],
    },
}


def check_order(root: etree._Element) -> list[str]:
    """Give what breaks the order of elements, required attributes or unique ids of XLIFF."""
    version = root.get("version", "")
    wrong = []
    for element in root.iter():
        name = etree.QName(element).localname
        missing = [one for one in REQUIRED[version].get(name, []) if not element.get(one)]
        wrong += [f"{name} without {one}" for one in missing]
        order = ORDER[version].get(name)
        if order is not None:
            given = [order.index(etree.QName(child).localname) for child in element]
            wrong += [f"{name}: children out of order"] if given != sorted(given) else []
        if name in ("source", "target"):
            ids = [one.get("id") for one in element.iter() if one.get("id")]
            wrong += [f"{name}: repeated id"] if len(set(ids)) != len(ids) else []
        if name == "unit":
            data = {one.get("id") for one in element.iter("{*}data")}
            refs = {
                value for one in element.iter() for key, value in one.attrib.items()
                if str(key).startswith("dataRef")
            }  # fmt: skip
            wrong += [] if refs <= data else ["dataRef without data"]
    ids = [one.get("id") for one in root.iter("{*}trans-unit", "{*}unit")]
    return wrong + (["repeated unit id"] if len(set(ids)) != len(ids) else [])


def test_the_checker_of_the_order_finds_what_is_wrong() -> None:
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en">'
        '<file id="f"><unit id="u"><segment><target/><source><ph id="1" dataRef="d9"/>'
        '<ph id="1"/></source></segment></unit></file></xliff>'
    )
    assert check_order(etree.fromstring(text)) == [
        "xliff without trgLang",
        "dataRef without data",
        "segment: children out of order",
        "source: repeated id",
    ]
