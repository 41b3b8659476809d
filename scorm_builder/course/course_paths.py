"""Names of files inside a course: they stay inside it, and have a kind that is expected."""

from __future__ import annotations

import difflib
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from programme.files import instead_of_file, is_there
from programme.problems import Problem
from programme.yaml_source import NodePath, Source

YAML_KINDS = (".yaml", ".yml")
MEDIA_KINDS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".m4a", ".mp4", ".webm", ".vtt")


_INSIDE = "Move the file into the course's folder and write its name from there."


def course_file(folder: Path, name: str, source: Source, path: NodePath) -> Path | Problem:
    """Give the file that `name` (written at `path` of `source`) means, or what is wrong with it."""

    def problem(code: str, what: str, fix: str) -> Problem:
        return source.problem(path, code, what, fix)

    if not name.isprintable():
        fix = "Write it without control characters."
        return problem("path-kind", "this file name has a control character", fix)
    if "\\" in name:
        return problem("path-backslash", f'"{name}" has a backslash', "Write / between folders.")
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
        return problem("path-outside", f'"{name}" is an absolute path', _INSIDE)
    if ".." in PurePosixPath(name).parts:
        return problem("path-outside", f'"{name}" leads out of the course with ".."', _INSIDE)
    target = folder / name
    if leads_outside(folder, target):
        return problem("path-outside", f'"{name}" is a link to a place outside the course', _INSIDE)
    if target.suffix not in YAML_KINDS:
        known = " or ".join(YAML_KINDS)
        return problem("path-kind", f'"{name}" is not a YAML file', f"Its name ends in {known}.")
    if other := instead_of_file(target):
        fix = _near_name(folder, name)
        return problem("file-missing", f'"{name}" is {other}, not a file of the course', fix)
    if not is_there(target):
        fix = _near_name(folder, name)
        return problem("file-missing", f'there is no file "{name}" in the course', fix)
    return target


def leads_outside(folder: Path, target: Path) -> bool:
    """Tell whether `target` lies, or is a link to a place, outside `folder`."""
    real = Path(os.path.realpath(target))  # Path.resolve raises where links make a circle
    return not real.is_relative_to(os.path.realpath(folder))


def _near_name(folder: Path, name: str) -> str:
    near = (folder / name).parent
    names = [one.relative_to(folder).as_posix() for one in near.glob("*.y*ml") if one.is_file()]
    match = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f'Did you mean "{match[0]}"?' if match else "Check the name, or write the file."


def media_problems(folder: Path, shown: str) -> list[Problem]:
    """Complain about files in media/ that an LMS could refuse or that lie elsewhere."""
    problems = []
    for file in sorted((folder / "media").rglob("*")):
        name = file.relative_to(folder).as_posix()
        if leads_outside(folder, file):
            what, fix = "this is a link to a place outside the course", "Copy the file here."
            problems.append(Problem(f"{shown}/{name}", 0, 0, "path-outside", what, fix))
        elif file.is_file() and file.suffix not in MEDIA_KINDS:
            what = f'files of the kind "{file.suffix or file.name}" are not taken into a package'
            fix = f"Delete it or convert it. Known kinds: {', '.join(MEDIA_KINDS)}."
            problems.append(Problem(f"{shown}/{name}", 0, 0, "media-kind", what, fix))
    return problems
