"""Who may have written a statement: the authority that the LRS stamped on it.

They stand in programme.yaml: one with a chain speaks for that chain alone, one without speaks for
the whole programme.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from xapi_lrs_reports.statements.statement import Agent

if TYPE_CHECKING:
    from programme.settings import Authority


@functools.lru_cache(maxsize=1_000)
def authority_key(name: str) -> str:
    """Give the form in which an authority's name is kept: a digest, since it may be a person's."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]


def configured_name(authority: Authority) -> str:
    """Give the name of an authority: `mailto:…` or `<homePage>|<name>`."""
    if authority.account:
        return f"{authority.account.homePage}|{authority.account.name}"
    return authority.mbox or ""


class Writer(NamedTuple):
    """Whom an authority may write for: a chain, or None for all; what programme.yaml says of it."""

    chain: str | None
    may_void: bool
    lms: bool


class Authorities:
    """The authorities of programme.yaml, for looking agents up."""

    def __init__(self, configured: Iterable[Authority]) -> None:
        self._by_name = {
            configured_name(one): Writer(one.chain, one.may_void, one.lms) for one in configured
        }
        self._by_sha1 = {
            # S324: xAPI 1.0.3 Data, section 2.4.2.3 prescribes SHA-1 for mbox_sha1sum.
            hashlib.sha1(name.encode()).hexdigest(): name  # noqa: S324
            for name in self._by_name
            if name.startswith("mailto:")
        }

    def __bool__(self) -> bool:
        """Tell whether any is configured; without any, nobody is checked and nobody may void."""
        return bool(self._by_name)

    def name(self, agent: Agent | None) -> str | None:
        """Give the name of the agent, known or not; None if it identifies nobody.

        Of an OAuth group (application and user, xAPI 1.0.3 Data, section 2.4.2.2) the first known
        member is taken.
        """
        if agent is None:
            return None
        if agent.member:
            names = [self.name(member) for member in agent.member]
            return next((name for name in names if name in self._by_name), names[0])
        if agent.mbox:
            return agent.mbox
        if agent.account and agent.account.home_page and agent.account.name:
            return f"{agent.account.home_page}|{agent.account.name}"
        return self._by_sha1.get((agent.mbox_sha1sum or "").lower())

    def get(self, name: str | None) -> Writer | None:
        """Give what is configured of the authority of that name."""
        return self._by_name.get(name) if name else None

    def voiders(self) -> list[tuple[str, str | None]]:
        """Give (key, chain or None for all) of those that may void."""
        return [
            (authority_key(name), found.chain)
            for name, found in self._by_name.items()
            if found.may_void
        ]

    def writers(self) -> list[tuple[str, str | None, bool]]:
        """Give (key, chain or None for all, whether it is an LMS) of all."""
        return [
            (authority_key(name), found.chain, found.lms) for name, found in self._by_name.items()
        ]
