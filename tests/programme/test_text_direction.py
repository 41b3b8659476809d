"""The direction of a language: the same answer as CLDR gives."""

from __future__ import annotations

import pytest
from babel import Locale, localedata

from programme.text_direction import text_direction


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("nl", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("pt-BR", "ltr"), ("qq", "ltr")],
)
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    assert text_direction(language) == direction


def test_the_direction_of_every_language_is_that_of_cldr() -> None:
    tags = [tag.replace("_", "-") for tag in localedata.locale_identifiers()]
    orders = {tag: Locale.parse(tag, sep="-").character_order for tag in tags}
    expected = {tag: "rtl" if order[0] == "r" else "ltr" for tag, order in orders.items()}
    assert {tag: text_direction(tag) for tag in tags} == expected
