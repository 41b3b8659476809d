"""The register of certificates: certificates/register.jsonl, append-only (see `chain`).

One JSON object per line, by `event` (docs/contracts.md, section 12): `issued`, `revoked`, `lapsed`,
`sent`, `key_revoked`. This module gives what they add up to: each certificate and its state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from xapi_lrs_reports.certificates.chain import Line, line_problem, read_chain

State = Literal["none", "valid", "grace", "lapsed", "revoked"]

FOLDER = "certificates"
FILE = "register.jsonl"


@dataclass(frozen=True)
class Sending:
    """One time that a certificate was sent: the day, and how, such as `post`."""

    day: date
    by: str
    note: str


@dataclass(frozen=True)
class Entry:
    """One certificate as the register knows it. `valid_until` is the last day; None: no end.

    `code` is the text of its QR code; empty for those of before certificates were signed.
    `replaces` is the number of the certificate in whose place it came. `facts` is its line.
    """

    number: str
    hotel: str
    issued_on: date
    valid_until: date | None
    facts: Mapping[str, object]
    code: str = ""
    replaces: str | None = None
    revoked_on: date | None = None
    lapsed_on: date | None = None
    replaced_by: str | None = None
    replaced_on: date | None = None
    sent: tuple[Sending, ...] = ()

    @property
    def name(self) -> str:
        """Give the hotel's name on the certificate."""
        return str(self.facts.get("name") or self.hotel)

    @property
    def is_over(self) -> bool:
        """Tell whether somebody ended it: revoked, ended, or another in its place."""
        return any((self.revoked_on, self.lapsed_on, self.replaced_by))


def register_path(programme: ProgrammeDirectory) -> Path:
    """Give the place of the register, whether it exists or not."""
    return programme.path / FOLDER / FILE


def certificate_states(programme: ProgrammeDirectory, as_of: date) -> dict[str, State]:
    """Give the state of each hotel's newest certificate on `as_of`; hotels without: not a key.

    Raises InputError if the register cannot be read.
    """
    entries = read_register(register_path(programme))
    return states_of(entries, as_of, programme.settings.rule.grace_days)


def states_of(entries: Iterable[Entry], as_of: date, grace_days: int) -> dict[str, State]:
    """Give the state on `as_of` by hotel; certificates issued later are not there yet."""
    newest = {entry.hotel: entry for entry in entries if entry.issued_on <= as_of}
    return {hotel: state_of(entry, as_of, grace_days) for hotel, entry in newest.items()}


def state_of(entry: Entry, as_of: date, grace_days: int) -> State:
    """Give the state of one certificate on `as_of`, whatever took its place."""
    if entry.revoked_on is not None and entry.revoked_on <= as_of:
        return "revoked"
    if entry.lapsed_on is not None and entry.lapsed_on <= as_of:
        return "lapsed"
    if entry.valid_until is None or as_of <= entry.valid_until:
        return "valid"
    return "grace" if as_of <= entry.valid_until + timedelta(days=grace_days) else "lapsed"


def read_register(path: Path) -> list[Entry]:
    """Give the certificates in the order of issue; none if there is no register yet.

    Raises InputError with every line that cannot be read or breaks the chain.
    """
    return entries_of(path, read_chain(path).lines)


def entries_of(path: Path, lines: Iterable[Line]) -> list[Entry]:
    """Give what lines add up to; raises InputError with every line that cannot be."""
    entries: dict[str, Entry] = {}
    problems = []
    for line in lines:
        try:
            _add(entries, line.data)
        except KeyError as error:
            reason = f"the key {error} is missing"
            problems.append(line_problem(path, line.number, line.raw, reason))
        except (ValueError, TypeError) as error:
            problems.append(line_problem(path, line.number, line.raw, str(error)))
    if problems:
        raise InputError(problems)
    return list(entries.values())


def _add(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    event = str(line["event"])
    if event not in _EVENTS:
        raise ValueError(f'"{event}" is no event of a register')
    _EVENTS[event](entries, line)


def _issued(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    number = _text(line, "number")
    if number in entries:
        raise ValueError(f"certificate {number} was issued before")
    replaces = _text(line, "replaces") if line.get("replaces") else None
    until = None if line["valid_until"] is None else _date(line, "valid_until")
    code = _text(line, "code") if "code" in line else ""
    entry = Entry(
        number, _text(line, "hotel"), _date(line, "issued_on"), until, line, code, replaces
    )
    if replaces is not None:
        entries[replaces] = replace(
            _known(entries, replaces), replaced_by=number, replaced_on=entry.issued_on
        )
    entries[number] = entry


def _revoked(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    known = _known(entries, _text(line, "number"))
    entries[known.number] = replace(known, revoked_on=_date(line, "revoked_on"))


def _lapsed(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    known = _known(entries, _text(line, "number"))
    entries[known.number] = replace(known, lapsed_on=_date(line, "lapsed_on"))


def _sent(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    known = _known(entries, _text(line, "number"))
    sending = Sending(_date(line, "sent_on"), _text(line, "by"), str(line.get("note") or ""))
    entries[known.number] = replace(known, sent=(*known.sent, sending))


def _key_revoked(entries: dict[str, Entry], line: Mapping[str, object]) -> None:
    """A key says nothing about a certificate; the line must be whole all the same."""
    _text(line, "key"), _date(line, "revoked_on")


_EVENTS: dict[str, Callable[[dict[str, Entry], Mapping[str, object]], None]] = {
    "issued": _issued,
    "revoked": _revoked,
    "lapsed": _lapsed,
    "sent": _sent,
    "key_revoked": _key_revoked,
}


def _known(entries: Mapping[str, Entry], number: str) -> Entry:
    if number not in entries:
        raise ValueError(f"certificate {number} was never issued")
    return entries[number]


def _text(line: Mapping[str, object], key: str) -> str:
    value = line[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def _date(line: Mapping[str, object], key: str) -> date:
    try:
        return date.fromisoformat(_text(line, key))
    except ValueError:
        raise ValueError(f"{key} is no date such as 2026-11-21") from None
