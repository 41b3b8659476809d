"""`noroom import` of what LMSs export: its options, the question to a person, what is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from programme.command_line import EXIT_INPUT
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from programme.directory import ProgrammeDirectory
    from xapi_lrs_reports.lms_export.import_export import ExportReading, Understood

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--preset", metavar="NAME", help=(
        "LMS exports: what kind it is, such as moodle-activity; --preset list shows all."
    )),
    click.option("--mapping", metavar="NAME", help="LMS exports: read as it was saved before."),
    click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help=(
        "LMS exports: the name of a column: learner, status, completed, course, hotel …"
    )),
    click.option("--word", "words", multiple=True, metavar="WORD=MEANING", help=(
        "LMS exports: a state and what it means: passed, completed, failed, open or exempt."
    )),
    click.option("--course", metavar="ID", help="LMS exports: the course the file is about."),
    click.option("--course-name", "course_names", multiple=True, metavar="NAME=ID",
                 help="LMS exports: what the file calls a course."),
    click.option("--hotel", metavar="ID", help="LMS exports: the hotel of rows that name none."),
    click.option("--dates", type=click.Choice(["ymd", "dmy", "mdy"]),
                 help="LMS exports: the order of year, month and day."),
    click.option("--learner-is", type=click.Choice(["lms_id", "alias"]), help=(
        "LMS exports: the id that the LMS gives to the course, or another one, by roster.csv."
    )),
    click.option("--completed-means", type=click.Choice(["completed", "passed"]),
                 help="LMS exports: whether the state is set only after the check was passed."),
    click.option("--pass-score", type=click.IntRange(1, 100),
                 help="LMS exports: the score out of 100 from which on it is a pass."),
    click.option("--confirmed-by", metavar="NAME", help=(
        "LMS exports: who looked at what was understood (--dry-run) and says it is right."
    )),
    click.option("--save", metavar="NAME", help="LMS exports: keep the mapping for next time."),
)  # fmt: skip


def export_options(command: _Command) -> _Command:
    """Add the options of LMS exports to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def import_exports(
    files: tuple[Path, ...],
    programme: Path | None,
    *,
    chain: str | None,
    is_dry: bool,
    is_strict: bool,
    as_json: bool,
    confirmed_by: str | None,
    save: str | None,
    **wishes: Any,
) -> None:
    """Read exports of one chain; what nobody has confirmed is shown, and asked for."""
    from programme.directory import require_programme
    from xapi_lrs_reports.lms_export.import_export import (
        Wishes,
        dry_reading,
        store_export,
        understand,
    )
    from xapi_lrs_reports.lms_export.render import understood_text
    from xapi_lrs_reports.statements.reading import source_name
    from xapi_lrs_reports.store.opening import open_store

    if chain is None:
        raise click.UsageError("Say which chain's LMS wrote the file: --chain ID.")
    if any(str(file) == "-" for file in files):
        raise click.UsageError("An LMS export is read from a file, not from standard input.")
    directory = require_programme(programme)
    found = []
    for file in files:
        source = source_name(directory.path, file)
        understood = understand(directory, file, source, chain, Wishes(**wishes))
        click.echo(understood_text(understood), err=True)
        found.append(understood if is_dry else _confirmed(understood, confirmed_by, directory))
    if is_dry:
        readings = [dry_reading(understood) for understood in found]
    else:
        with open_store(directory.path) as store:
            readings = [store_export(store, understood) for understood in found]
        if save:
            _save(directory, found[0], save)
    _print(readings, as_json=as_json)
    if is_strict and any(reading.tally.quarantined for reading in readings):
        sys.exit(EXIT_INPUT)


def list_presets() -> None:
    """Print the name and the title of every preset."""
    from xapi_lrs_reports.lms_export.import_export import known_presets

    for name, title in known_presets():
        click.echo(f"{name:<18} {title}")


def refuse_export_options(given: dict[str, Any]) -> None:
    """Raise UsageError if an option of LMS exports was given without --preset or --mapping."""
    names = {"columns": "column", "words": "word", "course_names": "course-name"}
    for name, value in given.items():
        if value:
            option = names.get(name, name).replace("_", "-")
            raise click.UsageError(f"--{option} is for LMS exports: add --preset or --mapping.")


def _print(readings: list[ExportReading], *, as_json: bool) -> None:
    from xapi_lrs_reports.lms_export.render import reading_text

    for reading in readings:
        for group in reading.groups:
            click.echo(f"{group.text()}\n", err=True)
    if as_json:
        sources = [reading.as_json() for reading in readings]
        print_json({"sources": sources})
    else:
        click.echo("".join(map(reading_text, readings)), nl=False)


def _confirmed(
    understood: Understood, name: str | None, directory: ProgrammeDirectory
) -> Understood:
    """Give the export with the name of who confirmed it; raises InputError without one."""
    from programme.problems import InputError, Problem
    from xapi_lrs_reports.rule.parameters import today

    if understood.needs_person and not name and sys.stdin.isatty():
        name = click.prompt("If this is right, type your name; else press Enter",
                            default="", show_default=False, err=True)  # fmt: skip
    if understood.needs_person and not name:
        what = "nobody has confirmed that this export is read rightly; nothing was written"
        fix = "Look at what was understood, above, then add --confirmed-by NAME."
        raise InputError([Problem(understood.source, 0, 0, "export-unconfirmed", what, fix)])
    if name:
        day = today(directory.settings.time_zone).isoformat()
        update = {"confirmed_by": name, "confirmed_on": day}
        understood.mapping = understood.mapping.model_copy(update=update)
    return understood


def _save(directory: ProgrammeDirectory, understood: Understood, name: str) -> None:
    from programme.settings import ID_FORM
    from xapi_lrs_reports.lms_export.models import mapping_file, save_mapping

    try:
        ID_FORM(name)
    except ValueError:
        raise click.UsageError("--save: small letters, digits and hyphens, please.") from None
    file = mapping_file(directory, understood.chain, name)
    save_mapping(file, understood.mapping)
    click.echo(f"Saved; next time: --chain {understood.chain} --mapping {name}", err=True)
