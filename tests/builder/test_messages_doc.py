"""docs/messages.md explains every problem that an author can meet."""

from __future__ import annotations

from tests.builder.messages_doc import DOCUMENT


def test_the_document_has_every_code_and_no_other() -> None:
    assert DOCUMENT.entries.keys() == DOCUMENT.codes()


def test_messages_doc_is_current(update_golden: bool) -> None:
    made = DOCUMENT.text()
    if update_golden:
        DOCUMENT.file.write_text(made, encoding="utf-8")
    assert DOCUMENT.file.read_text(encoding="utf-8") == made
