"""docs/messages-reports.md: every problem code of the reading half, with example, cause and cure.

Examples about statements, tables, exports and sheets are made by the real readers; the others
stand in tests/messages/reports, and a test holds their words against the sources.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.messages.document import MessagesDocument, first_of_each
from tests.reports import export_messages, sheet_messages, statement_messages, table_messages

NOT_CODES = {
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "lms-import", "ua-1",
    "no-room", "e-mail", "yyyy-mm-dd", "course-name", "content-type", "ostermeer-2026",
    "vrije-huizen",
}  # fmt: skip
"""Words with a hyphen in the sources that are no problem codes."""

WITHOUT_HYPHEN = {"timestamp"}

INTRODUCTION = """# Messages of the reading half

<!-- Made by tests/reports/messages_doc.py; NOROOM_UPDATE_GOLDEN=1 pytest -k messages -->

What `noroom sync`, `import`, `report`, `explain`, `certify`, `register`, `verify`, `forget`,
`store` and `simulate` say, by code. An error about a statement costs that statement alone: it is
quarantined, and `noroom explain --quarantine` lists it with its place; so are completion codes
that a person has to look at. Any other error stops the command before it changes anything. What
`noroom check` and `noroom build` say stands in messages.md."""


def examples() -> dict[str, str]:
    """Give one real message for each code that the readers of files can be made to say."""
    with _elsewhere():
        return first_of_each(
            (problem.code, str(problem))
            for said in (
                statement_messages.of_statements(),
                table_messages.of_tables(),
                export_messages.of_exports(),
                sheet_messages.of_sheets(),
            )
            for problem in said
        )


@contextmanager
def _elsewhere() -> Iterator[None]:
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


DOCUMENT = MessagesDocument(
    name="messages-reports.md",
    entries_in="reports",
    introduction=INTRODUCTION,
    sources=("xapi_lrs_reports",),
    real=examples,
    other_words=frozenset(NOT_CODES),
    other_codes=frozenset(WITHOUT_HYPHEN),
)
