"""The register as a hash-chained log: nothing in it can be changed, taken out or put in between.

Each line that noroom adds ends in `"prev"`, the SHA-256 of all bytes that stand before the line,
`"kid"` and `"sig"`: an Ed25519 signature over the line without its signature. The first lines of a
register that began before certificates were signed have none of the three; the first signed line
seals them. `certificates/register.head` remembers length and hash of the last line, so a register
that was cut off at its end, or replaced by an old copy, is seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.atomic import write_atomically
from xapi_lrs_reports.certificates.jws import base64url, compact_json, from_base64url
from xapi_lrs_reports.certificates.keys import Keys
from xapi_lrs_reports.certificates.signing_key import Signer

PURPOSE = b"noroom register line\n"
"""Goes before what is signed, so that no signature of another kind fits a line."""

_SIGNATURE = ',"sig":"'
RESTORE = "Restore the register from a backup; it is only ever added to."


@dataclass(frozen=True)
class Line:
    """One line: its number from 1, its bytes, the hash of all before it, and what it says."""

    number: int
    raw: bytes
    before: str
    data: Mapping[str, object]

    @property
    def is_chained(self) -> bool:
        """Tell whether the line belongs to the chain; those of earlier versions do not."""
        return "prev" in self.data


def read_lines(path: Path) -> list[Line]:
    """Give the lines of a register, none where there is no file, and check that they are a chain.

    Signatures are not looked at here: `check_signatures` does. Raises InputError with every line
    that cannot be read, or does not follow from those before it.
    """
    content = _content(path)
    lines: list[Line] = []
    problems: list[Problem] = []
    is_chained = False
    for number, raw, before in _split(content):
        try:
            line = Line(number, raw, before, _object(raw))
        except ValueError as error:
            problems.append(line_problem(path, number, raw, str(error)))
            continue
        if problem := _link_problem(path, line, is_chained=is_chained):
            problems.append(problem)
        is_chained = is_chained or line.is_chained
        lines.append(line)
    problems += _head_problems(path, content, is_chained=is_chained)
    if problems:
        raise InputError(problems)
    return lines


def check_signatures(path: Path, lines: list[Line], keys: Keys) -> None:
    """Check who signed each line of a chain; raises InputError with every line that is not ours.

    What a revoked key signed is good as far as it stands before the line that revokes the key:
    that line, signed by a newer key, seals it.
    """
    from cryptography.exceptions import InvalidSignature

    problems, public = [], {kid: key.loaded() for kid, key in keys.items()}
    sealed = {kid for kid, key in keys.items() if key.state == "revoked"}
    sealed -= {str(line.data.get("key")) for line in lines if line.data["event"] == "key_revoked"}
    for line in lines:
        if not line.is_chained:
            continue
        text, signature = _signed_part(line.raw)
        kid = str(line.data.get("kid"))
        try:
            if kid in sealed:
                raise InvalidSignature
            public[kid].verify(from_base64url(signature), PURPOSE + text)
        except (InvalidSignature, KeyError, ValueError):
            what = "this line of the register was not signed by a key of the programme"
            problems.append(_problem(path, line, "register-signature", what))
        if line.data["event"] == "key_revoked":
            sealed.add(str(line.data.get("key")))
    if problems:
        raise InputError(problems)


def append(path: Path, data: Mapping[str, object], signer: Signer) -> None:
    """Add one line. The file is replaced in one step, so a crash leaves the old or the new one.

    The head follows: after a crash in between it stands for the line before, which is still true.
    """
    old = _content(path)
    old += b"\n" if old and not old.endswith(b"\n") else b""
    linked = {**data, "prev": hashlib.sha256(old).hexdigest(), "kid": signer.kid}
    text = compact_json(linked)
    signature = base64url(signer.private.sign(PURPOSE + text.encode()))
    new = old + f'{text[:-1]}{_SIGNATURE}{signature}"}}\n'.encode()
    write_atomically(path, new)
    head = {"bytes": len(new), "sha256": hashlib.sha256(new).hexdigest()}
    write_atomically(head_path(path), json.dumps(head).encode() + b"\n")


def head_path(path: Path) -> Path:
    """Give the place of the head of a register."""
    return path.with_suffix(".head")


def line_problem(path: Path, number: int, raw: bytes, reason: str) -> Problem:
    """Say that a line cannot be read."""
    what = f"this line of the register cannot be read: {reason}"
    shown = raw.decode("utf-8", "replace")[:160].rstrip("\n")
    return Problem(str(path), number, 0, "register-line", what, RESTORE, source_line=shown)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        what = f"the register cannot be read: {error.strerror}"
        fix = "Check that it is a file and yours."
        raise InputError([Problem(str(path), 0, 0, "register-unreadable", what, fix)]) from None


def _split(content: bytes) -> Iterator[tuple[int, bytes, str]]:
    """Yield number, bytes and the hash of what stands before, for each line that is not blank."""
    digest = hashlib.sha256()
    for number, raw in enumerate(content.splitlines(keepends=True), start=1):
        if raw.strip():
            yield number, raw, digest.copy().hexdigest()
        digest.update(raw)


def _object(raw: bytes) -> dict[str, object]:
    data = json.loads(raw)
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if not isinstance(data.get("event"), str):
        raise ValueError("the key 'event' is missing")
    return data


def _link_problem(path: Path, line: Line, *, is_chained: bool) -> Problem | None:
    if line.is_chained and line.data["prev"] == line.before:
        return None
    if not line.is_chained and not is_chained:
        return None
    what = "what stands before this line is not what stood there when it was written"
    if not line.is_chained:
        what = "this line was put into the register by hand: it is not linked to those before it"
    return _problem(path, line, "register-chain", what)


def _head_problems(path: Path, content: bytes, *, is_chained: bool) -> list[Problem]:
    place = head_path(path)
    if not place.exists():
        return []
    try:
        head = json.loads(place.read_bytes())
        length, digest = int(head["bytes"]), head["sha256"]
    except (ValueError, KeyError, TypeError):
        what = "the note on the register's last line cannot be read"
        return [Problem(str(place), 0, 0, "register-head", what, RESTORE)]
    if is_chained and hashlib.sha256(content[:length]).hexdigest() == digest:
        return []
    what = "the register is not the one that was written last: lines at its end are gone or changed"
    return [Problem(str(path), 0, 0, "register-truncated", what, RESTORE)]


def _problem(path: Path, line: Line, code: str, what: str) -> Problem:
    shown = line.raw.decode("utf-8", "replace")[:160].rstrip("\n")
    return Problem(str(path), line.number, 0, code, what, RESTORE, source_line=shown)


def _signed_part(raw: bytes) -> tuple[bytes, str]:
    text, _, signature = raw.rstrip(b"\r\n").rpartition(_SIGNATURE.encode())
    return text + b"}", signature.removesuffix(b'"}').decode("ascii", "replace")
