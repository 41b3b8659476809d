"""The command `noroom site`: parse options, call, print."""

from __future__ import annotations

import json
from pathlib import Path

import click

from programme.command_line import offered, print_problems
from scorm_builder.commands.options import FOLDER


@click.command("site")
@click.argument("course", type=FOLDER)
@click.option("--out", required=True, type=FOLDER, help="The folder to upload to a web server.")
@click.option("--register", type=FOLDER, metavar="register.json",
              help="List the certified hotels of this file (noroom register publish).")  # fmt: skip
@click.option("--chain", "chains", multiple=True, metavar="ID",
              help="Put this chain's course for hotels without an LMS on the site "
                   "(may be repeated).")  # fmt: skip
@click.option("--language", "languages", multiple=True, metavar="TAG",
              help="Build this language only, such as nl (may be repeated).")  # fmt: skip
@click.option("--country", "countries", multiple=True, metavar="CODE",
              help="Show the contacts of this country (may be repeated); if not given, the "
                   "programme's.")  # fmt: skip
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
@click.option("--allow-draft", is_flag=True, help="Build what nobody has reviewed; it says so.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def site_command(
    course: Path, out: Path, register: Path | None, chains: tuple[str, ...],
    languages: tuple[str, ...], countries: tuple[str, ...], programme: Path | None,
    allow_draft: bool, as_json: bool,
) -> None:  # fmt: skip
    """Build the programme's public site from the folder site/ of COURSE."""
    from scorm_builder.site.build_site import SiteRequest, build_site

    request = SiteRequest(
        course, out, languages, chains, programme, register, allow_draft, countries,
        signature=offered("register signature"),
    )  # fmt: skip
    built = build_site(request)
    if built.warnings:
        print_problems(built.warnings)
    if as_json:
        click.echo(json.dumps({"pages": built.pages, "files": built.files}, indent=2))
        return
    for language, count in built.pages.items():
        click.echo(f"{out / language / 'index.html'}\t{language}\t{count} pages")
