"""register.json: the certificates that a programme shows to everybody; read by the public site.

`noroom register publish` writes it, `noroom site` reads it. It says nothing of persons and holds no
numbers of employees or completions, whatever their size. docs/register.schema.json is the same
shape as JSON Schema; docs/contracts.md, section 11, says what the values mean.
"""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Literal

from programme.json_text import BadJsonError, read_json
from programme.problems import InputError, Problem
from programme.settings import Id
from programme.validate import Strict, validate
from programme.words import Date, Word
from programme.yaml_source import Data, NodePath, Source, parse_yaml, read_text

MOST_BYTES = 40_000_000
"""About 150,000 certificates, and more than a register can have lines for (`chain.MAX_BYTES`)."""


class PublicCertificate(Strict):
    """One certificate, as everybody may know it."""

    number: Word
    hotel: Id
    name: Word
    chain: Id
    chain_name: Word
    valid_from: Date
    valid_until: Date | None
    status: Literal["valid", "expired", "revoked"]


class PublicRegister(Strict):
    """register.json."""

    format: Literal[1]
    programme: Word
    updated_on: Date
    certificates: list[PublicCertificate]


def read_public_register(path: Path) -> PublicRegister:
    """Read and check a register.json.

    Raises InputError with every problem: no JSON, another shape, a number twice, a date that
    contradicts its status.
    """
    text = read_text(path, str(path), MOST_BYTES)
    source = Source(str(path), _read_json(path, text), tuple(text.split("\n")), {})
    register, problems = _checked(source)
    if problems:
        # JSON is YAML, so YAML's places are its own; they cost a hundred times the reading.
        places = parse_yaml(text, str(path)).places
        register, problems = _checked(dataclasses.replace(source, places=places))
    if register is None or problems:
        raise InputError(problems)
    return register


def _checked(source: Source) -> tuple[PublicRegister | None, list[Problem]]:
    register, problems = validate(PublicRegister, source)
    return register, problems if register is None else _contradictions(register, source)


def _read_json(path: Path, text: str) -> Data:
    try:
        found: Data = read_json(text, parse_constant=_refuse_constant)
    except BadJsonError as error:
        what, fix = f"this is not JSON: {error}", "Make the file anew with noroom register publish."
        wrong = Problem(str(path), error.line, error.column, "register-json", what, fix)
        raise InputError([wrong]) from None
    return found


def _refuse_constant(name: str) -> float:
    raise BadJsonError(f"{name} is no number of JSON")


def _contradictions(register: PublicRegister, source: Source) -> list[Problem]:
    """Give what the shape allows and the meaning does not."""
    found: list[Problem] = []
    numbers: set[str] = set()
    day = datetime.date.fromisoformat(register.updated_on)
    for index, one in enumerate(register.certificates):
        place: NodePath = ("certificates", index)
        if one.number in numbers:
            what = f"the certificate {one.number} stands here a second time"
            fix = "Keep one of the two entries."
            found.append(source.problem((*place, "number"), "register-number", what, fix))
        numbers.add(one.number)
        if words := _wrong_dates(one, day):
            path = (*place, "status")
            found.append(source.problem(path, "register-dates", *words))
    return found


def _wrong_dates(one: PublicCertificate, day: datetime.date) -> tuple[str, str] | None:
    """Give what is wrong, and the cure, where status and dates do not go together on `day`."""
    end = datetime.date.fromisoformat(one.valid_until) if one.valid_until else datetime.date.max
    if end < datetime.date.fromisoformat(one.valid_from):
        return f"valid_until {one.valid_until} is before valid_from", "Correct one of the dates."
    if one.status != "revoked" and (one.status == "valid") != (day <= end):
        wanted = "valid" if day <= end else "expired"
        what = f"the status is {one.status}, but valid_until is {one.valid_until or 'null'}"
        return what, f"On updated_on, {day}, the status is {wanted}."
    return None
