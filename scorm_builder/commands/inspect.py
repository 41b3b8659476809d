"""Looking at finished packages, ours and others': parse options, call, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from programme.command_line import EXIT_INPUT, print_problems
from programme.problems import InputError

if TYPE_CHECKING:
    from scorm_builder.lint.compare_update import Update

FILE = click.Path(path_type=Path)


@click.command("inspect")
@click.argument("package", type=FILE)
@click.option("--schemas", type=FILE, metavar="DIR",
              help="Validate against the XSDs in this folder, too.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def inspect_command(package: Path, schemas: Path | None, as_json: bool) -> None:
    """Say what PACKAGE.zip is, of whatever tool, and what an LMS would make of it.

    Ends with 0 when no LMS is known to reject it, else with 1.
    """
    from scorm_builder.inspect.inspect_package import inspect_package
    from scorm_builder.inspect.render_report import report_text

    try:
        report = inspect_package(package, schemas)
    except InputError as error:
        print_problems(error.problems, as_json=as_json)
        sys.exit(EXIT_INPUT)
    click.echo(json.dumps(report.as_json(), indent=2) if as_json else report_text(report))
    if report.is_rejected:
        sys.exit(EXIT_INPUT)


def print_updates(updates: Sequence[Update]) -> None:
    """Say on stderr what replacing packages in use does to learners."""
    if updates:
        from scorm_builder.lint.render_update import updates_text

        click.echo(updates_text(updates) + "\n", err=True)


def print_refusal(error: InputError, updates: Sequence[Update], *, as_json: bool) -> None:
    """Say why nothing was built, and what the update would have done."""
    if as_json:
        facts: dict[str, object] = {"problems": [one.as_json() for one in error.problems]}
        if updates:
            facts["against"] = [one.as_json() for one in updates]
        click.echo(json.dumps(facts, indent=2))
        return
    print_updates(updates)
    print_problems(error.problems, end="No package was written.")
