"""Posters and cards that go into a kit: printed for it, or those of a folder that was named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from programme.problems import InputError, Problem

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


class Materials(Protocol):
    """What gives the posters and cards of a kit."""

    def files(self, language: str, chain: str) -> Mapping[str, Path]:
        """Give the files for a hotel of this language and chain, by name. Raises InputError."""


@dataclass(frozen=True)
class FolderOfMaterials:
    """A folder that `noroom materials` wrote, or somebody filled by hand."""

    folder: Path

    def files(self, language: str, chain: str) -> Mapping[str, Path]:
        """Give all files but those in folders named after other languages than it and English."""
        wanted, folder = (language, language.partition("-")[0], "en"), self.folder
        try:
            if not folder.is_dir():
                raise NotADirectoryError(0, "it is not a folder that is there")
            return {
                file.relative_to(folder).as_posix(): file
                for file in sorted(folder.rglob("*"))
                if file.is_file() and _is_for(file.relative_to(folder), wanted)
            }
        except OSError as error:
            what = f"the posters and cards cannot be read: {error.strerror}"
            fix = "Name the folder that noroom materials wrote: --materials DIR."
            problem = Problem(str(folder), 0, 0, "materials-unreadable", what, fix)
            raise InputError([problem]) from None


def _is_for(file: Path, wanted: tuple[str, ...]) -> bool:
    """Tell whether no folder above the file names another language."""
    tags = [part for part in file.parts[:-1] if _LANGUAGE.fullmatch(part)]
    return not tags or any(tag in wanted for tag in tags)
