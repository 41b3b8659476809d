"""What comes back from translators: good units are taken, the others named, nothing is broken.

tests/broken_xliff/<mistake>.txt is what `noroom translate import` prints for each mistake.
NOROOM_UPDATE_GOLDEN=1 rewrites it: review the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_builder.course.load_course import load_course
from scorm_builder.course.po_file import parse_po
from scorm_builder.translate.import_xliff import import_xliff
from scorm_builder.translate.translatable import of_course
from tests.builder.conftest import ROOT, TINY, Noroom

EXPECTED = ROOT / "tests" / "broken_xliff"
FORMATS = ("xliff12", "xliff20")


def replaced(find: str, put: str) -> Callable[[str], bytes]:
    """Give a mistake: one place of the file is another."""

    def change(text: str) -> bytes:
        assert text.count(find) == 1, find
        return text.replace(find, put).encode("utf-8")

    return change


BOLD = '<target state="translated">Je leert <g id="1" ctype="bold">signalen</g> zien.'
MISTAKES: dict[str, Callable[[str], bytes]] = {
    "another-course": replaced('original="tiny/1.0.0"', 'original="huge/1.0.0"'),
    "another-version": replaced('original="tiny/1.0.0"', 'original="tiny/0.9.0"'),
    "another-language": replaced('target-language="nl"', 'target-language="nl-NL"'),
    "another-source-language": replaced('source-language="en"', 'source-language="de"'),
    "source-reworded": replaced("<source>Three signals<", "<source>Three strong signals<"),
    "bold-lost": replaced(BOLD, '<target state="translated">Je leert signalen zien.'),
    "placeholder-lost": replaced(
        '<target state="translated">Bij gevaar: bel <x id="1" equiv-text="{emergency}"/>.',
        '<target state="translated">Bij gevaar: bel 112.',
    ),
    "element-unknown": replaced(BOLD, BOLD.replace('id="1"', 'id="7"')),
    "html-in-a-translation": replaced(">Drie signalen<", ">Drie &lt;b>signalen&amp;nbsp;<"),
    "title-too-long": replaced(">Drie signalen<", f">{'Drie ' * 50}<"),
    "id-unknown": replaced(
        '<trans-unit id="page.cards.title" resname="page.cards.title"',
        '<trans-unit id="page.card.title" resname="x"',
    ),
    "id-repeated": replaced(
        '<trans-unit id="page.cards.title" resname="page.cards.title"',
        '<trans-unit id="page.start.title" resname="page.start.title"',
    ),
    "doctype": replaced(
        "\n<xliff", '\n<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<xliff'
    ),
    "doctype-in-utf-16": lambda text: (
        text.replace("'UTF-8'", "'UTF-16'").replace("\n<xliff", "\n<!DOCTYPE xliff>\n<xliff")
    ).encode("utf-16"),
    "latin-1": lambda text: text.replace("<?xml version='1.0' encoding='UTF-8'?>\n", "").replace(
        "“", '"').replace("”", '"').encode("latin-1", "replace"),
    "not-closed": replaced("</trans-unit>\n    </body>", "    </body>"),
    "not-xml": lambda text: b"PK\x03\x04 a document of a word processor",
    "not-xliff": lambda text: b"<html><body>Bonjour</body></html>",
    "no-file-element": lambda text: (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>'
    ),
    "empty": lambda text: b"  \n",
    "huge": lambda text: b"<xliff>" + b" " * 20_000_000,
}  # fmt: skip


REVIEW_AGAIN = (
    "nl is marked reviewed in course/course.yaml: have the new texts reviewed, "
    "or write status: draft.\n"
)


def export(noroom: Noroom, course: Path, version: str = "xliff12") -> str:
    arguments = ("--language", "nl", "--format", version, "--out", "nl.xlf")
    assert noroom("translate", "export", course, *arguments).exit_code == 0
    return Path("nl.xlf").read_text(encoding="utf-8")


def targets(course: Path) -> dict[str, str]:
    entries = parse_po(course / "locale" / "nl.po")[0].entries
    return {context: str(entry.target) for context, entry in entries.items()}


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_says_what_is_wrong_and_takes_the_rest(
    course: Path, noroom: Noroom, mistake: str, update_golden: bool
) -> None:
    before = targets(course)
    text = export(noroom, course)
    text = text.replace(">Gevaar<", ">Let op<")
    Path("nl.xlf").write_bytes(MISTAKES[mistake](text))
    result = noroom("translate", "import", course, "nl.xlf")
    expected = EXPECTED / f"{mistake}.txt"
    if update_golden:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(result.stderr + "\n" + result.stdout, encoding="utf-8")
    assert f"{result.stderr}\n{result.stdout}" == expected.read_text(encoding="utf-8")
    assert result.exit_code == (1 if "error[" in result.stderr else 0)
    changed = {key: one for key, one in targets(course).items() if before[key] != one}
    assert set(changed.values()) <= {"Let op"}
    assert bool(changed) == bool(result.stdout)
    assert noroom("check", course).exit_code == 0
    assert sorted(path.name for path in course.rglob(".*")) == []


def test_no_expectation_is_left_over() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.txt")) == sorted(MISTAKES)


def twelve(unit: str) -> bytes:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" '
        'xmlns:t="urn:tool"><file original="tiny/1.0.0" source-language="en" t:job="7" '
        f'target-language="NL" datatype="x"><body><group>{unit}</group></body></file></xliff>'
    ).encode()


def twenty(unit: str) -> bytes:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" '
        'trgLang="nl" xmlns:t="urn:tool"><file id="f" original="tiny/1.0.0" t:job="7"><group '
        f'id="g">{unit}</group></file></xliff>'
    ).encode()


ID = 'id="page.danger.text"'
SOURCE_12 = '<source>Call <x id="1" equiv-text="{emergency}"/>, then tell <x id="2"/>.</source>'
SOURCE_20 = '<source>Call <ph id="1"/>, then tell <ph id="2"/>.</source>'


@pytest.mark.parametrize(
    "raw",
    [
        twelve(f'<trans-unit {ID} t:x="1">{SOURCE_12}<target t:y="2">Bel <x id="1"/>, dan '
               '<x id="2"/>.</target><t:data><t:x/></t:data></trans-unit>'),
        twelve(f'<trans-unit id="7" resname="page.danger.text">{SOURCE_12}<seg-source><mrk '
               'mtype="seg" mid="0">Call</mrk></seg-source><target state="final"><mrk mtype="seg" '
               'mid="0">Bel <x id="1"/>,</mrk> <mrk mtype="seg" mid="1">dan <x id="2"/>.</mrk>'
               "</target></trans-unit>"),
        twelve(f"<trans-unit {ID}>{SOURCE_12}<target><![CDATA[Bel {{emergency}}, dan ]]><!-- c -->"
               '<x id="2"/>.<?tool x?></target></trans-unit>'),
        twelve(f'<trans-unit {ID}><source>Call <ph id="1">{{e}}</ph>, then tell <x id="2"/>.'
               '</source><target>Bel {emergency}, dan {manager}.</target></trans-unit>'),
        twenty(f'<unit {ID}><segment state="final">{SOURCE_20}<target>Bel <ph id="1"/>, dan '
               '<ph id="9" copyOf="2"/>.</target></segment></unit>'),
        twenty('<unit id="u7" name="page.danger.text"><segment><source>Call <ph id="1"/>,'
               '</source><target>Bel <mrk id="m" type="t:x"><ph id="1"/></mrk>,</target></segment>'
               '<ignorable><source> </source></ignorable><segment><source>then tell <ph id="2"/>.'
               '</source><target>dan <ph id="2"/>.</target></segment></unit>'),
        twenty(f'<unit {ID}><segment><source>Call <ph id="1"/>,</source><target order="2"> dan '
               '<ph id="2"/>.</target></segment><segment><source> then tell <ph id="2"/>.</source>'
               '<target order="1">Bel <ph id="1"/>,</target></segment></unit>'),
    ],
    ids=["own-attributes", "segmented", "cdata", "typed", "copy", "segments", "order"],
)  # fmt: skip
def test_what_translation_tools_do_to_a_file_is_understood(
    course: Path, noroom: Noroom, raw: bytes
) -> None:
    Path("x.xlf").write_bytes(raw)
    result = noroom("translate", "import", course, "x.xlf")
    assert result.stderr == REVIEW_AGAIN
    assert targets(course)["page.danger.text"] == "Bel {emergency}, dan {manager}."
    assert "0 new, 1 changed" in result.stdout


@pytest.mark.parametrize("version", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_that_tools_write_are_read(
    course: Path, noroom: Noroom, version: str, encoding: str
) -> None:
    text = export(noroom, course, version).replace(">Gevaar<", ">Let op ü<")
    declared = text.replace("'UTF-8'", f"'{encoding.removesuffix('-sig')}'")
    Path("nl.xlf").write_bytes(declared.replace("\n", "\r\n").encode(encoding))
    assert noroom("translate", "import", course, "nl.xlf").stderr == REVIEW_AGAIN
    assert targets(course)["page.cards.alarm.title"] == "Let op ü"


STATES = {
    "xliff12": {"translated": 'state="translated"', "review": 'state="needs-review-translation"'},
    "xliff20": {
        "translated": '<segment state="translated">',
        "review": '<segment state="initial" subState="noroom:needs-review">',
    },
}


@pytest.mark.parametrize("version", FORMATS)
def test_states_and_remarks_go_both_ways(course: Path, noroom: Noroom, version: str) -> None:
    po = course / "locale" / "nl.po"
    text = po.read_text(encoding="utf-8")
    marked = text.replace('msgctxt "page.start.title"',
                          '# twijfel: hallo?\n#, fuzzy\nmsgctxt "page.start.title"')  # fmt: skip
    po.write_text(marked, encoding="utf-8")
    out = export(noroom, course, version)
    states = STATES[version]
    assert out.count(states["review"]) == 1
    assert "twijfel: hallo?" in out
    start = out.index("page.start.title")
    answered = out[:start] + out[start:].replace(states["review"], states["translated"], 1)
    answered = answered.replace("twijfel: hallo?", "twijfel: hallo?\nnee, welkom")
    Path("nl.xlf").write_text(answered, encoding="utf-8")
    assert "0 to be reviewed" in noroom("translate", "import", course, "nl.xlf").stdout
    written = po.read_text(encoding="utf-8")
    assert "fuzzy" not in written
    assert "# twijfel: hallo?\n# nee, welkom\n#. Part" in written
    doubted = answered.replace(states["translated"], states["review"])
    Path("nl.xlf").write_text(doubted, encoding="utf-8")
    noroom("translate", "import", course, "nl.xlf")
    assert po.read_text(encoding="utf-8").count("#, fuzzy") == len(targets(course))


@pytest.mark.parametrize("version", FORMATS)
def test_a_reworded_text_travels_with_its_old_source(
    course: Path, noroom: Noroom, version: str
) -> None:
    file = course / "blocks" / "0-look.yaml"
    text = file.read_text(encoding="utf-8").replace("title: Three signals", "title: Two signals")
    file.write_text(text, encoding="utf-8")
    out = export(noroom, course, version)
    assert "Three signals" in out
    Path("nl.xlf").write_text(out.replace("Drie signalen", "Twee signalen")
                              .replace(STATES[version]["review"], STATES[version]["translated"]),
                              encoding="utf-8")  # fmt: skip
    noroom("translate", "import", course, "nl.xlf")
    written = (course / "locale" / "nl.po").read_text(encoding="utf-8")
    assert 'msgid "Two signals"\nmsgstr "Twee signalen"' in written
    assert "#|" not in written
    assert "fuzzy" not in written


def test_several_files_are_taken_and_a_bad_one_stops_no_other(course: Path, noroom: Noroom) -> None:
    noroom("translate", "update", course, "--language", "uk")
    arguments = ("--language", "uk", "--format", "xliff20", "--out", "uk.xlf")
    noroom("translate", "export", course, *arguments)
    uk = Path("uk.xlf").read_text(encoding="utf-8")
    uk = uk.replace("<source>Danger</source>", "<source>Danger</source><target>Обережно</target>")
    Path("uk.xlf").write_text(uk, encoding="utf-8")
    nl = export(noroom, course).replace(">Gevaar<", ">Let op<")
    Path("nl.xlf").write_text(nl, encoding="utf-8")
    Path("bad.xlf").write_text("<", encoding="utf-8")
    result = noroom("translate", "import", course, "bad.xlf", "nl.xlf", "uk.xlf")
    assert result.exit_code == 1
    assert "bad.xlf:1" in result.stderr
    assert "2 PO files were written" in result.stderr
    assert targets(course)["page.danger.title"] == "Let op"
    assert 'msgstr "Обережно"' in (course / "locale" / "uk.po").read_text(encoding="utf-8")


def test_an_empty_translation_erases_nothing(course: Path, noroom: Noroom) -> None:
    before = targets(course)
    text = export(noroom, course).replace(">Gevaar<", "> <")
    Path("nl.xlf").write_text(text, encoding="utf-8")
    result = noroom("translate", "import", course, "nl.xlf")
    assert result.exit_code == 0
    assert "3 not translated" in result.stdout
    assert targets(course) == before


def test_a_character_that_xml_has_no_place_for_is_found_before_it_breaks_the_file(
    course: Path, noroom: Noroom
) -> None:
    po = course / "locale" / "nl.po"
    text = po.read_text(encoding="utf-8").replace('"Drie signalen"', '"Drie\ufdd0signalen"')
    po.write_text(text, encoding="utf-8")
    arguments = ("--language", "nl", "--format", "xliff20", "--out", "nl.xlf")
    result = noroom("translate", "export", course, *arguments)
    assert result.exit_code == 1
    assert "error[text-character]" in result.stderr
    assert not Path("nl.xlf").exists()


JUNK = (
    b"<", b">", b"&", b"&lol;", b"\x00", b"\xff", b'"', b"</source>", b"<x/>", b"&#0;", b"]]>",
    b'<g id="1">', b"<!--", b"<![CDATA[", b"<?x?>", b"<!DOCTYPE a>", b"\xe2\x80",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(FORMATS))
def test_whatever_is_broken_is_a_problem_and_never_a_defect(
    data: st.DataObject, version: str
) -> None:
    course = load_course(TINY, ())
    raw = EXPORTS[version]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        end = at + data.draw(st.integers(0, 30))
        raw = raw[:at] + data.draw(st.sampled_from(JUNK)) + raw[end:]
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlf"
        path.write_bytes(raw)
        done = import_xliff(of_course(course), [path])
    for language, catalogue in done.catalogues.items():
        assert language == "nl"
        assert catalogue.content()


def _exports() -> dict[str, bytes]:
    from scorm_builder.translate.export_xliff import WRITERS, document
    from scorm_builder.translate.update import updated

    course = load_course(TINY, ())
    found = document(of_course(course), updated(of_course(course), "nl"))
    return {version: WRITERS[version].write(found) for version in FORMATS}


EXPORTS = _exports()
