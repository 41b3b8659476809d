"""The register of certificates: certificates/register.jsonl, append-only.

One JSON object per line. An `issued` line holds `number, hotel, name, issued_on, valid_until,
language, as_of, rule_version, rule, percent, course_versions`; `percent` is null where a number
would tell something about persons. A `revoked` line holds `number, revoked_on, reason`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.yaml_source import read_text
from xapi_lrs_reports.certificates.atomic import write_atomically

State = Literal["none", "valid", "grace", "lapsed", "revoked"]
Kind = TypeVar("Kind")

FOLDER = "certificates"
FILE = "register.jsonl"


@dataclass(frozen=True)
class Entry:
    """One certificate as the register knows it. `valid_until` is the last day; None: no end."""

    number: str
    hotel: str
    issued_on: date
    valid_until: date | None
    revoked_on: date | None = None


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
    return {hotel: _state(entry, as_of, grace_days) for hotel, entry in newest.items()}


def _state(entry: Entry, as_of: date, grace_days: int) -> State:
    if entry.revoked_on is not None and entry.revoked_on <= as_of:
        return "revoked"
    if entry.valid_until is None or as_of <= entry.valid_until:
        return "valid"
    return "grace" if as_of <= entry.valid_until + timedelta(days=grace_days) else "lapsed"


def read_register(path: Path) -> list[Entry]:
    """Give the certificates in the order of issue; none if there is no register yet.

    Raises InputError with every line that cannot be read.
    """
    if not path.exists():
        return []
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(read_text(path, str(path)).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            _add(entries, json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(_unreadable(path, number, line, error))
    if problems:
        raise InputError(problems)
    return list(entries.values())


def _add(entries: dict[str, Entry], line: object) -> None:
    if not isinstance(line, dict):
        raise TypeError("it is not a JSON object")
    event, number = line["event"], _text(line, "number")
    if event == "issued":
        if number in entries:
            raise ValueError(f"certificate {number} was issued before")
        issued_on, valid_until = _date(line, "issued_on"), _date(line, "valid_until", none=True)
        if issued_on is None:
            raise ValueError("issued_on is empty")
        entries[number] = Entry(number, _text(line, "hotel"), issued_on, valid_until)
    elif event == "revoked":
        if number not in entries:
            raise ValueError(f"certificate {number} was never issued")
        known = entries[number]
        entries[number] = Entry(
            number, known.hotel, known.issued_on, known.valid_until, _date(line, "revoked_on")
        )
    else:
        raise ValueError(f'"{event}" is neither issued nor revoked')


def _text(line: Mapping[str, object], key: str) -> str:
    value = line[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def _date(line: Mapping[str, object], key: str, *, none: bool = False) -> date | None:
    if none and line[key] is None:
        return None
    return date.fromisoformat(_text(line, key))


def _unreadable(path: Path, number: int, line: str, error: Exception) -> Problem:
    reason = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
    what = f"this line of the register cannot be read: {reason}"
    fix = "Restore the line from a backup; a register is only ever added to."
    return Problem(str(path), number, 0, "register-line", what, fix, source_line=line[:160])


def append(path: Path, line: Mapping[str, object]) -> None:
    """Add one line. The file is replaced in one step, so a crash leaves the old or the new one."""
    old = path.read_bytes() if path.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    new = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    write_atomically(path, old + new)
