"""Take back the trust in a key that somebody else may have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.events import DOING
from xapi_lrs_reports.certificates.keys import Keys, keys_path, programme_keys, write_keys
from xapi_lrs_reports.certificates.register import Entry
from xapi_lrs_reports.certificates.standing import holds
from xapi_lrs_reports.certificates.writing import open_register


def revoke_key(programme: ProgrammeDirectory, kid: str, reason: str, day: date) -> list[Entry]:
    """Revoke a key that no longer signs; gives what holds of what it signed, to be reissued.

    The register gets the line first: signed by the newer key, it vouches for all that stands before
    it. Raises InputError if the key is unknown, still signs, or was revoked before.
    """
    _retired(programme, kid)
    with open_register(programme, DOING) as register:
        keys = _retired(programme, kid)  # as they are now that nobody else writes
        register.add(
            {"event": "key_revoked", "key": kid, "revoked_on": day.isoformat(), "reason": reason}
        )
        write_keys(programme, {**keys, kid: replace(keys[kid], revoked_on=day)})
        return [
            entry
            for entry in register.entries
            if entry.facts.get("kid") == kid and holds(entry, max(day, entry.issued_on))
        ]


def _retired(programme: ProgrammeDirectory, kid: str) -> Keys:
    """Give the programme's keys; raises InputError unless `kid` is a retired one."""
    keys = programme_keys(programme)
    key = keys.get(kid)
    if key is None or key.state != "retired":
        state = "signs for the programme now" if key and key.state == "active" else "is unknown"
        what = f'the key "{kid}" {"was revoked before" if key and key.revoked_on else state}'
        fix = "First make its successor: noroom register keys new. noroom register keys list."
        raise InputError([Problem(str(keys_path(programme)), 0, 0, "key-state", what, fix)])
    return keys
