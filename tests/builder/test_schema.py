"""The schemas for editors: valid, kind to what is right, strict where the shape is wrong."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from programme.problems import InputError
from programme.yaml_source import read_yaml
from scorm_builder.course.load_course import load_course
from scorm_builder.course.yaml_schemas import DIALECT, FILES, YamlFile, schemas
from tests.builder.conftest import ROOT, Noroom
from tests.builder.test_broken_courses import FOLDER, MISTAKES, make_mistake

SHAPE = {"missing-key", "unknown-key", "unknown-kind", "wrong-type", "wrong-value",
         "too-long-or-short"}  # fmt: skip
"""Codes of mistakes that a file shows by itself."""

COURSES = [
    *sorted(file.parent for file in ROOT.glob("courses/*/course.yaml")),
    ROOT / "tests" / "courses" / "tiny",
]


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    """Every schema, by the name of its file."""
    return schemas()


def kind_of(path: Path) -> YamlFile | None:
    """Give the kind of a YAML file by its place, as an editor finds it."""
    places = ((file, file.places.replace("**", "*")) for file in FILES)
    return next((file for file, place in places if fnmatch.fnmatch(str(path), place)), None)


def complaints(made: dict[str, dict[str, Any]], folder: Path) -> Iterator[str]:
    """Give what an editor would underline in the YAML files of a folder."""
    for path in sorted(folder.rglob("*.yaml")):
        file = kind_of(path)
        if file is None:
            continue
        try:
            data = read_yaml(path).data
        except InputError:
            continue
        validator = Draft202012Validator(
            made[file.schema_name], format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for error in validator.iter_errors(data):
            yield f"{path}: {error.json_path}: {error.message[:200]}"


@pytest.mark.parametrize("name", [file.schema_name for file in FILES])
def test_a_schema_is_valid_and_says_what_each_key_means(
    made: dict[str, dict[str, Any]], name: str
) -> None:
    schema = made[name]
    assert schema["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema.get("$defs", {}).values()):
        if part["type"] == "object":
            assert part["additionalProperties"] is False
            for key, value in part.get("properties", {}).items():
                assert len(value["description"]) > 2, key


def test_a_pattern_has_no_escapes_that_only_python_knows(made: dict[str, dict[str, Any]]) -> None:
    text = json.dumps(made)
    patterns = {
        json.loads(f'"{found}"') for found in re.findall(r'"pattern": "(.*?)(?<!\\)"', text)
    }
    assert len(patterns) > 8
    for pattern in patterns:
        assert not re.search(r"\\[^dDsSwWbBnrtu.*+?()\[\]{}|^$/\\-]", pattern), pattern


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_a_sound_course_is_not_underlined(made: dict[str, dict[str, Any]], course: Path) -> None:
    assert list(complaints(made, course)) == []


def test_every_yaml_file_of_a_course_and_a_programme_has_a_schema(programme: Path) -> None:
    for folder in (*COURSES, programme):
        assert [path for path in folder.rglob("*.yaml") if kind_of(path) is None] == []


def test_a_programme_is_not_underlined_and_its_typo_is(
    made: dict[str, dict[str, Any]], programme: Path
) -> None:
    assert list(complaints(made, programme)) == []
    chain = programme / "chains" / "acme" / "chain.yaml"
    chain.write_text(chain.read_text("utf-8").replace("manager_title", "manger_title"), "utf-8")
    assert ["manger_title" in one for one in complaints(made, programme)] == [True]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_shape_is_underlined(
    made: dict[str, dict[str, Any]], course: Path, mistake: str
) -> None:
    for edit in yaml.safe_load((FOLDER / mistake / "mistake.yaml").read_text("utf-8")):
        make_mistake(course, edit)
    try:
        found = set(load_course(course).warnings)
    except InputError as error:
        found = set(error.problems)
    wrong = {problem.file for problem in found if problem.code in SHAPE}
    underlined = {one.partition(":")[0] for one in complaints(made, course)}
    assert wrong <= underlined
    if not any(problem.file.endswith(".yaml") for problem in found):
        assert not underlined


def test_schemas_are_printed_as_one_object(noroom: Noroom) -> None:
    result = noroom("schema")
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) == {file.schema_name for file in FILES}


def test_schemas_are_written_and_switching_them_on_is_explained(
    noroom: Noroom, tmp_path: Path, made: dict[str, dict[str, Any]]
) -> None:
    out = tmp_path / "schemas"
    result = noroom("schema", "--out", out)
    assert result.exit_code == 0
    for line in result.stdout.splitlines():
        assert json.loads(Path(line).read_text("utf-8")) == made[Path(line).name]
    assert len(result.stdout.splitlines()) == len(FILES)
    assert '"yaml.schemas"' in result.stderr
    assert f"# yaml-language-server: $schema={out}/course.schema.json" in result.stderr
