"""The commands `noroom materials` and `noroom contacts`: parse options, call, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from programme.contacts.read_contacts import KnownContact

FOLDER = click.Path(path_type=Path)
KIND_NAMES = ("poster", "poster-all", "role-cards", "manager-card", "signage", "team-talk")
_COURSE = Path("courses/no-room")


@click.command("materials")
@click.argument("course", type=FOLDER, default=_COURSE, required=False)
@click.option("--out", required=True, type=FOLDER, help="The folder for the papers.")
@click.option("--language", "languages", multiple=True, metavar="TAG",
              help="Print this language only, such as nl (may be repeated).")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KIND_NAMES),
              help="Print this kind of paper only (may be repeated).")  # fmt: skip
@click.option(
    "--chain", metavar="ID", help="With the logo, colours, titles and number of this chain."
)
@click.option("--country", metavar="CODE", help="Contacts and route of this country, such as BE; "
              "if not given, the chain's, the programme's or the course's.")  # fmt: skip
@click.option("--bleed", is_flag=True, help="For a printer: 3 mm of bleed, and crop marks.")
@click.option("--png", is_flag=True, help="Each page as a picture, too.")
@click.option("--unverified", is_flag=True,
              help="Show contacts that nobody has checked, marked so: for a look.")  # fmt: skip
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
def materials_command(
    course: Path, out: Path, languages: tuple[str, ...], kinds: tuple[str, ...],
    chain: str | None, country: str | None, bleed: bool, png: bool, unverified: bool,
    programme: Path | None,
) -> None:  # fmt: skip
    """Print posters, cards, screens and the guide for a talk, for the course folder COURSE."""
    from scorm_builder.materials.make_materials import MaterialsRequest, make_materials
    from scorm_builder.package.stage_files import StagedFiles

    request = MaterialsRequest(
        course, languages, kinds, chain, country, programme, unverified, bleed, png
    )
    made = []
    with StagedFiles() as staged:
        for paper in make_materials(request):
            staged.write(out / paper.name, paper.content)
            made.append(out / paper.name)
        staged.commit()
    for path in made:
        click.echo(path)


@click.command("contacts")
@click.option("--country", "wanted", multiple=True, metavar="CODE",
              help="This country only, such as NL (may be repeated).")  # fmt: skip
@click.option("--to-check", is_flag=True, help="Only what nobody has checked, or not for long.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
def contacts_command(
    wanted: tuple[str, ...], to_check: bool, as_json: bool, programme: Path | None
) -> None:
    """List whom to call in each country, and what the programme has still to check."""
    from programme.contacts.read_contacts import FILE, countries, known_country
    from programme.directory import find_programme
    from programme.today import today

    folder, day = find_programme(programme), today()
    found = [
        one
        for country in wanted or countries()
        for one in known_country(country, folder).contacts
        if not to_check or one.state(day) != "checked"
    ]
    if as_json:
        rows = [{**_facts(one), "state": one.state(day)} for one in found]
        click.echo(json.dumps({"contacts": rows}, indent=2, ensure_ascii=False))
        return
    click.echo("country\tid\tnumber\tstate\tverified_on\treview_by\tconfidence\tsource")
    for one in found:
        contact = one.contact
        checked = (one.verified.verified_on or "-", str(one.review_by or "-"))
        row = (one.country, contact.id, contact.number, one.state(day), *checked)
        click.echo("\t".join((*row, contact.confidence, contact.source)))
    left = sum(one.state(day) != "checked" for one in found)
    click.echo(_what_to_do(left, FILE, day.isoformat()), err=True)


def _facts(one: KnownContact) -> dict[str, object]:
    facts = one.contact.model_dump()
    review = one.review_by
    return {
        "country": one.country,
        **facts,
        "verified_on": one.verified.verified_on,
        "verified_by": one.verified.verified_by,
        "review_by": review and review.isoformat(),
        "show_unverified": one.verified.show_unverified,
    }


def _what_to_do(left: int, file: str, day: str) -> str:
    if not left:
        return "All of them are checked."
    line = f"  nl-police: {{ verified_on: {day}, verified_by: your name }}"
    words = f"{left} to check: dial the number, then write in {file} of the programme's folder:"
    return f"{words}\n{line}"
