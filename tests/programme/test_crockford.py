"""Codes on paper: the vectors, forgiving reading, and the mistakes that must be noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.crockford import (
    SYMBOLS,
    check_symbol,
    from_symbols,
    grouped,
    read_checked,
    to_symbols,
)

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/crockford.json").read_text("ascii"))
_BODIES = st.text(alphabet=SYMBOLS, min_size=1, max_size=20)


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda v: ascii(v["typed"]))
def test_what_was_typed_is_read_as_the_vectors_say(vector: dict[str, str]) -> None:
    assert read_checked(vector["typed"]) == vector["symbols"]


@pytest.mark.parametrize("vector", VECTORS["numbers"], ids=lambda v: v["symbols"])
def test_numbers_are_spelt_as_the_vectors_say(vector: dict[str, str]) -> None:
    assert to_symbols(int(vector["number"]), len(vector["symbols"])) == vector["symbols"]
    assert check_symbol(vector["symbols"]) == vector["check"]


@given(st.integers(min_value=0, max_value=2**60 - 1))
def test_a_number_comes_back(number: int) -> None:
    assert from_symbols(to_symbols(number, 12)) == number


@given(_BODIES, st.data())
def test_one_wrong_symbol_is_noticed(body: str, data: st.DataObject) -> None:
    code = body + check_symbol(body)
    place = data.draw(st.integers(min_value=0, max_value=len(body) - 1))
    other = data.draw(st.sampled_from(SYMBOLS.replace(body[place], "")))
    assert read_checked(code) == body
    assert read_checked(code[:place] + other + code[place + 1 :]) is None


@given(_BODIES, st.data())
def test_two_swapped_neighbours_are_noticed(body: str, data: st.DataObject) -> None:
    code = body + check_symbol(body)
    place = data.draw(st.integers(min_value=0, max_value=len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or read_checked(swapped) is None


@given(_BODIES, st.integers(min_value=1, max_value=6))
def test_a_code_is_read_as_it_is_printed(body: str, size: int) -> None:
    printed = grouped(body + check_symbol(body), size)
    assert read_checked(printed.lower().replace("0", "o").replace("1", "l")) == body


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_as_symbols_or_not_at_all(text: str) -> None:
    read = read_checked(text)
    assert read is None or read_checked(read + check_symbol(read)) == read
