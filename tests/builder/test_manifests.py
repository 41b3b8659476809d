"""Manifests: valid against the official schemas, and the same as the reviewed golden files."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from lxml import etree

from scorm_builder.link.course_data import Listing
from scorm_builder.package.plan_package import PackageFile, PackagePlan
from scorm_builder.standards import STANDARDS as ALL_STANDARDS
from scorm_builder.standards.decimals import four_places_down
from scorm_builder.standards.manifests import manifest_file
from scorm_builder.standards.scorm12 import mastery_score
from tests.builder.conftest import ROOT
from tests.builder.schemas import schema

STANDARDS = [one for one in ALL_STANDARDS if one != "web"]  # a site has no manifest
GOLDEN = ROOT / "tests" / "golden"


def plan(title: str = "Tom & <Jerry>", pass_share: Fraction | None = Fraction(4, 5)) -> PackagePlan:
    names = ("course-00000000.js", "index.html", "player-00000000.css", "player-00000000.js")
    files = tuple(PackageFile(name, b"x") for name in names)
    listing = Listing("https://id.noroom.example/course/no-room", f"About {title}.")
    return PackagePlan("no-room", title, "index.html", files, pass_share, ("nl",), listing)


def manifest(made: PackagePlan, standard: str) -> bytes:
    return manifest_file(made, standard).content


@pytest.mark.parametrize("checked", [True, False], ids=["checked", "unchecked"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_is_valid_and_as_reviewed(standard: str, checked: bool, update_golden: bool) -> None:
    made = manifest(plan(pass_share=Fraction(4, 5) if checked else None), standard)
    schema(standard).assertValid(etree.fromstring(made))
    golden = GOLDEN / standard / f"{'checked' if checked else 'unchecked'}.xml"
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(made)
    expected = etree.canonicalize(golden.read_text(encoding="utf-8"), strip_text=True)
    assert etree.canonicalize(made.decode(), strip_text=True) == expected


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("title", ["]]>", "a &amp; b", "“עברית” 🙂", "</title>", "' \""])
def test_a_title_arrives_as_it_was_written(standard: str, title: str) -> None:
    root = etree.fromstring(manifest(plan(title), standard))
    titles = [found.text for found in root.iter("{*}title")]
    names = [found.text for found in root.iter("{*}name")]
    langstrings = [found.text for found in root.iterfind(".//{*}title/{*}langstring")]
    assert langstrings or titles or names
    assert {*(langstrings or titles or names)} == {title}
    assert schema(standard).validate(root)


@pytest.mark.parametrize("standard", STANDARDS)
def test_is_utf8_without_bom_and_doctype(standard: str) -> None:
    made = manifest(plan(), standard)
    assert re.match(rb'<\?xml version="1.0" encoding="UTF-8"\?>\n<[a-zA-Z]+ ', made)
    assert b"DOCTYPE" not in made
    assert b"schemaLocation" not in made


def test_a_schema_refuses_what_it_should() -> None:
    """The mended schemas still judge: each refuses the other standard's manifest."""
    assert not schema("scorm12").validate(etree.fromstring(manifest(plan(), "scorm2004-4")))
    assert not schema("scorm2004-4").validate(etree.fromstring(manifest(plan(), "scorm12")))
    broken = manifest(plan(), "scorm2004-4").replace(b'choice="true"', b'choice="maybe"')
    assert not schema("scorm2004-4").validate(etree.fromstring(broken))


@pytest.mark.parametrize(
    ("share", "percent", "measure"),
    [
        (Fraction(4, 5), "80", "0.8"),
        (Fraction(1, 1), "100", "1"),
        (Fraction(2, 3), "66", "0.6666"),
        (Fraction(1, 20), "5", "0.05"),
    ],
)
def test_nobody_who_reaches_the_mark_fails_by_rounding(
    share: Fraction, percent: str, measure: str
) -> None:
    assert mastery_score(share) == percent
    assert four_places_down(share) == measure
    assert round(float(share), 7) >= float(measure)
