"""Write a file as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from programme.problems import InputError, Problem


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write beside `path` under a temporary name, flush to disk, then rename over it.

    Without a `mode` a file that is there keeps its permissions: a roster may be for its owner's
    eyes only. Folders that are missing are made.
    """
    with staged(path, data, mode) as publish:
        publish()


def write_or_refuse(path: Path, data: bytes, cure: str) -> None:
    """Write as write_atomically does; raises InputError with `cure` if the disk does not let us."""
    try:
        write_atomically(path, data)
    except OSError as error:
        what = f"this file cannot be written: {error.strerror}"
        raise InputError([Problem(str(path), 0, 0, "file-unwritable", what, cure)]) from None


@contextlib.contextmanager
def staged(path: Path, data: bytes, mode: int | None = None) -> Iterator[Callable[[], None]]:
    """Put `data` on the disk beside `path`; gives what then moves it there, which hardly fails.

    Without that call, nothing is left when the block ends.
    """
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield lambda: _move(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _move(temporary: Path, path: Path) -> None:
    temporary.replace(path)
