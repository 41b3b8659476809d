"""Check the whole register: links, signatures, codes, and the kits on the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.chain import check_signatures, read_lines
from xapi_lrs_reports.certificates.keys import programme_keys
from xapi_lrs_reports.certificates.kit import certificate_file, kit_path
from xapi_lrs_reports.certificates.register import Entry, entries_of, register_path


@dataclass(frozen=True)
class Audited:
    """What was checked; `notes` are sentences on what is no mistake and yet to be known."""

    lines: int
    certificates: int
    notes: list[str]


def audit(programme: ProgrammeDirectory) -> Audited:
    """Check everything; raises InputError with every link, signature or PDF that does not fit."""
    path = register_path(programme)
    lines = read_lines(path)
    check_signatures(path, lines, programme_keys(programme))
    entries = entries_of(path, lines)
    problems = [problem for entry in entries if (problem := _pdf_problem(path, entry))]
    if problems:
        raise InputError(problems)
    return Audited(len(lines), len(entries), list(_notes(path, entries)))


def _pdf_problem(register: Path, entry: Entry) -> Problem | None:
    file = _pdf(register, entry)
    if not entry.code or not file.exists():
        return None
    if hashlib.sha256(file.read_bytes()).hexdigest() == entry.facts.get("pdf_sha256"):
        return None
    what = f"this is not the PDF of certificate {entry.number} as it was issued"
    fix = "Restore it from a backup, or issue it anew: noroom register reissue."
    return Problem(str(file), 0, 0, "register-pdf", what, fix)


def _notes(register: Path, entries: list[Entry]) -> list[str]:
    unsigned = [one.number for one in entries if not one.code and not one.is_over]
    missing = [one.number for one in entries if one.code and not _pdf(register, one).exists()]
    notes = []
    if unsigned:
        notes.append(
            f"{len(unsigned)} certificates are from before they were signed; nobody can verify "
            f"them: {', '.join(unsigned)}. Issue them anew: noroom register reissue NUMBER."
        )
    if missing:
        notes.append(f"The PDF of {', '.join(missing)} is not in certificates/ any more.")
    return notes


def _pdf(register: Path, entry: Entry) -> Path:
    return kit_path(register.parent, entry.number, entry.hotel) / certificate_file(entry.number)
