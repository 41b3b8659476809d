"""docs/messages-reports.md explains every problem that the reading half can report."""

from __future__ import annotations

import pytest

from tests.reports.messages_doc import DOCUMENT

WRITTEN = {code: said.example for code, said in DOCUMENT.entries.items() if said.example}


def test_the_document_has_every_code_and_no_other() -> None:
    assert DOCUMENT.entries.keys() == DOCUMENT.codes()


@pytest.mark.parametrize("code", sorted(WRITTEN))
def test_a_written_example_is_what_the_sources_say(code: str) -> None:
    """Its words, without what is filled in, stand in the sources."""
    words = [text for text in DOCUMENT.strings if len(text) > 6]
    first, cure = WRITTEN[code].split("\n", 1)
    assert f"[{code}]: " in first
    assert any(text in first for text in words)
    assert any(text in cure for text in words)


def test_messages_doc_is_current(update_golden: bool) -> None:
    made = DOCUMENT.text()
    if update_golden:
        DOCUMENT.file.write_text(made, encoding="utf-8")
    assert DOCUMENT.file.read_text(encoding="utf-8") == made
