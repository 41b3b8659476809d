"""The command `noroom verify`: parse options, call, print."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xapi_lrs_reports.commands.options import FILE, json_option, programme_option
from xapi_lrs_reports.commands.output import print_json

if TYPE_CHECKING:
    from xapi_lrs_reports.certificates.keys import Keys
    from xapi_lrs_reports.certificates.verify import Known, Verdict


@click.command("verify")
@click.argument("certificate")
@click.option("--keys", "keys_file", type=FILE, help="The programme's keys.json.")
@click.option("--register", "register_file", type=FILE, help="A published register.json.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, such as 2026-11-21; else today."
)
@json_option
@programme_option
def verify_command(
    certificate: str,
    keys_file: Path | None,
    register_file: Path | None,
    on: datetime.datetime | None,
    as_json: bool,
    programme: Path | None,
) -> None:
    """Say whether CERTIFICATE is genuine and still holds; works offline.

    CERTIFICATE is its PDF, a picture of it, or the text of its code. With --keys the programme's
    folder is not needed. Exit code 1: not genuine, or it does not hold.
    """
    from xapi_lrs_reports.certificates.read_code import read_shown
    from xapi_lrs_reports.certificates.verify import verify

    keys, known, day = _trusted(keys_file, register_file, on, programme)
    verdict = verify(read_shown(certificate), keys, known, day)
    if as_json:
        print_json(_verdict_json(verdict))
    else:
        _print_verdict(verdict)
    sys.exit(0 if verdict.standing == "valid" else 1)


def _trusted(
    keys_file: Path | None,
    register_file: Path | None,
    on: datetime.datetime | None,
    programme: Path | None,
) -> tuple[Keys, dict[str, Known] | None, datetime.date]:
    """Give the keys to believe, the register to ask, and the day."""
    from xapi_lrs_reports.certificates.keys import read_keys
    from xapi_lrs_reports.certificates.standing import known_from_file

    day = on.date() if on else None
    if keys_file is None:
        keys, own, day = _of_programme(programme, day, wants_register=register_file is None)
    else:
        keys, own = read_keys(keys_file), None
    day = day or datetime.datetime.now().astimezone().date()
    return keys, known_from_file(register_file, keys) if register_file else own, day


def _of_programme(
    given: Path | None, day: datetime.date | None, *, wants_register: bool
) -> tuple[Keys, dict[str, Known] | None, datetime.date]:
    from programme.directory import require_programme
    from xapi_lrs_reports.certificates.chain import check_signatures, read_chain
    from xapi_lrs_reports.certificates.keys import programme_keys
    from xapi_lrs_reports.certificates.register import entries_of, register_path
    from xapi_lrs_reports.certificates.standing import known_from_entries
    from xapi_lrs_reports.rule.parameters import today

    directory = require_programme(given)
    keys, day = programme_keys(directory), day or today(directory.settings.time_zone)
    if not wants_register:
        return keys, None, day
    chain = read_chain(register_path(directory))
    check_signatures(chain, keys)
    return keys, known_from_entries(entries_of(chain.path, chain.lines), day), day


def _print_verdict(verdict: Verdict) -> None:
    facts = verdict.facts
    rests = "signature and register" if verdict.register_asked else "signature alone"
    standing = verdict.standing.replace("_", " ")
    click.echo(f"Genuine, {standing} on {verdict.day} (by {rests}).")
    if verdict.note:
        click.echo(f"Note: {verdict.note}.")
    word = "at least" if facts.operator == "ge" else "more than"
    rows = {
        "number": facts.number,
        "hotel": f"{facts.name} ({facts.hotel})",
        "issued on": facts.issued_on.isoformat(),
        "valid until": facts.valid_until.isoformat() if facts.valid_until else "no end",
        "rule": f"{word} {facts.threshold} % (version {facts.rule_version})",
        "completed": "threshold met" if facts.percent is None else f"{facts.percent} %",
        "course": ", ".join(facts.course_versions) or "-",
        "key": verdict.key.kid,
    }
    for label, value in rows.items():
        click.echo(f"  {label:<12} {value}")


def _verdict_json(verdict: Verdict) -> dict[str, object]:
    return {
        "genuine": True,
        "standing": verdict.standing,
        "on": verdict.day.isoformat(),
        "register_asked": verdict.register_asked,
        "note": verdict.note,
        "key": verdict.key.kid,
        "facts": verdict.facts.as_json(),
    }
