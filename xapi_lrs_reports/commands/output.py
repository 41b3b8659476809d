"""Where a command's result goes: standard output, or a file in one piece."""

from __future__ import annotations

import json
from pathlib import Path

import click


def write_output(content: str | bytes, out: Path | None) -> None:
    """Print text or bytes, or write them to a file: whole or not at all. Raises InputError."""
    if out is None:
        click.echo(content, nl=False)
        return
    from programme.atomic import write_or_refuse

    data = content.encode() if isinstance(content, str) else content
    fix = "Name a file in a folder that is yours; a folder that is missing is made."
    write_or_refuse(out, data, fix)


def print_json(data: object) -> None:
    """Print what JSON can hold, indented."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
