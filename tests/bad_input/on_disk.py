"""Faults of a file's place, not of its content: no file, no right to read it, no end of it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

HUGE = 6_000_000_000
"""Bytes of a file that nobody should read into memory; it is sparse, so the disk has room."""
_MEMORY = 1_500_000_000
_SECONDS = 60
_CAPABILITY_VERSION_3 = 0x20080522
_READS_EVERYTHING = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7)): root may read what nobody may."""


def missing(file: Path) -> None:
    remove(file)


def directory(file: Path) -> None:
    remove(file)
    file.mkdir()


def forbidden(file: Path) -> None:
    file.chmod(0)


def dead_link(file: Path) -> None:
    remove(file)
    file.symlink_to("share-that-is-not-mounted")


def circle_of_links(file: Path) -> None:
    remove(file)
    file.symlink_to(file.name)


def pipe(file: Path) -> None:
    remove(file)
    os.mkfifo(file)


def endless_device(file: Path) -> None:
    remove(file)
    file.symlink_to("/dev/zero")


def huge(file: Path) -> None:
    """Make it so large that reading it whole would be felt, with its own beginning."""
    with file.open("r+b") as opened:
        opened.truncate(HUGE)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


ON_DISK: dict[str, Callable[[Path], None]] = {
    "missing": missing,
    "a folder of that name": directory,
    "no right to read it": forbidden,
    "dead link": dead_link,
    "circle of links": circle_of_links,
    "pipe": pipe,
    "endless device": endless_device,
    "6 GB": huge,
}


class Hung(BaseException):
    """A command that would not have come back."""


@contextlib.contextmanager
def like_anybody() -> Iterator[None]:
    """Run as a person does: without root's right to read everything, memory and time limited."""
    limits = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGALRM, _hung)
    signal.alarm(_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (_in_use() + _MEMORY, limits[1]))
    held = _capabilities()
    _set_capabilities(held[0] & ~_READS_EVERYTHING, *held[1:])
    try:
        yield
    finally:
        _set_capabilities(*held)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _hung(number: int, frame: FrameType | None) -> None:
    raise Hung


def _in_use() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


_HEADER = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
_LIBC = ctypes.CDLL(None, use_errno=True)


def _capabilities() -> tuple[int, ...]:
    """Give this thread's capabilities: effective, permitted, inheritable, twice (capget(2))."""
    data = (ctypes.c_uint32 * 6)()
    if _LIBC.capget(_HEADER, data):
        raise OSError(ctypes.get_errno(), "capget")
    return tuple(data)


def _set_capabilities(*values: int) -> None:
    if _LIBC.capset(_HEADER, (ctypes.c_uint32 * 6)(*values)):
        raise OSError(ctypes.get_errno(), "capset")
