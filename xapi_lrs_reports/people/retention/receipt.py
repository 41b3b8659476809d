"""The receipt of `noroom store prune`, as JSON and as text."""

from __future__ import annotations

from pathlib import Path

from xapi_lrs_reports.people.forget.receipt import receipt_json as forgotten_json
from xapi_lrs_reports.people.forget.receipt import write_both
from xapi_lrs_reports.people.retention.periods import jurisdictions
from xapi_lrs_reports.people.retention.prune import Pruned


def receipt_json(pruned: Pruned) -> dict[str, object]:
    """Give the receipt by name; counts and days, no id."""
    left_by, done_before = pruned.cut.left_by, pruned.cut.done_before
    return {
        "receipt": pruned.number,
        "pruned_at": pruned.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "dry_run": pruned.is_dry,
        "jurisdiction": pruned.periods.jurisdiction,
        "months": {
            "after_leaving": pruned.periods.after_leaving,
            "after_validity": pruned.periods.after_validity,
        },
        "left_by": left_by.isoformat() if left_by else None,
        "done_before": done_before.isoformat() if done_before else None,
        "left": [forgotten_json(one) for one in pruned.left],
        "old_facts": pruned.old_facts,
        "old_parquet_rows": pruned.old_parquet_rows,
        "forgotten_entries": pruned.forgotten_entries,
        "answers_kept": [day.isoformat() for day in pruned.answers],
    }


def receipt_text(pruned: Pruned) -> str:
    """Give the receipt for people."""
    did = "Would be removed" if pruned.is_dry else "Removed"
    known, cut = jurisdictions()[pruned.periods.jurisdiction], pruned.cut
    people = sum(one.people for one in pruned.left)
    lines = [
        f"Receipt {pruned.number}: retention, {known.title}, {pruned.moment:%Y-%m-%d %H:%M} UTC",
        f"  {known.note}",
        "",
        f"{did}:",
        f"  {people:>6,}  people who left by {cut.left_by or 'never'}, with "
        f"{sum(one.facts for one in pruned.left):,} facts, "
        f"{sum(one.quarantined for one in pruned.left):,} quarantined statements, "
        f"{sum(one.roster_rows for one in pruned.left):,} ids in roster.csv, "
        f"{sum(one.personal_codes for one in pruned.left):,} personal codes, "
        f"{sum(one.log_lines for one in pruned.left):,} lines of logs",
        f"  {pruned.old_facts:>6,}  facts from before {cut.done_before or 'ever'}",
        f"  {sum(one.parquet_rows for one in pruned.left) + pruned.old_parquet_rows:>6,}  rows of "
        "Parquet exports",
        f"  {pruned.forgotten_entries:>6,}  entries of the list of forgotten people",
        "",
        f"Kept as counts: the answers of {len(pruned.answers)} past days.",
    ]
    named = sorted({place for one in pruned.left for place in one.still_named_in})
    if named:
        lines += ["", "Still there, to be looked at by you:", *(f"  {place}" for place in named)]
    return "\n".join(lines) + "\n"


def write_receipt(programme: Path, pruned: Pruned) -> list[Path]:
    """Write both forms; give their places."""
    name = f"pruned-{pruned.moment:%Y-%m-%d}-{pruned.number}"
    return write_both(programme, name, receipt_json(pruned), receipt_text(pruned))
