"""What a return sheet changed, in a few lines for a person."""

from __future__ import annotations

from xapi_lrs_reports.report.words import plural
from xapi_lrs_reports.return_sheet.import_sheet import SheetReading


def sheet_text(reading: SheetReading) -> str:
    """Give the lines; the first names the file, the chain, and whether anything was written."""
    plan, tally = reading.plan, reading.tally
    chain = f" of chain {plan.sheet.chain}" if plan.sheet.chain else ""
    would = "would change; nothing was written" if reading.is_dry else "changed"
    lines = [f"{plan.sheet.source}: return sheet{chain}. What {would}:"]
    for one in plan.headcounts:
        before = "none" if one.before is None else f"{one.before:,}"
        day = one.declared.declared_on
        number = one.declared.headcount
        lines.append(f"  headcount {one.hotel}: {before} -> {number:,}, declared on {day}")
    roster = plan.roster
    counts = {
        "joined": roster.joined,
        "left": roster.left,
        "moved to another hotel": roster.moved,
        "with other details": roster.changed,
        "as before": roster.unchanged,
    }
    told = ", ".join(f"{number:,} {words}" for words, number in counts.items())
    lines.append(f"  roster: {told}")
    if roster.gone:
        rows = ", ".join(map(str, roster.gone[:20]))
        lines.append(
            f"  roster: rows {rows} are of people who left, says roster.csv; if they are back, "
            "write joined"
        )
    codes = (
        f"{tally.new:,} new, {tally.duplicates:,} known already, {tally.quarantined:,} for review"
    )
    if reading.known:
        codes += f"; {plural(reading.known, 'person')} with a completion anyway, counted once"
    lines.append(f"  codes: {codes}")
    return "\n".join(lines) + "\n"
