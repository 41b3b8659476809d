"""`noroom import --preset` and `--mapping`: one export -> what was understood -> the fact store."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from programme.directory import ProgrammeDirectory, require_chains
from programme.problems import InputError, Problem
from xapi_lrs_reports.csv_table import did_you_mean
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.lms_export.dates import order_of
from xapi_lrs_reports.lms_export.judge import Judge, Judged
from xapi_lrs_reports.lms_export.models import (
    DateOrder,
    Mapping,
    Meaning,
    preset_named,
    presets,
    read_mapping,
)
from xapi_lrs_reports.lms_export.propose import Layout, lay_out, own_columns, propose
from xapi_lrs_reports.lms_export.status import folded
from xapi_lrs_reports.lms_export.table import Table, read_table
from xapi_lrs_reports.statements.quarantine import Group
from xapi_lrs_reports.statements.reading import digest_of
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.store.batches.read_before import ReadBefore, read_before
from xapi_lrs_reports.store.batches.record import Origin
from xapi_lrs_reports.store.fact_store import FactStore, Tally

_SHOWN = 12
_MEANINGS: tuple[Meaning, ...] = ("passed", "completed", "failed", "open", "exempt")


@dataclass(frozen=True)
class Wishes:
    """What a person said of an export, as it was typed; empty where nothing was said."""

    preset: str | None = None
    mapping: str | None = None
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    course: str | None = None
    course_names: tuple[str, ...] = ()
    hotel: str | None = None
    dates: DateOrder | None = None
    learner_is: str | None = None
    completed_means: str | None = None
    pass_score: int | None = None


@dataclass
class Understood:
    """One export as it was understood, before anything is written.

    `digest` is of the file and of the way it was read. `needs_person` says that nobody has
    confirmed this way of reading yet.
    """

    source: str
    digest: str
    chain: str
    mapping: Mapping
    table: Table
    layout: Layout
    judged: Judged
    needs_person: bool

    @property
    def facts(self) -> int:
        """Give the number of completions."""
        return sum(not (one is None or isinstance(one, StatementProblem))
                   for one in self.judged.outcomes)  # fmt: skip

    @property
    def problems(self) -> list[StatementProblem]:
        """Give the rows that a person has to look at."""
        return [one for one in self.judged.outcomes if isinstance(one, StatementProblem)]


@dataclass
class ExportReading:
    """What came of an export in the store; `before`: imports of its name that gave other facts."""

    understood: Understood
    tally: Tally
    is_dry: bool
    groups: list[Group] = field(default_factory=list)
    before: list[ReadBefore] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give the counts, and the mapping as it would be saved."""
        understood = self.understood
        return {
            "source": understood.source,
            "kind": "lms_export",
            "chain": understood.chain,
            "dry_run": self.is_dry,
            "mapping": understood.mapping.model_dump(mode="json", exclude_defaults=True),
            "states": [
                {"word": word, "means": meaning, "rows": number}
                for (word, meaning), number in sorted(understood.judged.states.items(), key=str)
            ],
            **self.tally.as_json(),
            "read_before": [
                {"import": one.number, "completions": one.completions} for one in self.before
            ],
            "problems": [problem.as_json() for problem in understood.problems[:20]],
        }


def understand(
    programme: ProgrammeDirectory, file: Path, source: str, chain: str, wishes: Wishes
) -> Understood:
    """Read a file and judge its rows; raises InputError with what has to be said first."""
    require_chains(programme, [chain])
    hotels, _ = read_hotels(
        programme.path / "hotels.csv", programme.chains, programme.settings.language
    )
    if wishes.hotel is not None:
        _require_hotel(wishes.hotel, chain, hotels)
    table = read_table(file, source)
    saved = read_mapping(programme, chain, wishes.mapping) if wishes.mapping else None
    columns = own_columns(wishes.columns)
    name = wishes.preset or (saved.preset if saved else "other")
    preset = preset_named(name)
    if not table.rows:
        raise _problem(source, "export-format", "there is nothing in this file", "Export it again.")
    mapping = saved or propose(table, name, preset, columns)
    mapping = _as_wished(programme, mapping, wishes, columns if saved else {})
    layout = lay_out(table, mapping)
    mapping = _settle_dates(table, layout, mapping)
    mapping = _settle_courses(programme, table, layout, mapping, wishes.course)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    judge = Judge(programme, mapping, chain, hotels, hotel=wishes.hotel, now=now)
    judged = judge.judge(table, layout)
    is_changed = saved is None or _without_person(saved) != _without_person(mapping)
    is_known = preset.known and not columns
    confirmed = (not is_changed and mapping.confirmed_by) or (saved is None and is_known)
    way = _without_person(mapping).model_dump_json()
    digest = digest_of(file, chain, wishes.hotel or "", way)
    found = Understood(source, digest, chain, mapping, table, layout, judged, not confirmed)
    if preset.whole and found.problems:
        raise InputError(_as_problem(one) for one in found.problems)
    return found


def store_export(store: FactStore, understood: Understood) -> ExportReading:
    """Append the facts; rows to look at wait in the quarantine until the file is read again."""
    reading = ExportReading(understood, Tally(), is_dry=False)
    with store.transaction():
        store.begin(Origin(understood.source, "lms_export", understood.digest))
        reading.tally = store.append(understood.source, understood.judged.outcomes)
        reading.groups = store.quarantine_groups(understood.source)
        reading.before = read_before(store, understood.source, understood.digest)
    return reading


def dry_reading(understood: Understood) -> ExportReading:
    """Give the counts without a store: nothing is known of what was there before."""
    rows, doubts = len(understood.judged.outcomes), len(understood.problems)
    tally = Tally(read=rows, new=understood.facts, quarantined=doubts,
                  irrelevant=rows - doubts - understood.facts)  # fmt: skip
    return ExportReading(understood, tally, is_dry=True)


def _without_person(mapping: Mapping) -> Mapping:
    return mapping.model_copy(update={"confirmed_by": None, "confirmed_on": None})


def _problem(file: str, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(file, 0, 0, code, what, fix)])


def _as_problem(one: StatementProblem) -> Problem:
    return Problem(one.source, one.line, 0, one.code, f"{one.path}: {one.what}", one.fix)


def _require_hotel(hotel: str, chain: str, hotels: dict[str, Hotel]) -> None:
    own = sorted(one.hotel for one in hotels.values() if one.chain == chain)
    if hotel not in own:
        what = f'"{hotel[:64]}" is not a hotel of the chain {chain}'
        fix = f"{did_you_mean(hotel, own)}hotels.csv lists them."
        raise _problem("--hotel", "export-hotel", what, fix)


def _as_wished(
    programme: ProgrammeDirectory, mapping: Mapping, wishes: Wishes, columns: object
) -> Mapping:
    said = {
        "dates": wishes.dates,
        "learner_is": wishes.learner_is,
        "completed_means": wishes.completed_means,
        "pass_score": wishes.pass_score,
        "course": wishes.course,
    }
    changes: dict[str, object] = {key: value for key, value in said.items() if value is not None}
    if columns and isinstance(columns, dict):
        changes["columns"] = {**mapping.columns, **columns}
    if wishes.words:
        changes["words"] = {**mapping.words, **_pairs("--word", wishes.words, _MEANINGS)}
    known = [one.course for one in programme.settings.rule.accepted_courses]
    if wishes.course_names:
        names = _pairs("--course-name", wishes.course_names, known)
        changes["courses"] = {**mapping.courses, **names}
    if wishes.course is not None and wishes.course not in known:
        what = f'"{wishes.course[:64]}" is not a course that counts'
        fix = f"{did_you_mean(wishes.course, known)}accepted_courses: {', '.join(known)}."
        raise _problem("--course", "export-course", what, fix)
    return Mapping.model_validate({**mapping.model_dump(), **changes})


def _pairs(option: str, given: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in given:
        name, _, value = one.rpartition("=")
        if not name.strip() or value.strip() not in known:
            what = f'"{one[:60]}" is not NAME=VALUE with a value that is known'
            fix = f"{did_you_mean(value, known)}Known: {', '.join(known)}."
            raise _problem(option, "export-option", what, fix)
        found[name.strip()] = value.strip()
    return found


def _settle_dates(table: Table, layout: Layout, mapping: Mapping) -> Mapping:
    """Find out the order of day and month; raises InputError where a person has to say it."""
    place = layout.places.get("completed")
    if place is None or mapping.dates in ("dmy", "mdy"):
        return mapping
    values = [row[place] for _, row in layout.rows(table) if place < len(row)]
    order, matters = order_of(values)
    if order is None and matters:
        what = "the dates can be read in two ways: nobody can tell the day from the month"
        fix = "Say which comes first: --dates dmy (21/11/2026) or --dates mdy (11/21/2026)."
        raise _problem(table.source, "export-dates", what, fix)
    return mapping.model_copy(update={"dates": order}) if order else mapping


def _settle_courses(
    programme: ProgrammeDirectory, table: Table, layout: Layout, mapping: Mapping, said: str | None
) -> Mapping:
    """Find out which rows are about which course; raises InputError where a person has to say."""
    known = [one.course for one in programme.settings.rule.accepted_courses]
    place = layout.places.get("course")
    if place is None:
        if mapping.course is None:
            what = "no column names the course, so a person has to"
            fix = f"Say which course this file is about: --course {known[0]}."
            raise _problem(table.source, "export-course", what, fix)
        return mapping
    cells = (row[place] for _, row in layout.rows(table) if place < len(row))
    names = sorted({str(value).strip() for value in cells if str(value or "").strip()})
    courses = dict(mapping.courses)
    courses |= {name: name for name in names if name in known}
    if said is not None and len(names) == 1:
        courses |= {names[0]: said}
    if not {folded(name) for name in names} & {folded(name) for name in courses}:
        shown = ", ".join(f'"{name[:40]}"' for name in names[:_SHOWN]) or "none"
        what = f"no row names a course that counts (found: {shown})"
        fix = f'Say what a course is called here: --course-name "NAME={known[0]}".'
        raise _problem(table.source, "export-course", what, fix)
    return mapping.model_copy(update={"courses": courses, "course": None})


def known_presets() -> list[tuple[str, str]]:
    """Give the name and the title of every preset; what nobody has seen says so."""
    return [(name, one.title + ("" if one.known else " (not confirmed)"))
            for name, one in presets().items()]  # fmt: skip
