"""The commands for those who write: a first folder, schemas for the editor, the preview."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_builder.commands.options import FOLDER

if TYPE_CHECKING:
    from scorm_builder.preview.server import PreviewServer

USUAL_PORT = 8750
_FIRST_STEPS = """
Start with {folder}/README.md. The course builds as it stands:

  noroom preview {course}{programme}
  noroom check {course}
  noroom build {course}{programme} --out dist --allow-draft"""
_SWITCHED_ON = """
Your editor uses them as soon as it knows where they are. Either way will do.

In VS Code, with the extension "YAML" by Red Hat, in .vscode/settings.json:

{settings}

In any editor with the YAML language server, as the first line of a file, here a course.yaml:

{line}"""


@click.command("init")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--kind", type=click.Choice(["programme", "course"]), default="programme",
              help="A programme with a course in it (the default), or a course alone.")  # fmt: skip
def init_command(folder: Path, kind: str) -> None:
    """Make the new folder DIR with an example of everything, to be changed by you."""
    from scorm_builder.starter.write_starter import COURSE, write_starter

    for path in write_starter(folder, kind):
        click.echo(path)
    course = folder if kind == "course" else folder / "courses" / COURSE
    programme = "" if kind == "course" else f" --programme {folder}"
    click.echo(_FIRST_STEPS.format(course=course, programme=programme, folder=folder), err=True)


@click.command("schema")
@click.option("--out", type=FOLDER, help="The folder for the schemas, one file each.")
def schema_command(out: Path | None) -> None:
    """Give the JSON Schema of every YAML file, so that an editor completes and checks it."""
    from scorm_builder.course.yaml_schemas import FILES, editor_settings, schema_text, schemas
    from scorm_builder.package.stage_files import StagedFiles

    made = schemas()
    if out is None:
        click.echo(schema_text(made), nl=False)
        return
    with StagedFiles() as staged:
        for name, schema in made.items():
            staged.write(out / name, schema_text(schema).encode())
        staged.commit()
    for name in made:
        click.echo(out / name)
    line = f"# yaml-language-server: $schema={out.resolve() / FILES[0].schema_name}"
    settings = editor_settings(out.as_posix() if out.is_absolute() else f"./{out.as_posix()}")
    click.echo(_SWITCHED_ON.format(settings=settings, line=line), err=True)


@click.command("preview")
@click.argument("course", type=FOLDER)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N",
              help=f"The port to listen on; {USUAL_PORT} if it is free.")  # fmt: skip
@click.option("--programme", type=FOLDER, help="The programme's folder, if not here or above.")
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
def preview_command(
    course: Path, port: int | None, programme: Path | None, no_browser: bool
) -> None:
    """Show the course folder COURSE beside a simulated LMS, anew after every change."""
    from programme.directory import find_programme
    from scorm_builder.course.load_course import require_folder

    require_folder(course)
    server = _server(course, find_programme(programme), port)
    try:
        click.echo(server.address)
        click.echo("Ctrl-C ends the preview.", err=True)
        if not no_browser:
            webbrowser.open(server.address)
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        click.echo("The preview has ended.", err=True)
    finally:
        server.close()


def _server(course: Path, programme: Path | None, port: int | None) -> PreviewServer:
    """Open the server on `port`; where none was asked for, any port will do."""
    from scorm_builder.preview.server import PreviewServer

    try:
        return PreviewServer(course, programme, USUAL_PORT if port is None else port)
    except OSError as error:
        if port is None:
            return PreviewServer(course, programme, 0)
        words = f"port {port} cannot be used: {error.strerror}. Leave --port out, or try another."
        raise click.BadParameter(words, param_hint="--port") from None
