"""docs/messages.md: every problem code with a real example, what causes it, and its cure.

The examples come from tests/broken_courses and from broken packages and sites; codes that none of
them shows have their example in tests/messages/builder.
"""

from __future__ import annotations

import re

from tests.builder import package_messages, site_messages
from tests.messages.document import ROOT, MessagesDocument, first_of_each

NOT_CODES = {
    "my-course", "yyyy-mm-dd", "no-room", "right-to-left", "utf-16", "utf-8", "utf-8-sig",
    "color-scheme", "data-sco", "http-equiv", "no-referrer", "start-problem",
    "poster-all", "role-cards", "manager-card", "team-talk", "ua-1",
}  # fmt: skip
"""Words with a hyphen in the sources that are no problem codes."""

XLIFF_WORDS = {
    "alt-trans", "context-group", "context-type", "needs-review-translation", "needs-translation",
    "previous-source", "previous-version", "product-name", "product-version", "seg-source",
    "signed-off", "size-unit", "source-language", "target-language", "tool-id", "tool-name",
    "trans-unit", "equiv-text",
}  # fmt: skip
"""Names of XLIFF with a hyphen."""

LRS_WORDS = {
    "auth-token", "error-code", "error-text", "if-match", "x-experience-api-version",
}  # fmt: skip
"""Names of xAPI and cmi5 with a hyphen, for the LRS of the preview."""

BUILT_FROM_PARTS = {"signal-unknown", "claim-unknown", "language-unknown"}
"""Codes that the sources put together."""

INTRODUCTION = """# Messages

<!-- Made by tests/builder/messages_doc.py; NOROOM_UPDATE_GOLDEN=1 pytest -k messages -->

What `noroom check` and `noroom build` say, by code. An error stops the work; a warning does not.
`noroom inspect` says some of the same of packages of any tool, graded (`docs/inspecting.md`).
The examples are what the tests print."""


def examples() -> dict[str, str]:
    """Give the real messages: of courses first, then of sites, then of packages."""
    tests = ROOT / "tests"
    files = [
        *sorted((tests / "broken_courses").glob("*/expected.txt")),
        *sorted((tests / "broken_xliff").glob("*.txt")),
    ]
    said = (message for file in files for message in file.read_text("utf-8").split("\n\n"))
    found = first_of_each(
        (code[1], message.strip())
        for message in said
        if (code := re.search(r"(?:error|warning)\[([a-z0-9-]+)\]", message))
    )
    return {**package_messages.examples(), **site_messages.examples(), **found}


DOCUMENT = MessagesDocument(
    name="messages.md",
    entries_in="builder",
    introduction=INTRODUCTION,
    sources=("programme", "scorm_builder"),
    real=examples,
    other_words=frozenset(NOT_CODES | XLIFF_WORDS | LRS_WORDS),
    other_codes=frozenset(BUILT_FROM_PARTS),
)
