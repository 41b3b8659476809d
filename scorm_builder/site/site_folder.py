"""Files of a site -> a folder that holds them and nothing of an older site.

SHA256SUMS in the folder names every file that noroom wrote there. A new build removes what it no
longer makes: a story that was taken back must not stay on a server because its file did.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from programme.problems import InputError, Problem
from programme.yaml_source import unreadable_is_a_problem
from scorm_builder.package.stage_files import StagedFiles

SUMS = "SHA256SUMS"


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (path with forward slashes: content); raises InputError before any is there.

    A folder that holds anything else than an older site is refused: nobody's files are mixed with
    the site, or removed.
    """
    before = _written_before(out)
    sums = "".join(f"{_digest(files[path])}  {path}\n" for path in sorted(files))
    with StagedFiles() as staged:
        for path, content in {**files, SUMS: sums.encode()}.items():
            staged.write(out / path, content)
        staged.commit()
    for path in before - set(files):
        _remove(out, path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@unreadable_is_a_problem()
def _written_before(out: Path) -> set[str]:
    """Give the files of the site that is there, none where the folder is new or empty."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return set()
    if out.is_dir() and (out / SUMS).is_file():
        lines = (out / SUMS).read_text("utf-8", errors="replace").splitlines()
        named = {path for line in lines if (path := line.partition("  ")[2])}
        return {path for path in named if _is_inside(path)}
    what = "there is something here that is not a site of noroom"
    fix = "Name a new or empty folder with --out, or empty this one."
    raise InputError([Problem(str(out), 0, 0, "site-folder", what, fix)])


def _is_inside(path: str) -> bool:
    """Tell whether a path of SHA256SUMS stays in the folder: the list may have been edited."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


def _remove(out: Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    (out / path).unlink(missing_ok=True)
    for folder in (out / path).parents:
        if folder == out or not folder.is_relative_to(out):
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
