"""The pseudonym: what noroom knows of a learner instead of who they are.

docs/contracts.md section 2; the player's twin is scorm_builder/player/programme/pseudonym.js, and
tests/vectors/pseudonym.json binds the two.
"""

from __future__ import annotations

import hashlib
import unicodedata

ANONYMOUS = "anonymous"

_EDGES = "\t\n\v\f\r \u0085\u1680\u2028\u2029\ufeff"
_MIN_LENGTH = 3
_SHARED_IDS = frozenset(
    [
        "guest", "anonymous", "anonymous user", "student", "learner", "user", "test", "testuser",
        "test user", "preview", "demo", "null", "undefined", "none", "unknown", "n/a", "not set",
    ]
)  # fmt: skip
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
"""RFC 4648 base32 in lower case, two letters at once: a roster has a hundred thousand ids."""
_SHIFTS = range(150, -1, -10)
_LOWER_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def normalise_learner_id(learner_id: str) -> str:
    """Bring the spellings of one LMS id together: NFKC, trimmed, ASCII letters lowered.

    A surrogate without its partner (a defect of some LMSs) becomes U+FFFD, as in a browser.
    """
    if learner_id.isascii():  # the usual id, and the quick way to the same result
        return learner_id.strip(_EDGES).lower()
    whole = learner_id.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFKC", whole).strip(_EDGES).translate(_LOWER_ASCII)


def pseudonym(learner_id: str, salt: str) -> str:
    """Give 32 characters `[a-z2-7]`, or `anonymous` for ids that name nobody in particular."""
    normalised = normalise_learner_id(learner_id)
    if len(normalised) < _MIN_LENGTH or normalised in _SHARED_IDS:
        return ANONYMOUS
    digest = hashlib.sha256(f"v1|{salt}|{normalised}".encode()).digest()
    number = int.from_bytes(digest[:20], "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
