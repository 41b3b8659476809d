"""Check the whole register: links, signatures, head, codes, and the kits on the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.chain import Chain, check_signatures, read_chain
from xapi_lrs_reports.certificates.head import RESTORE, head_path, is_ours, read_head
from xapi_lrs_reports.certificates.keys import Keys, programme_keys, read_keys
from xapi_lrs_reports.certificates.kit import certificate_file, kit_path, refuse_lost_lines
from xapi_lrs_reports.certificates.register import Entry, entries_of, register_path


@dataclass(frozen=True)
class Audited:
    """What was checked; `notes` are sentences on what is no mistake and yet to be known."""

    lines: int
    certificates: int
    notes: list[str]


def audit(
    programme: ProgrammeDirectory, keys_file: Path | None = None, kept_head: Path | None = None
) -> Audited:
    """Check everything; raises InputError with every link, signature, PDF or kit that does not fit.

    An auditor gives what was kept elsewhere, since whoever can write in the programme's folder can
    put an old register there with its old head: the public keys, and a head of an earlier day.
    """
    path = register_path(programme)
    keys = read_keys(keys_file) if keys_file else programme_keys(programme)
    chain = read_chain(path)
    check_signatures(chain, keys)
    if kept_head is not None:
        _check_kept(chain, kept_head, keys)
    entries = entries_of(path, chain.lines)
    problems = [problem for entry in entries if (problem := _pdf_problem(path, entry))]
    if problems:
        raise InputError(problems)
    refuse_lost_lines(path.parent, [entry.number for entry in entries])
    return Audited(len(chain.lines), len(entries), list(_notes(chain, entries)))


def _check_kept(chain: Chain, place: Path, keys: Keys) -> None:
    """Check that the register begins with what stood in it when a head was kept."""
    head = read_head(place)
    if head is None:
        what, fix = "this file cannot be read: No such file or directory", "Check its name."
        raise InputError([Problem(str(place), 0, 0, "file-unreadable", what, fix)])
    if not is_ours(head, keys):
        what = "this head was not signed by a key of the programme"
        fix = "Give the head that the programme published, as it was, and its keys.json."
        raise InputError([Problem(str(place), 0, 0, "register-signature", what, fix)])
    if not head.begins(chain.content):
        day = f" on {head.on}" if head.on else ""
        what = f"the register does not begin with the {head.lines} lines that stood in it{day}"
        raise InputError([Problem(str(chain.path), 0, 0, "register-rewritten", what, RESTORE)])


def _pdf_problem(register: Path, entry: Entry) -> Problem | None:
    file = _pdf(register, entry)
    if not entry.code or not file.exists():
        return None
    if hashlib.sha256(file.read_bytes()).hexdigest() == entry.facts.get("pdf_sha256"):
        return None
    what = f"this is not the PDF of certificate {entry.number} as it was issued"
    fix = "Restore it from a backup, or issue it anew: noroom register reissue."
    return Problem(str(file), 0, 0, "register-pdf", what, fix)


def _notes(chain: Chain, entries: list[Entry]) -> list[str]:
    register = chain.path
    unsigned = [one.number for one in entries if not one.code and not one.is_over]
    missing = [one.number for one in entries if one.code and not _pdf(register, one).exists()]
    notes = []
    is_chained = any(line.is_chained for line in chain.lines)
    if is_chained and (chain.head is None or chain.head.signed is None):
        notes.append(
            f"{head_path(register).name} is from before it was signed: lines could be gone at the "
            "end unseen. The next line that is written signs it."
        )
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
