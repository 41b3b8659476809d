"""Many files that appear together or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from programme.problems import InputError, Problem


class StagedFiles:
    """Writes files under temporary names beside their targets; `commit` renames them all.

    Leaving the `with` block without commit, for whatever reason, removes the temporary files
    and every folder that was made for them.
    """

    def __init__(self) -> None:
        self._staged: dict[Path, Path] = {}
        self._folders: list[Path] = []

    def __enter__(self) -> StagedFiles:
        """Start; nothing is on disk yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was not committed; OSErrors become problems that name the file."""
        with _interrupts_wait():
            for temporary in self._staged.values():
                with contextlib.suppress(OSError):
                    temporary.unlink()
            for folder in reversed(self._folders):
                with contextlib.suppress(OSError):
                    folder.rmdir()
        if isinstance(error, OSError):
            what = f"this cannot be written: {error.strerror}"
            fix = "Check the folder given with --out, its owner and the room on the disk."
            name = str(error.filename2 or error.filename or "")
            shown = next((str(new) for new, old in self._staged.items() if str(old) == name), name)
            raise InputError([Problem(shown, 0, 0, "file-unwritable", what, fix)]) from None

    def write(self, target: Path, content: bytes) -> None:
        """Stage `content` for `target`; makes its folder if need be."""
        temporary = self.reserve(target)
        try:
            temporary.write_bytes(content)
        except OSError as error:
            error.filename = error.filename or str(temporary)  # a full disk names no file
            raise

    def reserve(self, target: Path) -> Path:
        """Give the temporary name for `target`, for another process to write."""
        self._make_folder(target.parent)
        if target.is_dir():
            what, fix = "a folder of this name is in the way", "Move it, or choose another --out."
            raise InputError([Problem(str(target), 0, 0, "file-unwritable", what, fix)])
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        self._staged[target] = temporary
        return temporary

    def commit(self) -> None:
        """Give every staged file its name; an interrupt waits until all have theirs."""
        with _interrupts_wait():
            for target, temporary in self._staged.items():
                os.replace(temporary, target)  # noqa: PTH105 - over an old package, in one step
            self._folders.clear()

    def _make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            self._folders.append(one)
            try:
                one.mkdir()
            except FileExistsError:  # another build was faster, and the folder is its own
                self._folders.remove(one)


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold the signals back that interrupt; only the main thread may, and only it gets them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler or signal.SIG_DFL)
