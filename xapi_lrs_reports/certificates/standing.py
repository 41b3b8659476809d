"""How each certificate stands on a day: for people at the office, and for those who verify one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from programme.public_register import read_public_register
from xapi_lrs_reports.certificates.register import Entry
from xapi_lrs_reports.certificates.verify import Known, Standing


def standing_of(entry: Entry, day: date) -> tuple[Standing, str]:
    """Give the standing of a certificate on a day, and a note on what ended it."""
    if entry.revoked_on is not None and entry.revoked_on <= day:
        return "revoked", f"revoked on {entry.revoked_on}"
    if entry.replaced_by is not None:
        return "replaced", f"replaced by {entry.replaced_by}"
    if entry.lapsed_on is not None and entry.lapsed_on <= day:
        return "ended", f"ended on {entry.lapsed_on}"
    if entry.valid_until is not None and day > entry.valid_until:
        return "expired", f"valid until {entry.valid_until}"
    return "valid", ""


def known_from_entries(entries: Iterable[Entry], day: date) -> dict[str, Known]:
    """Give the programme's own register as `verify` reads it."""
    return {
        entry.number: Known(entry.number, standing, entry.code, note)
        for entry in entries
        for standing, note in [standing_of(entry, day)]
    }


def known_from_file(path: Path) -> dict[str, Known]:
    """Give a published register.json as `verify` reads it; raises InputError."""
    register = read_public_register(path)
    note = f"says the register of {register.updated_on}"
    return {one.number: Known(one.number, one.status, note=note) for one in register.certificates}
