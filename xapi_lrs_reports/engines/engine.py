"""What every engine does: run the rule over its facts, and say what it could not use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from xapi_lrs_reports.rule.tables import Answer, Inputs
from xapi_lrs_reports.statements.statement import StatementProblem

NO_QUESTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Answers:
    """The rows of rule/certification.sql, and what was counted while reading.

    `quarantine` is (source, code, number). `disowned` facts were written by authorities that may no
    longer write. `also` holds the rows of what was asked beside the rule, by the name of the
    question; `notes` are sentences that every report has to show.
    """

    rows: list[Answer]
    duplicates: int
    quarantine: list[tuple[str, str, int]]
    disowned: int
    also: Mapping[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """Facts, and something that runs the rule's SQL over them."""

    def held(self) -> AbstractContextManager[None]:
        """Keep open what it takes to run the rule, for several runs inside."""

    def run_rule(
        self,
        inputs: Inputs,
        also: Mapping[str, str] = NO_QUESTIONS,
        only: Collection[str] | None = None,
    ) -> Answers:
        """Run the rule. Raises InputError.

        `also`: queries over the same tables and the rule's named steps, by name. `only`: measures;
        rows of others may be missing.
        """

    def quarantine(self) -> list[StatementProblem]:
        """Give every quarantined statement by source, code and line. Raises InputError."""
