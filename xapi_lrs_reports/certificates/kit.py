"""What a hotel gets, as one folder that appears whole: certificate, letters, badge, materials.

`certificates/<number>-<hotel>/` is made beside its place and moved there in one step. It counts
once its line is in the register; a folder that a crash left without one is removed, since its
number is free.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

BADGE_FILE, SIGNED_BADGE_FILE = "open-badge.json", "open-badge.jwt"
_STAGED = ".making-"


def kit_path(folder: Path, number: str, hotel: str) -> Path:
    """Give the place of a kit in certificates/."""
    return folder / f"{number}-{hotel}"


def certificate_file(number: str) -> str:
    """Give the name of the certificate within its kit."""
    return f"certificate-{number}.pdf"


def write_kit(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a kit whole: `files` by name, with / for folders in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=path.parent))
    try:
        for name, data in files.items():
            file = staged / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as written:
                written.write(data)
                written.flush()
                os.fsync(written.fileno())
        staged.chmod(0o755)
        staged.rename(path)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def remove_unregistered(folder: Path, number: str) -> None:
    """Remove what a crash left: unfinished kits, and those of a number that is still free."""
    for path in [*folder.glob(f"{_STAGED}*"), *folder.glob(f"{number}-*")]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def as_json(data: object) -> bytes:
    """Give JSON that people can read."""
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
