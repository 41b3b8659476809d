"""`noroom init`: what it makes is sound as it stands, and nobody's files are harmed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from programme.yaml_source import read_yaml
from scorm_builder.course import yaml_schemas
from scorm_builder.course.load_course import load_course
from scorm_builder.starter import write_starter
from tests.builder.conftest import Noroom
from tests.builder.test_schema import complaints
from tests.often import often


@pytest.fixture
def made(tmp_path: Path, noroom: Noroom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme as init makes it; it is also where we stand."""
    folder = tmp_path / "ours"
    assert noroom("init", folder).exit_code == 0
    monkeypatch.chdir(folder)
    return folder


def test_a_new_programme_passes_check_and_builds(made: Path, noroom: Noroom) -> None:
    checked = noroom("check", "courses/my-course", "--allow-draft")
    assert checked.exit_code == 0, checked.output
    assert "error[" not in checked.stderr
    built = noroom(
        "build", "courses/my-course", "--programme", ".", "--out", "dist", "--allow-draft", "--json"
    )
    assert built.exit_code == 0, built.output
    packages = json.loads(built.stdout)["packages"]
    assert {package["language"] for package in packages} == {"en", "nl"}
    assert {package["chain"] for package in packages} == {"example"}


def test_a_draft_is_only_built_when_asked_for(made: Path, noroom: Noroom) -> None:
    result = noroom("build", "courses/my-course", "--programme", ".", "--out", "dist")
    assert result.exit_code == 1
    assert "language-draft" in result.stderr
    assert not Path("dist").exists()


def test_completions_are_read_and_reported_in_a_new_programme(made: Path, noroom: Noroom) -> None:
    (made / "statements.ndjson").write_text("", encoding="utf-8")
    assert noroom("import", "statements.ndjson").exit_code == 0
    report = noroom("report", "--format", "json")
    assert report.exit_code == 0, report.output
    assert [hotel["hotel"] for hotel in json.loads(report.stdout)["hotels"]] == ["example-harbour"]


def test_the_course_shows_every_kind_of_page_and_both_languages(made: Path) -> None:
    course = load_course(made / "courses" / "my-course")
    kinds = {page.value.kind for page in course.all_pages()}
    assert kinds == {
        "text", "cards", "true_false", "choose_one", "choose_several", "order", "role", "check",
        "finish",
    }  # fmt: skip
    assert len(course.blocks) == 2
    assert course.roles == ("front_desk", "housekeeping")
    limited = [page.value.id for page in course.all_pages() if page.value.roles]
    assert limited == ["rooms"]
    assert course.translations and set(course.translations) == {"nl"}


@pytest.mark.parametrize("kind", often(write_starter.KINDS))
def test_every_yaml_file_has_remarks_and_names_its_schema(
    tmp_path: Path, noroom: Noroom, kind: str
) -> None:
    folder = tmp_path / "fire-doors"
    assert noroom("init", folder, "--kind", kind).exit_code == 0
    files = list(folder.rglob("*.yaml"))
    assert len(files) >= 5
    for file in files:
        line = file.read_text("utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
        assert named, file
        schema = json.loads((file.parent / named[1]).read_text("utf-8"))
        assert schema == yaml_schemas.schemas()[Path(named[1]).name]
        assert file.read_text("utf-8").count("# ") >= 2, file
    assert list(complaints(yaml_schemas.schemas(), folder)) == []
    texts = {file: file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()}
    assert [file for file, text in texts.items() if re.search("@[a-z]+@", text)] == []


def test_a_course_alone_is_named_after_its_folder(tmp_path: Path, noroom: Noroom) -> None:
    folder = tmp_path / "fire-doors"
    assert noroom("init", folder, "--kind", "course").exit_code == 0
    assert read_yaml(folder / "course.yaml").data["id"] == "fire-doors"  # type: ignore[index, call-overload]
    assert noroom("check", folder).exit_code == 0
    odd = tmp_path / "Éxit Doors"
    assert noroom("init", odd, "--kind", "course").exit_code == 0
    assert load_course(odd).id == "my-course"


def test_a_folder_that_is_used_is_left_alone(tmp_path: Path, noroom: Noroom) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = noroom("init", tmp_path)
    assert result.exit_code == 1
    assert "error[folder-not-empty]" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert noroom("init", tmp_path / "mine.txt").exit_code == 1


def test_an_empty_folder_will_do(tmp_path: Path, noroom: Noroom) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert noroom("init", folder).exit_code == 0


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, noroom: Noroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill_up(path: Path, content: bytes) -> int:
        if "roster.csv" in path.name:
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    result = noroom("init", tmp_path / "ours")
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path: Path, noroom: Noroom) -> None:
    result = noroom("init", tmp_path / "ours", "--kind", "progamme")
    assert result.exit_code == 2
    assert "programme" in result.stderr
