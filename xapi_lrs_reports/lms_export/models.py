"""Preset (what an LMS's export usually looks like) and Mapping (what one chain's looks like)."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field

from programme.atomic import write_or_refuse
from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.settings import Id
from programme.validate import Strict, validate
from programme.words import Date, Word
from programme.yaml_source import read_yaml, unreadable_is_a_problem
from xapi_lrs_reports.csv_table import did_you_mean

Field_ = Literal["learner", "status", "success", "completed", "course", "score", "hotel"]
Meaning = Literal["passed", "completed", "failed", "open", "exempt"]
DateOrder = Literal["ymd", "dmy", "mdy"]
Evidence = Literal["lms_recorded", "attendance_list"]
FOLDER = "mappings"


class Preset(Strict):
    """What is known of an LMS's export: for each field the names of its column, the best first.

    `alias` holds names of columns with another id than the one that the LMS gives to the course.
    `layout`: `pairs` of columns for each activity (state, then a date without a name), or the
    state in the `last` column. `known: false`: nobody of this project has seen such a file.
    """

    title: Word
    known: bool
    source: Word
    layout: Literal["rows", "pairs", "last"] = "rows"
    date_means: Literal["completed"] | None = None
    evidence: Evidence = "lms_recorded"
    whole: bool = False
    columns: dict[Literal[Field_, "alias"], list[Word]]
    dates: DateOrder | None = None
    time_zone: Word | None = None


class Mapping(Strict):
    """How one chain's export is read: chains/<chain>/mappings/<name>.yaml.

    `learner_is`: the id that the LMS gives to the course, or another one, which the column
    `aliases` of roster.csv brings to an employee. `words` are states that this LMS names in its
    own way, `courses` and `hotels` what its columns call them; `course` is that of files
    without such a column.
    """

    preset: Word
    confirmed_by: Word | None = None
    confirmed_on: Date | None = None
    columns: dict[Field_, Word]
    learner_is: Literal["lms_id", "alias"] = "lms_id"
    date_beside: bool = False
    date_means: Literal["completed"] | None = None
    evidence: Evidence = "lms_recorded"
    completed_means: Literal["completed", "passed"] = "completed"
    pass_score: Annotated[int, Field(ge=1, le=100)] | None = None
    dates: DateOrder | None = None
    time_zone: Word | None = None
    words: dict[Word, Meaning] = {}
    course: Id | None = None
    courses: dict[Word, Id] = {}
    hotels: dict[Word, Id] = {}


@functools.cache
def presets() -> dict[str, Preset]:
    """Give every preset by name."""
    folder = resources.files("xapi_lrs_reports.lms_export").joinpath("presets")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".yaml"): Preset.model_validate(
            yaml.safe_load(file.read_text("utf-8"))
        )
        for file in files
        if file.name.endswith(".yaml")
    }


def preset_named(name: str) -> Preset:
    """Give a preset; raises InputError with the nearest names."""
    known = presets()
    if name not in known:
        what = f'"{name[:40]}" is not a preset'
        fix = f"{did_you_mean(name, known)}Known: {', '.join(known)}."
        raise InputError([Problem("--preset", 0, 0, "export-preset", what, fix)])
    return known[name]


def mapping_file(programme: ProgrammeDirectory, chain: str, name: str) -> Path:
    """Give the place of a saved mapping."""
    return programme.path / "chains" / chain / FOLDER / f"{name}.yaml"


@unreadable_is_a_problem()
def read_mapping(programme: ProgrammeDirectory, chain: str, name: str) -> Mapping:
    """Read a saved mapping; raises InputError with every problem."""
    file = mapping_file(programme, chain, name)
    if not is_there(file):
        known = sorted(one.stem for one in file.parent.glob("*.yaml"))
        what = f'the chain {chain} has no mapping "{name[:40]}"'
        fix = f"{did_you_mean(name, known)}Saved: {', '.join(known) or 'none'}; --save makes one."
        raise InputError([Problem(str(file), 0, 0, "export-mapping", what, fix)])
    found, problems = validate(Mapping, read_yaml(file))
    if found is None:
        raise InputError(problems)
    return found


def save_mapping(file: Path, mapping: Mapping) -> None:
    """Write a mapping, as a person may edit it; raises InputError if it cannot be written."""
    data: dict[str, Any] = mapping.model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    write_or_refuse(file, text.encode(), "Make it writable, or make room, then try again.")
