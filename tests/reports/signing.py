"""Keys for the tests: the programme's, and somebody else's. Their private halves are no secret."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from xapi_lrs_reports.certificates.chain import read_chain
from xapi_lrs_reports.certificates.keys import KEYS_FILE, Keys, ProgrammeKey, keys_text
from xapi_lrs_reports.certificates.register_end import RegisterEnd
from xapi_lrs_reports.certificates.signing_key import Signer

SINCE = datetime.date(2026, 1, 1)


@cache
def signer(seed: int = 1) -> Signer:
    """Give a key made from a number; 1 is the programme's."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    public = ProgrammeKey(private.public_key().public_bytes_raw(), SINCE)
    return Signer(private, public.kid, {public.kid: public})


def append(path: Path, data: Mapping[str, object], signer: Signer) -> None:
    """Add one line to a register as it stands."""
    RegisterEnd(read_chain(path)).add(data, signer)


def pem(seed: int = 1) -> str:
    """Give a private key as NOROOM_SIGNING_KEY has it."""
    private = signer(seed).private
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def announce(folder: Path, keys: Keys | None = None) -> None:
    """Write the public keys of a programme; by default the key of seed 1."""
    path = folder / KEYS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(keys_text(keys or signer().keys), encoding="utf-8")
