"""A chain's look, contacts and pages; the course stays whole."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.contacts.read_contacts import FILE
from programme.directory import read_programme
from programme.settings import Colours
from scorm_builder.chain import chain_look, colours
from scorm_builder.chain.chain_course import course_for, keeps_the_course
from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from tests.builder.conftest import Noroom
from tests.builder.test_build_command import edit

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
PAGES = """id: house
title: In our hotels
minutes: "0:30"
pages:
  - id: house-desk
    kind: text
    title: Our safety desk
    text: You can also call the safety desk. First tell {manager}.
"""
EXTRA = (
    "extra_pages: [{ after: look, files: { en: house.yaml } }]\n"
    "page_languages: { en: { status: reviewed, reviewed_by: T. Ester, reviewed_on: 2026-11-01 } }\n"
)
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture
def zeta(programme: Path) -> Path:
    """The folder of the chain zeta."""
    return programme / "chains" / "zeta"


def write_chain(zeta: Path, text: str) -> None:
    (zeta / "chain.yaml").write_text(f"name: Zeta\nlanguages: [en]\n{text}", encoding="utf-8")


def build(noroom: Noroom, course: Path, zeta: Path, *more: str) -> str:
    result = noroom("build", course, "--programme", zeta.parents[1], "--chain", "zeta",
                    "--standard", "scorm12", "--out", "dist", *more)  # fmt: skip
    assert result.exit_code == (0 if Path("dist").exists() else 1)
    return result.stderr


def members(zeta: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(Path("dist/zeta/tiny-1.0.0-scorm12-en.zip")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_contrast_is_the_formula_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#0e5a61", "#0e5a61") == 1


@given(COLOUR)
def test_every_colour_has_a_nearest_one_that_can_be_read(colour: str) -> None:
    for dark in (False, True):
        behind = chain_look.grounds(dark=dark)
        found = colours.nearest_passing(colour, behind, 0.12, darker=not dark)
        assert colours.worst_contrast(found, behind, 0.12) >= colours.TEXT_CONTRAST
    again = colours.nearest_passing(found, behind, 0.12, darker=False)
    assert again == found


def test_colours_become_custom_properties_and_nothing_else() -> None:
    css = chain_look.chain_styles(Colours(accent="#7A1F5C")).decode()
    assert "--action:#7a1f5c" in css
    assert "prefers-color-scheme: dark" in css
    assert "url(" not in css
    assert chain_look.derived_dark("#7a1f5c") in css


def test_a_pale_colour_is_refused_with_one_that_passes(
    course: Path, noroom: Noroom, zeta: Path
) -> None:
    write_chain(zeta, 'colours: { accent: "#ffcc00", accent_dark: "#102030" }\n')
    said = build(noroom, course, zeta)
    assert "chain.yaml:3:20: error[chain-contrast]: #ffcc00 has a contrast of 1." in said
    assert "chain.yaml:3:44: error[chain-contrast]: #102030" in said
    better = said.split('can be read is "')[1][:7]
    dark = said.split('can be read is "')[2][:7]
    write_chain(zeta, f'colours: {{ accent: "{better}", accent_dark: "{dark}" }}\n')
    assert build(noroom, course, zeta) == ""
    assert any(name.startswith("chain-") for name in members(zeta))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.svg", None, 'there is no file "logo.svg"'),
        ("logo.gif", b"GIF89a", "neither a PNG nor an SVG"),
        ("logo.png", b"\xff\xd8\xff\xe0" + bytes(30), "is not the PNG that its name says"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(10), "is cut off"),
        ("logo.svg", b"<svg/>", "is not an SVG picture"),
        ("logo.svg", SVG.replace("<path", "<script/><path").encode(), "has a <script>"),
        ("logo.svg", SVG.replace("<path", '<image href="http://a/b"/><path').encode(), "has href="),
        (
            "logo.svg",
            SVG.replace("<path", "<style>@import 'x'</style><path").encode(),
            "other files",
        ),
        ("logo.svg", (SVG + " " * 100_001).encode(), "bytes"),
    ],
)
def test_a_logo_is_what_it_seems(
    course: Path, noroom: Noroom, zeta: Path, name: str, content: bytes | None, said: str
) -> None:
    write_chain(zeta, f"logo: {name}\n")
    if content is not None:
        (zeta / name).write_bytes(content)
    stderr = build(noroom, course, zeta)
    assert "chain.yaml:3:7: error[chain-logo]" in stderr
    assert said in stderr


def test_logo_and_name_are_in_the_package(course: Path, noroom: Noroom, zeta: Path) -> None:
    write_chain(zeta, "logo: logo.svg\n")
    (zeta / "logo.svg").write_text(SVG, encoding="utf-8")
    assert build(noroom, course, zeta) == ""
    found = members(zeta)
    (logo,) = [name for name in found if name.startswith("logo-")]
    (data,) = [content for name, content in found.items() if name.startswith("course-")]
    assert f'"brand":{{"logo":"{logo}","name":"Zeta"}}'.encode() in data
    assert f'href="{logo}"'.encode() in found["imsmanifest.xml"]


def test_the_hotels_own_contact_stands_first(course: Path, zeta: Path) -> None:
    write_chain(
        zeta, 'property_contact: { name: { en: Duty desk }, number: "100", dial: "tel:100" }\n'
    )
    programme = read_programme(zeta.parents[1])
    edition = Edition(load_course(course), "en")
    found = compile_course_data(edition, "scorm12", Audience(programme, "zeta"))
    assert found["help"][0] == {"name": "Duty desk", "note": "", "number": "100", "href": "tel:100"}
    assert len(found["help"]) > 1


def marked(course: Path) -> None:
    """Let chains add pages behind the first block, and make room for them."""
    edit(course / "course.yaml", 'minutes: "6:00"', 'minutes: "7:00"')
    edit(course / "blocks" / "0-look.yaml", 'minutes: "', 'chain_pages: true\nminutes: "')


def test_a_chain_adds_pages_and_takes_none_away(course: Path, noroom: Noroom, zeta: Path) -> None:
    marked(course)
    write_chain(zeta, EXTRA)
    (zeta / "house.yaml").write_text(PAGES, encoding="utf-8")
    whole = load_course(course)
    found = course_for(whole, read_programme(zeta.parents[1]), "zeta", "en")
    assert [one.value.id for one in found.blocks][:2] == ["look", "house"]
    assert keeps_the_course(whole, found)
    assert build(noroom, course, zeta).startswith("zeta, en: 6:30 minutes, 0:30 of them on its own")
    (data,) = [c for name, c in members(zeta).items() if name.startswith("course-")]
    (texts,) = [c for name, c in members(zeta).items() if name.startswith("texts-")]
    page = json.loads(data.decode().partition("=")[2].rstrip(";\n"))["blocks"][1]["pages"][0]
    pages = json.loads(texts.decode().partition("=")[2].rstrip(";\n"))["pages"]
    assert "First tell your manager." in pages[page["key"]]["html"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("after: look", "after: act"), "error[chain-place]"),
        (("en: house.yaml", "nl: house.yaml"), "error[chain-language]"),
        (("en: house.yaml", "en: hose.yaml"), "error[file-missing]"),
        (("kind: text", "kind: check"), "error[chain-page]"),
        (("id: house-desk", "id: start"), "error[id-repeated]"),
        (("{manager}", "{boss}"), "house.yaml:8:"),
        (("title: Our", "titel: Our"), 'Did you mean "title"?'),
    ],
)
def test_wrong_pages_are_said_in_the_chains_own_files(
    course: Path, noroom: Noroom, zeta: Path, change: tuple[str, str], said: str
) -> None:
    marked(course)
    write_chain(zeta, EXTRA.replace(*change))
    (zeta / "house.yaml").write_text(PAGES.replace(*change), encoding="utf-8")
    assert said in build(noroom, course, zeta)
    assert not Path("dist").exists()


def test_no_mark_no_pages(course: Path, noroom: Noroom, zeta: Path) -> None:
    write_chain(zeta, EXTRA)
    (zeta / "house.yaml").write_text(PAGES, encoding="utf-8")
    assert "The course marks no block." in build(noroom, course, zeta)


def test_a_country_without_contacts_is_refused(course: Path, noroom: Noroom, zeta: Path) -> None:
    write_chain(zeta, "country: XX\n")
    assert "chain.yaml:3:10: error[country-unknown]" in build(noroom, course, zeta)


@pytest.mark.parametrize(
    ("on", "review_by", "code", "draft"),
    [
        ("2026-05-01", None, "warning[contact-stale]", False),
        ("2026-11-01", "2026-11-20", "error[contact-too-old]", False),
        ("2025-11-01", None, "error[contact-too-old]", False),
        ("2025-11-01", None, "warning[contact-too-old]", True),
    ],
)
def test_old_numbers_warn_and_stop_a_release(
    course: Path, noroom: Noroom, zeta: Path, on: str, review_by: str | None, code: str, draft: bool
) -> None:
    shutil.rmtree("dist", ignore_errors=True)
    review = f", review_by: {review_by}" if review_by else ""
    line = f"nl-emergency: {{ verified_on: {on}, verified_by: T. Ester{review} }}\n"
    (zeta.parents[1] / FILE).write_text(line, encoding="utf-8")
    said = build(noroom, course, zeta, *(["--allow-draft"] if draft else []))
    assert f"verified_contacts.yaml:1:15: {code}" in said
    assert Path("dist").exists() == code.startswith("warning")


def test_nothing_of_a_chain_can_take_a_page_away(course: Path, noroom: Noroom, zeta: Path) -> None:
    """The rule "tell your manager, do not act" stands on pages of the course: they all stay."""
    write_chain(zeta, "")
    assert build(noroom, course, zeta) == ""
    before = {name.partition("-")[0]: size for name, size in sizes(zeta).items()}
    shutil.rmtree("dist")
    for key in ("pages", "blocks", "without", "check", "roles", "questions", "hide"):
        write_chain(zeta, f"{key}: []\n")
        assert "error[unknown-key]" in build(noroom, course, zeta)
    write_chain(zeta, 'options: { interactions: off }\ncolours: { accent: "#7a1f5c" }\n')
    assert build(noroom, course, zeta) == ""
    after = sizes(zeta)
    texts = next(size for name, size in after.items() if name.startswith("texts-"))
    assert texts == before["texts"]


def sizes(zeta: Path) -> dict[str, int]:
    return {name: len(content) for name, content in members(zeta).items()}
