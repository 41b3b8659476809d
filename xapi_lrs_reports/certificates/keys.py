"""The programme's public keys: certificates/keys.json, a JWK Set (RFC 7517, RFC 8037).

Beside `kty, crv, x, kid, alg, use` each key has `since` and, once it no longer signs, `retired_on`
(a newer key took over: what it signed stays good) or `revoked_on` (somebody else may have it: what
it signed is good only where the register says so). A key's id is its RFC 7638 thumbprint, cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from programme.atomic import write_atomically
from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.json_text import BadJsonError, read_json
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.jws import (
    ALGORITHM,
    Signed,
    base64url,
    from_base64url,
    is_signed_by,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEYS_FILE = "certificates/keys.json"
_RAW_BYTES = 32
_ID_CHARACTERS = 12
KeyState = Literal["active", "retired", "revoked"]


@dataclass(frozen=True)
class ProgrammeKey:
    """One public key; `raw` are its 32 bytes (RFC 8032)."""

    raw: bytes
    since: date
    retired_on: date | None = None
    revoked_on: date | None = None

    @property
    def kid(self) -> str:
        """Give the key's id: the first 12 hex digits of its thumbprint (RFC 7638, RFC 8037).

        Not base64url: an id that began with a hyphen would be an option on a command line.
        """
        members = json.dumps(
            {"crv": "Ed25519", "kty": "OKP", "x": base64url(self.raw)}, separators=(",", ":")
        )
        return hashlib.sha256(members.encode()).hexdigest()[:_ID_CHARACTERS]

    @property
    def state(self) -> KeyState:
        """Tell whether it signs now, did so earlier, or is not to be trusted."""
        return "revoked" if self.revoked_on else "retired" if self.retired_on else "active"

    def loaded(self) -> Ed25519PublicKey:
        """Give the key as cryptography has it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.raw)

    def signed(self, text: Signed) -> bool:
        """Tell whether this key signed a compact JWS."""
        return is_signed_by(text, self.loaded())

    def as_jwk(self) -> dict[str, str]:
        """Give the JWK with the days of its life."""
        days = {"since": self.since, "retired_on": self.retired_on, "revoked_on": self.revoked_on}
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": base64url(self.raw),
            "kid": self.kid,
            "alg": ALGORITHM,
            "use": "sig",
            **{name: day.isoformat() for name, day in days.items() if day},
        }


Keys = dict[str, ProgrammeKey]
"""Keys by id, oldest first."""


def keys_path(programme: ProgrammeDirectory) -> Path:
    """Give the place of the public keys, whether they exist or not."""
    return programme.path / KEYS_FILE


def read_keys(path: Path) -> Keys:
    """Give the keys of a keys.json; raises InputError."""
    from programme.yaml_source import read_text

    text = read_text(path, str(path))
    try:
        data = read_json(text)
    except BadJsonError as error:
        raise InputError([_unreadable(path, str(error), error.line, error.column)]) from None
    listed = data.get("keys") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        raise InputError([_unreadable(path, 'there is no list "keys" in it')])
    found, problems = {}, []
    for number, jwk in enumerate(listed, start=1):
        try:
            key = _key(jwk)
            found[key.kid] = key
        except ValueError as error:
            problems.append(_unreadable(path, f"key {number} of {len(listed)}: {error}"))
    if problems:
        raise InputError(problems)
    return found


def _unreadable(path: Path, why: str, line: int = 0, column: int = 0) -> Problem:
    what = f"these public keys cannot be read: {why}"
    fix = "Restore the file from a backup, or get it anew from the programme."
    return Problem(str(path), line, column, "keys-unreadable", what, fix)


def programme_keys(programme: ProgrammeDirectory) -> Keys:
    """Give the programme's keys, none if it has not made one yet; raises InputError."""
    path = keys_path(programme)
    return read_keys(path) if is_there(path) else {}


def keys_text(keys: Keys) -> str:
    """Give keys.json."""
    return json.dumps({"keys": [key.as_jwk() for key in keys.values()]}, indent=1) + "\n"


def write_keys(programme: ProgrammeDirectory, keys: Keys) -> None:
    """Write keys.json whole."""
    write_atomically(keys_path(programme), keys_text(keys).encode())


def with_new_key(keys: Keys, key: ProgrammeKey) -> Keys:
    """Give the keys with a new one that signs from now on; those before it retire that day."""
    older = {
        kid: replace(one, retired_on=key.since) if one.state == "active" else one
        for kid, one in keys.items()
    }
    return {**older, key.kid: key}


def _key(jwk: object) -> ProgrammeKey:
    """Read one key; raises ValueError in words."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        raise ValueError("it is not an Ed25519 key")
    raw = from_base64url(_text(jwk, "x"))
    if len(raw) != _RAW_BYTES:
        raise ValueError(f"it has {len(raw)} bytes, not {_RAW_BYTES}")
    retired, revoked = (
        _day(jwk, name) if jwk.get(name) else None for name in ("retired_on", "revoked_on")
    )
    key = ProgrammeKey(raw, _day(jwk, "since"), retired, revoked)
    if jwk.get("kid") != key.kid:
        raise ValueError(f"the id {jwk.get('kid')} is not that of its key")
    return key


def _day(jwk: Mapping[str, object], name: str) -> date:
    try:
        return date.fromisoformat(_text(jwk, name))
    except ValueError:
        raise ValueError(f"{name} is no date such as 2026-11-21") from None


def _text(jwk: Mapping[str, object], name: str) -> str:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is missing, or no text")
    return value
