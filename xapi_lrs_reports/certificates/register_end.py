"""The end of a register, where lines are added: known since it was read, so nothing is read again.

For each line the file is replaced in one step, so a crash leaves the old or the new one. The head
follows: after a crash in between it stands for the line before, which is still true, and the next
line brings it up to date first, so it is never behind by more than one line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from programme.atomic import write_atomically
from programme.problems import InputError
from xapi_lrs_reports.certificates.chain import PURPOSE, SIGNATURE, Chain, not_the_last
from xapi_lrs_reports.certificates.head import Ending, head_at, head_path
from xapi_lrs_reports.certificates.jws import base64url, compact_json
from xapi_lrs_reports.certificates.signing_key import Signer

_Left = tuple[int, int, int] | None
"""What tells a file from another in its place: number on the disk, size and time of change."""


class RegisterEnd:
    """Adds lines to a register that was read, and that nobody else writes to now."""

    def __init__(self, chain: Chain) -> None:
        content, head = chain.content, chain.head
        self._path = chain.path
        self._left = _left(chain.path)
        self._content = content + (b"\n" if content and not content.endswith(b"\n") else b"")
        covered = head.size if head is not None and head.signed is not None else 0
        self._has_head = covered == len(self._content)
        self._lines = self._content.count(b"\n")
        self._digest = hashlib.sha256(self._content)

    def add(self, data: Mapping[str, object], signer: Signer) -> None:
        """Sign a line and add it; raises InputError if somebody changed the register meanwhile."""
        if _left(self._path) != self._left:
            raise InputError([not_the_last(self._path)])
        if not self._has_head:
            self._write_head(signer)
        linked = {
            **data,
            "line": self._lines + 1,
            "prev": self._digest.hexdigest(),
            "kid": signer.kid,
        }
        text = compact_json(linked)
        signature = base64url(signer.private.sign(PURPOSE + text.encode()))
        line = f'{text[:-1]}{SIGNATURE}{signature}"}}\n'.encode()
        write_atomically(self._path, self._content + line)
        self._left = _left(self._path)
        self._content += line
        self._lines += 1
        self._digest.update(line)
        self._has_head = False
        self._write_head(signer)

    def _write_head(self, signer: Signer) -> None:
        ending = Ending(len(self._content), self._lines, self._digest.hexdigest())
        write_atomically(head_path(self._path), head_at(ending, signer).encode() + b"\n")
        self._has_head = True


def _left(path: Path) -> _Left:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
