"""docs/messages-reports.md explains every problem that the reading half can report."""

from __future__ import annotations

import os

import pytest

from tests.reports import messages_doc


def test_the_document_has_every_code_and_no_other() -> None:
    assert set(messages_doc.MEANINGS) == messages_doc.codes_in_the_sources()


@pytest.mark.parametrize("code", sorted(messages_doc.WRITTEN))
def test_a_written_example_is_what_the_sources_say(code: str) -> None:
    """Its words, without what is filled in, stand in the sources."""
    words = [text for text in messages_doc.strings_in_the_sources() if len(text) > 6]
    first, cure = messages_doc.WRITTEN[code].split("\n", 1)
    assert f"[{code}]: " in first
    assert any(text in first for text in words)
    assert any(text in cure for text in words)


def test_messages_doc_is_current() -> None:
    made = messages_doc.messages_doc()
    if os.environ.get("NOROOM_UPDATE_GOLDEN"):
        messages_doc.file().write_text(made, encoding="utf-8")
    assert messages_doc.file().read_text(encoding="utf-8") == made
