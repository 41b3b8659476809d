"""What happens to a certificate after its issue: revoked, ended early, sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.register import Entry, read_register, register_path
from xapi_lrs_reports.certificates.standing import holds, standing_of
from xapi_lrs_reports.certificates.writing import OpenRegister, open_register

DOING = "issuing certificates"
WAYS = ("post", "e-mail", "hand", "download")
"""How a certificate reaches its hotel. No address, no name: those are persons'."""


def revoke(programme: ProgrammeDirectory, wanted: str, reason: str, day: date) -> list[Entry]:
    """Take a certificate back: it should not have been issued, or must not be shown any more.

    Under a hotel's id, all of its certificates that hold.
    """
    return _end(programme, wanted, reason, day, "revoked")


def lapse(programme: ProgrammeDirectory, wanted: str, reason: str, day: date) -> list[Entry]:
    """End a certificate before its last day, without blame: the hotel closed or left, say.

    Under a hotel's id, all of its certificates that hold.
    """
    return _end(programme, wanted, reason, day, "lapsed")


def still_holding(programme: ProgrammeDirectory, hotel: str, day: date) -> list[Entry]:
    """Give what a hotel still holds on a day: to renew early leaves the older one as it is."""
    entries = read_register(register_path(programme))
    return [one for one in entries if one.hotel == hotel and holds(one, day)]


def record_sent(
    programme: ProgrammeDirectory, wanted: Sequence[str], by: str, note: str, day: date
) -> list[Entry]:
    """Write down that certificates were sent, on which day and how; each time is one line.

    All of them or, with one that cannot have been sent, none.
    """
    with open_register(programme, DOING) as register:
        entries = [register.find(one) for one in wanted]
        for entry in entries:
            _refuse_before_issue(register, entry, day)
        for entry in entries:
            line = {"event": "sent", "number": entry.number, "sent_on": day.isoformat(), "by": by}
            register.add({**line, "note": note} if note else line)
        return entries


def _end(
    programme: ProgrammeDirectory, wanted: str, reason: str, day: date, event: str
) -> list[Entry]:
    """Add the lines that end certificates on a day; raises InputError if the newest has ended."""
    with open_register(programme, DOING) as register:
        *earlier, newest = register.find_holding(wanted, day)
        _refuse_before_issue(register, newest, day)
        is_over = _is_over(newest, day, event)
        if is_over and not earlier:
            raise InputError([_over(register, newest)])
        ended = earlier if is_over else [*earlier, newest]
        for entry in ended:
            on = {f"{event}_on": day.isoformat()}
            register.add({"event": event, "number": entry.number, **on, "reason": reason})
        return ended


def _is_over(entry: Entry, day: date, event: str) -> bool:
    """Tell whether it cannot end on this day any more; one that is to end later still can."""
    standing = standing_of(entry, day)[0]
    return standing in ("revoked", "replaced") or (event == "lapsed" and standing != "valid")


def _over(register: OpenRegister, entry: Entry) -> Problem:
    replaced = f": {entry.replaced_by} took its place" if entry.replaced_by else ""
    what = f"certificate {entry.number} has ended already{replaced}"
    fix = "noroom register list shows what became of each."
    return Problem(str(register.path), 0, 0, "register-over", what, fix)


def _refuse_before_issue(register: OpenRegister, entry: Entry, day: date) -> None:
    if day < entry.issued_on:
        what = f"certificate {entry.number} was issued on {entry.issued_on}, after {day}"
        fix = "Give a later day with --on."
        raise InputError([Problem(str(register.path), 0, 0, "register-before", what, fix)])
