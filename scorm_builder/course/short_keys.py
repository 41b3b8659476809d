"""The short keys under which suspend_data stores progress (docs/contracts.md section 5)."""

from __future__ import annotations

import base64
import hashlib


def block_key(block: str) -> str:
    """Give the 4 characters that stand for a block."""
    return _key(f"block:{block}")


def page_key(page: str) -> str:
    """Give the 4 characters that stand for a page."""
    return _key(f"page:{page}")


def statement_key(page: str, statement: str) -> str:
    """Give the 4 characters that stand for one statement of a true_false page."""
    return _key(f"statement:{page}/{statement}")


def question_key(question: str) -> str:
    """Give the 4 characters that stand for a question of the check."""
    return _key(f"question:{question}")


def role_key(role: str) -> str:
    """Give the 4 characters that stand for a role."""
    return _key(f"role:{role}")


def profile_key(profile: str) -> str:
    """Give the 4 characters that stand for an audience profile."""
    return _key(f"profile:{profile}")


def _key(name: str) -> str:
    digest = hashlib.sha256(name.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest)[:4].decode("ascii")
