"""The receipt of `noroom forget`, as JSON and as text, in <programme>/store/receipts/."""

from __future__ import annotations

import json
from pathlib import Path

from programme.atomic import write_atomically
from xapi_lrs_reports.people.forget.forget import Receipt

_STAYS = (
    "Certificates, and counts that were printed before: they name hotels, no persons.",
    "The id of a statement that was voided, without the statement.",
    "A key-dependent digest of the learner, which refuses statements of before this moment.",
)
_ELSEWHERE = (
    "the LRS and the LMS of the chain",
    "lists and reports that were handed out",
    "backups of this folder",
)


def receipt_json(receipt: Receipt) -> dict[str, object]:
    """Give the receipt by name; counts, places, no id."""
    return {
        "receipt": receipt.number,
        "chain": receipt.chain,
        "forgotten_at": receipt.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "dry_run": receipt.is_dry,
        "people": receipt.people,
        "removed": {
            "facts": receipt.facts,
            "quarantined": receipt.quarantined,
            "roster_rows": receipt.roster_rows,
            "personal_codes": receipt.personal_codes,
            "log_lines": receipt.log_lines,
            "parquet_rows": receipt.parquet_rows,
            "leftovers": receipt.leftovers,
        },
        "sources": list(receipt.sources),
        "still_named_in": list(receipt.still_named_in),
        "not_searched": list(receipt.not_searched),
    }


def receipt_text(receipt: Receipt) -> str:
    """Give the receipt for people."""
    did = "Would be removed" if receipt.is_dry else "Removed"
    lines = [
        f"Receipt {receipt.number}: {_people(receipt.people)} of chain {receipt.chain}, "
        f"{receipt.moment:%Y-%m-%d %H:%M} UTC",
        "",
        f"{did}:",
        f"  {receipt.facts:>6,}  facts of the store",
        f"  {receipt.quarantined:>6,}  quarantined statements",
        f"  {receipt.roster_rows:>6,}  ids in roster.csv (the rows stay, as nobody's)",
        f"  {receipt.personal_codes:>6,}  personal codes",
        f"  {receipt.log_lines:>6,}  lines of logs",
        f"  {receipt.parquet_rows:>6,}  rows of Parquet exports",
        f"  {receipt.leftovers:>6,}  drafts that killed commands had left, whomever they named",
    ]
    if receipt.still_named_in:
        lines += ["", "Still there, to be looked at by you:"]
        lines += [f"  {place}" for place in receipt.still_named_in]
    if receipt.not_searched:
        lines += ["", "Could not be looked into, so look yourself:"]
        lines += [f"  {place}" for place in receipt.not_searched]
    if receipt.sources:
        lines += ["", "The statements came from, and may still be in:"]
        lines += [f"  {source}" for source in receipt.sources]
    lines += ["", f"Out of reach of noroom: {', '.join(_ELSEWHERE)}.", "", "What stays:"]
    lines += [f"  {one}" for one in _STAYS]
    return "\n".join(lines) + "\n"


def write_receipt(programme: Path, receipt: Receipt) -> list[Path]:
    """Write both forms; give their places."""
    name = f"forgotten-{receipt.moment:%Y-%m-%d}-{receipt.number}"
    return write_both(programme, name, receipt_json(receipt), receipt_text(receipt))


def write_both(programme: Path, name: str, data: dict[str, object], text: str) -> list[Path]:
    """Write a receipt as JSON and as text to store/receipts; give the places."""
    folder = programme / "store" / "receipts"
    written = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    made = [(folder / f"{name}.json", written), (folder / f"{name}.txt", text)]
    for place, content in made:
        write_atomically(place, content.encode())
    return [place for place, _ in made]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"
