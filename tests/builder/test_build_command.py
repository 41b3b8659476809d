"""`noroom build`: what it writes, what it prints, and that it writes all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cli
import scorm_builder.package.build_matrix
from scorm_builder.package.build_matrix import Written
from scorm_builder.package.write_zip import ZipParts
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import ROOT, TINY, Noroom

ONE = ("--standard", "scorm12", "--language", "en")


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.zip"))


def edit(file: Path, find: str, put: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert find in text
    file.write_text(text.replace(find, put), encoding="utf-8")


def test_without_options_it_builds_everything_there_is(course: Path, noroom: Noroom) -> None:
    result = noroom("build", course, "--out", "dist")
    assert result.exit_code == 0, result.stderr
    wanted = [f"tiny-1.0.0-{one}-{tag}.zip" for one in STANDARDS for tag in ("en", "nl")]
    assert files_in(Path("dist")) == sorted(wanted)
    assert len(result.stdout.splitlines()) == 2 * len(STANDARDS)


def test_json_names_every_package(course: Path, noroom: Noroom, programme: Path) -> None:
    result = noroom("build", course, "--out", "dist", "--programme", programme, "--json")
    packages = json.loads(result.stdout)["packages"]
    assert {one["chain"] for one in packages} == {"acme", "zeta"}
    assert len(packages) == 4 * len(STANDARDS) == len(files_in(Path("dist")))
    for one in packages:
        content = Path(one["path"]).read_bytes()
        names = ["path", "standard", "language", "languages", "chain", "bytes", "sha256"]
        assert list(one) == names
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
        assert Path(one["path"]).parent == Path("dist") / one["chain"]


def test_a_programme_above_is_found(
    course: Path, noroom: Noroom, programme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(programme / "chains")
    result = noroom("build", "../../course", *ONE, "--chain", "acme", "--out", "../../dist")
    assert result.exit_code == 0, result.stderr
    assert files_in(programme.parent / "dist") == ["acme/tiny-1.0.0-scorm12-en.zip"]


def test_the_bytes_depend_on_the_input_alone(course: Path, tmp_path: Path) -> None:
    """Another hash seed, folder, locale, umask and time zone: the same packages."""
    digests = []
    for seed, umask, zone in [("1", 0o022, "UTC"), ("77", 0o077, "Asia/Tokyo")]:
        folder = tmp_path / f"run-{seed}"
        folder.mkdir()
        command = [sys.executable, str(ROOT / "cli.py"), "build", str(course.resolve()), "--json"]
        run = subprocess.run(
            [*command, "--out", "dist"],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": zone},
            umask=umask,
            capture_output=True,
            check=True,
        )
        digests.append([one["sha256"] for one in json.loads(run.stdout)["packages"]])
    assert digests[0] == digests[1]
    assert len(set(digests[0])) == 2 * len(STANDARDS)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--language", "de"], "language-unknown", "There are: en, nl."),
        (["--language", "nll"], "language-unknown", 'Did you mean "nl"?'),
        (["--chain", "acme"], "programme-missing", "--programme DIR"),
        (["--programme", "nowhere"], "file-missing", "Check the name."),
    ],
)
def test_what_does_not_exist_is_named(
    course: Path, noroom: Noroom, options: list[str], code: str, words: str
) -> None:
    result = noroom("build", course, "--out", "dist", *options)
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert words in result.stderr
    assert result.stderr.endswith("No package was written.\n")
    assert not Path("dist").exists()


def test_an_unknown_chain_is_named(course: Path, noroom: Noroom, programme: Path) -> None:
    options = ("--programme", programme, "--chain", "acne", "--out", "dist")
    result = noroom("build", course, *options)
    assert 'there is no chain "acne"' in result.stderr
    assert 'Did you mean "acme"?' in result.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cuorse", "Did you mean course?"),
        ("course/course.yaml", "Did you mean course?"),
        (".", "Did you mean course?"),
        ("course/blocks", "there is no course.yaml in this folder"),
    ],
)
def test_a_course_that_is_none_is_named(
    course: Path, noroom: Noroom, name: str, words: str
) -> None:
    for command in (["check", name], ["build", name, "--out", "dist"]):
        result = noroom(*command)
        assert result.exit_code == 1
        assert words in result.stderr


def test_a_draft_is_built_only_when_asked_for(course: Path, noroom: Noroom) -> None:
    edit(course / "course.yaml", "en: { status: approved", "en: { status: draft")
    refused = noroom("build", course, "--out", "dist")
    assert refused.exit_code == 1
    assert "course.yaml:6:17: error[language-draft]: en is a draft" in refused.stderr
    assert "nl is" not in refused.stderr
    assert noroom("build", course, "--out", "dist", "--language", "nl").exit_code == 0
    assert noroom("build", course, "--out", "dist", "--allow-draft").exit_code == 0


def test_a_language_that_is_not_asked_for_may_be_incomplete(course: Path, noroom: Noroom) -> None:
    (course / "locale" / "nl.po").unlink()
    assert noroom("build", course, *ONE, "--out", "dist").exit_code == 0
    result = noroom("build", course, "--out", "other")
    assert result.exit_code == 1
    assert "translation-file" in result.stderr
    assert not Path("other").exists()


def test_json_problems_go_to_stdout(course: Path, noroom: Noroom) -> None:
    edit(course / "course.yaml", "title:", "titel:")
    for command in (["check", course], ["build", course, "--out", "dist"]):
        result = noroom(*command, "--json")
        assert result.exit_code == 1
        codes = [problem["code"] for problem in json.loads(result.stdout)["problems"]]
        assert codes == ["missing-key", "unknown-key"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_build_leaves_what_was_there(
    course: Path, noroom: Noroom, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    made: list[object] = []

    write_parts = scorm_builder.package.build_matrix.write_parts

    def interrupted(path: Path, parts: ZipParts) -> Written:
        if len(made) == 3:
            raise failure
        made.append(path)
        return write_parts(path, parts)

    monkeypatch.setattr(scorm_builder.package.build_matrix, "write_parts", interrupted)
    old = Path("kept") / "tiny-1.0.0-scorm12-en.zip"
    old.parent.mkdir()
    old.write_bytes(b"old")
    for out in ("kept", "fresh/deep"):
        made.clear()
        assert noroom("build", course, "--out", out).exit_code != 0
        assert len(made) == 3
    assert files_in(Path("kept")) == [old.name]
    assert old.read_bytes() == b"old"
    assert not Path("fresh").exists()


def test_out_that_cannot_be_a_folder(course: Path, noroom: Noroom) -> None:
    Path("dist").write_text("a file", encoding="utf-8")
    result = noroom("build", course, *ONE, "--out", "dist")
    assert result.exit_code == 1
    assert "error[file-unwritable]" in result.stderr
    assert Path("dist").read_text(encoding="utf-8") == "a file"


def test_a_folder_in_the_way_of_a_package(course: Path, noroom: Noroom) -> None:
    Path("dist/tiny-1.0.0-scorm12-en.zip").mkdir(parents=True)
    result = noroom("build", course, *ONE, "--out", "dist")
    assert result.exit_code == 1
    assert "a folder of this name is in the way" in result.stderr
    assert files_in(Path("dist")) == ["tiny-1.0.0-scorm12-en.zip"]


def test_check_says_what_the_course_holds(course: Path, noroom: Noroom) -> None:
    edit(course / "course.yaml", "en: { status: approved", "en: { status: draft")
    result = noroom("check", course)
    assert result.exit_code == 0
    assert result.stdout.startswith("tiny 1.0.0: 6:00 of 6:00 minutes\n")
    assert "warning[language-draft]" in result.stderr
    quiet = noroom("check", course, "--allow-draft", "--json")
    facts = json.loads(quiet.stdout)
    assert facts["problems"] == []
    assert facts["summary"]["blocks"][0] == {
        "id": "look", "minutes": "2:30", "pages": 3, "needed": "1:00",
    }  # fmt: skip
    assert facts["summary"]["suspend_data"] < facts["summary"]["suspend_data_limit"]


def test_the_real_command_works_from_anywhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "build", str(TINY), *ONE, "--allow-draft", "--out"]
    command.append(str(tmp_path))
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.startswith(str(tmp_path))
    assert run.stderr == ""


def test_a_terminal_shows_a_table(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    arguments = ["build", str(course), *ONE, "--out", "dist"]
    cli.main(arguments, standalone_mode=False)
    printed = capsys.readouterr().out
    assert "dist/tiny-1.0.0-scorm12-en.zip" in printed
    assert "│ scorm12" in printed
