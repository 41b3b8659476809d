"""The commands that show: report, explain, privacy; parse options, call, print."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xapi_lrs_reports.commands.options import FILE, as_of_option, json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from programme.directory import ProgrammeDirectory
    from xapi_lrs_reports.engines.engine import Engine

_language_option = click.option(
    "--language", metavar="TAG", help="Of HTML, such as en; else the programme's, else English."
)
_engine_option = click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True,
    help="duckdb: what was imported; spark: files of statements as they lie, with --statements.",
)  # fmt: skip
_statements_option = click.option(
    "--statements", metavar="PLACE",
    help="For --engine spark: a folder or a URI, such as s3://bucket/statements.",
)  # fmt: skip
_WITHOUT_NOTES = ("csv", "json")
_OPEN = ("table", "json")
"""Formats that show every number unless told otherwise; the others leave the office."""


@click.command("report")
@as_of_option
@click.option("--format", "kind", type=click.Choice(["table", "csv", "json", "html", "xlsx"]))
@json_option
@click.option("--view", type=click.Choice(["internal", "programme", "hr"]), help=(
    "internal: every number; programme: small groups hidden; hr: a chain's own people, with "
    "--chain and --roster. Default: internal for table and json, programme for the others."
))  # fmt: skip
@click.option("--roster", type=FILE, help="For --view hr: the chain's roster, may have names.")
@click.option("--out", type=FILE, help="Write to this file.")
@click.option("--chain", metavar="ID", help="Only the hotels of this chain.")
@click.option("--anonymous-benchmark", "benchmark", is_flag=True, help=(
    "Public figures instead: no hotel, no chain, no person."
))  # fmt: skip
@_engine_option
@_statements_option
@click.option("--language", metavar="TAG", help=(
    "Of HTML, such as en; else the programme's. Of XLSX; else English. Others are English."
))  # fmt: skip
@programme_option
def report_command(
    as_of: datetime.datetime | None,
    kind: str | None,
    as_json: bool,
    view: str | None,
    roster: Path | None,
    out: Path | None,
    chain: str | None,
    benchmark: bool,
    engine: str,
    statements: str | None,
    language: str | None,
    programme: Path | None,
) -> None:
    """Say how far each hotel is."""
    from programme.directory import read_programme, require_programme
    from xapi_lrs_reports.kept_settings import read_or_keep_programme

    _check_engine(engine, statements)
    if as_json and kind not in (None, "json"):
        raise click.UsageError(f"--json and --format {kind} exclude each other.")
    kind = "json" if as_json else kind or "table"
    if kind == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("Name the workbook to write: --out report.xlsx.")
    if (view == "hr") is not (roster is not None) or (view == "hr" and chain is None):
        raise click.UsageError("--view hr, --roster FILE and --chain ID go together.")
    if benchmark and (view or chain or kind not in _OPEN):
        raise click.UsageError("--anonymous-benchmark goes with --json, --as-of and --out only.")
    if statements and (benchmark or view == "hr"):
        raise click.UsageError("--engine spark makes reports for the views internal and programme.")
    # Spark's workers check statements by the whole of the settings.
    directory = require_programme(
        programme, read_programme if statements else read_or_keep_programme
    )
    date = as_of.date() if as_of else None
    if benchmark:
        _print_benchmark(directory, date, kind, out)
    elif roster is not None and chain is not None:
        _print_hr(directory, chain, roster, date, kind, out, language)
    else:
        view = view or ("internal" if kind in _OPEN else "programme")
        given = _engine(directory, statements)
        _print_report(directory, date, chain, view, kind, out, language, given)


def _check_engine(engine: str, statements: str | None) -> None:
    if (engine == "spark") is not (statements is not None):
        raise click.UsageError("--engine spark and --statements PLACE go together.")


def _engine(directory: ProgrammeDirectory, statements: str | None) -> Engine | None:
    """Give the engine that reads these statements; None: the programme's own store."""
    if statements is None:
        return None
    from xapi_lrs_reports.engines.spark.engine import SparkEngine

    return SparkEngine(directory, statements)


def _print_report(
    directory: ProgrammeDirectory,
    as_of: datetime.date | None,
    chain: str | None,
    view: str,
    kind: str,
    out: Path | None,
    language: str | None,
    engine: Engine | None,
) -> None:
    from xapi_lrs_reports.commands.output import write_output
    from xapi_lrs_reports.report.prepare import prepare
    from xapi_lrs_reports.report.progress import days_decided
    from xapi_lrs_reports.report.renderers import render
    from xapi_lrs_reports.rule.decide import FOR_TABLE

    with days_decided() as say:
        prepared = prepare(
            directory,
            as_of,
            chain,
            "programme" if view == "programme" else "internal",
            with_chains=kind == "json",
            with_overview=kind in ("html", "xlsx"),
            engine=engine,
            only=FOR_TABLE if kind == "table" else None,
            say=say,
        )
    if kind == "table" and out is None and sys.stdout.isatty():
        from xapi_lrs_reports.report.renderers.table import print_table

        print_table(prepared.report)
    else:
        write_output(render(prepared, kind, language), out)
    said = () if kind in _WITHOUT_NOTES else prepared.report.warnings
    _print_notes(one for one in prepared.warnings if one not in said)


def _print_notes(warnings: Iterable[str]) -> None:
    """Tell the office on stderr what the output itself does not say."""
    from xapi_lrs_reports.report.renderers.table import printable

    for warning in warnings:
        click.echo(f"Note: {printable(warning)}", err=True)


def _print_hr(
    directory: ProgrammeDirectory,
    chain: str,
    roster: Path,
    as_of: datetime.date | None,
    kind: str,
    out: Path | None,
    language: str | None,
) -> None:
    from xapi_lrs_reports.commands.output import write_output
    from xapi_lrs_reports.report.hr_view import hr_report
    from xapi_lrs_reports.report.renderers.hr import render_hr

    found = hr_report(directory, chain, roster, as_of)
    write_output(render_hr(found, kind, language), out)
    _print_notes(found.warnings)


def _print_benchmark(
    directory: ProgrammeDirectory, as_of: datetime.date | None, kind: str, out: Path | None
) -> None:
    from xapi_lrs_reports.commands.output import write_output
    from xapi_lrs_reports.report.benchmark import benchmark_json, benchmark_text
    from xapi_lrs_reports.rule.decide import decide

    report = decide(directory, as_of)
    if kind == "json":
        write_output(json.dumps(benchmark_json(report), indent=2) + "\n", out)
    else:
        write_output(benchmark_text(report), out)


@click.command("explain")
@click.argument("hotel", required=False)
@as_of_option
@click.option("--quarantine", is_flag=True, help=(
    "Instead of a hotel: list every statement that could not be used, with its place and cure."
))  # fmt: skip
@json_option
@_engine_option
@_statements_option
@programme_option
def explain_command(
    hotel: str | None,
    as_of: datetime.datetime | None,
    quarantine: bool,
    as_json: bool,
    engine: str,
    statements: str | None,
    programme: Path | None,
) -> None:
    """Say why HOTEL is certified, or what it still needs."""
    from programme.directory import require_programme
    from xapi_lrs_reports.engines.duckdb import StoreEngine
    from xapi_lrs_reports.report.explain import explain_json, explain_text
    from xapi_lrs_reports.rule.decide import decide_on, gather
    from xapi_lrs_reports.rule.insight import insight_question

    _check_engine(engine, statements)
    if (hotel is None) is not quarantine:
        raise click.UsageError("Name one hotel, as in hotels.csv, or give --quarantine.")
    directory = require_programme(programme)
    facts = _engine(directory, statements) or StoreEngine(directory.path)
    if hotel is None:
        _print_quarantine(facts, as_json=as_json)
        return
    date = as_of.date() if as_of else None
    decided = decide_on(gather(directory, engine=facts), date, also=insight_question())
    if as_json:
        print_json(explain_json(decided, hotel))
    else:
        click.echo(explain_text(decided, hotel), nl=False)


def _print_quarantine(engine: Engine, *, as_json: bool) -> None:
    from xapi_lrs_reports.statements.quarantine import quarantine_text

    problems = engine.quarantine()
    if as_json:
        print_json({"quarantine": [problem.as_json() for problem in problems]})
    else:
        click.echo(quarantine_text(problems), nl=False)


@click.group("privacy")
def privacy_command() -> None:
    """Say which data about people there are."""


@privacy_command.command("sheet")
@click.option("--format", "kind", type=click.Choice(["html", "text"]), default="text",
              show_default=True)  # fmt: skip
@click.option("--out", type=FILE, help="Write to this file.")
@_language_option
@programme_option
def sheet_command(
    kind: str, out: Path | None, language: str | None, programme: Path | None
) -> None:
    """Print the data sheet for works councils: which fields, who sees them, how long."""
    from programme.directory import require_programme
    from xapi_lrs_reports.commands.output import write_output
    from xapi_lrs_reports.report.privacy_sheet import sheet_html, sheet_text

    directory = require_programme(programme)
    make = sheet_html if kind == "html" else sheet_text
    write_output(make(directory, language), out)
