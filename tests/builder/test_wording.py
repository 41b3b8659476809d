"""noroom's own words: complete in every language, and translated by the tools that courses use."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from programme.problems import InputError
from scorm_builder.course import wording
from scorm_builder.course.placeholders import names
from scorm_builder.course.wording import LOCALE, default_nouns, player_messages, speaks
from scorm_builder.translate import translatable
from scorm_builder.translate.translatable import own_words
from scorm_builder.translate.update import updated

LANGUAGES = sorted(file.stem for file in LOCALE.glob("*.po"))


def test_the_languages_of_the_programme_are_offered() -> None:
    assert set(LANGUAGES) >= {"ar", "de", "es", "fr", "nl", "pl", "ro", "uk"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing(language: str) -> None:
    """Which words a language lacks: translate them after `noroom translate update --own-words`."""
    entries = updated(own_words(), language).entries
    missing = [context for context, unit in entries.items() if not str(unit.target).strip()]
    assert not missing, f"{language} lacks {len(missing)} words: {', '.join(missing)}"


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_short_word_for_help_is_a_word_of_the_long_one(language: str) -> None:
    """Who says to the screen what is written there is understood (WCAG 2.2, 2.5.3)."""
    words = player_messages(language)
    assert words["help_short"].lower() in re.findall(r"\w+", words["help_open"].lower())
    assert len(words["help_short"]) <= 8, "there is room for eight letters on a phone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    assert speaks(language)
    for words in (player_messages, default_nouns):
        source, translated = words("en"), words(language)
        assert list(translated) == list(source)
        for key, text in translated.items():
            assert set(names(text)) == set(names(source[key])), key


def test_a_language_without_words_is_named() -> None:
    assert not speaks("tlh")
    with pytest.raises(InputError, match="not translated into tlh"):
        player_messages("tlh")


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the words, to change."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    for module in (wording, translatable):
        monkeypatch.setattr(module, "LOCALE", folder)
    monkeypatch.setattr(translatable, "HERE", tmp_path)
    wording._words.cache_clear()
    wording._all_words.cache_clear()
    return folder


def run(*arguments: str) -> str:
    """Run `noroom translate`, which has to succeed, and give what it says."""
    result = CliRunner().invoke(main, ["translate", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_missing_word_stops_a_build_and_is_named(locale: Path) -> None:
    """No silent English: the word, the language and the file are said."""
    text = (locale / "de.po").read_text("utf-8")
    (locale / "de.po").write_text(text.replace('msgstr "Zurück"', 'msgstr ""'), "utf-8")
    with pytest.raises(InputError, match=r'player/locale/de\.po:.*"player\.back"') as caught:
        player_messages("de")
    assert [one.code for one in caught.value.problems] == ["translation-empty"]


@pytest.mark.parametrize("form", ["xliff12", "xliff20"])
def test_own_words_go_to_translators_and_back(locale: Path, tmp_path: Path, form: str) -> None:
    """A language is started, exported, translated elsewhere and imported, as for a course."""
    assert "0 of" in run("update", "--own-words", "--language", "sv") + run("status", "--own-words")
    exported = tmp_path / "ar.xlf"
    run("export", "--own-words", "--language", "ar", "--format", form, "--out", str(exported))
    before = (locale / "ar.po").read_bytes()
    (locale / "ar.po").unlink()
    run("update", "--own-words", "--language", "ar")
    said = run("import", "--own-words", str(exported))
    assert "0 refused" in said and "0 not translated" in said
    found, old = (updated(own_words(), "ar").entries for _ in range(2))
    (locale / "ar.po").write_bytes(before)
    old = updated(own_words(), "ar").entries
    assert {one: str(unit.target) for one, unit in found.items()} == {
        one: str(unit.target) for one, unit in old.items()
    }


def test_a_course_or_own_words_not_both() -> None:
    """Misuse is said in one sentence."""
    for arguments in (["status"], ["status", "courses/no-room", "--own-words"]):
        result = CliRunner().invoke(main, ["translate", *arguments])
        assert result.exit_code == 2
        assert "Name the folder of a course, or give --own-words." in result.output
