"""Where a command's result goes: standard output, or a file in one piece."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from programme.problems import InputError, Problem


def write_output(content: str | bytes, out: Path | None) -> None:
    """Print text or bytes, or write them to a file: whole or not at all. Raises InputError."""
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        _replace(out, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        what = f"this file cannot be written: {error.strerror}"
        fix = "Name a file in a folder that is yours; a folder that is missing is made."
        raise InputError([Problem(str(out), 0, 0, "file-unwritable", what, fix)]) from None


def _replace(out: Path, content: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(out)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
