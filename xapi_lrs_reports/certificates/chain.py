"""The register as a hash-chained log: nothing in it can be changed, taken out or put in between.

Each line that noroom adds ends in `"line"`, its number from 1, `"prev"`, the SHA-256 of all bytes
that stand before the line, `"kid"` and `"sig"`: an Ed25519 signature over the line without its
signature. The first lines of a register that began before certificates were signed have none of
them; the first signed line seals them. Its signed head (see `head`) tells where it ended: at most
the last line that has a number may be missing there, since a crash can come between the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from programme.files import read_bytes
from programme.json_text import read_json
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.head import (
    RESTORE,
    Head,
    head_path,
    is_ours,
    read_head,
)
from xapi_lrs_reports.certificates.jws import from_base64url
from xapi_lrs_reports.certificates.keys import Keys

PURPOSE = b"noroom register line\n"
"""Goes before what is signed, so that no signature of another kind fits a line."""

MAX_BYTES = 200_000_000
SIGNATURE = ',"sig":"'
"""Begins the last member of a signed line."""


@dataclass(frozen=True)
class Line:
    """One line: its number from 1, its bytes, the hash of all before it, and what it says.

    `end` is where it ends, in bytes from the start of the register.
    """

    number: int
    raw: bytes
    before: str
    end: int
    data: Mapping[str, object]

    @property
    def is_chained(self) -> bool:
        """Tell whether the line belongs to the chain; those of earlier versions do not."""
        return "prev" in self.data

    @property
    def is_numbered(self) -> bool:
        """Tell whether the line was written since heads are signed."""
        return "line" in self.data


@dataclass(frozen=True)
class Chain:
    """A register as it stands on the disk, and its head; `content` are all its bytes."""

    path: Path
    content: bytes
    lines: Sequence[Line]
    head: Head | None


def read_chain(path: Path) -> Chain:
    """Give the lines of a register, none where there is no file, and check that they are a chain.

    Signatures are not looked at here: `check_signatures` does. Raises InputError with every line
    that cannot be read, or does not follow from those before it, and if lines are gone at the end.
    """
    content, head = _content(path), read_head(head_path(path))
    lines: list[Line] = []
    problems: list[Problem] = []
    is_chained = False
    for number, raw, before, end in _split(content):
        try:
            line = Line(number, raw, before, end, _object(raw))
        except ValueError as error:
            problems.append(line_problem(path, number, raw, str(error)))
            continue
        if problem := _link_problem(path, line, is_chained=is_chained):
            problems.append(problem)
        is_chained = is_chained or line.is_chained
        lines.append(line)
    chain = Chain(path, content, lines, head)
    problems += _ending_problems(chain)
    if problems:
        raise InputError(problems)
    return chain


def check_signatures(chain: Chain, keys: Keys) -> None:
    """Check who signed each line and the head; raises InputError with everything that is not ours.

    What a revoked key signed is good as far as it stands before the line that revokes the key:
    that line, signed by a newer key, seals it.
    """
    from cryptography.exceptions import InvalidSignature

    path, problems = chain.path, _head_problems(chain, keys)
    public = {kid: key.loaded() for kid, key in keys.items()}
    sealed = _never_trusted(chain, keys)
    for line in chain.lines:
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
        sealed |= _revoked_by(line)
    if problems:
        raise InputError(problems)


def line_problem(path: Path, number: int, raw: bytes, reason: str) -> Problem:
    """Say that a line cannot be read."""
    what = f"this line of the register cannot be read: {reason}"
    shown = raw.decode("utf-8", "replace")[:160].rstrip("\n")
    return Problem(str(path), number, 0, "register-line", what, RESTORE, source_line=shown)


def _content(path: Path) -> bytes:
    try:
        return read_bytes(path, MAX_BYTES)
    except FileNotFoundError:
        if (link := _dead_link(path)) is not None:
            what = "the register cannot be read: this is a link that leads nowhere"
            fix = "Make the link anew: without it, no certificate would be known."
            place = str(link)
            raise InputError([Problem(place, 0, 0, "register-unreadable", what, fix)]) from None
        return b""
    except OSError as error:
        what = f"the register cannot be read: {error.strerror}"
        fix = "Check that it is a file and yours."
        raise InputError([Problem(str(path), 0, 0, "register-unreadable", what, fix)]) from None


def _dead_link(path: Path) -> Path | None:
    """Give the register or its folder if it is a link that leads nowhere: that is no new one."""
    places = (path, path.parent)
    return next((one for one in places if one.is_symlink() and not one.exists()), None)


def _split(content: bytes) -> Iterator[tuple[int, bytes, str, int]]:
    """Yield number, bytes, hash of what stands before, and end, of each line that is not blank."""
    digest, end = hashlib.sha256(), 0
    for number, raw in enumerate(content.splitlines(keepends=True), start=1):
        end += len(raw)
        if raw.strip():
            yield number, raw, digest.copy().hexdigest(), end
        digest.update(raw)


def _object(raw: bytes) -> dict[str, object]:
    data = read_json(raw)
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if not isinstance(data.get("event"), str):
        raise ValueError("the key 'event' is missing")
    return data


def _link_problem(path: Path, line: Line, *, is_chained: bool) -> Problem | None:
    is_in_place = line.data.get("line", line.number) == line.number
    if line.is_chained and line.data["prev"] == line.before and is_in_place:
        return None
    if not line.is_chained and not is_chained:
        return None
    what = "what stands before this line is not what stood there when it was written"
    if not line.is_chained:
        what = "this line was put into the register by hand: it is not linked to those before it"
    return _problem(path, line, "register-chain", what)


def _ending_problems(chain: Chain) -> list[Problem]:
    """Give what is wrong with the end of a register: it is not where the head says it is."""
    head, lines = chain.head, chain.lines
    is_chained = any(line.is_chained for line in lines)
    if head is not None and not (is_chained and head.begins(chain.content)):
        return [not_the_last(chain.path)]
    covered = head.size if head is not None and head.signed is not None else 0
    if sum(line.is_numbered and line.end > covered for line in lines) > 1:
        what = "the signed note on the register's last line is gone, or an old one was put back"
        place = str(head_path(chain.path))
        return [Problem(place, 0, 0, "register-head", what, RESTORE)]
    return []


def not_the_last(path: Path) -> Problem:
    """Say that a register does not end as noroom left it."""
    what = "the register is not the one that was written last: lines at its end are gone or changed"
    return Problem(str(path), 0, 0, "register-truncated", what, RESTORE)


def _head_problems(chain: Chain, keys: Keys) -> list[Problem]:
    """Give what is wrong with the signature of the head.

    A key that was revoked vouches for nothing after the line that says so, and one that has retired
    for no line of its successors.
    """
    head = chain.head
    if head is None or head.signed is None:
        return []
    covered = [line for line in chain.lines if line.end <= head.size]
    distrusted = _never_trusted(chain, keys).union(*(_revoked_by(line) for line in covered))
    newest = [str(line.data["kid"]) for line in covered if line.is_chained][-1:]
    ages = list(keys)
    for kid in newest:
        distrusted |= set(ages[: ages.index(kid)]) if kid in keys else set()
    if is_ours(head, keys, frozenset(distrusted)):
        return []
    what = "this head of the register was not signed by a key of the programme that may"
    place = str(head_path(chain.path))
    return [Problem(place, 0, 0, "register-signature", what, RESTORE)]


def _never_trusted(chain: Chain, keys: Keys) -> set[str]:
    """Give the revoked keys for which no line of the register says from where on."""
    revoked = {kid for kid, key in keys.items() if key.state == "revoked"}
    return revoked.difference(*(_revoked_by(line) for line in chain.lines))


def _revoked_by(line: Line) -> set[str]:
    """Give the key that a line revokes: no key vouches for itself, no unsigned line for any."""
    key = str(line.data.get("key"))
    is_sealing = line.data["event"] == "key_revoked" and line.data.get("kid", key) != key
    return {key} if is_sealing else set()


def _problem(path: Path, line: Line, code: str, what: str) -> Problem:
    shown = line.raw.decode("utf-8", "replace")[:160].rstrip("\n")
    return Problem(str(path), line.number, 0, code, what, RESTORE, source_line=shown)


def _signed_part(raw: bytes) -> tuple[bytes, str]:
    text, _, signature = raw.rstrip(b"\r\n").rpartition(SIGNATURE.encode())
    return text + b"}", signature.removesuffix(b'"}').decode("ascii", "replace")
