"""What a hotel gets, as one folder that appears whole: certificate, letters, badge, materials.

`certificates/<number>-<hotel>/` is made beside its place and moved there in one step. It counts
once its line is in the register; a folder that a crash left without one is removed. Its number is
given again to the same certificate alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from programme.problems import InputError, Problem

BADGE_FILE, SIGNED_BADGE_FILE = "open-badge.json", "open-badge.jwt"
MATERIALS = "materials"
_STAGED = ".making-"
_NUMBER = re.compile(r"([0-9]{4}-)([0-9]{4,})")
_KIT = re.compile(_NUMBER.pattern + "-.+")


def kit_path(folder: Path, number: str, hotel: str) -> Path:
    """Give the place of a kit in certificates/."""
    return folder / f"{number}-{hotel}"


def certificate_file(number: str) -> str:
    """Give the name of the certificate within its kit."""
    return f"certificate-{number}.pdf"


def write_kit(path: Path, files: Mapping[str, bytes], others: Mapping[str, Path]) -> None:
    """Write a kit whole: `files` by name, with / for folders in it, and copies of others.

    Of `others`, what lies beside the kits is the same file in all of them where the disk can; what
    lies elsewhere is copied, since it is somebody's own, who may change it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=path.parent))
    try:
        for name, data in files.items():
            _write(staged / name, data)
        for name, source in others.items():
            is_ours = source.is_relative_to(path.parent)
            (_link if is_ours else _copy)(source, staged / name)
        staged.chmod(0o755)
        staged.rename(path)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, where the disk has such links; copy it elsewhere."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    _write(target, source.read_bytes())


def is_others(folder: Path, number: str, pdf: bytes) -> bool:
    """Tell whether a kit lies under this number that is not that of this very certificate.

    A crash left it, or the register is an older one, and the paper hangs in a hotel.
    """
    kits = [path / certificate_file(number) for path in folder.glob(f"{number}-*")]
    return not all(kit.is_file() and kit.read_bytes() == pdf for kit in kits)


def number_after(number: str) -> str:
    """Give the next number of the same year."""
    year, _, last = number.partition("-")
    return f"{year}-{int(last) + 1:04d}"


def remove_unregistered(folder: Path, number: str) -> None:
    """Remove what a crash left: unfinished kits, and those of a number without a line."""
    for path in [*folder.glob(f"{_STAGED}*"), *folder.glob(f"{number}-*")]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def refuse_lost_lines(folder: Path, numbers: Iterable[str]) -> None:
    """Raise InputError if kits lie here that no crash explains: the register has lost their lines.

    A crash leaves one kit without a line, that of the next number of its year; `is_others` says
    what becomes of its number. A register that was deleted, or put back whole from an old copy
    with its head, would give later ones out again.
    """
    last: dict[str, int] = {}
    for known in filter(None, map(_NUMBER.fullmatch, numbers)):
        last[known[1]] = max(last.get(known[1], 0), int(known[2]))
    kits = [one for path in folder.glob("*-*") if (one := _KIT.fullmatch(path.name))]
    lost = sorted(kit[0] for kit in kits if int(kit[2]) > last.get(kit[1], 0) + 1)
    if lost:
        what = f"the register has no line of {', '.join(lost)}, which still lie here"
        fix = (
            "Restore register.jsonl and register.head from one backup, or their numbers would be "
            "given out again. Remove only folders of certificates that nobody ever got."
        )
        raise InputError([Problem(str(folder), 0, 0, "register-kits", what, fix)])


def as_json(data: object) -> bytes:
    """Give JSON that people can read."""
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
