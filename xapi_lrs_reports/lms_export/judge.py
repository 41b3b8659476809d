"""Rows of an export -> facts, rows that a person has to look at, and rows that say nothing yet.

Only a state that is known to mean so makes a completion. The learner's id is pseudonymised here and
goes no further; a problem never repeats what stands in a row.
"""

from __future__ import annotations

import datetime
import math
import re
import uuid
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from programme.directory import ProgrammeDirectory
from programme.pseudonym import pseudonym
from programme.statement_ids import namespace
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.lms_export.dates import NoDate, order_of, to_moment
from xapi_lrs_reports.lms_export.models import Field_, Meaning
from xapi_lrs_reports.lms_export.models import Mapping as ExportMapping
from xapi_lrs_reports.lms_export.propose import Layout
from xapi_lrs_reports.lms_export.status import folded, meaning
from xapi_lrs_reports.lms_export.table import CLOSE_QUOTE, HOLDS_ROWS, Computed, Row, Table
from xapi_lrs_reports.statements.statement import (
    ALIAS,
    HANDED_IN,
    LMS_IMPORT,
    Fact,
    StatementProblem,
)


@dataclass
class Judged:
    """What the rows of one export came to, and what a person should be told of it.

    `outcomes`: a fact, a problem, or None for a row that reports no completion. `states` counts
    the words of the state column, as they stand there, by (word, meaning).
    """

    outcomes: list[Fact | StatementProblem | None] = field(default_factory=list)
    states: Counter[tuple[str, Meaning | None]] = field(default_factory=Counter)
    learners: set[str] = field(default_factory=set)
    notes: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    courses: Counter[str] = field(default_factory=Counter)
    hotels: Counter[str] = field(default_factory=Counter)


_SCORE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:(%)|/\s*(\d+(?:[.,]\d+)?))?")
OTHER_COURSE = "another course"
OTHER_PLACE = "a place that is no hotel of the chain"


class _Doubt(Exception):
    """Why a person has to look at a row: field, code, what, fix."""


class Judge:
    """Judges the rows of one table by one mapping.

    `hotel` is that of rows that name none. The mapping says the course: of the whole file, or of
    what the column of courses says.
    """

    def __init__(
        self,
        programme: ProgrammeDirectory,
        mapping: ExportMapping,
        chain: str,
        hotels: Mapping[str, Hotel],
        *,
        hotel: str | None,
        now: datetime.datetime,
    ) -> None:
        self._mapping = mapping
        self._chain = chain
        self._salt = programme.salt(chain)
        self._courses = {folded(name): one for name, one in mapping.courses.items()}
        self._hotel_names = {folded(name): one for name, one in mapping.hotels.items()}
        self._hotels = {one.hotel for one in hotels.values() if one.chain == chain}
        self._hotel_names |= {folded(one.name): one.hotel for one in hotels.values()
                              if one.chain == chain}  # fmt: skip
        self._course, self._hotel, self._now = mapping.course or "", hotel, now
        self._zone = zoneinfo.ZoneInfo(mapping.time_zone or programme.settings.time_zone)
        self._namespace = namespace(programme.settings.iri)

    def judge(self, table: Table, layout: Layout) -> Judged:
        """Judge every row below the header."""
        found = Judged()
        rows = layout.rows(table)
        order = self._mapping.dates
        if "completed" in layout.places:
            seen, _ = order_of(_values(rows, layout, "completed"))
            order = order or seen
        for row in rows:
            outcome = self._row(table.source, row, layout, order, found)
            if row[0] in table.doubtful:
                outcome = _swallowed(table.source, row[0])
            found.outcomes.append(outcome)
        _warn_of_zeros(_values(rows, layout, "learner"), found)
        return found

    def _row(
        self, source: str, row: Row, layout: Layout, order: str | None, found: Judged
    ) -> Fact | StatementProblem | None:
        line, values = row
        cells = {kind: values[place] if place < len(values) else None
                 for kind, place in layout.places.items()}  # fmt: skip
        try:
            return self._fact(source, line, cells, order, found)
        except _Doubt as doubt:
            kind, code, what, fix = doubt.args
            path = f'column "{self._mapping.columns.get(kind, kind)}"'
            return StatementProblem(source, line, None, path, code, what, fix)

    def _fact(
        self,
        source: str,
        line: int,
        cells: dict[Field_, object],
        order: str | None,
        found: Judged,
    ) -> Fact | None:
        for kind, value in cells.items():
            if kind != "score" and isinstance(value, Computed):
                what = "a formula stands here, or an error: what it shows depends on who opens it"
                fix = "Copy the column, paste it as values, and import the file again."
                raise _Doubt(kind, "export-cell", what, fix)
        state = self._state(cells, found)
        if state not in ("passed", "completed"):
            return None
        course = self._course_of(cells, found)
        if course is None:
            return None
        learner = self._learner(cells.get("learner"))
        found.learners.add(learner)
        moment = self._moment(cells.get("completed"), order)
        found.days.add(moment[:10])
        hotel = self._hotel_of(cells, found)
        is_list = self._mapping.evidence == "attendance_list"
        passed = state == "passed" or (self._mapping.completed_means == "passed" and not is_list)
        verb = "passed" if state == "passed" else "completed"
        evidence = self._mapping.evidence
        said = f"lms-import|{evidence}|{learner}|{hotel or ''}|{course}|{verb}|{passed}|{moment}"
        return msgspec.structs.replace(
            HANDED_IN,
            statement_id=str(uuid.uuid5(self._namespace, said)),
            verb=verb,
            course=course,
            chain=self._chain,
            learner=learner,
            hotel=hotel,
            hotel_source="import" if hotel else None,
            evidence=evidence,
            success=True if passed else None,
            timestamp=moment,
            sent_at=moment,
            authority=LMS_IMPORT,
            source=source,
            line=line,
        )

    def _state(self, cells: dict[Field_, object], found: Judged) -> Meaning:
        """Give the state; raises _Doubt for words that nobody knows."""
        state: Meaning | None = None
        if "status" in cells:
            state = self._meaning("status", cells["status"], found)
        elif "success" not in cells:
            shown = _text(cells.get("completed")) not in ("", "-")
            if shown and self._mapping.date_means is None:
                what = "there is a date and no state, so nobody can say what was done on it"
                raise _Doubt("completed", "export-status", what, "Name the column of the state.")
            state = "completed" if shown else "open"
        if state in (None, "completed") and _text(cells.get("success")):
            success = self._meaning("success", cells["success"], found)
            if success == "completed":  # a column "Passed" that says yes
                success = "passed"
            if success == "open" and state == "completed":
                success = "failed" if folded(_text(cells["success"])) in ("no", "n") else state
            state = success
        return state or "open"

    def _meaning(self, kind: Field_, value: object, found: Judged) -> Meaning:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        text = _text(value)
        state = meaning(text, self._mapping.words)
        score = None if state else _score(text)
        if score is not None and self._mapping.pass_score and not math.isnan(score):
            state = "passed" if score >= self._mapping.pass_score else "open"
        if kind == "status":
            shown = "a score" if score is not None else text.partition("(")[0].strip()[:40]
            found.states[shown if state is None or score is not None else text[:60], state] += 1
        if state is None:
            what = "nobody knows what this state means (it is not repeated here, it may be a name)"
            fix = 'Say what it means, such as --word "Afgerond=completed", and import again.'
            if score is not None:
                what = "a score stands here, and nobody said from which score on it is a pass"
                fix = "Say it, such as --pass-score 80, and import again."
            if score is not None and math.isnan(score):
                what = "this number is no score out of 100: more than that, or perhaps a share of 1"
                fix = 'Write it as 85 %, or say what it means: --word "1=completed".'
            raise _Doubt(kind, "export-status", what, fix)
        return state

    def _course_of(self, cells: dict[Field_, object], found: Judged) -> str | None:
        """Give the course; None for another one than those of the programme."""
        if "course" not in cells:
            found.courses[self._course] += 1
            return self._course
        known = self._courses.get(folded(_text(cells["course"])))
        found.courses[known or OTHER_COURSE] += 1
        return known

    def _learner(self, value: object) -> str:
        text = _text(value)
        if not text:
            what = "this row reports a completion of nobody"
            raise _Doubt("learner", "export-learner", what, "Write the id, or remove the row.")
        name = pseudonym(text, self._salt)
        if self._mapping.learner_is == "alias":
            return f"{self._chain}/{ALIAS}/{name}"
        return f"{self._chain}/{name}"

    def _moment(self, value: object, order: str | None) -> str:
        try:
            return to_moment(value, order, self._zone, self._now)  # type: ignore[arg-type]
        except NoDate:
            what = "a completion without a date that can be read"
            fix = "Write the date, as 2026-11-21, or say the order of its numbers: --dates dmy."
            raise _Doubt("completed", "export-date", what, fix) from None

    def _hotel_of(self, cells: dict[Field_, object], found: Judged) -> str | None:
        text = _text(cells.get("hotel"))
        if not text:
            return self._hotel
        known = self._hotel_names.get(folded(text), text if text in self._hotels else None)
        if known is not None and known not in self._hotels:
            known = None
        found.hotels[known or OTHER_PLACE] += 1
        return known


def _text(value: object) -> str:
    """Give a cell as text; a whole number as its digits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _score(text: str) -> float | None:
    """Read `85`, `85,5`, `85 %` or `17/20` as a share of a hundred; NaN where that is in doubt.

    Spreadsheets keep 85 % as 0.85, and a perfect score as 1.
    """
    found = _SCORE.fullmatch(text)
    if found is None:
        return None
    number, most = (float((one or "0").replace(",", ".")) for one in found.group(1, 3))
    if found[3]:
        return 100 * number / most if number <= most and most else math.nan
    return math.nan if number > 100 or (0 < number <= 1 and not found[2]) else number


def _swallowed(source: str, line: int) -> StatementProblem:
    return StatementProblem(source, line, None, "$", "export-row", HOLDS_ROWS, CLOSE_QUOTE)


def _values(rows: Iterable[Row], layout: Layout, kind: Field_) -> list[object]:
    place = layout.places[kind]
    return [values[place] for _, values in rows if place < len(values)]


def _warn_of_zeros(values: list[object], found: Judged) -> None:
    """Note ids of digits whose lengths differ: a spreadsheet may have eaten leading zeros."""
    digits = [_text(value) for value in values if _text(value).isdigit()]
    lengths = Counter(map(len, digits))
    if len(lengths) > 1:
        usual, number = lengths.most_common(1)[0]
        short = sum(count for length, count in lengths.items() if length < usual)
        if short and number >= len(digits) / 2:
            found.notes[f"ids have fewer than {usual} digits: leading zeros may be lost"] = short
