"""Papers take a language whole, or not at all; a new one is a new PO file."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from cli import main
from programme.papers import words
from scorm_builder.documents.return_sheet import return_sheet
from scorm_builder.lms.lms_presets import preset_names
from scorm_builder.lms.preset_texts import preset_in, preset_texts
from xapi_lrs_reports.certificates.texts import Texts, language_for


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the Dutch PO file alone, that a test may change; `forget` after a change."""
    folder = tmp_path / "locale"
    folder.mkdir()
    shutil.copy(words.LOCALE / "nl.po", folder)
    monkeypatch.setattr(words, "LOCALE", folder)
    forget()
    yield folder
    forget()


def forget() -> None:
    words.paper_languages.cache_clear()
    words._translated.cache_clear()
    words._entries.cache_clear()
    preset_in.cache_clear()


def german(locale: Path) -> Path:
    """Make a German PO file whose words are the Dutch ones with a mark."""
    text = (locale / "nl.po").read_text("utf-8")
    made = text.replace("Language: nl", "Language: de").replace('\nmsgstr "', '\nmsgstr "DE ')
    file = locale / "de.po"
    file.write_text(made.replace('msgstr "DE "', 'msgstr ""', 1), "utf-8")
    forget()
    return file


@pytest.mark.parametrize("paper", words.PAPERS)
def test_every_language_that_is_there_has_the_same_words(paper: str) -> None:
    english = words.paper_words(paper, "en")
    for language in words.paper_languages(paper):
        assert words.paper_words(paper, language).keys() == english.keys()
    assert {"en", "nl"} <= words.paper_languages(paper)
    Texts.model_validate(words.paper_words("certificate", "nl"))


def test_a_language_is_taken_whole_or_not_at_all(locale: Path) -> None:
    file = german(locale)
    assert language_for("de-AT", "nl") == "de"
    text = file.read_text("utf-8")
    spoiled = {
        "fuzzy": text.replace('msgctxt "certificate.rule"', '#, fuzzy\nmsgctxt "certificate.rule"'),
        "stale": text.replace('msgid "Certificate"', 'msgid "Old certificate"'),
        "missing": text.replace('msgctxt "certificate.rule"', 'msgctxt "certificate.rules"'),
        "empty": text.replace('msgstr "DE Certificaat"', 'msgstr ""'),
    }
    for what, changed in spoiled.items():
        assert changed != text, what
        file.write_text(changed, "utf-8")
        forget()
        assert language_for("de", "nl") == "nl", what
        assert language_for("de") == "en", what
        assert "de" in words.paper_languages("code_slip"), what


def read_me(*languages: str) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(return_sheet("Acme", "Course", [], languages)))
    return [str(row[0].value) for row in book["Read me"].iter_rows()]


def test_the_return_sheet_speaks_the_language_of_hr(locale: Path) -> None:
    assert read_me("nl")[0] == "Retourblad · Return sheet"
    assert read_me("en")[0] == "Return sheet"
    assert "not available" not in "".join(read_me("en"))
    missing = "This sheet is not available in German yet."
    assert read_me("de")[:3] == ["Return sheet", "Acme – Course", missing]
    assert read_me("de", "nl")[0] == "Retourblad · Return sheet" and missing in read_me("de", "nl")
    german(locale)
    assert read_me("de")[0] == "DE Retourblad · Return sheet"
    assert missing not in read_me("de")


def test_words_too_long_for_excel_are_said_in_one_language(locale: Path) -> None:
    file = german(locale)
    text = file.read_text("utf-8").replace(
        "DE Aantal", "DE Anzahl der Beschäftigten in ganzen Zahlen"
    )
    file.write_text(text, "utf-8")
    forget()
    book = openpyxl.load_workbook(io.BytesIO(return_sheet("A", "B", [], ["de"])))
    rules = book["Headcount"].data_validations.dataValidation
    titles = [rule.errorTitle for rule in rules if rule.type == "whole"]
    assert titles == ["DE Anzahl der Beschäftigten in g"[:32]]


@pytest.mark.parametrize("form", ["xliff12", "xliff20"])
def test_translators_get_the_papers_and_give_them_back(
    locale: Path, tmp_path: Path, form: str
) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["translate", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert 'msgctxt "certificate.title"' in run("extract", "--own-papers")
    run("update", "--own-papers")
    before = (locale / "nl.po").read_bytes()
    count = sum(len(words.paper_words(paper, "en")) for paper in words.PAPERS)
    count += sum(len(preset_texts(name)) for name in preset_names())
    assert f"nl  draft: {count} of {count} texts translated" in run("status", "--own-papers")
    file = str(tmp_path / "nl.xlf")
    run("export", "--own-papers", "--language", "nl", "--format", form, "--out", file)
    assert "0 new, 0 changed" in run("import", "--own-papers", file)
    assert (locale / "nl.po").read_bytes() == before
    forget()
    assert "nl" in words.paper_languages("return_sheet")
    wrong = CliRunner().invoke(main, ["translate", "import", "--own-words", file])
    assert "error[xliff-course]" in wrong.stderr
