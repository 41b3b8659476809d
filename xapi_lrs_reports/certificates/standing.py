"""How each certificate stands on a day: for people at the office, and for those who verify one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.files import read_bytes
from programme.problems import InputError, Problem
from programme.public_register import MOST_BYTES, read_public_register
from xapi_lrs_reports.certificates.head import head_path, is_ours, read_head, sha256
from xapi_lrs_reports.certificates.keys import Keys, programme_keys
from xapi_lrs_reports.certificates.register import Entry
from xapi_lrs_reports.certificates.verify import Known, Standing


def standing_of(entry: Entry, day: date) -> tuple[Standing, str]:
    """Give the standing of a certificate on a day, and a note on what ended it."""
    if entry.revoked_on is not None and entry.revoked_on <= day:
        return "revoked", f"revoked on {entry.revoked_on}"
    if entry.replaced_on is not None and entry.replaced_on <= day:
        return "replaced", f"replaced by {entry.replaced_by}"
    if entry.lapsed_on is not None and entry.lapsed_on <= day:
        return "ended", f"ended on {entry.lapsed_on}"
    if day < entry.issued_on:
        return "not_yet_valid", f"issued on {entry.issued_on}"
    if entry.valid_until is not None and day > entry.valid_until:
        return "expired", f"valid until {entry.valid_until}"
    return "valid", ""


def holds(entry: Entry, day: date) -> bool:
    """Tell whether a certificate holds on a day."""
    return standing_of(entry, day)[0] == "valid"


def known_from_entries(entries: Iterable[Entry], day: date) -> dict[str, Known]:
    """Give the programme's own register as `verify` reads it."""
    return {
        entry.number: Known(entry.number, entry.hotel, entry.issued_on, standing, entry.code, note)
        for entry in entries
        for standing, note in [standing_of(entry, day)]
    }


def known_from_file(path: Path, keys: Keys) -> dict[str, Known]:
    """Give a published register.json as `verify` reads it; raises InputError.

    The signed head beside it must be its own. Where there is none, as beside those of earlier
    versions of noroom, the note of each certificate says so: anybody could have written that file.
    """
    register = read_public_register(path)
    note = f"says the register of {register.updated_on}"
    if not _is_signed(path, keys):
        note += f", which nobody signed: {head_path(path).name} does not lie beside it"
    return {
        one.number: Known(
            one.number, one.hotel, date.fromisoformat(one.valid_from), one.status, note=note
        )
        for one in register.certificates
    }


def signature_problems(register: Path, programme: ProgrammeDirectory) -> list[Problem]:
    """Warn of a register.json that nobody signed; raises InputError if it is not the programme's.

    A programme without keys has signed nothing.
    """
    keys = programme_keys(programme)
    if not keys or _is_signed(register, keys):
        return []
    what = f"nobody signed this file: {head_path(register).name} does not lie beside it"
    fix = "Take both files from the folder that noroom register publish wrote."
    return [Problem(str(register), 0, 0, "register-unsigned", what, fix, severity="warning")]


def _is_signed(path: Path, keys: Keys) -> bool:
    """Tell whether a register.json has a head; raises InputError if that is another one's."""
    head = read_head(head_path(path))
    if head is None:
        return False
    revoked = frozenset(kid for kid, key in keys.items() if key.state == "revoked")
    if is_ours(head, keys, revoked) and head.register_json == sha256(read_bytes(path, MOST_BYTES)):
        return True
    what = "this register.json is not the one that the programme signed"
    fix = "Get register.json and register.head anew from the programme, both of one day."
    raise InputError([Problem(str(path), 0, 0, "verify-register", what, fix)])
