"""Opening what others put there: only files, only so many bytes; and a link may lead nowhere."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path

LEADS_NOWHERE = "this file cannot be read: it is a link that leads nowhere"
_PIPES_OF_SHELLS = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")


def open_file(path: Path, *, or_pipe_of_shell: bool = False) -> io.BufferedReader:
    """Open a file to read its bytes; raises OSError, whose `strerror` says what else it is.

    A pipe that nobody writes to would be waited for, and a device may never end, so neither is
    opened. `or_pipe_of_shell`: but for one that a shell names, as in `<(pass show key)`.
    """
    is_of_shell = or_pipe_of_shell and str(path).startswith(_PIPES_OF_SHELLS)
    flags = 0 if is_of_shell else getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | flags)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(mode) and not (is_of_shell and stat.S_ISFIFO(mode)):
            raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_bytes(path: Path, most: int, *, or_pipe_of_shell: bool = False) -> bytes:
    """Give a file's bytes; raises OSError as `open_file` does, and if it has more than `most`.

    A file that grows while it is read costs no more memory than that.
    """
    with open_file(path, or_pipe_of_shell=or_pipe_of_shell) as stream:
        size = os.fstat(stream.fileno()).st_size
        content = stream.read(most + 1) if size <= most else b""
    if max(size, len(content)) > most:
        what = f"it has {max(size, len(content)):,} bytes, and at most {most:,} are read"
        raise OSError(errno.EFBIG, what, str(path))
    return content


def is_there(path: Path) -> bool:
    """Tell whether anything stands here, even if it cannot be read.

    False only where nothing does. `Path.exists` is also false for a link to a share that is not
    mounted and for a circle of links: a roster behind one would silently be no roster at all.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


def instead_of_file(path: Path) -> str:
    """Say what stands where a file should: "a folder"; "" for a file, and where nothing does."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else ""
    except NotADirectoryError:
        return ""
    except OSError as error:
        return "a link that leads back to itself" if error.errno == errno.ELOOP else ""
    if stat.S_ISDIR(mode):
        return "a folder"
    return "" if stat.S_ISREG(mode) else "a pipe or a device"


def resolved(path: Path) -> Path:
    """Give the absolute path without links; one that goes round in a circle stays as it is.

    Whoever then opens it gets an OSError; Python before 3.13 raises a RuntimeError here.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
