"""The options of `certify` and `register reissue` on what lies in a kit beside the certificate."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xapi_lrs_reports.commands.options import FOLDER

if TYPE_CHECKING:
    from programme.directory import ProgrammeDirectory
    from xapi_lrs_reports.certificates.materials import Materials

Command = TypeVar("Command", bound=Callable[..., Any])
_COURSE = Path("courses/no-room")
_KEPT = "certificates/.papers"


def materials_options(command: Command) -> Command:
    """Add the options; the command gets them as keywords for `open_materials`."""
    options = (
        click.option("--course", type=FOLDER, help=(
            "The course whose signals stand on the role cards; if not given, courses/no-room."
        )),
        click.option("--materials", type=FOLDER, help=(
            "A folder of your own posters and cards, in place of those that noroom prints."
        )),
        click.option("--without-materials", is_flag=True, help="No posters and cards."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def open_materials(
    programme: ProgrammeDirectory,
    day: datetime.date,
    *,
    course: Path | None,
    materials: Path | None,
    without_materials: bool,
) -> Iterator[Materials | None]:
    """Give what goes into kits: as the options say, or as it can be printed here.

    Raises InputError if the folders that were named are not what they should be.
    """
    from programme.command_line import offered
    from xapi_lrs_reports.certificates.materials import FolderOfMaterials

    if materials is not None or without_materials:
        yield FolderOfMaterials(materials) if materials and not without_materials else None
        return
    found, open_papers = course or _course_of(programme), offered("kit papers")
    if found is None or open_papers is None:
        click.echo(
            "The kits have no posters and cards: there is no courses/no-room here or in the "
            "programme's folder. Name the course: --course DIR.",
            err=True,
        )
        yield None
        return
    with open_papers(programme, found, programme.path / _KEPT, day) as papers:
        yield papers


def _course_of(programme: ProgrammeDirectory) -> Path | None:
    places = (_COURSE, programme.path / _COURSE)
    return next((place for place in places if place.is_dir()), None)
