"""What could not be used, for people: a picture by source and reason, or every single place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from programme.files import is_there
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.store import store_schema as schema

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

SHOWN_PER_CODE = 5
"""So many statements of one source and one code are shown in full; the rest is summed up."""

_PLACES = 20
_NAMES = ", ".join(schema.QUARANTINE_COLUMNS)
_ORDER = "line, statement_id, path"


@dataclass(frozen=True)
class Group:
    """The statements of one source that share a code: how many, and the first of them."""

    source: str
    code: str
    number: int
    first: Sequence[StatementProblem]

    def text(self) -> str:
        """Give the first few in full, and where the others stand."""
        shown = self.first[:SHOWN_PER_CODE]
        parts = [str(problem) for problem in shown]
        rest = self.number - len(shown)
        if rest:
            one = "statement" if rest == 1 else "statements"
            where = _places(self.first[SHOWN_PER_CODE:], rest)
            parts.append(f"{self.source}: {rest:,} more {one} with [{self.code}]{where}")
        return "\n\n".join(parts)


def groups_of(connection: duckdb.DuckDBPyConnection, source: str) -> list[Group]:
    """Give the groups of one source, in the order in which their first lines stand."""
    counts = dict(
        connection.execute(
            "SELECT code, count(*) FROM quarantine WHERE source = ? "
            "GROUP BY code ORDER BY min(line), code",
            [source],
        ).fetchall()
    )
    rows = connection.execute(
        f"SELECT {_NAMES} FROM quarantine WHERE source = ? "  # noqa: S608 - constants
        f"QUALIFY row_number() OVER (PARTITION BY code ORDER BY {_ORDER}) <= ? ORDER BY {_ORDER}",
        [source, SHOWN_PER_CODE + _PLACES],
    ).fetchall()
    problems = [StatementProblem(*row) for row in rows]
    return [
        Group(source, code, number, [one for one in problems if one.code == code])
        for code, number in counts.items()
    ]


def read_quarantine(programme: Path) -> list[StatementProblem]:
    """Give every quarantined statement by source, code and line. Raises InputError."""
    from xapi_lrs_reports.store.opening import (
        check_version,
        has_schema,
        open_for_reading,
        store_file,
    )

    file = store_file(programme)
    if not is_there(file):
        return []
    with open_for_reading(file) as connection:
        if not has_schema(connection, file.stem):
            return []
        check_version(connection, file)
        query = f"SELECT {_NAMES} FROM quarantine ORDER BY source, code, {_ORDER}"  # noqa: S608
        return [StatementProblem(*row) for row in connection.execute(query).fetchall()]


def by_source(problem: StatementProblem) -> tuple[str, str, int, str, str]:
    """Give what read_quarantine orders by."""
    return (
        problem.source, problem.code, problem.line, problem.statement_id or "\uffff", problem.path,
    )  # fmt: skip


def quarantine_text(problems: Iterable[StatementProblem]) -> str:
    """Give every place, grouped by source and code, with the cure once per group."""
    lines: list[str] = []
    for (source, code), group in groupby(problems, key=lambda one: (one.source, one.code)):
        found = list(group)
        lines += [f"{source}: {len(found):,} with [{code}]", f"  {found[0].fix}"]
        lines += [f"  {_place(one)}: {one.what}" for one in found]
        lines.append("")
    return "\n".join(lines) if lines else "Nothing is quarantined.\n"


def _place(problem: StatementProblem) -> str:
    if problem.is_review:
        return problem.path
    parts = [f"line {problem.line}"] if problem.line else []
    if problem.statement_id:
        parts.append(f"statement {problem.statement_id}")
    if problem.path != "$":
        parts.append(problem.path)
    return ", ".join(parts) or "somewhere"


def _places(problems: Sequence[StatementProblem], rest: int) -> str:
    """Give `, lines 7, 9 and 12.`, or the beginning of a longer list."""
    lines = [f"{one.line}" for one in problems if one.line]
    if not lines:
        return "; noroom explain --quarantine lists them."
    if len(lines) < rest:
        return f", lines {', '.join(lines)}, …; noroom explain --quarantine lists all."
    return f", line{'s' if rest > 1 else ''} {', '.join(lines)}."
