"""`noroom check` and `noroom build`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from programme.command_line import EXIT_INPUT, print_problems
from programme.problems import InputError, Problem
from scorm_builder.commands.options import FOLDER
from scorm_builder.standards import STANDARDS

if TYPE_CHECKING:
    from programme.settings import LanguagesIn
    from scorm_builder.chain.chain_release import ChainTime
    from scorm_builder.course.course import Course
    from scorm_builder.package.build_packages import BuiltPackage


@click.command("check")
@click.argument("course", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print problems and summary as JSON.")
@click.option("--allow-draft", is_flag=True, help="Do not mention languages that are drafts.")
@click.option("--chain", "chains", multiple=True, metavar="ID",
              help="Check the pages that this chain adds, too (may be repeated).")  # fmt: skip
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
def check_command(
    course: Path, as_json: bool, allow_draft: bool, chains: tuple[str, ...], programme: Path | None
) -> None:
    """Find every problem in the course folder COURSE, with its cure."""
    from scorm_builder.chain.chain_release import check_chains
    from scorm_builder.checks.check_reading import reading_problems
    from scorm_builder.course.load_course import load_course
    from scorm_builder.course.summarise import summarise
    from scorm_builder.site.site_edition import require_sound_site
    from scorm_builder.translate.glossary import glossary_warnings

    try:
        loaded = load_course(course)
        terms = glossary_warnings(loaded)
        require_sound_site(loaded)
        times, of_chains = check_chains(loaded, programme, chains, allow_draft=allow_draft)
    except InputError as error:
        if not as_json:
            raise
        _print_json(problems=_as_json(error.problems), summary=None)
        sys.exit(EXIT_INPUT)
    found = [*loaded.warnings, *terms, *([] if allow_draft else _drafts(loaded))]
    summary = summarise(loaded)
    found += [*reading_problems(loaded, summary.times, summary.levels), *of_chains]
    if as_json:
        _print_json(problems=_as_json(found), summary=summary.as_json(), **_times(times))
    else:
        if found:
            print_problems(found)
        click.echo("\n".join(map(str, [summary, *times])))
    if any(problem.severity == "error" for problem in found):
        sys.exit(EXIT_INPUT)


@click.command("build")
@click.argument("course", type=FOLDER)
@click.option("--standard", "standards", multiple=True, type=click.Choice(STANDARDS),
              help="Build for this standard only (may be repeated).")  # fmt: skip
@click.option("--language", "languages", multiple=True, metavar="TAG",
              help="Build this language only, such as nl (may be repeated).")  # fmt: skip
@click.option("--languages-in", type=click.Choice(["each", "one", "both"]),
              help="A package for each language, one with a choice of language, or both; "
                   "if not given, as chain.yaml says, else each.")  # fmt: skip
@click.option("--profile", "profiles", multiple=True, metavar="ID",
              help="Build for this audience, such as student; repeated, learners choose. If not "
                   "given, as chain.yaml says, else for the hotel's own staff.")  # fmt: skip
@click.option("--chain", "chains", multiple=True, metavar="ID",
              help="Build for this chain only (may be repeated).")  # fmt: skip
@click.option("--country", metavar="CODE",
              help="Show the contacts of this country, such as BE, where chain.yaml "
                   "names none.")  # fmt: skip
@click.option("--out", required=True, type=FOLDER, help="The folder for the packages.")
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
@click.option("--allow-draft", is_flag=True, help="Build languages that nobody has reviewed.")
@click.option("--against", multiple=True, type=FOLDER, metavar="OLD.zip",
              help="Say what this does to learners of OLD.zip (may be repeated).")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), help="Number of processes.")
@click.option("--major", is_flag=True, help="Build even an update that harms learners.")
@click.option("--json", "as_json", is_flag=True, help="Print the list of packages as JSON.")
def build_command(
    course: Path,
    standards: tuple[str, ...],
    languages: tuple[str, ...],
    languages_in: LanguagesIn | None,
    profiles: tuple[str, ...],
    chains: tuple[str, ...],
    country: str | None,
    out: Path,
    programme: Path | None,
    allow_draft: bool,
    against: tuple[Path, ...],
    jobs: int | None,
    major: bool,
    as_json: bool,
) -> None:
    """Compile the course folder COURSE into packages for an LMS."""
    from scorm_builder.commands.inspect import print_refusal, print_updates
    from scorm_builder.lint.gate import Gate
    from scorm_builder.package.build_packages import BuildRequest, build_everything
    from scorm_builder.package.progress import progress_bar

    request = BuildRequest(
        course,
        out,
        standards,
        languages,
        chains,
        programme,
        allow_draft,
        jobs,
        languages_in,
        country,
        profiles,
    )
    gate: Gate | None = None
    try:
        gate = Gate(against, major=major)
        with progress_bar() as started:
            built = build_everything(request, started, gate)
    except InputError as error:
        print_refusal(error, gate.updates if gate else [], as_json=as_json)
        sys.exit(EXIT_INPUT)
    print_updates(gate.updates)
    for time in built.times:
        click.echo(str(time), err=True)
    if built.warnings:
        print_problems(built.warnings)
    if as_json:
        updates = {"against": [one.as_json() for one in gate.updates]} if against else {}
        packages = [asdict(package) for package in built.packages]
        documents = built.documents
        _print_json(packages=packages, documents=documents, **updates, **_times(built.times))
    else:
        _print_table(built.packages)


def _times(times: Sequence[ChainTime]) -> dict[str, object]:
    """Give what JSON says of chains with pages of their own, nothing where there are none."""
    return {"chains": [time.as_json() for time in times]} if times else {}


def _drafts(course: Course) -> list[Problem]:
    from scorm_builder.checks.check_whole import draft_problem

    drafts = [one for one, status in course.languages.items() if status.status == "draft"]
    return [replace(draft_problem(course, one), severity="warning") for one in drafts]


def _as_json(problems: list[Problem]) -> list[dict[str, object]]:
    return [problem.as_json() for problem in problems]


def _print_json(**facts: object) -> None:
    click.echo(json.dumps(facts, indent=2))


def _print_table(packages: list[BuiltPackage]) -> None:
    """Print one line per package: framed on a terminal, tab-separated for a script."""
    rows = [
        (one.path, one.standard, "+".join(one.languages), one.chain or "-", f"{one.bytes:,}")
        for one in packages
    ]
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("package", "standard", "language", "chain", "bytes")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
