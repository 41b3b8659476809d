"""What a command that was killed left in the programme's folder: drafts and halves of files.

noroom writes beside a file's place and moves it there, so kill -9 or a power cut can leave a whole
roster under a name that nobody sees. Ctrl-C and `kill` leave nothing.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from programme.temporary import DRAFT
from xapi_lrs_reports.store.parquet import DRAFT_SECONDS, drafts_beside

_STAGED = re.compile(r"\.(.+)\.[a-z0-9_]{8}(?:\.old)?")
"""`.roster.csv.k3j2x9_a`: programme.atomic, kept_rows and exports of the store."""
_OURS = frozenset(["roster.csv", "codes.csv", "roster.kept.parquet"])
_TABLE = "facts.parquet"


def remove_leftovers(
    programme: Path, exports: Collection[Path], *, is_dry: bool
) -> tuple[int, list[Path]]:
    """Remove what is left, beside exports elsewhere too.

    Give how much that is, and what is too young to be sure, relative.
    """
    beside = {draft for folder in exports for draft in drafts_beside(folder)}
    number, young = 0, []
    for path in sorted({*find_leftovers(programme), *beside}):
        if time.time() - path.lstat().st_mtime < DRAFT_SECONDS:
            young.append(path.relative_to(programme) if path.is_relative_to(programme) else path)
            continue
        number += 1
        if not is_dry:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return number, young


def find_leftovers(programme: Path) -> Iterator[Path]:
    """Yield the files and folders that are left, and those that a command is at work on now."""
    for path in programme.rglob(".*"):
        staged = _STAGED.fullmatch(path.name)
        if path.is_symlink():
            continue
        if path.is_dir():
            if path.name.startswith(DRAFT) or (staged and (path / _TABLE).is_file()):
                yield path
        elif staged and (staged[1] in _OURS or path.with_name(staged[1]).is_file()):
            yield path
