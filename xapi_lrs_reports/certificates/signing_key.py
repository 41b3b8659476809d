"""The programme's private key: made once, kept outside the programme's folder, found again.

Looked for in this order: the environment variable NOROOM_SIGNING_KEY (the PEM text), the file that
NOROOM_SIGNING_KEY_FILE names, the user's own folder of noroom, where `noroom register keys new`
puts it. It never lies in the programme's folder, which is copied, mailed and synchronised.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from programme.directory import ProgrammeDirectory
from programme.files import is_there, read_bytes, resolved
from programme.problems import InputError, Problem
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.certificates.keys import (
    Keys,
    ProgrammeKey,
    keys_path,
    programme_keys,
    with_new_key,
    write_keys,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_VARIABLE, FILE_VARIABLE = "NOROOM_SIGNING_KEY", "NOROOM_SIGNING_KEY_FILE"
_MOST_BYTES = 20_000


@dataclass(frozen=True)
class Signer:
    """The key that signs now, with the public keys that it is one of."""

    private: Ed25519PrivateKey = field(repr=False)
    kid: str
    keys: Keys

    @property
    def public(self) -> ProgrammeKey:
        """Give the public half."""
        return self.keys[self.kid]


def find_signer(programme: ProgrammeDirectory) -> Signer:
    """Find the private key of this programme; raises InputError where it is missing or another."""
    keys = programme_keys(programme)
    pem, place = _private_pem(keys)
    if pem is None:
        what = "there is no key to sign certificates with"
        fix = f"Make one: noroom register keys new. Or name it: {FILE_VARIABLE}."
        raise _problem(str(keys_path(programme)), "signing-key-missing", what, fix)
    private = _load(pem, place)
    raw = private.public_key().public_bytes_raw()
    public = next((key for key in keys.values() if key.raw == raw), None)
    if public is None or public.state != "active":
        what = "this key is not the one that signs for this programme now"
        fix = "Use the newest of noroom register keys list, or make one: noroom register keys new."
        raise _problem(place, "signing-key-other", what, fix)
    return Signer(private, public.kid, keys)


def make_key(programme: ProgrammeDirectory, day: date, out: Path | None) -> tuple[Signer, Path]:
    """Make a new key that signs from `day` on; gives it and the file of its private half.

    The private half is on the disk before the public one is known, so no key is ever announced
    that nobody has. Raises InputError if the file is there already or in the programme's folder,
    or if another command writes keys or certificates.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = ProgrammeKey(private.public_key().public_bytes_raw(), day)
    path = out or key_folder() / f"{public.kid}.pem"
    if resolved(path).is_relative_to(resolved(programme.path)):
        what = "the private key would lie in the programme's folder, which is copied and shared"
        fix = "Name a file elsewhere: --out, or leave --out away."
        raise _problem(str(path), "signing-key-place", what, fix)
    with alone(programme, "certify-busy", "issuing certificates", keys_path(programme)):
        _write_private(path, private)
        keys = with_new_key(programme_keys(programme), public)
        write_keys(programme, keys)
    return Signer(private, public.kid, keys), path


def key_folder() -> Path:
    """Give the folder of this user in which private keys lie."""
    import click

    return Path(click.get_app_dir("noroom")) / "keys"


def _private_pem(keys: Keys) -> tuple[bytes | None, str]:
    """Give the PEM and where it was found."""
    if text := os.environ.get(KEY_VARIABLE):
        return text.encode(), KEY_VARIABLE
    if name := os.environ.get(FILE_VARIABLE):
        return _read(Path(name)), name
    active = [kid for kid, key in keys.items() if key.state == "active"]
    for kid in active:
        path = key_folder() / f"{kid}.pem"
        if is_there(path):
            return _read(path), str(path)
    return None, ""


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, _MOST_BYTES, or_pipe_of_shell=True)
    except OSError as error:
        what = f"the key to sign with cannot be read: {error.strerror}"
        fix = f"Check the file, and that it is yours; {FILE_VARIABLE} names it."
        raise _problem(str(path), "signing-key-unreadable", what, fix) from None


def _load(pem: bytes, place: str) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        what = "this is not a private Ed25519 key in PEM"
        fix = "Give the file that noroom register keys new wrote, unchanged."
        raise _problem(place, "signing-key-form", what, fix)
    return key


def _write_private(path: Path, key: Ed25519PrivateKey) -> None:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        what = f"the new key cannot be written: {error.strerror}"
        fix = "Name a file that is not there yet, in a folder of yours: --out FILE."
        raise _problem(str(path), "signing-key-write", what, fix) from None


def _problem(place: str, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(place, 0, 0, code, what, fix)])
