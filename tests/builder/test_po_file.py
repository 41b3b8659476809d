"""PO files: what the quick reader of plain ones takes, it reads as the library does."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.plain_po import PoEntry, plain_entries
from programme.problems import InputError
from scorm_builder.course.po_file import library_entries
from tests.builder.conftest import ROOT

HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"X-Status: draft\\n"\n'
PLAIN = (
    '\n#. note\n#: a.yaml:1\nmsgctxt "a.b"\nmsgid "One \\"two\\""\nmsgstr ""\n"Een\\n"\n"twee"\n'
)
OBSOLETE = '\n#~ msgctxt "old"\n#~ msgid "Old"\n#~ msgstr "Oud"\n'
FILES = sorted(
    file
    for folder in ("courses", "scorm_builder", "programme", "tests/courses")
    for file in (ROOT / folder).rglob("*.po")
)

words = st.text(st.sampled_from('ab é{}\\"nrt~#_:\u2028\x85\t'), max_size=6).map('"{}"'.format)
odd = st.sampled_from(
    ["", "#", "# note", "#, fuzzy", "#| msgid", "#~ x", '#~ msgid "x"', " ", "msgid_plural",
     'msgid_plural "b"', 'msgstr[0] "c"', 'msgstr "a" "b"', 'msgstr ""a"', "junk", '"more"']
)  # fmt: skip
entries = st.builds("msgctxt {}\nmsgid {}\nmsgstr {}".format, words, words, words)
files = st.lists(entries | odd | words, max_size=6).map("\n".join)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_our_own_files_are_plain_and_read_as_the_library_reads_them(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = plain_entries(text)
    assert found
    assert found == library_entries(text, "nl.po")


@given(files, st.sampled_from(["", "\n", "\n\n"]))
def test_whatever_is_taken_is_read_as_the_library_reads_it(rest: str, between: str) -> None:
    text = HEADER + between + rest
    found = plain_entries(text)
    with contextlib.suppress(InputError):
        assert found is None or found == library_entries(text, "nl.po")
        return
    assert found is None


def test_an_entry_has_its_texts_and_its_line() -> None:
    found = plain_entries(HEADER + PLAIN + OBSOLETE)
    assert found is not None
    assert found[1:] == [PoEntry("a.b", 'One "two"', "Een\ntwee", 6)]


@pytest.mark.parametrize(
    "text",
    [PLAIN, HEADER + PLAIN.replace("#. note", "#, fuzzy"), HEADER + PLAIN.replace("One", "_:"),
     HEADER + PLAIN.replace("msgstr", "msgid_plural"), HEADER + "junk", "", OBSOLETE,
     HEADER + PLAIN.replace('\\"two', '"two'), HEADER + PLAIN.replace("\\n", "\\x")],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_library(text: str) -> None:
    assert plain_entries(text) is None
