"""Posters and cards that go into a kit: the files of a folder that `noroom materials` wrote."""

from __future__ import annotations

import re
from pathlib import Path

from programme.problems import InputError, Problem

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def read_materials(folder: Path, language: str) -> dict[str, bytes]:
    """Give the files by name; of folders named after languages only the hotel's and English.

    Raises InputError if the folder cannot be read.
    """
    wanted = (language, language.partition("-")[0], "en")
    try:
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and _is_for(file.relative_to(folder), wanted)
        }
    except OSError as error:
        what = f"the posters and cards cannot be read: {error.strerror}"
        fix = "Name the folder that noroom materials wrote: --materials DIR."
        raise InputError([Problem(str(folder), 0, 0, "materials-unreadable", what, fix)]) from None


def _is_for(file: Path, wanted: tuple[str, ...]) -> bool:
    """Tell whether no folder above the file names another language."""
    tags = [part for part in file.parts[:-1] if _LANGUAGE.fullmatch(part)]
    return not tags or any(tag in wanted for tag in tags)
