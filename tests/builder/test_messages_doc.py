"""docs/messages.md explains every problem that an author can meet."""

from __future__ import annotations

from tests.builder import messages_doc


def test_messages_doc_has_every_code_and_no_other() -> None:
    assert set(messages_doc.MEANINGS) == messages_doc.codes_in_the_sources()


def test_messages_doc_is_current(update_golden: bool) -> None:
    made = messages_doc.messages_doc()
    if update_golden:
        messages_doc.file().write_text(made, encoding="utf-8")
    assert messages_doc.file().read_text(encoding="utf-8") == made
