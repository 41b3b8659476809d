"""The completion code: the vectors, round trips, and what is no code."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.completion_code import CompletionCode, course_mark, read_code, spell_code

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors/completion_code.json").read_text("ascii")
)
_DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2037, 3, 17))
_NUMBERS = st.integers(0, 30)
_CODES = st.builds(
    CompletionCode,
    learner=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=8, max_size=8),
    day=st.none() | _DAYS,
    version=st.just("") | st.builds("{}.{}.{}".format, _NUMBERS, _NUMBERS, _NUMBERS),
    course=st.integers(0, 63),
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["code"])
def test_a_code_says_what_the_vectors_say(vector: dict[str, Any]) -> None:
    says = vector["says"]
    day = datetime.date.fromisoformat(says["day"]) if says["day"] else None
    mark = course_mark(vector["course"])
    code = CompletionCode(says["learner"], day, says["version"], mark)
    assert read_code(vector["code"]) == code
    assert spell_code(code) == vector["code"]


@given(_CODES)
def test_what_is_spelt_is_read_back_however_it_is_typed(code: CompletionCode) -> None:
    spelt = spell_code(code)
    assert len(spelt) == 19
    for typed in (spelt, spelt.lower(), spelt.replace("-", ""), f" {spelt.replace('0', 'O')} "):
        assert read_code(typed) == code


@given(_CODES, st.integers(0, 15), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_symbol_is_noticed(code: CompletionCode, place: int, symbol: str) -> None:
    symbols = spell_code(code).replace("-", "")
    wrong = symbols[:place] + symbol + symbols[place + 1 :]
    assert wrong == symbols or read_code(wrong) is None


@pytest.mark.parametrize(
    "text", ["", "-", "7K3M-9TX4-C", "2YPT-FV38-2JFZ", "hello", "=1+1", "0" * 15]
)
def test_anything_else_is_no_code(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize("version", ["31.0.0", "2026.11.1", "1.0", "1.0.0-beta", "", "١.0.0"])
def test_a_version_without_a_place_in_a_code_is_unknown_not_another(version: str) -> None:
    read = read_code(spell_code(CompletionCode("aaaaaaaa", None, version, 0)))
    assert read == CompletionCode("aaaaaaaa", None, "", 0)


def test_a_code_has_no_signs_that_people_mistake() -> None:
    day = datetime.date(2026, 11, 25)
    spelt = [
        spell_code(CompletionCode(f"abcdefg{one}", day, "1.0.0", 9)) for one in "abcdefghijklmnop"
    ]
    assert all(set(one) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-") for one in spelt)
