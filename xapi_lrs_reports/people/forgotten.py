"""The list of people who were forgotten: <programme>/store/forgotten.json.

An LRS, an export or an outbox may still hold statements of somebody whom `noroom forget` removed;
this list keeps them out (docs/decisions/0023). It holds no pseudonym: HMAC-SHA-256 of the learner
under a key of 32 random bytes that this list alone has, and the moment up to which statements are
refused. It lies beside the store, so that a store that is made anew does not bring anybody back.

    {"format": 1, "key": "<64 hex digits>", "until": {"<32 hex digits>": "2026-11-22T10:00:00.000"},
     "everybody_before": "2024-08-22T22:00:00.000"}

`everybody_before` is there once `noroom store prune` has removed what is older, of everybody.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from programme.atomic import write_atomically
from programme.files import is_there, read_bytes
from programme.json_text import read_json
from programme.problems import InputError, Problem
from xapi_lrs_reports.statements.statement import Fact

FILE = "forgotten.json"
FORMAT = 1
_MAX_BYTES = 200_000_000
_DIGEST = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")


@dataclass
class Forgotten:
    """Who was forgotten, as digests -> the UTC moment up to which their statements are refused."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    until: dict[str, str] = field(default_factory=dict)
    everybody_before: str = ""
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is refused of anybody."""
        return not (self.until or self.everybody_before)

    def covers(self, fact: Fact) -> bool:
        """Tell whether a fact is older than is kept, or of somebody who was forgotten after it."""
        return not self.is_empty and fact.timestamp <= self.refused_until(fact.learner)

    def refused_until(self, learner: str) -> str:
        """Give the moment up to which facts of a learner are refused; "" if none are."""
        found = self._known.get(learner)
        if found is None:
            found = max(self.everybody_before, self.until.get(self._digest(learner), ""))
            self._known[learner] = found
        return found

    def add(self, learners: Iterable[str], moment: str) -> None:
        """Refuse what these learners did up to a moment."""
        for learner in learners:
            digest = self._digest(learner)
            self.until[digest] = max(moment, self.until.get(digest, ""))
        self._known.clear()

    def refuse_everybody(self, before: str) -> int:
        """Refuse all that happened before a moment; drop entries that say no more than that.

        Give how many entries were dropped.
        """
        self.everybody_before = max(before, self.everybody_before)
        kept = {digest: at for digest, at in self.until.items() if at >= self.everybody_before}
        dropped = len(self.until) - len(kept)
        self.until = kept
        self._known.clear()
        return dropped

    def _digest(self, learner: str) -> str:
        return hmac.new(self.key, learner.encode(), "sha256").hexdigest()[:32]


def list_file(programme: Path) -> Path:
    """Give the list's file."""
    return programme / "store" / FILE


def read_forgotten(file: Path) -> Forgotten:
    """Read the list; none is an empty one. Raises InputError if it is damaged."""
    if not is_there(file):
        return Forgotten()
    try:
        data = read_json(read_bytes(file, _MAX_BYTES))
    except (OSError, ValueError) as error:
        raise _damaged(file, f"cannot be read ({type(error).__name__})") from None
    if not _is_list(data):
        raise _damaged(file, "is not as noroom writes it")
    before = data.get("everybody_before", "")
    return Forgotten(bytes.fromhex(data["key"]), data["until"], before)


def write_forgotten(file: Path, forgotten: Forgotten) -> None:
    """Write the list whole, for its owner's eyes only."""
    data: dict[str, object] = {
        "format": FORMAT,
        "key": forgotten.key.hex(),
        "until": forgotten.until,
    }
    if forgotten.everybody_before:
        data["everybody_before"] = forgotten.everybody_before
    write_atomically(file, (json.dumps(data, indent=1, sort_keys=True) + "\n").encode())
    file.chmod(0o600)


def _is_list(data: object) -> bool:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return False
    key, until, before = data.get("key"), data.get("until"), data.get("everybody_before", "")
    if not isinstance(before, str) or (before and not _MOMENT.fullmatch(before)):
        return False
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not isinstance(until, dict):
        return False
    return all(
        _DIGEST.fullmatch(digest) and isinstance(moment, str) and _MOMENT.fullmatch(moment)
        for digest, moment in until.items()
    )


def _damaged(file: Path, why: str) -> InputError:
    what = f"the list of people who were forgotten {why}"
    fix = "Restore it from a backup: without it, whoever was forgotten would come back."
    return InputError([Problem(str(file), 0, 0, "forgotten-list", what, fix)])
