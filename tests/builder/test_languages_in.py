"""A package for each language, one with a choice of language, or both."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from programme.problems import InputError
from programme.settings import LanguagesIn
from scorm_builder.package.build_packages import BuildRequest, BuiltPackage, build_everything
from tests.builder.conftest import TINY


def built(folder: Path, languages_in: LanguagesIn | None, **more: Any) -> list[BuiltPackage]:
    """Build the small course for SCORM 1.2."""
    request = BuildRequest(
        TINY, folder, ["scorm12"], allow_draft=True, languages_in=languages_in, **more
    )
    return build_everything(request).packages


def names(packages: list[BuiltPackage]) -> list[str]:
    """Give what the file names say of the languages."""
    return [Path(one.path).stem.rpartition("-")[2] for one in packages]


def content(package: BuiltPackage) -> dict[str, str]:
    """Give the files of a package as text."""
    with zipfile.ZipFile(package.path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(
    ("languages_in", "expected"),
    [
        (None, ["en", "nl"]),
        ("each", ["en", "nl"]),
        ("one", ["multi"]),
        ("both", ["en", "nl", "multi"]),
    ],
)
def test_shapes(tmp_path: Path, languages_in: LanguagesIn | None, expected: list[str]) -> None:
    """The names, and the languages that each package says it has."""
    packages = built(tmp_path, languages_in, languages=["en", "nl"])
    assert names(packages) == expected
    assert [one.languages for one in packages] == [
        ("en", "nl") if name == "multi" else (name,) for name in expected
    ]


def test_one_language_makes_no_choice(tmp_path: Path) -> None:
    """A list with one entry would only stand in the way."""
    (package,) = built(tmp_path, "both", languages=["nl"])
    assert names([package]) == ["nl"]
    assert "languages" not in content(package)["index.html"]


def test_the_first_language_names_the_package(tmp_path: Path) -> None:
    """Manifest and page are in the first language wanted; the data of each are its own."""
    (package,) = built(tmp_path, "one", languages=["nl", "en"])
    files = content(package)
    assert package.language == "nl"
    assert '<html lang="nl" dir="ltr">' in files["index.html"]
    assert 'identifier="noroom-tiny-multi"' in files["imsmanifest.xml"]
    data = {name: text for name, text in files.items() if name.startswith("course-")}
    assert [re.sub("-[0-9a-f]{8}", "", name) for name in data] == ["course-en.js", "course-nl.js"]
    listed = re.search(r'id="languages">(.*?)</script>', files["index.html"])
    assert listed
    choices = json.loads(listed[1])
    assert [one["name"] for one in choices] == ["Nederlands", "English"]
    assert {one["file"] for one in choices} == set(data)
    parsed = [json.loads(text.partition("=")[2].rstrip(";\n")) for text in data.values()]
    assert len({one["course"]["build"] for one in parsed}) == 1
    keys = [[page["key"] for block in one["blocks"] for page in block["pages"]] for one in parsed]
    assert keys[0] == keys[1]


def test_a_chain_says_which(tmp_path: Path) -> None:
    """chain.yaml decides, unless the command line does; the papers name the languages."""
    chain = tmp_path / "chains" / "acme"
    chain.mkdir(parents=True)
    (tmp_path / "programme.yaml").write_text("name: P\niri: https://id.example.org\n")
    (tmp_path / "hotels.csv").write_text("hotel,name,chain\nh1,H,acme\n")
    text = "name: Acme\nlanguages: [nl, en]\nlanguages_in: one\nstandards: [scorm12]\n"
    (chain / "chain.yaml").write_text(text)
    packages = built(tmp_path / "a", None, programme=tmp_path)
    assert names(packages) == ["multi"]
    assert packages[0].languages == ("nl", "en")
    guide = (tmp_path / "a" / "acme" / "upload-guide.html").read_text("utf-8")
    assert "Nederlands, Engels" in guide and "Dutch, English" in guide
    assert "Het bestand met meerdere talen in één" in guide
    sums = (tmp_path / "a" / "acme" / "SHA256SUMS").read_text()
    assert sums.split() == [packages[0].sha256, Path(packages[0].path).name]
    assert names(built(tmp_path / "b", "each", programme=tmp_path)) == ["nl", "en"]


def test_pages_of_a_chain_are_the_same_in_every_language(tmp_path: Path) -> None:
    """Progress hangs on ids: pages that differ would be lost when the language changes."""
    course = tmp_path / "tiny"
    shutil.copytree(TINY, course)
    block = course / "blocks" / "0-look.yaml"
    block.write_text(f"chain_pages: true\n{block.read_text('utf-8')}", "utf-8")
    chain = tmp_path / "chains" / "acme"
    chain.mkdir(parents=True)
    (tmp_path / "programme.yaml").write_text("name: P\niri: https://id.example.org\n")
    (tmp_path / "hotels.csv").write_text("hotel,name,chain\nh1,H,acme\n")
    (chain / "chain.yaml").write_text(
        "name: Acme\nextra_pages:\n"
        "  - { after: look, files: { en: house.yaml, nl: house.nl.yaml } }\n"
    )
    head = "id: house\ntitle: T\nminutes: '0:10'\npages:\n"
    page = f"{head}  - {{ id: %s, kind: text, title: T, text: W }}\n"
    (chain / "house.yaml").write_text(page % "desk")
    (chain / "house.nl.yaml").write_text(page % "balie")
    settings = course / "course.yaml"
    settings.write_text(settings.read_text("utf-8").replace('"6:00"', '"7:00"'), "utf-8")
    request = BuildRequest(course, tmp_path / "out", ["scorm12"], programme=tmp_path,
                           allow_draft=True, languages_in="both", jobs=1)  # fmt: skip
    with pytest.raises(InputError) as caught:
        build_everything(request)
    assert [one.code for one in caught.value.problems] == ["chain-pages-differ"]
    (chain / "house.nl.yaml").write_text(page % "desk")
    assert names(build_everything(request).packages) == ["en", "nl", "multi"]


def test_json_and_inspect_know_the_shape(tmp_path: Path) -> None:
    """Scripts and people read the same list of languages."""
    command = ["build", str(TINY), "--standard", "xapi", "--languages-in", "one", "--allow-draft"]
    result = CliRunner().invoke(main, [*command, "--out", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    (package,) = json.loads(result.stdout)["packages"]
    assert package["languages"][:2] == ["en", "nl"]
    shown = CliRunner().invoke(main, ["inspect", package["path"]]).stdout
    assert "; the learner chooses" in shown and "Languages" in shown


def test_against_prefers_a_package_of_the_same_shape(tmp_path: Path) -> None:
    """Where both shapes are built, each takes the place of its own."""
    old = built(tmp_path / "old", "both", languages=["en", "nl"])
    for package in old:
        command = ["build", str(TINY), "--standard", "scorm12", "--languages-in", "both",
                   "--language", "en", "--language", "nl", "--allow-draft",
                   "--out", str(tmp_path / "new"), "--against", package.path, "--json"]  # fmt: skip
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        updates = json.loads(result.stdout)["against"]
        assert {Path(one["new"]).name for one in updates} == {Path(package.path).name}
        assert {one["verdict"] for one in updates} == {"same"}
