"""Completion codes -> facts with evidence `code`, or a reason why a person has to look.

A code names 40 bits of a pseudonym. It is believed where exactly one person of the hotel's roster,
or, without a roster, of those who were given a personal code, has them, for a course, a version and
a day that the programme knows (docs/contracts.md section 10).
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from programme.completion_code import PREFIX, CompletionCode, course_mark, read_code
from programme.crockford import clean
from programme.pseudonym import ANONYMOUS
from programme.settings import AcceptedCourse, Programme
from programme.statement_ids import namespace
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode
from xapi_lrs_reports.people.roster import Employment
from xapi_lrs_reports.return_sheet.read_sheet import CodeRow
from xapi_lrs_reports.statements.statement import HANDED_IN, Fact, StatementProblem

_FIRST_DAY = datetime.date(2026, 1, 1)


@dataclass(frozen=True)
class Judged:
    """A code, and what it came to. `review` is the id under which it would wait for review."""

    code: CodeRow
    review: str
    outcome: Fact | StatementProblem


class _Doubt(Exception):
    """Why a person has to look: code, what, fix."""


class CodeMatcher:
    """Judges codes by all rosters, and by the register of personal codes of hotels without one."""

    def __init__(
        self,
        settings: Programme,
        roster: Sequence[Employment],
        today: datetime.date,
        issued: Iterable[IssuedCode] = (),
    ) -> None:
        self._settings = settings
        self._today = today
        self._hotels: dict[str, set[str]] = {}
        for one in roster:
            chain, name = one.learner.split("/", 1)
            if not name.startswith(ANONYMOUS):
                self._hotels.setdefault(one.hotel, set()).add(f"{chain}/{name}")
        rostered = {one.hotel for one in roster}
        for holder in issued:
            if holder.hotel not in rostered:
                self._hotels.setdefault(holder.hotel, set()).add(holder.learner)

    def judge(
        self, codes: Sequence[CodeRow], source: str, chains: Mapping[str, str]
    ) -> list[Judged]:
        """Judge every code; `chains` gives the chain of each hotel."""
        return [self._judge(code, source, chains) for code in codes]

    def _judge(self, row: CodeRow, source: str, chains: Mapping[str, str]) -> Judged:
        review = str(self._id(f"review|{row.hotel}|{clean(row.code)}"))
        try:
            code = read_code(row.code)
            if code is None:
                what = "this is no completion code, or one with a typing mistake"
                raise _Doubt(
                    "completion-code-typo", what, "Compare it with the paper, letter by letter."
                )
            course = self._course(code)
            self._require_known(code)
            learner = self._learner(code, row.hotel, chains[row.hotel])
            return Judged(row, review, self._fact(code, course, learner, source, row.row))
        except _Doubt as doubt:
            kind, what, fix = doubt.args
            problem = StatementProblem(
                source, row.row, review, row.cell, kind, f"hotel {row.hotel}: {what}", fix
            )
            return Judged(row, review, problem)

    def _course(self, code: CompletionCode) -> AcceptedCourse:
        iri = self._settings.iri
        courses = self._settings.rule.accepted_courses
        found = [one for one in courses if course_mark(f"{iri}/course/{one.course}") == code.course]
        if len(found) != 1:
            what = "this code is of another course, or of another programme"
            fix = "List the course under accepted_courses if it counts; else set the code aside."
            raise _Doubt("completion-code-course", what, fix)
        return found[0]

    def _require_known(self, code: CompletionCode) -> None:
        known = self._settings.completion_codes
        since = datetime.date.fromisoformat(known.since) if known.since else _FIRST_DAY
        if code.day is None or not since <= code.day <= self._today:
            what = "the clock of the learner's device was years away, so this code has no day"
            if code.day is not None:
                when = "in the future" if code.day > self._today else "before the course was there"
                what = f"a code of {code.day}, which lies {when}"
            fix = "Ask the hotel when the course was done: the clock of that device was wrong."
            raise _Doubt("completion-code-date", what, fix)
        if known.versions and code.version not in known.versions:
            version = code.version or "a number that codes cannot tell"
            what = f"a code of course version {version}, which gives out no codes"
            fix = "Add the version to completion_codes in programme.yaml if it was published."
            raise _Doubt("completion-code-version", what, fix)

    def _learner(self, code: CompletionCode, hotel: str, chain: str) -> str:
        own = self._hotels.get(hotel, set())
        found = [one for one in own if _beginning(one) == code.learner]
        if len(found) == 1:
            return found[0]
        if found:
            what = "this code fits several people of the hotel"
            raise _Doubt(
                "completion-code-several",
                what,
                "Ask the hotel whose it is; until then it counts for nobody.",
            )
        if not own:
            what = "this hotel has neither roster nor personal codes: nobody can say whose this is"
            raise _Doubt(
                "completion-code-unmatched",
                what,
                "Add its people to roster.csv, then import again.",
            )
        elsewhere = {
            one.split("/")[0]
            for people in self._hotels.values()
            for one in people
            if _beginning(one) == code.learner
        }
        if elsewhere:
            what = "this code belongs to somebody of another hotel"
            if chain not in elsewhere:
                what = "this code belongs to somebody of another chain"
            raise _Doubt(
                "completion-code-hotel", what, "Enter it for the hotel where this person works."
            )
        what = "nobody of this hotel's roster or personal codes has this code"
        fix = "Add the person to roster.csv if they work here, then import the sheet again."
        raise _Doubt("completion-code-unmatched", what, fix)

    def _fact(
        self, code: CompletionCode, course: AcceptedCourse, learner: str, source: str, line: int
    ) -> Fact:
        said = f"code|{learner}|{course.course}|{code.version}|{code.day}"
        moment = f"{code.day}T12:00:00.000"
        return msgspec.structs.replace(
            HANDED_IN,
            statement_id=str(self._id(said)),
            course=course.course,
            course_version=code.version,
            chain=learner.split("/")[0],
            learner=learner,
            evidence="code",
            success=True if course.tested else None,
            timestamp=moment,
            sent_at=moment,
            source=source,
            line=line,
        )

    def _id(self, said: str) -> uuid.UUID:
        return uuid.uuid5(namespace(self._settings.iri), said)


def _beginning(learner: str) -> str:
    return learner.split("/", 1)[1][:PREFIX]
