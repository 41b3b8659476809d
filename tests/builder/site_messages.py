"""What docs/messages.md says of the public site and its register, with real problems."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from programme.problems import InputError
from programme.public_register import read_public_register

MEANINGS = {
    "register-dates": (
        "A register.json says of a certificate what its dates do not.",
        "Make the file anew with `noroom register publish`.",
    ),
    "register-json": (
        "A register.json is no JSON, or only a part of it.",
        "Make the file anew with `noroom register publish`.",
    ),
    "register-number": (
        "Two certificates of a register.json have one number.",
        "Keep one of them.",
    ),
}

_ENTRY = {
    "number": "2026-0007", "hotel": "acme-0042", "name": "Acme Harbour", "chain": "acme",
    "chain_name": "Acme Hotels", "valid_from": "2026-03-02", "valid_until": "2028-03-02",
    "status": "valid",
}  # fmt: skip


def examples() -> dict[str, str]:
    """Give a real message for each code of a register.json."""
    expired = {**_ENTRY, "number": "2026-0008", "status": "expired"}
    whole = {"format": 1, "programme": "No Room", "updated_on": "2026-11-22"}
    texts = [
        json.dumps({**whole, "certificates": [_ENTRY, _ENTRY, expired]}, indent=1),
        '{"format": 1,',
    ]
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            path = Path(folder) / "register.json"
            path.write_text(text, encoding="utf-8")
            try:
                read_public_register(path)
            except InputError as error:
                found.update({one.code: _shown(str(one), folder) for one in error.problems})
    return found


def _shown(message: str, folder: str) -> str:
    return message.replace(f"{folder}/", "")
