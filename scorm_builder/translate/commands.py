"""The command group `noroom translate`: parse options, call, print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from programme.command_line import EXIT_INPUT, print_problems

if TYPE_CHECKING:
    from scorm_builder.course.course import Course
    from scorm_builder.translate.import_xliff import Import
    from scorm_builder.translate.status import TranslationStatus
    from scorm_builder.translate.translatable import Translatable
    from scorm_builder.translate.update import Catalogue

FOLDER = click.Path(path_type=Path)
_TAG = re.compile("[a-z]{2,3}(-[A-Z]{2})?")


def _tag(
    context: click.Context, option: click.Parameter, given: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Refuse what is no language tag of the project."""
    for language in (given,) if isinstance(given, str) else given:
        if not _TAG.fullmatch(language):
            raise click.BadParameter(f'"{language}" is no language tag such as nl or pt-BR.')
    return given


LANGUAGE = click.option("--language", required=True, metavar="TAG", callback=_tag,
                        help="The language of the translation, such as nl.")  # fmt: skip


COURSE = click.argument("course", type=FOLDER, required=False)
OWN_WORDS = click.option("--own-words", "own_words", flag_value="screens",
                         help="The words of noroom itself, instead of a course.")  # fmt: skip
OWN_PAPERS = click.option("--own-papers", "own_words", flag_value="papers",
                          help="The words of certificates, slips, sheets and guides.")  # fmt: skip
CHAIN = click.option("--chain", metavar="ID", help="The pages that this chain adds to the course.")
PROGRAMME = click.option("--programme", type=FOLDER,
                         help="The programme's folder, if not here or above.")  # fmt: skip
SITE = click.option("--site", is_flag=True, help="The public site of the course.")
Command = TypeVar("Command", bound=Callable[..., None])


def _about(command: Command) -> Command:
    """Add what says which texts a command is about."""
    for option in (PROGRAMME, SITE, CHAIN, OWN_PAPERS, OWN_WORDS, COURSE):
        command = option(command)
    return command


class _InOrder(click.Group):
    """Lists its commands in the order of the work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names as they were defined."""
        return list(self.commands)


@click.group("translate", cls=_InOrder)
def translate_command() -> None:
    """Keep a course's translations up to date, and exchange them with translators."""


@translate_command.command("extract")
@_about
@click.option("--out", type=FOLDER, help="Write the template here, not on the screen.")
def extract_command(
    course: Path | None,
    own_words: str | None,
    chain: str | None,
    site: bool,
    programme: Path | None,
    out: Path | None,
) -> None:
    """Write all texts of the course as a gettext template (POT)."""
    from scorm_builder.translate.update import template

    content = template(_subject(course, own_words, chain, programme, site=site))
    if out is None:
        click.echo(content, nl=False)
    else:
        _write({out: content})


@translate_command.command("update")
@_about
@click.option("--language", "languages", multiple=True, metavar="TAG", callback=_tag,
              help="Update, or start, this translation only (may be repeated).")  # fmt: skip
def update_command(
    course: Path | None, own_words: str | None, chain: str | None, site: bool,
    programme: Path | None,
    languages: tuple[str, ...],
) -> None:  # fmt: skip
    """Bring locale/<language>.po up to date with the course."""
    loaded = _subject(course, own_words, chain, programme, site=site)
    catalogues = _updated(loaded, list(languages) or _translations(loaded))
    _write({one.path: one.content() for one in catalogues if one.needs_writing()})
    for one in catalogues:
        counts = f"{one.added} added, {one.reworded} reworded, {one.gone} gone"
        done = "written" if one.needs_writing() else "as it was"
        click.echo(f"{one.language}\t{counts}\t{one.path} {done}")
        statuses = loaded.statuses
        if statuses and one.language not in loaded.languages:
            words = f"{one.language} is not a language of {statuses.of} yet. Add to {statuses.key}:"
            line = f"  {one.language}: {{ status: draft }}"
            click.echo(f"{words} in {statuses.source.file}:\n{line}", err=True)


@translate_command.command("status")
@_about
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def status_command(
    course: Path | None,
    own_words: str | None,
    chain: str | None,
    site: bool,
    programme: Path | None,
    as_json: bool,
) -> None:
    """Say how far each translation is, and who has reviewed it."""
    from scorm_builder.translate.status import translation_status

    loaded = _subject(course, own_words, chain, programme, site=site)
    found = translation_status(loaded, _translations(loaded))
    if as_json:
        click.echo(json.dumps({"languages": [one.as_json() for one in found]}, indent=2))
        return
    for one in found:
        click.echo("\n".join(_status_lines(one)))


@translate_command.command("review")
@click.argument("course", type=FOLDER)
@CHAIN
@SITE
@PROGRAMME
@LANGUAGE
@click.option("--status", required=True, type=click.Choice(["reviewed", "approved"]),
              help="What the reviewer says.")  # fmt: skip
@click.option("--reviewer", required=True, help="The person who read every text.")
@click.option("--date", "on", required=True, type=click.DateTime(["%Y-%m-%d"]),
              help="When, such as 2026-11-21.")  # fmt: skip
def review_command(
    course: Path, chain: str | None, site: bool, programme: Path | None,
    language: str, status: str, reviewer: str, on: object,
) -> None:  # fmt: skip
    """Write into course.yaml or chain.yaml that a person stands behind a language."""
    from scorm_builder.translate.review import Review, reviewed

    if not reviewer.strip() or not reviewer.isprintable():
        raise click.BadParameter("Write the name of a person.", param_hint="--reviewer")
    review = Review(language, status, reviewer.strip(), str(on)[:10])
    subject = _subject(course, None, chain, programme, site=site)
    if subject.statuses is None:
        raise TypeError("a course and a chain have statuses")
    content, catalogue = reviewed(subject, subject.statuses, review)
    files = {subject.statuses.file: content}
    if catalogue is not None:
        files[catalogue.path] = catalogue.content()
    _write(files)
    click.echo(f"{language}\t{status} by {review.by} on {review.on}")


@translate_command.command("export")
@_about
@LANGUAGE
@click.option("--format", "form", required=True, type=click.Choice(["xliff12", "xliff20"]),
              help="The version of XLIFF that the translation tool reads.")  # fmt: skip
@click.option("--out", required=True, type=FOLDER, help="The XLIFF file.")
def export_command(
    course: Path | None, own_words: str | None, chain: str | None, site: bool,
    programme: Path | None,
    language: str, form: str, out: Path,
) -> None:  # fmt: skip
    """Write a translation, as far as it is, as XLIFF for a translation tool."""
    from scorm_builder.translate.export_xliff import export_xliff

    loaded = _subject(course, own_words, chain, programme, site=site)
    (catalogue,) = _updated(loaded, [language])
    _write({out: export_xliff(loaded, catalogue, "xliff12" if form == "xliff12" else "xliff20")})
    click.echo(f"{out}: {len(catalogue.entries)} texts", err=True)


@translate_command.command("import")
@click.argument("files", metavar="[COURSE] FILES...", type=FOLDER, nargs=-1, required=True)
@OWN_WORDS
@OWN_PAPERS
@CHAIN
@SITE
@PROGRAMME
def import_command(
    files: tuple[Path, ...], own_words: str | None, chain: str | None, site: bool,
    programme: Path | None,
) -> None:  # fmt: skip
    """Take translations from XLIFF files; name and leave what is wrong."""
    from scorm_builder.translate.import_xliff import import_xliff

    course, given = (None, list(files)) if own_words else (files[0], list(files[1:]))
    if not given:
        raise click.UsageError("Name the course, and then the XLIFF files.")
    loaded = _subject(course, own_words, chain, programme, site=site)
    done = import_xliff(loaded, given)
    changed = {one.path: one.content() for one in done.catalogues.values() if one.needs_writing()}
    _write(changed)
    for line in _import_lines(done):
        click.echo(line)
    for language in sorted({one.language for one in done.received if one.new or one.changed}):
        status = loaded.languages.get(language)
        if loaded.statuses and status is not None and status.status != "draft":
            words = f"{language} is marked {status.status} in {loaded.statuses.source.file}"
            click.echo(f"{words}: have the new texts reviewed, or write status: draft.", err=True)
    if done.problems:
        count = f"{len(changed) or 'No'} PO file{'s were' if len(changed) > 1 else ' was'} written."
        print_problems(done.problems, end=count)
    if any(problem.severity == "error" for problem in done.problems):
        sys.exit(EXIT_INPUT)


def _subject(
    course: Path | None,
    own_words: str | None,
    chain: str | None,
    programme: Path | None,
    *,
    site: bool,
) -> Translatable:
    """Give what the command is about: course, its site, a chain's pages, or noroom's own words."""
    from scorm_builder.translate.translatable import of_chain, of_course, of_site, own_papers
    from scorm_builder.translate.translatable import own_words as of_noroom

    if bool(own_words) == (course is not None):
        raise click.UsageError("Name the folder of a course, or give --own-words.")
    if site and (chain or course is None):
        raise click.UsageError("--site is about the site of a course: name the course alone.")
    if site and course:
        return of_site(_load(course))
    if chain and course:
        from programme.directory import require_chains, require_programme

        found = require_programme(programme)
        (known,) = require_chains(found, [chain])
        return of_chain(_load(course), found, known)
    if chain:
        raise click.UsageError("noroom's own words are the same for every chain.")
    if course:
        return of_course(_load(course))
    return own_papers() if own_words == "papers" else of_noroom()


def _load(course: Path) -> Course:
    """Read the course without its translations."""
    from scorm_builder.course.load_course import load_course

    return load_course(course, ())


def _translations(subject: Translatable) -> list[str]:
    """Give every language but the first, then those that only have a PO file."""
    there = [file.stem for file in sorted(subject.locale.glob("*.po"))]
    known = [*subject.languages, *(stem for stem in there if _TAG.fullmatch(stem))]
    return [one for one in dict.fromkeys(known) if one != subject.source_language]


def _updated(subject: Translatable, languages: list[str]) -> list[Catalogue]:
    from programme.problems import InputError
    from scorm_builder.translate.update import updated

    if subject.source_language in languages:
        words = f"{subject.source_language} is the language that is translated from."
        raise click.BadParameter(words, param_hint="--language")
    found, problems = [], []
    for language in dict.fromkeys(languages):
        try:
            found.append(updated(subject, language))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _write(files: dict[Path, bytes]) -> None:
    from scorm_builder.package.stage_files import StagedFiles

    with StagedFiles() as staged:
        for path, content in files.items():
            staged.write(path, content)
        staged.commit()


def _status_lines(one: TranslationStatus) -> list[str]:
    head = one.status or "not in course.yaml"
    lines = [f"{one.language}  {head}: {one.translated} of {one.texts} texts translated"]
    left = {"fuzzy": one.fuzzy, "stale": one.stale, "missing": one.missing}
    if one.words_left:
        counts = ", ".join(f"{number} {word}" for word, number in left.items() if number)
        lines.append(f"    {counts}; {one.words_left:,} words to do")
    for verb in ("reviewed", "approved"):
        if by := one.signed.get(f"{verb}_by"):
            lines.append(f"    {verb} by {by} on {one.signed.get(f'{verb}_on', '?')}")
    if one.second_reading:
        by, on = one.second_reading["by"], one.second_reading["on"]
        lines.append(f"    second reading by {by} on {on}")
    for term in one.glossary:
        words = " or ".join(f"“{word}”" for word in term.wanted)
        lines.append(f"    glossary: “{term.source}” without {words}: {', '.join(term.texts)}")
    return lines


def _import_lines(done: Import) -> list[str]:
    return [
        f"{one.file}\t{one.language}: {one.new} new, {one.changed} changed, "
        f"{one.unchanged} as before, {one.for_review} to be reviewed, "
        f"{one.untranslated} not translated, {one.refused} refused, {one.unknown} unknown"
        for one in done.received
    ]
