"""What happens to a certificate after its issue: revoked, ended early, sent."""

from __future__ import annotations

from datetime import date

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.register import Entry, state_of
from xapi_lrs_reports.certificates.writing import OpenRegister, open_register

DOING = "issuing certificates"
WAYS = ("post", "e-mail", "hand", "download")
"""How a certificate reaches its hotel. No address, no name: those are persons'."""


def revoke(programme: ProgrammeDirectory, wanted: str, reason: str, day: date) -> Entry:
    """Take a certificate back: it should not have been issued, or must not be shown any more."""
    return _end(programme, wanted, reason, day, "revoked")


def lapse(programme: ProgrammeDirectory, wanted: str, reason: str, day: date) -> Entry:
    """End a certificate before its last day, without blame: the hotel closed or left, say."""
    return _end(programme, wanted, reason, day, "lapsed")


def record_sent(programme: ProgrammeDirectory, wanted: str, by: str, note: str, day: date) -> Entry:
    """Write down that a certificate was sent, on which day and how; each time is one line."""
    with open_register(programme, DOING) as register:
        entry = register.find(wanted)
        _refuse_before_issue(register, entry, day)
        line = {"event": "sent", "number": entry.number, "sent_on": day.isoformat(), "by": by}
        register.add({**line, "note": note} if note else line)
        return entry


def _end(programme: ProgrammeDirectory, wanted: str, reason: str, day: date, event: str) -> Entry:
    """Add the line that ends a certificate on a day; raises InputError if it has ended."""
    with open_register(programme, DOING) as register:
        entry = register.find(wanted)
        _refuse_before_issue(register, entry, day)
        is_over = entry.revoked_on or (
            event == "lapsed" and (entry.lapsed_on or _ended(entry, day))
        )
        if is_over or entry.replaced_by:
            replaced = f": {entry.replaced_by} took its place" if entry.replaced_by else ""
            what = f"certificate {entry.number} has ended already{replaced}"
            fix = "noroom register list shows what became of each."
            raise InputError([Problem(str(register.path), 0, 0, "register-over", what, fix)])
        register.add(
            {
                "event": event,
                "number": entry.number,
                f"{event}_on": day.isoformat(),
                "reason": reason,
            }
        )
        return entry


def _ended(entry: Entry, day: date) -> bool:
    return state_of(entry, day, 0) == "lapsed"


def _refuse_before_issue(register: OpenRegister, entry: Entry, day: date) -> None:
    if day < entry.issued_on:
        what = f"certificate {entry.number} was issued on {entry.issued_on}, after {day}"
        fix = "Give a later day with --on."
        raise InputError([Problem(str(register.path), 0, 0, "register-before", what, fix)])
