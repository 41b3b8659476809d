"""Pictures on pages and cards: in the package, in the manifest, in the data, in every language."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from scorm_builder.media.picture_size import picture_size
from tests.builder.conftest import Noroom

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'


def png() -> bytes:
    """Give a real PNG of one white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff")
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture
def with_pictures(course: Path) -> Path:
    """The tiny course with an SVG on its first page and a PNG on a card, in both languages."""
    (course / "media").mkdir()
    (course / "media" / "Open Door.svg").write_bytes(SVG)
    (course / "media" / "cash.png").write_bytes(png())
    block = course / "blocks" / "0-look.yaml"
    text = block.read_text(encoding="utf-8")
    page = '    picture: { file: "media/Open Door.svg", description: "A door of {programme}" }\n'
    card = "        picture: { file: media/cash.png, description: Money }\n"
    text = text.replace("    title: Welcome\n", f"    title: Welcome\n{page}")
    text = text.replace("        title: Cash\n", f"        title: Cash\n{card}")
    block.write_text(text, encoding="utf-8")
    with (course / "locale" / "nl.po").open("a", encoding="utf-8") as po:
        po.write('\nmsgctxt "page.start.picture.description"\nmsgid "A door of {programme}"\n')
        po.write('msgstr "Een deur van {programme}"\n')
        po.write('\nmsgctxt "page.cards.cash.picture.description"\nmsgid "Money"\n')
        po.write('msgstr "Geld"\n')
    return course


def build(noroom: Noroom, course: Path, language: str) -> zipfile.ZipFile:
    command = ["build", course, "--standard", "scorm12", "--language", language, "--json"]
    result = noroom(*command, "--out", f"out-{language}")
    assert result.exit_code == 0, result.stderr
    return zipfile.ZipFile(json.loads(result.stdout)["packages"][0]["path"])


@pytest.mark.parametrize(("language", "words"), [("en", "A door of"), ("nl", "Een deur van")])
def test_pictures_are_in_package_manifest_and_data(
    noroom: Noroom, with_pictures: Path, language: str, words: str
) -> None:
    package = build(noroom, with_pictures, language)
    script = next(name for name in package.namelist() if name.startswith("course-"))
    text = package.read(script).decode("utf-8-sig")
    data = json.loads(text[text.index("{") : text.rindex(";")])
    pages = data["blocks"][0]["pages"]
    picture = pages[0]["picture"]
    assert picture["src"].startswith("open-door-")
    assert picture["description"].startswith(words)
    assert package.read(picture["src"]) == SVG
    card = pages[1]["cards"][0]
    assert package.read(card["picture"]["src"]) == png()
    assert (picture["size"], card["picture"]["size"]) == ([2, 2], [1, 1])
    assert f'href="{picture["src"]}"' in package.read("imsmanifest.xml").decode()


def test_a_changed_picture_has_another_name_and_build(noroom: Noroom, with_pictures: Path) -> None:
    before = build(noroom, with_pictures, "en").namelist()
    (with_pictures / "media" / "Open Door.svg").write_bytes(SVG.replace(b"0h2", b"0h1"))
    after = build(noroom, with_pictures, "en").namelist()
    assert {name for name in before if "door" in name} != {name for name in after if "door" in name}


def test_a_photograph_that_was_held_upright_is_as_large_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "upright.jpg"
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (30, 20)).save(file, exif=turned)
    assert picture_size(file) == (20, 30)


def test_a_large_picture_is_a_warning(noroom: Noroom, with_pictures: Path) -> None:
    (with_pictures / "media" / "cash.png").write_bytes(png() + b"\0" * 300_000)
    result = noroom("check", with_pictures)
    assert result.exit_code == 0
    assert "warning[media-large]" in result.stderr
