"""Codes of hotels without an LMS: the vectors, and that no code needs an odd sign."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.crockford import SYMBOLS, read_checked
from programme.personal_codes import code_pseudonym, hotel_code, new_personal_code, printed

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "personal_codes.json").read_text("ascii")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["hotel"])
def test_codes_and_pseudonym_are_those_of_the_vectors(vector: dict[str, str]) -> None:
    assert hotel_code(vector["hotel_iri"]) == vector["hotel"]
    assert printed(vector["hotel"]) == vector["hotel_printed"]
    assert read_checked(vector["personal_typed"]) == vector["personal"]
    made = code_pseudonym(vector["hotel"], vector["personal"], vector["salt"])
    assert made == vector["pseudonym"]


@given(st.randoms())
def test_a_printed_code_has_only_letters_and_digits_and_is_read_back(dice: Random) -> None:
    code = new_personal_code(dice.randrange)
    assert set(printed(code).replace("-", "")) <= set(SYMBOLS)
    assert read_checked(printed(code)) == code


@given(st.text(min_size=1, max_size=80))
def test_every_hotel_has_a_code_that_can_be_typed(name: str) -> None:
    code = hotel_code(f"https://id.noroom.example/hotel/{name}")
    assert len(code) == 5
    assert set(printed(code).replace("-", "")) <= set(SYMBOLS)


def test_one_personal_code_at_two_hotels_is_two_people() -> None:
    assert code_pseudonym("AAAAA", "00000000", "s") != code_pseudonym("AAAAB", "00000000", "s")
