"""A course's folder -> Course, or all problems of all its files at once."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, RootModel

from programme.files import is_there
from programme.problems import InputError, Problem
from programme.validate import validate
from programme.yaml_source import NodePath, Source, read_yaml, unreadable_is_a_problem
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Block, CourseFile, Question
from scorm_builder.course.course_paths import course_file, leads_outside, media_problems
from scorm_builder.course.course_records import Signal
from scorm_builder.course.wording import SOURCE_LANGUAGE, speaks

Model = TypeVar("Model", bound=BaseModel)

FILE = "course.yaml"


@unreadable_is_a_problem()
def load_course(folder: Path, languages: Collection[str] | None = None) -> Course:
    """Read and check a course; raises InputError with everything that is wrong with it.

    `languages` limits which translations are read and checked; None means all of them.
    Problems name files as `folder` was written, such as `courses/no-room/course.yaml`.
    """
    from scorm_builder.media import films

    require_folder(folder)
    problems: list[Problem] = []
    course = _read_files(folder, problems)
    if course is None:
        raise InputError(problems)
    complete = not problems
    rules = _rule_problems(course, problems)
    wanted = [one for one in course.languages if languages is None or one in languages]
    rules += films.film_problems(course, wanted)
    problems += [*media_problems(folder, str(folder)), *rules]
    translations, found = _translations(course, wanted)
    hidden = _consequences(problems, complete=complete)
    problems += [problem for problem in found if problem.code not in hidden]
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return Course(
        folder, course.settings, course.blocks, course.questions, course.signals,
        translations, tuple(sorted(set(problems))),
    )  # fmt: skip


def require_folder(folder: Path) -> None:
    """Raise InputError unless `folder` is a folder with a course.yaml."""
    if leads_outside(folder, folder / FILE):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        raise InputError([Problem(str(folder / FILE), 0, 0, "path-outside", what, fix)])
    if is_there(folder / FILE):
        return
    fix = "Name the folder of a course, such as courses/no-room."
    near: list[Path] = []
    if folder.is_dir():
        what = f"there is no {FILE} in this folder"
        near = sorted(one.parent for one in folder.glob(f"*/{FILE}"))
    elif folder.exists():
        what = "this is a file, not a folder"
        near = [folder.parent] if folder.name == FILE else []
    else:
        what = "there is no such folder"
        siblings = {one.name: one for one in folder.parent.glob("*") if one.is_dir()}
        near = [siblings[name] for name in difflib.get_close_matches(folder.name, siblings, n=1)]
    if near:
        fix = f"Did you mean {' or '.join(map(str, near))}?"
    raise InputError([Problem(str(folder), 0, 0, "course-missing", what, fix)])


def _read_files(folder: Path, problems: list[Problem]) -> Course | None:
    """Read every file that course.yaml names, as far as each is readable."""
    source = _source(folder / FILE, problems)
    if source is None:
        return None
    settings = _model(CourseFile, source, problems)

    def named(*path: str | int) -> Source | None:
        name = _value_at(source.data, path)
        if not isinstance(name, str) or not name:
            return None
        target = course_file(folder, name, source, path)
        if isinstance(target, Path):
            return _source(target, problems)
        problems.append(target)
        return None

    listed = _value_at(source.data, ("blocks",))
    blocks = []
    for number in range(len(listed) if isinstance(listed, list) else 0):
        block_source = named("blocks", number)
        block = _model(Block, block_source, problems)
        if block is not None and block_source is not None:
            blocks.append(Placed(block, block_source))
    questions = _list(Question, named("check", "questions"), problems)
    signals = _list(Signal, named("signals"), problems)
    placed = Placed(settings or _stand_in(source), source)
    return Course(folder, placed, tuple(blocks), questions, signals)


def _stand_in(source: Source) -> CourseFile:
    """Give settings that let the other files be checked although course.yaml has problems."""
    rule = _value_at(source.data, ("danger_rule",))
    return CourseFile.model_validate(
        {
            "id": "unreadable",
            "version": "0.0.0",
            "title": "-",
            "description": "-",
            "languages": {SOURCE_LANGUAGE: {"status": "draft"}},
            "minutes": "0:00",
            "country": "NL",
            "danger_rule": "off" if rule == "off" else "call_emergency_then_manager",
            "blocks": ["-"],
        }
    )


def _value_at(data: object, path: NodePath) -> object:
    """Give what stands at `path` of plain data, None if there is nothing."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _source(path: Path, problems: list[Problem]) -> Source | None:
    try:
        return read_yaml(path)
    except InputError as error:
        problems += error.problems
        return None


def _model(model: type[Model], source: Source | None, problems: list[Problem]) -> Model | None:
    if source is None:
        return None
    found, wrong = validate(model, source)
    problems += wrong
    return found


def _list(
    model: type[Model], source: Source | None, problems: list[Problem]
) -> tuple[Placed[Model], ...]:
    """Read a file that is a list of `model`."""
    listed = _model(RootModel[list[model]], source, problems)  # type: ignore[valid-type]
    if listed is None or source is None:
        return ()
    return tuple(Placed(one, source, (number,)) for number, one in enumerate(listed.root))


def _rule_problems(course: Course, before: list[Problem]) -> list[Problem]:
    """Check the rules; those on the whole course only where every file could be read."""
    from scorm_builder.checks import (
        check_pages,
        check_scenes,
        check_sources,
        check_texts,
        check_whole,
    )
    from scorm_builder.media import pictures, sounds

    parts = [check_pages.problems, check_texts.problems, pictures.picture_problems]
    parts += [check_scenes.problems, sounds.sound_problems]
    if not before:
        parts += [check_whole.problems, check_sources.problems]
    found = [problem for part in parts for problem in part(course)]
    if any(problem.file == course.settings.source.file for problem in before):
        # Which roles and profiles there are is not known while course.yaml is wrong.
        unsure = ("role-unknown", "profile-unknown")
        return [problem for problem in found if problem.code not in unsure]
    return found


def _consequences(problems: list[Problem], *, complete: bool) -> set[str]:
    """Give the codes that other problems cause in every translation: not worth a word now."""
    if any(problem.code == "id-repeated" for problem in problems):
        return {"translation-unknown", "translation-missing"}
    return set() if complete else {"translation-unknown"}


def _translations(
    course: Course, languages: list[str]
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Read the translations into `languages`: {language: {context: text}} and all problems."""
    found: dict[str, dict[str, str]] = {}
    problems = [_unspoken(course, language) for language in languages if not speaks(language)]
    for language in languages:
        if language == course.source_language:
            continue
        from scorm_builder.checks.check_profiles import translated_words
        from scorm_builder.course.translations import read_course_translation

        found[language], wrong = read_course_translation(course, language)
        problems += [*wrong, *translated_words(course, language, found[language])]
    return found, problems


def _unspoken(course: Course, language: str) -> Problem:
    what = f"noroom's own words (buttons, messages) do not exist in {language} yet"
    fix = f"Start with: noroom translate update --own-words --language {language}."
    path = ("languages", language, "@key")
    return course.settings.problem(path, "language-unsupported", what, fix)
