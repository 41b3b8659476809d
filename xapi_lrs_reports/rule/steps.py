"""The rule's SQL files, and their parts: named steps, then the answer that is made of them.

A file is one statement, `WITH <step> AS (…), <step> AS (…) SELECT …`. A step begins at the start of
a line with its name and ends with the next bracket at the start of a line. Most engines run the
text as it stands; one that would work a step out anew wherever it is named makes them one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

_STEP = re.compile(r"^(?:WITH )?(\w+) AS \(\n(.*?)^\)(?:,|$)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Steps:
    """The queries of the steps by name, each reading earlier ones, and that of the answer."""

    steps: dict[str, str]
    answer: str

    def readers(self, name: str) -> int:
        """Count where a step is read by later ones or by the answer."""
        reads = re.compile(rf"\b(?:FROM|JOIN) {name}\b")
        return sum(len(reads.findall(text)) for text in (*self.steps.values(), self.answer))


def certification_sql() -> str:
    """Give the text of the rule."""
    return rule_file("certification.sql")


def rule_file(name: str) -> str:
    """Give the text of a file beside this module."""
    return resources.files("xapi_lrs_reports.rule").joinpath(name).read_text("utf-8")


def rule_steps() -> str:
    """Give the named steps of the rule without its answers, for other questions about them."""
    text = certification_sql()
    return text[: _answer_start(text)].rstrip()


def split_steps(text: str) -> Steps:
    """Take a query of named steps apart."""
    return Steps(
        {step[1]: step[2] for step in _STEP.finditer(text)}, text[_answer_start(text) :].strip()
    )


def _answer_start(text: str) -> int:
    ends = [step.end() for step in _STEP.finditer(text)]
    if not ends:
        raise ValueError("this query has no named steps")
    return ends[-1]
