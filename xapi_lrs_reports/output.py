"""Where a command's result goes: standard output, or a file in one piece."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from programme.problems import InputError, Problem


def write_output(text: str, out: Path | None) -> None:
    """Print the text, or write it to a file: whole or not at all. Raises InputError."""
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        _replace(out, text)
    except OSError as error:
        what = f"this file cannot be written: {error.strerror}"
        fix = "Name a file in a folder that is yours; a folder that is missing is made."
        raise InputError([Problem(str(out), 0, 0, "file-unwritable", what, fix)]) from None


def _replace(out: Path, text: str) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(out)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
