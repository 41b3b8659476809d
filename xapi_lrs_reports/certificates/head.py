"""The head of a register: a signed note of where it ended when it was last written, or published.

A line of the register is signed, so nobody without the key can write one. That lines are missing at
the end is seen by the head alone, so it is signed too: a compact JWS whose `typ` is `nrh`.
`certificates/register.head` lies beside the register; a copy that somebody kept elsewhere shows
later that the register still begins with what stood in it then. The head that is published names
the day and the SHA-256 of register.json besides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from programme.files import read_bytes
from programme.json_text import read_json
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.jws import Signed, parse, sign

if TYPE_CHECKING:
    from xapi_lrs_reports.certificates.keys import Keys
    from xapi_lrs_reports.certificates.signing_key import Signer

HEAD_TYPE = "nrh"
HEAD_FILE = "register.head"
_MAX_BYTES = 20_000
RESTORE = "Restore the register and its head from one backup; it is only ever added to."


class Ending(NamedTuple):
    """Where a register ends: its bytes and lines, and their SHA-256 in hex."""

    size: int
    lines: int
    digest: str


@dataclass(frozen=True)
class Head:
    """Where a register ended: its bytes and lines, and their SHA-256 in hex.

    `signed` None: from before heads were signed; what it says can be wrong. `on` and
    `register_json` (SHA-256 of that file) are those of a published head.
    """

    size: int
    lines: int
    digest: str
    signed: Signed | None = None
    on: date | None = None
    register_json: str | None = None

    def begins(self, content: bytes) -> bool:
        """Tell whether a register begins with what this head was made of."""
        return sha256(content[: self.size]) == self.digest


def head_path(register: Path) -> Path:
    """Give the place of the head of a register."""
    return register.with_name(HEAD_FILE)


def ending_of(content: bytes) -> Ending:
    """Give where a register with this content ends."""
    return Ending(len(content), content.count(b"\n"), sha256(content))


def signed_head(content: bytes, signer: Signer) -> str:
    """Give the head of a register with this content."""
    return head_at(ending_of(content), signer)


def head_at(ending: Ending, signer: Signer) -> str:
    """Give the head of a register that ends there."""
    return sign(signer.private, _header(signer), _payload(ending))


def published_head(content: bytes, register_json: bytes, day: date, signer: Signer) -> str:
    """Give the head that goes beside a published register.json."""
    published = {"on": day.isoformat(), "register_json": sha256(register_json)}
    return sign(signer.private, _header(signer), {**_payload(ending_of(content)), **published})


def read_head(path: Path) -> Head | None:
    """Give the head in a file, None where there is no file; raises InputError if it is no head.

    Its signature is not looked at here: `is_ours` does.
    """
    try:
        text = read_bytes(path, _MAX_BYTES).decode("ascii").strip()
        return _unsigned(read_json(text)) if text.startswith("{") else _signed(parse(text))
    except FileNotFoundError:
        if not path.is_symlink():
            return None
        raise InputError([_unreadable(path)]) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError([_unreadable(path)]) from None


def _unreadable(path: Path) -> Problem:
    what = "the note on the register's last line cannot be read"
    return Problem(str(path), 0, 0, "register-head", what, RESTORE)


def is_ours(head: Head, keys: Keys, distrusted: frozenset[str] = frozenset()) -> bool:
    """Tell whether a key of the programme signed a head, and none of the distrusted ones."""
    if head.signed is None or head.signed.kid in distrusted:
        return False
    key = keys.get(head.signed.kid)
    return key is not None and key.signed(head.signed)


def sha256(content: bytes) -> str:
    """Give a hash in hex."""
    return hashlib.sha256(content).hexdigest()


def _header(signer: Signer) -> dict[str, str]:
    return {"kid": signer.kid, "typ": HEAD_TYPE}


def _payload(ending: Ending) -> dict[str, object]:
    return {"bytes": ending.size, "lines": ending.lines, "sha256": ending.digest}


def _signed(signed: Signed) -> Head:
    if signed.header.get("typ") != HEAD_TYPE:
        raise ValueError("it was signed for something else")
    payload = signed.payload
    on, register_json = payload.get("on"), payload.get("register_json")
    return Head(
        size=_number(payload, "bytes"),
        lines=_number(payload, "lines"),
        digest=str(payload["sha256"]),
        signed=signed,
        on=None if on is None else date.fromisoformat(str(on)),
        register_json=None if register_json is None else str(register_json),
    )


def _unsigned(data: Mapping[str, object]) -> Head:
    """Read a head of before heads were signed: JSON with `bytes` and `sha256`."""
    return Head(size=_number(data, "bytes"), lines=0, digest=str(data["sha256"]))


def _number(data: Mapping[str, object], key: str) -> int:
    value = data[key]
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} is no number")
    return value
