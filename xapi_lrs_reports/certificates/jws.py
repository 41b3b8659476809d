"""Signed texts: compact JWS with Ed25519 (RFC 7515, RFC 8037), as the QR code and the badge have.

A signature holds for one purpose: `typ` of the header says for which (RFC 8725, section 3.11), so a
badge is never taken for a certificate, nor the reverse.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.json_text import read_json

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

ALGORITHM = "EdDSA"
CERTIFICATE_TYPE = "nrc"
"""`typ` of a certificate's code; short, since each character makes the printed code finer."""

_LONGEST = 20_000
_PARTS = 3


@dataclass(frozen=True)
class Signed:
    """A compact JWS taken apart; nothing of it is believed before `is_signed_by` said so."""

    header: Mapping[str, object]
    payload: Mapping[str, object]
    signing_input: bytes
    signature: bytes

    @property
    def kid(self) -> str:
        """Give the id of the key that the text names; empty if it names none."""
        kid = self.header.get("kid")
        return kid if isinstance(kid, str) else ""


def base64url(data: bytes) -> str:
    """Give base64url without padding (RFC 7515, appendix C)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Read base64url without padding; raises ValueError for anything but its one spelling."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if base64url(data) != text:
        raise ValueError("not the one spelling of these bytes")
    return data


def compact_json(data: object) -> str:
    """Give JSON without blanks, in the order of the keys as given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def sign(key: Ed25519PrivateKey, header: Mapping[str, object], payload: object) -> str:
    """Give the compact JWS; `alg` is added to the header."""
    parts = ({"alg": ALGORITHM, **header}, payload)
    text = ".".join(base64url(compact_json(part).encode()) for part in parts)
    return f"{text}.{base64url(key.sign(text.encode()))}"


def parse(text: str) -> Signed:
    """Take a compact JWS apart; raises ValueError if it is none, or not of our algorithm."""
    parts = text.split(".") if len(text) <= _LONGEST else []
    if len(parts) != _PARTS:
        raise ValueError("it has not three parts")
    head, payload, signature = parts
    read = [read_json(from_base64url(part)) for part in (head, payload)]
    if not all(isinstance(part, dict) for part in read):
        raise ValueError("header and payload must be JSON objects")
    if read[0].get("alg") != ALGORITHM or "crit" in read[0]:
        raise ValueError(f"the algorithm is not {ALGORITHM}")
    return Signed(read[0], read[1], f"{head}.{payload}".encode(), from_base64url(signature))


def is_signed_by(signed: Signed, key: Ed25519PublicKey) -> bool:
    """Tell whether `key` signed exactly this header and payload."""
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signed.signature, signed.signing_input)
    except InvalidSignature:
        return False
    return True
