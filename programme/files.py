"""Files that may be absent, and links: one that leads nowhere is no absent file."""

from __future__ import annotations

from pathlib import Path


def is_there(path: Path) -> bool:
    """Tell whether anything stands here, even if it cannot be read.

    False only where nothing does. `Path.exists` is also false for a link to a share that is not
    mounted and for a circle of links: a roster behind one would silently be no roster at all.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def resolved(path: Path) -> Path:
    """Give the absolute path without links; one that goes round in a circle stays as it is.

    Whoever then opens it gets an OSError; Python before 3.13 raises a RuntimeError here.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
