"""Who speaks in a statement, about whom: its authority and its actor, brought to chain and learner.

Nobody's name comes in, not even into a message (docs/contracts.md, section 3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.people.aliases import actor_key
from xapi_lrs_reports.statements.authorities import Authorities, authority_key
from xapi_lrs_reports.statements.statement import ALIAS, Account, Agent
from xapi_lrs_reports.statements.values import Unusable

_PSEUDONYM = re.compile(r"[a-z2-7]{32}")
_NO_ACCOUNT = Account()


class Speakers:
    """The chains of a programme, by the `homes` of their accounts, and who may write about them.

    The other parameters are those of Normaliser.
    """

    def __init__(
        self,
        iri: str,
        homes: Mapping[str, str],
        authorities: Authorities,
        *,
        from_lrs: bool,
        salts: Mapping[str, str] | None,
    ) -> None:
        self._iri = iri
        self._homes = homes
        self._authorities = authorities
        self._from_lrs = from_lrs
        self._salts = salts or {}
        self._cleared: set[tuple[str | None, str]] = set()

    def key(self, agent: Agent | None) -> str | None:
        """Give the form in which an authority is kept; None if it names nobody."""
        name = self._authorities.name(agent)
        return authority_key(name) if name else None

    def learner(self, actor: Agent | None, authority: Agent | None) -> tuple[str, str]:
        """Give chain and pseudonym; raises Unusable without ever repeating a name."""
        if actor is None or actor.object_type == "Group" or actor.member:
            what = "the actor is a group" if actor else "there is no actor"
            fix = "One statement is about one person; a group's completion cannot be counted."
            raise Unusable("$.actor", "actor-group" if actor else "actor-missing", what, fix)
        account = actor.account
        if found := self._other_id(actor, authority):
            return found
        if account is None:
            what = "the actor has no account"
            fix = (
                f"Statements of this programme name a pseudonym under {self._iri}/chain/<chain>. "
                "Of another LRS, an authority with a chain says whose people they are."
            )
            raise Unusable("$.actor.account", "actor-account", what, fix)
        chain = self._homes.get(account.home_page or "")
        if chain is None:
            what = "this is not a chain of the programme"
            known = ", ".join(sorted(self._homes.values())) or "none"
            fix = f"Write {self._iri}/chain/<chain>, or add the chain's folder. Known: {known}."
            raise Unusable("$.actor.account.homePage", "actor-chain", what, fix)
        name = account.name or ""
        if name != ANONYMOUS and not _PSEUDONYM.fullmatch(name):
            what = "this is not a pseudonym (it is not repeated here, it may be a name)"
            fix = "Only pseudonyms come in: 32 characters a-z, 2-7, made by the course player."
            raise Unusable("$.actor.account.name", "actor-pseudonym", what, fix)
        return chain, name

    def _other_id(self, actor: Agent, authority: Agent | None) -> tuple[str, str] | None:
        """Give chain and `alias/<pseudonym>` of a person named in another way than by a pseudonym.

        Only what a chain's own authority wrote says whose employee that is; the roster says who.
        """
        account = actor.account or _NO_ACCOUNT
        is_ours = (account.home_page or "").startswith(f"{self._iri}/")
        if is_ours or _PSEUDONYM.fullmatch(account.name or ""):
            return None  # a package of another programme, or of a chain without a folder
        known = self._authorities.get(self._authorities.name(authority))
        key = actor_key(actor)
        if known is None or known.chain is None or key is None:
            return None
        name = pseudonym(key, self._salts.get(known.chain, known.chain))
        return known.chain, name if name == ANONYMOUS else f"{ALIAS}/{name}"

    def check(self, agent: Agent | None, chain: str) -> None:
        """Raise Unusable unless the authority may write about learners of the chain."""
        if not self._authorities or (agent is None and not self._from_lrs):
            return
        name = self._authorities.name(agent)
        if (name, chain) in self._cleared:
            return
        known = self._authorities.get(name)
        if known is None:
            what = "the authority is missing or names nobody"
            if name:
                what = f"an authority of {_domain(name)} wrote this, and it is not the programme's"
            fix = (
                "If it may write, list the statement's authority under authorities in "
                "programme.yaml and read again."
            )
            code = "authority-unknown" if name else "authority-missing"
            raise Unusable("$.authority", code, what, fix)
        if known.chain is not None and known.chain != chain:
            what = f"the authority of chain {known.chain} wrote about a learner of chain {chain}"
            fix = "Find out whose key was used; a chain's key speaks for that chain alone."
            raise Unusable("$.authority", "authority-chain", what, fix)
        self._cleared.add((name, chain))


def _domain(authority: str) -> str:
    """Give where an authority is at home, without its name, which may be a person's."""
    if authority.startswith("mailto:"):
        return authority.rpartition("@")[2][:80]
    return authority.partition("|")[0][:80]
