"""The commands of `noroom register`: parse options, call, print."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xapi_lrs_reports.commands.materials_options import materials_options, open_materials
from xapi_lrs_reports.commands.options import FILE, FOLDER, json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from programme.directory import ProgrammeDirectory
    from xapi_lrs_reports.certificates.register import Entry

_WAYS = ("post", "e-mail", "hand", "download")
_on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, such as 2026-11-21; else today."
)
_reason_option = click.option(
    "--reason", required=True, help="Why; it stays in the register and is not published."
)


@click.group("register")
def register_command() -> None:
    """Keep the register of certificates."""


@register_command.command("list")
@click.option("--hotel", metavar="ID", help="Only this hotel's.")
@_on_option
@json_option
@programme_option
def list_command(
    hotel: str | None, on: datetime.datetime | None, as_json: bool, programme: Path | None
) -> None:
    """List every certificate with its state and when it was sent."""
    from xapi_lrs_reports.certificates.register import read_register, register_path

    directory = _programme(programme)
    entries = read_register(register_path(directory))
    day = _day(directory, on)
    shown = [one for one in entries if hotel in (None, one.hotel) and one.issued_on <= day]
    if as_json:
        print_json({"certificates": [_entry_json(one, day) for one in shown]})
        return
    for entry in shown:
        click.echo(_entry_text(entry, day))
    click.echo(f"{len(shown)} certificates.", err=True)


@register_command.command("check")
@click.option("--keys", "keys_file", type=FILE, help=(
    "The keys.json that you kept, in place of the folder's."
))  # fmt: skip
@click.option("--head", "kept_head", type=FILE, help=(
    "A register.head that you kept: the register must still begin with what stood in it then."
))  # fmt: skip
@programme_option
def check_command(keys_file: Path | None, kept_head: Path | None, programme: Path | None) -> None:
    """Check that nobody changed the register: every link, every signature, the end, every kit."""
    from xapi_lrs_reports.certificates.audit import audit

    found = audit(_programme(programme), keys_file, kept_head)
    for note in found.notes:
        click.echo(note, err=True)
    click.echo(
        f"{found.lines} lines, {found.certificates} certificates: every link and signature fits."
    )


def _ending_command(name: str, end: str, said: str, help_text: str) -> click.Command:
    """Make a command that ends a certificate by a function of `certificates.events`."""

    @click.command(name, help=help_text)
    @click.argument("certificate")
    @_reason_option
    @_on_option
    @programme_option
    def command(
        certificate: str, reason: str, on: datetime.datetime | None, programme: Path | None
    ) -> None:
        from xapi_lrs_reports.certificates import events

        directory = _programme(programme)
        day = _day(directory, on)
        ended = getattr(events, end)(directory, certificate, reason, day)
        for entry in ended:
            click.echo(f"{entry.number}  {entry.hotel}  {said}")
        others = events.still_holding(directory, ended[-1].hotel, day)
        for entry in others:
            click.echo(
                f"{entry.number} of the same hotel still holds, {_until(entry.valid_until)}: "
                f"noroom register {name} {entry.number} --reason … ends it too.",
                err=True,
            )
        if others:
            click.echo(
                f"All that the hotel holds at once: noroom register {name} {ended[-1].hotel} "
                "--reason …",
                err=True,
            )
        click.echo("Publish the register again: noroom register publish.", err=True)

    return command


for _one in (
    _ending_command("revoke", "revoke", "revoked", (
        "Take back CERTIFICATE (a number, or a hotel's id for all that it holds): it must not be "
        "shown any more."
    )),
    _ending_command("lapse", "lapse", "ended", (
        "End CERTIFICATE (a number, or a hotel's id for all that it holds) before its last day, "
        "without blame."
    )),
):  # fmt: skip
    register_command.add_command(_one)


@register_command.command("reissue")
@click.argument("certificate")
@materials_options
@programme_option
def reissue_command(certificate: str, programme: Path | None, **materials: Any) -> None:
    """Issue CERTIFICATE (a number, or a hotel's id) anew under the hotel's name of today.

    For a hotel that was renamed in hotels.csv, a certificate from before they were signed, or one
    whose key was revoked. It gets a new number and keeps its last day; the old one ends.
    """
    from xapi_lrs_reports.certificates.reissue import reissue

    directory = _programme(programme)
    day = _day(directory, None)
    with open_materials(directory, day, **materials) as papers:
        one = reissue(directory, certificate, day, papers)
    click.echo(f"{one.number}  {one.hotel}  {_until(one.valid_until)}  {one.path}")


@register_command.command("sent")
@click.argument("certificates", nargs=-1, required=True)
@click.option("--by", "way", type=click.Choice(_WAYS), required=True, help="How it was sent.")
@click.option("--note", default="", help="Such as a tracking number; no names, no addresses.")
@_on_option
@programme_option
def sent_command(
    certificates: tuple[str, ...],
    way: str,
    note: str,
    on: datetime.datetime | None,
    programme: Path | None,
) -> None:
    """Write down that CERTIFICATES (numbers or hotels' ids) were sent."""
    from xapi_lrs_reports.certificates.events import record_sent

    directory = _programme(programme)
    for entry in record_sent(directory, certificates, way, note, _day(directory, on)):
        click.echo(f"{entry.number}  {entry.hotel}  sent by {way}")


@register_command.command("publish")
@click.option("--out", type=FOLDER, required=True, help="The folder to host.")
@click.option("--without-register", is_flag=True, help=(
    "Only the verification page and the keys: no list of certificates."
))  # fmt: skip
@programme_option
def publish_command(out: Path, without_register: bool, programme: Path | None) -> None:
    """Write the verification page, the public keys and register.json; any web host will do.

    The page checks signatures in the browser and sends nothing anywhere. register.json names
    certificates, hotels and dates, and no numbers of people; register.head signs it.
    """
    from xapi_lrs_reports.certificates.publish import publish

    directory = _programme(programme)
    day = _day(directory, None)
    for path in publish(directory, out, day, with_register=not without_register):
        click.echo(path)
    if directory.settings.verification_page is None:
        click.echo(
            "Write its address into programme.yaml, verification_page: the QR codes of new "
            "certificates will lead there.",
            err=True,
        )


@register_command.group("keys")
def keys_command() -> None:
    """Make, list and revoke the keys that sign certificates."""


@keys_command.command("new")
@click.option("--out", type=FILE, help="The file of the private key; outside the programme.")
@programme_option
def keys_new_command(out: Path | None, programme: Path | None) -> None:
    """Make a key that signs from today on; older keys retire, what they signed stays good."""
    from xapi_lrs_reports.certificates.keys import keys_path
    from xapi_lrs_reports.certificates.signing_key import make_key

    directory = _programme(programme)
    signer, path = make_key(directory, _day(directory, None), out)
    click.echo(f"{signer.kid}  {path}")
    click.echo(
        f"Keep a copy of the private key in a safe place; whoever has it can make certificates.\n"
        f"The public keys are in {keys_path(directory)}: publish them, they are no secret.",
        err=True,
    )
    if out is not None:
        click.echo(f"Before you certify: NOROOM_SIGNING_KEY_FILE={path}", err=True)


@keys_command.command("list")
@programme_option
def keys_list_command(programme: Path | None) -> None:
    """List the programme's public keys."""
    from xapi_lrs_reports.certificates.keys import programme_keys

    for key in programme_keys(_programme(programme)).values():
        click.echo(f"{key.kid}  {key.state}  since {key.since}")


@keys_command.command("revoke")
@click.argument("key")
@_reason_option
@_on_option
@programme_option
def keys_revoke_command(
    key: str, reason: str, on: datetime.datetime | None, programme: Path | None
) -> None:
    """Say that KEY may be in other hands; lists the certificates that should be reissued."""
    from xapi_lrs_reports.certificates.revoke_key import revoke_key

    directory = _programme(programme)
    touched = revoke_key(directory, key, reason, _day(directory, on))
    for entry in touched:
        click.echo(f"{entry.number}  {entry.hotel}")
    click.echo(
        f"{len(touched)} certificates that hold were signed with it: noroom register reissue, then "
        "noroom register publish.",
        err=True,
    )


def _entry_text(entry: Entry, day: datetime.date) -> str:
    from xapi_lrs_reports.certificates.standing import standing_of

    standing, note = standing_of(entry, day)
    sent = "; ".join(f"sent {one.day} by {one.by}" for one in entry.sent) or "not sent"
    unsigned = "" if entry.code else "  unsigned"
    said = f"  {note}" if note and standing != "expired" else ""
    return (
        f"{entry.number}  {entry.hotel}  {standing}  {_until(entry.valid_until)}"
        f"{said}  {sent}{unsigned}"
    )


def _entry_json(entry: Entry, day: datetime.date) -> dict[str, object]:
    from xapi_lrs_reports.certificates.standing import standing_of

    return {
        "number": entry.number,
        "hotel": entry.hotel,
        "name": entry.name,
        "issued_on": entry.issued_on.isoformat(),
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
        "standing": standing_of(entry, day)[0],
        "signed": bool(entry.code),
        "replaces": entry.replaces,
        "replaced_by": entry.replaced_by,
        "sent": [{"on": one.day.isoformat(), "by": one.by, "note": one.note} for one in entry.sent],
    }


def _until(day: datetime.date | None) -> str:
    return f"valid until {day}" if day else "valid without end"


def _programme(given: Path | None) -> ProgrammeDirectory:
    from programme.directory import require_programme

    return require_programme(given)


def _day(programme: ProgrammeDirectory, on: datetime.datetime | None) -> datetime.date:
    from xapi_lrs_reports.rule.parameters import today

    return on.date() if on else today(programme.settings.time_zone)
