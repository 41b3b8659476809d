"""Is this certificate genuine, and does it hold today? Offline, from the public keys alone.

The signature says what the programme wrote; only the register says what became of it since. So the
answer names what it rests on, and a paper that was revoked is found out by who has the register.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.facts import Facts, read_facts
from xapi_lrs_reports.certificates.keys import Keys, ProgrammeKey
from xapi_lrs_reports.certificates.read_code import Shown

Standing = Literal["valid", "not_yet_valid", "expired", "revoked", "ended", "replaced", "unknown"]
"""`unknown`: the register that was asked does not have it, or the key was revoked and none was
asked. Without a register a certificate stands by its dates alone."""


@dataclass(frozen=True)
class Known:
    """What a register says of one certificate; `code` is empty where it does not keep codes."""

    number: str
    hotel: str
    issued_on: date
    standing: Standing
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """A genuine certificate, and how it stands on `day`.

    `register_asked` tells that this rests on a register, not on its dates alone.
    """

    facts: Facts
    key: ProgrammeKey
    day: date
    standing: Standing
    register_asked: bool
    note: str = ""


def verify(shown: Shown, keys: Keys, known: dict[str, Known] | None, day: date) -> Verdict:
    """Check what was shown; `known` is the register by number, None where there is none.

    Raises InputError if it is not genuine: no code of ours, a fact that was changed, another key, a
    code on a paper that says something else.
    """
    facts, key = _signed_by_us(shown, keys)
    _same_paper(shown, facts)
    standing, note = _standing(facts, day), ""
    if known is not None:
        standing, note = _by_register(shown, facts, known, standing)
    has_code = known is not None and facts.number in known and known[facts.number].code
    if key.state == "revoked" and not has_code:  # whoever stole it can sign what they like
        standing = "unknown"
        note = (
            "the key was revoked: only the programme's own register can say whether it wrote this"
        )
    return Verdict(facts, key, day, standing, known is not None, note)


def _signed_by_us(shown: Shown, keys: Keys) -> tuple[Facts, ProgrammeKey]:
    tokens = {"".join(code.split()).rpartition("#")[2]: code for code in sorted(shown.codes)}
    if len(tokens) > 1:
        what = "the code on the paper and the code inside the file are two different ones"
        fix = "Somebody put them together. Ask the programme for its register."
        raise _refused(shown, "verify-two-codes", what, fix)
    (code,) = tokens.values()
    try:
        signed, facts = read_facts(code)
    except ValueError as error:
        what = f"this code was not made for a certificate, or it is damaged: {error}"
        fix = "Read the code again, as a whole; if it stays so, the paper is not genuine."
        raise _refused(shown, "verify-form", what, fix) from None
    key = keys.get(signed.kid)
    if key is None:
        what = f"the key {signed.kid[:40] or '(none)'} is not one of this programme's"
        fix = "Get the newest keys.json from the programme; if it stays so, it is not genuine."
        raise _refused(shown, "verify-other-key", what, fix)
    if not key.signed(signed):
        what = "the signature does not fit: something was changed after the programme signed it"
        fix = "Do not accept this certificate. Tell the programme where you saw it."
        raise _refused(shown, "verify-signature", what, fix)
    return facts, key


def _same_paper(shown: Shown, facts: Facts) -> None:
    """A genuine code on another paper: the words of a PDF must name the number and the hotel."""
    if not shown.text.strip():
        return
    words = _letters(shown.text)
    missing = [
        text for text in (facts.number, facts.name.rstrip("…")) if _letters(text) not in words
    ]
    if missing:
        what = f'the code is genuine, but the page does not say "{missing[0]}", which it stands for'
        fix = "The code was put on another paper. Believe the code, not the page."
        raise _refused(shown, "verify-other-paper", what, fix)


def _letters(text: str) -> str:
    """Give letters and digits alone, sorted within nothing: spaces and line ends do not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _standing(facts: Facts, day: date) -> Standing:
    if day < facts.issued_on:
        return "not_yet_valid"
    return "expired" if facts.valid_until is not None and day > facts.valid_until else "valid"


def _by_register(
    shown: Shown, facts: Facts, known: dict[str, Known], by_dates: Standing
) -> tuple[Standing, str]:
    entry = known.get(facts.number)
    if entry is None:
        return "unknown", "the register has no certificate of this number"
    code = next(iter(shown.codes))
    is_another = (entry.hotel, entry.issued_on) != (facts.hotel, facts.issued_on)
    if is_another or (entry.code and _token(entry.code) != _token(code)):
        what = f"the register has another certificate under the number {facts.number}"
        fix = "Do not accept this certificate. Tell the programme where you saw it."
        raise _refused(shown, "verify-number", what, fix)
    return (entry.standing if entry.standing != "valid" else by_dates), entry.note


def _token(code: str) -> str:
    return "".join(code.split()).rpartition("#")[2]


def _refused(shown: Shown, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(shown.place[:120], 0, 0, code, what, fix)])
