"""`noroom inspect` on what nobody made by accident, and on what no tool made at all."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm_builder.inspect.described import Report
from scorm_builder.inspect.inspect_package import inspect_package
from scorm_builder.inspect.render_report import report_text
from tests.builder.conftest import Noroom
from tests.builder.packages import (
    API_12,
    BROKEN,
    GOOD,
    MANIFEST_12,
    beside,
    changed,
    good,
    repeated,
    symlink,
    zipped,
)

ANY_TIME = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""Machines differ, and so does the time that a damaged zip takes."""

KINDS = sorted(GOOD)


def inspected(tmp_path: Path, content: bytes) -> Report:
    package = tmp_path / "package.zip"
    package.write_bytes(content)
    report = inspect_package(package)
    assert report_text(report)
    assert json.dumps(report.as_json())
    return report


def codes(report: Report) -> set[str]:
    return {one.code for one in report.findings if one.grade == "rejected"}


@pytest.mark.parametrize(
    "name",
    [
        "../x.js",
        "a/../../x.js",
        "/etc/passwd",
        "C:\\Windows\\x.dll",
        "..\\x.js",
        "\\\\server\\x.js",
        "c:x.js",
    ],
)
def test_names_that_climb_out_are_refused_and_written_nowhere(tmp_path: Path, name: str) -> None:
    report = inspected(tmp_path, beside("scorm12", {name: "x"}, listed=False)())
    assert "name-outside" in codes(report)
    assert [path.name for path in tmp_path.iterdir()] == ["package.zip"]


@pytest.mark.parametrize("name", ["a\0.js", "a\x1b[2J.js", "a\n.js", "‮gpj.exe"])
def test_names_that_lie_are_spelled_out(tmp_path: Path, name: str) -> None:
    report = inspected(tmp_path, beside("scorm12", {name: "x"}, listed=False)())
    assert "name-control" in codes(report)
    text = report_text(report)
    assert not {sign for sign in text if not sign.isprintable() and sign != "\n"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    assert "file-link" in codes(inspected(tmp_path, symlink()))


@pytest.mark.parametrize("name", ["imsmanifest.xml", "index.html"])
def test_a_name_that_stands_twice(tmp_path: Path, name: str) -> None:
    assert "name-repeated" in codes(inspected(tmp_path, repeated(name)))


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scorm_builder.inspect import read_archive

    read: list[str] = []
    stream = read_archive.Archive.stream

    def noted(archive: read_archive.Archive, name: str) -> Iterator[bytes]:
        read.append(name)
        return stream(archive, name)

    monkeypatch.setattr(read_archive.Archive, "stream", noted)
    report = inspected(tmp_path, BROKEN["zip-bomb"]())
    assert "zip-bomb" in codes(report)
    assert "film.mp4" not in read


def test_entries_that_lie_on_each_other(tmp_path: Path) -> None:
    content = bytearray(good("scorm12"))
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    struct.pack_into("<L", content, second + 42, 3)
    assert codes(inspected(tmp_path, bytes(content))) & {"zip-bomb", "zip-damaged"}


def test_a_claimed_directory_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    content = bytearray(good("scorm12"))
    struct.pack_into("<L", content, len(content) - 10, 1024**3)
    assert codes(inspected(tmp_path, bytes(content))) == {"zip-limit"}


def test_a_wrong_checksum_is_found(tmp_path: Path) -> None:
    content = bytearray(good("scorm12", big__css="a{color:red}" * 500))
    place = content.find(b"big.css") + len("big.css") + 20
    content[place] ^= 0xFF
    assert "zip-damaged" in codes(inspected(tmp_path, bytes(content)))


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the launch codes", encoding="utf-8")
    doctype = f'<!DOCTYPE m [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n<manifest'
    make = changed("scorm12", ("<manifest", doctype), ("Fire safety", "&x;"))
    report = inspected(tmp_path, make())
    assert "xml-doctype" in codes(report)
    assert "launch codes" not in report_text(report)


LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "before",
    [LAUGHS, f"<!-- c -->\n{LAUGHS}", f"<?x y?>{LAUGHS}", f"<!-- <manifest> -->{LAUGHS}"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_found_wherever_it_hides(tmp_path: Path, before: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}<manifest>&b;</manifest>'
    content = zipped({"imsmanifest.xml": text.encode(encoding), "index.html": "x"})
    assert codes(inspected(tmp_path, content)) == {"xml-doctype"}


def test_a_comment_about_doctypes_is_none(tmp_path: Path) -> None:
    make = changed("scorm12", ("<manifest", "<!-- no <!DOCTYPE here -->\n<manifest"))
    assert not inspected(tmp_path, make()).is_rejected


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "<",
        "<manifest",
        "<manifest/>",
        "<item>" * 5_000,
        "<!--" * 50_000,
        "<?a" * 50_000,
        MANIFEST_12.replace("identifierref", "i" * 70_000),
        MANIFEST_12.replace("1.2<", "1.2 or so<"),
        MANIFEST_12.replace('href="index.html"', 'href="http://[x"'),
        MANIFEST_12.replace('href="index.html"', 'href="%zz%00"'),
        MANIFEST_12.replace("<file", '<file xml:base="http://["'),
        f"<x>{MANIFEST_12.partition('?>')[2]}</x>",
    ],
    ids=range(13),
)
def test_manifests_that_no_tool_would_write(tmp_path: Path, manifest: str) -> None:
    report = inspected(tmp_path, zipped({**GOOD["scorm12"], "imsmanifest.xml": manifest}))
    assert report.is_rejected or report.findings


@pytest.mark.parametrize(
    "data",
    [
        "[]",
        "{",
        '{"course":[]}',
        '{"course":{"id":7},"blocks":{"a":1},"check":[1],"tracking":"x"}',
        '{"course":{},"check":{"pass":1,"draw":0,"questions":[7]}}',
        '{"course":{},"tracking":{"authorization":"Basic ***","endpoint":"http://["}}',
        '{"course":' + "[" * 50_000,
    ],
)
def test_course_data_that_we_did_not_write(tmp_path: Path, data: str) -> None:
    script = f"globalThis.noroomCourse={data};\n"
    inspected(tmp_path, beside("scorm12", {"course-x.js": script})())


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"", "this file is empty"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"<html>log in first</html>", "an error page that was saved instead"),
        (b"PK\x03\x04 and no end", "its end is missing"),
        (b"hello", "this is not a zip"),
    ],
)
def test_what_is_no_zip_gets_a_name(tmp_path: Path, start: bytes, words: str) -> None:
    assert words in report_text(inspected(tmp_path, start))


@ANY_TIME
@given(st.sampled_from(KINDS), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255))))
def test_damage_anywhere_never_ends_in_a_trace(
    tmp_path: Path, kind: str, damage: list[tuple[int, int]]
) -> None:
    content = bytearray(good(kind))
    for place, value in damage:
        content[place % len(content)] = value
    inspected(tmp_path, bytes(content))


@ANY_TIME
@given(st.sampled_from(KINDS), st.integers(0, 5000))
def test_a_cut_never_ends_in_a_trace(tmp_path: Path, kind: str, length: int) -> None:
    inspected(tmp_path, good(kind)[:length])


@ANY_TIME
@given(st.sampled_from(KINDS), st.data())
def test_a_garbled_manifest_never_ends_in_a_trace(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    name, text = next((name, str(text)) for name, text in GOOD[kind].items())
    words = st.sampled_from(["", "<x/>", "&#0;", '="', "//", "..", "\\", "é", "1e9", "identifier"])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 60)))
        text = text[:start] + data.draw(words) + text[end:]
    inspected(tmp_path, zipped({**GOOD[kind], name: text}))


def test_the_command_survives_a_hostile_package(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "p.zip").write_bytes(BROKEN["name-outside"]())
    result = noroom("inspect", tmp_path / "p.zip")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert "Do not upload this package" in result.stdout
    assert API_12 not in result.stdout
