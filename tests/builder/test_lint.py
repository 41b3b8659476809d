"""The lint of finished packages: what stops a build, what warns, what margins `check` prints."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import scorm_builder.package.build_matrix
from scorm_builder.lint.lint_package import lint_package
from tests.builder.conftest import Noroom
from tests.builder.packages import GOOD, Files, zipped

Change = Callable[[Files], object]


@pytest.fixture
def package(course: Path, noroom: Noroom, programme: Path) -> Path:
    """A package of ours that reports to an LRS."""
    options = ("--standard", "scorm12", "--language", "en", "--chain", "acme", "--out", "dist")
    result = noroom("build", course, *options, "--programme", programme)
    assert result.exit_code == 0, result.stderr
    (built,) = Path("dist").rglob("*.zip")
    return built


def contents(package: Path) -> Files:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lint(content: bytes) -> dict[str, str]:
    """Give {code: severity} for a package."""
    Path("linted.zip").write_bytes(content)
    return {one.code: one.severity for one in lint_package("p.zip", Path("linted.zip"))}


def repacked(package: Path, change: Change) -> dict[str, str]:
    files = contents(package)
    change(files)
    return lint(zipped(files))


def test_our_own_packages_pass(package: Path) -> None:
    assert lint_package("p.zip", package) == ()


def course_file(files: Files) -> str:
    return next(name for name in files if name.startswith("course-"))


def in_the_course(text: str) -> Change:
    """Give the change that puts a text into a title of the course data."""

    def change(files: Files) -> None:
        name = course_file(files)
        before = bytes(files[name])  # type: ignore[arg-type]
        put = json.dumps(text)[1:-1].encode()
        after = before.replace(b'"title":"Look"', b'"title":"' + put + b'"')
        assert after != before
        files[name] = after

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda files: files.update({"run.php": "x"}), "file-kind"),
        (lambda files: files.update({"more.zip": "x"}), "file-nested"),
        (lambda files: files.update({"empty.css": ""}), "file-empty"),
        (lambda files: files.update({"Bild 1.png": "x"}), "package-form"),
        (lambda files: files.update({f"{'a' * 130}.png": "x"}), "package-form"),
        (lambda files: files.update({"INDEX.HTML": "x"}), "name-clash"),
        (lambda files: files.update({"extra.css": "a{}"}), "file-unlisted"),
        (lambda files: files.update({"index.html": files.pop("index.html")}) or
            files.update({"imsmanifest.xml": files.pop("imsmanifest.xml")}), "package-form"),
        (lambda files: files.update({"index.html": '<script type="module" src="a.js">'}),
            "module-script"),
        (lambda files: files.update({"index.html": '<p onclick="x()">'}), "inline-handler"),
        (lambda files: files.update({"index.html": '<img src="/logo.png">'}), "root-address"),
        (in_the_course('<img src="http://cdn.example/a.png">'), "http-address"),
        (in_the_course('<p onclick="x()">'), "inline-handler"),
        (in_the_course("Basic YWNtZTpzM2NyZXQxMjM0NTY="), "secret-inside"),
        (in_the_course("0123456789abcdef" * 3), "secret-inside"),
    ],
)  # fmt: skip
def test_what_an_lms_could_mind_stops_the_build(package: Path, change: Change, code: str) -> None:
    assert repacked(package, change).get(code) == "error"


@pytest.mark.parametrize(
    "words", ["Basic responsibilities of everybody", "bearer of bad news", "a medieval (old) room"]
)
def test_words_of_authors_are_no_secrets(package: Path, words: str) -> None:
    assert repacked(package, in_the_course(words)) == {}


def test_the_publishable_key_stands_in_one_place(package: Path) -> None:
    def leak(files: Files) -> None:
        data = bytes(files[course_file(files)])  # type: ignore[arg-type]
        start = data.index(b'"authorization":"') + len(b'"authorization":"')
        key = data[start : data.index(b'"', start)].decode()
        files["index.html"] = f"<p>{key}</p>"

    assert repacked(package, leak).get("secret-inside") == "error"


def test_the_pass_mark_is_the_same_everywhere(package: Path) -> None:
    def raise_it(files: Files) -> None:
        manifest = bytes(files["imsmanifest.xml"])  # type: ignore[arg-type]
        files["imsmanifest.xml"] = manifest.replace(b"score>50<", b"score>60<")

    assert repacked(package, raise_it)["pass-mark-differs"] == "error"


def test_a_remote_font_warns(package: Path) -> None:
    change = in_the_course("<img src='https://cdn.example/a.png'>")
    assert repacked(package, change) == {"remote-address": "warning"}


def test_zips_that_other_programs_write_are_not_ours(course: Path) -> None:
    assert lint(zipped(GOOD["scorm12"], zipfile.ZIP_STORED))["package-form"] == "error"


def test_a_web_site_of_ours_needs_no_manifest(package: Path) -> None:
    files = contents(package)
    del files["imsmanifest.xml"]
    assert lint(zipped(files))["manifest-missing"] == "error"
    name = course_file(files)
    data = bytes(files[name])  # type: ignore[arg-type]
    files[name] = data.replace(b'"standard":"scorm12"', b'"standard":"web"')
    assert lint(zipped(files)) == {}


def test_a_package_that_fails_keeps_all_from_being_written(
    course: Path, noroom: Noroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ruined(path: Path, parts: object) -> scorm_builder.package.build_matrix.Written:
        path.write_bytes(zipped({**GOOD["scorm12"], "run.php": "x"}))
        return scorm_builder.package.build_matrix.Written(1, "")

    monkeypatch.setattr(scorm_builder.package.build_matrix, "write_parts", ruined)
    result = noroom("build", course, "--language", "en", "--out", "dist")
    assert result.exit_code == 1
    assert "dist/tiny-1.0.0-scorm12-en.zip!run.php: error[file-kind]" in result.stderr
    assert result.stderr.count("[file-kind]") == 1
    assert not Path("dist").exists()


def test_check_prints_the_margins(course: Path, noroom: Noroom) -> None:
    shown = noroom("check", course)
    assert "SCORM 1.2 suspend_data:" in shown.stdout
    assert "SCORM 2004 bookmark: 10 of 1,000 characters, 990 to spare" in shown.stdout
    facts = json.loads(noroom("check", course, "--json").stdout)
    assert all(one["needed"] < one["limit"] for one in facts["summary"]["margins"])
