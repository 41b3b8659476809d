"""Deterministic statement ids, so that a replay is harmless.

docs/contracts.md section 3; the player's twin is scorm_builder/player/programme/statements.js, and
tests/vectors/statement_id.json binds the two.
"""

from __future__ import annotations

import uuid
from functools import cache


@cache
def namespace(iri: str) -> uuid.UUID:
    """Give the programme's namespace from its IRI, such as `https://id.noroom.example`."""
    return uuid.uuid5(uuid.NAMESPACE_URL, iri)


def statement_id(iri: str, registration: str, verb: str, number: int) -> str:
    """Give the id of the statement `verb` number `number` of one attempt (`registration`: UUID)."""
    return str(uuid.uuid5(namespace(iri), f"{registration.lower()}|{verb}|{number}"))
