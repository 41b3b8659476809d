"""files/ -> a new folder of the author's, whole or not at all.

In the files `@course@` stands for the course's id, `@where@` for its folder as the author types it,
and `@schemas@` for the way from a file to the schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from programme.problems import InputError, Problem
from programme.settings import ID_FORM
from scorm_builder.course.yaml_schemas import schema_text, schemas
from scorm_builder.package.stage_files import StagedFiles

KINDS = ("programme", "course")
COURSE = "my-course"

_FILES = Path(__file__).parent / "files"


def write_starter(folder: Path, kind: str) -> list[Path]:
    """Write the files of `kind` ("programme" or "course") into `folder`, which is new or empty.

    Gives the files' paths. Raises InputError where the folder is not empty or cannot be written.
    """
    _refuse_used(folder)
    files = dict(_files(folder, kind))
    with StagedFiles() as staged:
        for name, content in files.items():
            staged.write(folder / name, content)
        staged.commit()
    return [folder / name for name in files]


def _files(folder: Path, kind: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    if kind == "programme":
        yield from _copies("programme", PurePosixPath(), COURSE, "")
        where = PurePosixPath("courses", COURSE)
        yield from _copies("course", where, COURSE, str(where))
    else:
        yield from _copies("course", PurePosixPath(), _course_id(folder), ".")
    for name, schema in schemas().items():
        yield PurePosixPath("schemas", name), schema_text(schema).encode("utf-8")


def _copies(
    kind: str, target: PurePosixPath, course: str, where: str
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Give the files of files/<kind> as they will stand below `target`."""
    source = _FILES / kind
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        name = target / path.relative_to(source).as_posix()
        up = "../" * (len(name.parts) - 1)
        words = {"course": course, "where": where, "schemas": f"{up}schemas"}
        text = path.read_text("utf-8")
        for word, meant in words.items():
            text = text.replace(f"@{word}@", meant)
        yield name, text.encode("utf-8")


def _course_id(folder: Path) -> str:
    """Give the folder's name where it can be a course's id."""
    try:
        return ID_FORM(folder.resolve().name)
    except ValueError:
        return COURSE


def _refuse_used(folder: Path) -> None:
    if folder.is_dir():
        if not any(folder.iterdir()):
            return
        what, fix = "this folder is not empty", "Name a new one; nothing of yours is overwritten."
    elif folder.exists() or folder.is_symlink():
        what, fix = "a file of this name is in the way", "Name a new folder."
    else:
        return
    raise InputError([Problem(str(folder), 0, 0, "folder-not-empty", what, fix)])
