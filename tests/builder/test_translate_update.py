"""PO files follow the course, and nothing that a translator wrote is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from scorm_builder.course.load_course import load_course
from scorm_builder.course.po_file import parse_po
from scorm_builder.translate.plural_forms import plural_count, plural_forms
from tests.builder.conftest import ROOT, Noroom

TEXT = "blocks/0-look.yaml"


def edit(file: Path, find: str, put: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(find) == 1, find
    file.write_text(text.replace(find, put), encoding="utf-8")


def po_of(course: Path, language: str = "nl") -> str:
    return (course / "locale" / f"{language}.po").read_text(encoding="utf-8")


def entry(course: Path, context: str, language: str = "nl") -> str:
    """Give the block of lines of one entry."""
    blocks = po_of(course, language).split("\n\n")
    (found,) = [block for block in blocks if f'msgctxt "{context}"' in block]
    return found


def test_a_template_has_every_text_with_its_place_and_what_to_know(
    course: Path, noroom: Noroom
) -> None:
    first = noroom("translate", "extract", course)
    assert first.exit_code == 0
    assert first.stdout_bytes == noroom("translate", "extract", course).stdout_bytes
    assert (
        "#. Part “Look”, screen “Welcome” (a screen to read): text.\n"
        "#. Markdown: keep **bold**, *emphasis*, lists and empty lines between paragraphs.\n"
        "#. {manager} stands for the chain's word for the manager; “your manager” if it has none."
        " Do not translate it.\n"
        "#: blocks/0-look.yaml:9\n"
        'msgctxt "page.start.text"\n'
        'msgid ""\n'
        '"You learn to see **signals**.\\n"\n'
    ) in first.stdout
    assert "sentence 1, which is not true: text." in first.stdout
    assert "answer 2, which is wrong: said after the answer." in first.stdout
    assert noroom("translate", "extract", course, "--out", "out/tiny.pot").exit_code == 0
    assert Path("out/tiny.pot").read_bytes() == first.stdout_bytes


def test_an_update_touches_nothing_that_has_not_changed(course: Path, noroom: Noroom) -> None:
    file = course / "locale" / "nl.po"
    edit(file, 'msgctxt "page.cards.title"', '# twee\n# regels\nmsgctxt "page.cards.title"')
    edit(file, 'msgstr "Contant"', 'msgstr ""\n"Con"\n"tant"')
    before = parse_po(file)[0].entries
    result = noroom("translate", "update", course)
    assert f"nl\t0 added, 0 reworded, 0 gone\t{file} written\n" in result.stdout
    after = parse_po(file)[0].entries
    assert {key: str(one.target) for key, one in after.items()} == {
        key: str(one.target) for key, one in before.items()
    }
    assert entry(course, "page.cards.title").startswith("# twee\n# regels\n#. Part")
    assert entry(course, "page.cards.cash.title").endswith('msgstr ""\n"Con"\n"tant"')
    written = file.read_bytes()
    assert "as it was" in noroom("translate", "update", course).stdout
    assert file.read_bytes() == written
    assert noroom("check", course).exit_code == 0


def test_a_reworded_text_keeps_its_translation_and_says_what_it_was_made_from(
    course: Path, noroom: Noroom
) -> None:
    edit(course / TEXT, "title: Three signals", "title: Three clear signals")
    assert "0 added, 1 reworded, 0 gone" in noroom("translate", "update", course).stdout
    expected = (
        '#, fuzzy\n#| msgid "Three signals"\nmsgctxt "page.cards.title"\n'
        'msgid "Three clear signals"\nmsgstr "Drie signalen"'
    )
    assert entry(course, "page.cards.title").endswith(expected)
    edit(course / TEXT, "title: Three clear signals", "title: Signals")
    noroom("translate", "update", course)
    assert '#| msgid "Three signals"' in entry(course, "page.cards.title")
    edit(course / TEXT, "title: Signals", "title: Three signals")
    noroom("translate", "update", course)
    assert "#|" not in po_of(course)
    assert "#, fuzzy" in entry(course, "page.cards.title")


def test_a_reworded_text_without_a_translation_is_simply_new(course: Path, noroom: Noroom) -> None:
    edit(course / "locale" / "nl.po", 'msgstr "Drie signalen"', 'msgstr ""')
    edit(course / TEXT, "title: Three signals", "title: Three clear signals")
    noroom("translate", "update", course)
    assert "fuzzy" not in po_of(course)
    assert 'msgid "Three clear signals"\nmsgstr ""' in entry(course, "page.cards.title")


def test_a_remark_at_the_end_of_the_file_stays(course: Path, noroom: Noroom) -> None:
    file = course / "locale" / "nl.po"
    file.write_text(po_of(course) + "\n# nog lezen\n", encoding="utf-8")
    noroom("translate", "update", course)
    assert po_of(course).endswith("\n\n# nog lezen\n")
    assert "as it was" in noroom("translate", "update", course).stdout


def test_what_has_gone_is_kept_and_comes_back(course: Path, noroom: Noroom) -> None:
    edit(course / "locale" / "nl.po", 'msgctxt "page.cards.silent.title"',
         '# rustig\nmsgctxt "page.cards.silent.title"')  # fmt: skip
    edit(course / TEXT, "- id: silent", "- id: quiet")
    assert "2 added, 0 reworded, 2 gone" in noroom("translate", "update", course).stdout
    gone = '# rustig\n#~ msgctxt "page.cards.silent.title"\n#~ msgid "Silence"\n#~ msgstr "Stilte"'
    assert gone in po_of(course)
    assert entry(course, "page.cards.quiet.title").endswith('msgid "Silence"\nmsgstr ""')
    assert "as it was" in noroom("translate", "update", course).stdout
    edit(course / TEXT, "- id: quiet", "- id: silent")
    assert "2 added, 0 reworded, 2 gone" in noroom("translate", "update", course).stdout
    assert "#~" not in po_of(course)
    assert entry(course, "page.cards.silent.title").startswith("# rustig\n#. Part")
    assert noroom("check", course).exit_code == 0


def test_a_plural_that_the_course_has_not_becomes_one_text(course: Path, noroom: Noroom) -> None:
    edit(course / "locale" / "nl.po", 'msgid "Three signals"\nmsgstr "Drie signalen"',
         'msgid "3 signals"\nmsgid_plural "4 signals"\n'
         'msgstr[0] "3 signalen"\nmsgstr[1] "4 signalen"')  # fmt: skip
    noroom("translate", "update", course)
    expected = 'msgid "Three signals"\nmsgstr "3 signalen"'
    assert entry(course, "page.cards.title").endswith(expected)


def test_entries_stand_in_the_order_of_the_course(course: Path, noroom: Noroom) -> None:
    file = course / "locale" / "nl.po"
    header, *entries = file.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    file.write_text("\n\n".join([header, *reversed(entries)]) + "\n", encoding="utf-8")
    noroom("translate", "update", course)
    template = noroom("translate", "extract", course).stdout
    order = [line for line in template.splitlines() if line.startswith("msgctxt")]
    assert [line for line in po_of(course).splitlines() if line.startswith("msgctxt")] == order


@pytest.mark.parametrize(("language", "forms"), [("uk", 3), ("ar", 6), ("ja", 1), ("pt-BR", 2)])
def test_a_new_language_starts_as_a_draft_with_its_plural_forms(
    course: Path, noroom: Noroom, language: str, forms: int
) -> None:
    result = noroom("translate", "update", course, "--language", language)
    assert f"  {language}: {{ status: draft }}" in result.stderr
    header = parse_po(course / "locale" / f"{language}.po")[0].header
    assert header["Language"] == language
    assert header["X-Status"] == "draft"
    assert header["Project-Id-Version"] == "tiny 1.0.0"
    assert header["Plural-Forms"].startswith(f"nplurals={forms};")
    texts = load_course(course, ()).all_pages()
    assert all(f"page.{page.value.id}.title" in po_of(course, language) for page in texts)


def test_plural_forms_are_known_for_every_language_that_babel_knows() -> None:
    for identifier in ("nl", "en", "uk", "ar", "pl", "ro", "tr", "bg", "es", "fr", "de"):
        forms = plural_forms(Locale.parse(identifier).language)
        assert forms is not None
        assert str(forms).endswith(";")
        assert plural_count(identifier) == forms.count
    assert plural_forms("xx") is None


def test_the_header_is_completed_and_a_wrong_number_of_plural_forms_corrected(
    course: Path, noroom: Noroom
) -> None:
    file = course / "locale" / "nl.po"
    plural = '"plural-forms: nplurals=6; plural=0;\\n"\n'
    edit(file, '"X-Status: reviewed\\n"\n', f'{plural}"X-Status: reviewed\\n"\n"X-Mine: x\\n"\n')
    noroom("translate", "update", course)
    header = parse_po(file)[0].header
    assert header["plural-forms"].startswith("nplurals=2;")
    assert header["X-Mine"] == "x"
    assert header["X-Status"] == "reviewed"
    assert header["MIME-Version"] == "1.0"


def test_windows_line_ends_and_a_bom_are_read_and_not_written(course: Path, noroom: Noroom) -> None:
    file = course / "locale" / "nl.po"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert noroom("translate", "update", course).exit_code == 0
    assert b"\r" not in file.read_bytes()
    assert noroom("check", course).exit_code == 0


def test_a_file_of_another_language_is_refused_and_left_alone(course: Path, noroom: Noroom) -> None:
    file = course / "locale" / "uk.po"
    file.write_bytes((course / "locale" / "nl.po").read_bytes())
    before = {path: path.read_bytes() for path in course.rglob("*.po")}
    result = noroom("translate", "update", course)
    assert result.exit_code == 1
    assert "error[translation-language]" in result.stderr
    assert {path: path.read_bytes() for path in course.rglob("*.po")} == before


@pytest.mark.parametrize(("language", "words"), [("en", "translated"), ("Dutch", "language tag")])
def test_a_language_that_cannot_be_translated_into_is_misuse(
    course: Path, noroom: Noroom, language: str, words: str
) -> None:
    result = noroom("translate", "update", course, "--language", language)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_players_messages_need_no_plural_forms() -> None:
    messages = ROOT / "scorm_builder" / "player" / "locale" / "messages.yaml"
    text = messages.read_text(encoding="utf-8")
    for name in ("draw", "pass", "right"):
        assert f"{{{name}}} " not in text.replace(f"{{{name}}} of", ""), name
