"""What was understood of an export, for the person who has to confirm it; no learner's id in it."""

from __future__ import annotations

from xapi_lrs_reports.lms_export.import_export import ExportReading, Understood
from xapi_lrs_reports.lms_export.judge import OTHER_COURSE
from xapi_lrs_reports.lms_export.models import preset_named
from xapi_lrs_reports.report.renderers.table import printable
from xapi_lrs_reports.report.words import plural

_SHOWN = 15
_FIELDS = {
    "learner": "who",
    "status": "state",
    "success": "passed or not",
    "completed": "completed on",
    "course": "course",
    "score": "score (not kept)",
    "hotel": "hotel",
}
_MEANS = {
    "passed": "passed the check",
    "completed": "completed",
    "failed": "not passed",
    "open": "not done",
    "exempt": "exempt: does not count as completed",
    None: "UNKNOWN: these rows wait for review",
}


def understood_text(understood: Understood) -> str:
    """Give the columns, the states, the dates and the counts as they were understood."""
    mapping, judged = understood.mapping, understood.judged
    preset = preset_named(mapping.preset)
    line = understood.table.rows[understood.layout.header][0]
    lines = [f"{understood.source}: read as {preset.title}", f"  {preset.source}"]
    lines += [f"  Note: {note}." for note in understood.table.notes]
    lines += ["", f"Columns (their names stand in row {line}):"]
    for field, name in mapping.columns.items():
        lines.append(f"  {_FIELDS[field]:<18} {name}")
    if mapping.date_beside:
        lines.append(f"  {'completed on':<18} the column after it")
    lines += ["", *_who(understood), *_states(understood), *_what_counts(understood), ""]
    if judged.days:
        lines.append(f"Days of completion: {min(judged.days)} to {max(judged.days)}"
                     + (f", read as {mapping.dates}" if mapping.dates else "") + ".")  # fmt: skip
    for hotel, number in judged.hotels.most_common(_SHOWN):
        lines.append(f"Hotel {hotel}: {plural(number, 'completion')}.")
    for note, number in sorted(judged.notes.items()):
        lines.append(f"Look at this: {number:,} {note}.")
    others = judged.courses[OTHER_COURSE]
    if others:
        lines.append(f"{plural(others, 'completion')} of other courses, left out.")
    lines.append(
        f"{plural(understood.facts, 'completion')} of {plural(len(judged.learners), 'learner')}, "
        f"{plural(len(understood.problems), 'row')} for review."
    )
    return "\n".join(map(printable, lines)) + "\n"


def _who(understood: Understood) -> list[str]:
    if understood.mapping.learner_is == "lms_id":
        return ["The id is taken for the one that the LMS gives to the course."]
    return [
        "The id is another one than the LMS gives to the course: it counts for an employee whose",
        "row in roster.csv has it in the column aliases, and for nobody else.",
    ]


def _states(understood: Understood) -> list[str]:
    states = understood.judged.states
    if not states:
        return ["Whoever has a date has completed."] if understood.mapping.date_means else []
    lines = ["States:"]
    for (word, meaning), number in states.most_common(_SHOWN):
        shown = f'"{word}"' if word else "(empty)"
        lines.append(f"  {shown:<32} {number:>7,}  {_MEANS[meaning]}")
    if len(states) > _SHOWN:
        lines.append(f"  and {len(states) - _SHOWN} more: is this the column of the state?")
    return lines


def _what_counts(understood: Understood) -> list[str]:
    mapping = understood.mapping
    words = {meaning for _, meaning in understood.judged.states}
    if mapping.evidence == "attendance_list":
        return ["An attendance list: it counts if the rule says attendance_lists: true."]
    if "completed" not in words and mapping.date_means is None:
        return []
    if mapping.completed_means == "passed":
        return ["Who completed has passed the check, as a person said of this LMS."]
    return [
        "Who completed went through the course; whether the check was passed is not known. If this",
        "LMS sets the state only after the check, say --completed-means passed.",
    ]


def reading_text(reading: ExportReading) -> str:
    """Give the counts in one line, and what other imports of that name gave."""
    counts = ", ".join(f"{name} {n:,}" for name, n in reading.tally.as_json().items())
    would = " (nothing was written)" if reading.is_dry else ""
    lines = [f"{reading.understood.source}: {counts}{would}\n"]
    for number, completions in reading.before:
        lines.append(
            f"  Import {number} of a file of this name gave "
            f"{plural(completions, 'completion')} that this one does not; they go on counting.\n"
            f"  If it was read in a wrong way: noroom store withdraw {number}.\n"
        )
    return "".join(lines)
