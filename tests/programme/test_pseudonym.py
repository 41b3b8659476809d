"""The pseudonym and the statement id: the vectors, and what must never be merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.pseudonym import ANONYMOUS, normalise_learner_id, pseudonym
from programme.statement_ids import namespace, statement_id

VECTORS = Path(__file__).parent.parent / "vectors"


def _vectors(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((VECTORS / name).read_text(encoding="ascii"))
    return found


@pytest.mark.parametrize("vector", _vectors("pseudonym.json"), ids=lambda v: ascii(v["learner_id"]))
def test_pseudonym_vectors(vector: dict[str, str]) -> None:
    assert pseudonym(vector["learner_id"], vector["salt"]) == vector["pseudonym"]


@pytest.mark.parametrize("vector", _vectors("statement_id.json"), ids=lambda v: v["id"])
def test_statement_id_vectors(vector: dict[str, str]) -> None:
    made = statement_id(vector["iri"], vector["registration"], vector["verb"], int(vector["n"]))
    assert made == vector["id"]
    assert str(namespace(vector["iri"])) == vector["namespace"]


def test_leading_zeros_keep_two_employees_apart() -> None:
    assert pseudonym("000123", "acme") != pseudonym("123", "acme")


def test_two_chains_cannot_be_linked() -> None:
    assert pseudonym("000123", "acme") != pseudonym("000123", "other")


@pytest.mark.parametrize("shared", ["", "a", "12", "Guest", " student ", "N/A", "Not Set"])
def test_shared_ids_are_nobody(shared: str) -> None:
    assert pseudonym(shared, "acme") == ANONYMOUS


@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_pseudonym_is_short_ascii_and_stable(learner_id: str, salt: str) -> None:
    made = pseudonym(learner_id, salt)
    assert made == ANONYMOUS or (
        len(made) == 32 and set(made) <= set("abcdefghijklmnopqrstuvwxyz234567")
    )
    assert pseudonym(f" {learner_id}\n", salt) == made


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_normalising_twice_changes_nothing_for_ids_without_exotic_letters(learner_id: str) -> None:
    once = normalise_learner_id(learner_id)
    assert normalise_learner_id(once) == once
