"""Imports, and what withdrawing one did, as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from xapi_lrs_reports.store.batches.withdraw import Import, Moved

_KINDS = {
    "statements": "statements",
    "lms_export": "LMS export",
    "return_sheet": "return sheet",
    "parquet": "Parquet",
    "earlier": "by an older noroom",
}


def imports_text(found: Sequence[Import]) -> str:
    """Give a line for each import, and a second one for each that was withdrawn."""
    lines = []
    for one in found:
        counts = f"{one.completions:,} completions of {one.facts:,} facts"
        lines.append(
            f"{one.number:>4}  {one.read_at:%Y-%m-%d}  {_KINDS[one.kind]}  {one.source}: {counts}"
        )
        if one.withdrawn_at:
            day, who = f"{one.withdrawn_at:%Y-%m-%d}", one.withdrawn_by
            lines.append(f"      withdrawn on {day} by {who}: {one.reason}")
    return "\n".join(lines or ["No file was read yet."]) + "\n"


def moved_text(moved: Moved, did: str) -> str:
    """Give what was moved and what stays."""
    lines = [
        f"{did}: import {moved.number}, {moved.source}",
        f"  {moved.facts:>6,}  facts, {moved.completions:,} of them completions",
        f"  {moved.kept:>6,}  facts stay as they are: something else gives them too",
    ]
    if moved.voids:
        lines.append(f"  {moved.voids:>6,}  voids of it too, so what they took back changes")
    if moved.waiting:
        lines += [
            f"  {moved.waiting:>6,}  facts stay out: {_names(moved.against)} said something else "
            "under their ids, and counts",
            "          Find out which is right. If these are, withdraw the other: they come back.",
        ]
    if moved.returned:
        came = "facts of other imports, which it contradicted, count instead"
        lines.append(f"  {moved.returned:>6,}  {came}")
    if moved.to_read:
        lines += [
            f"Refused before, because this import contradicted them: statements of "
            f"{_names(moved.to_read)}.",
            "They are read again by noroom sync for an LRS, noroom import for a file, and",
            "noroom store import for a folder of Parquet.",
        ]
    return "\n".join(lines) + "\n"


def restored_text(moved: Moved, did: str) -> str:
    """Give what was moved, and that nothing is kept of what was put aside."""
    return (
        moved_text(moved, did)
        + "What of it could not be used is not kept: import it again, to have that listed again.\n"
    )


def _names(sources: Sequence[str]) -> str:
    return ", ".join(sources)
