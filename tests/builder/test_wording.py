"""noroom's own words are complete in every language that it offers."""

from __future__ import annotations

import pytest

from programme.problems import InputError
from scorm_builder.placeholders import names
from scorm_builder.wording import HERE, default_nouns, player_messages, speaks

LANGUAGES = sorted(file.stem for file in (HERE / "player" / "locale").glob("*.po"))


def test_dutch_is_offered() -> None:
    assert "nl" in LANGUAGES


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
