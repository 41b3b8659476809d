"""The other ids of an employee (column `aliases` of roster.csv) -> who came under them.

An LMS export may name people by mail address, another LRS by an mbox, its SHA-1, an OpenID or an
account of its own. The roster brings them to one employee. Nothing is merged in the store: whoever
takes the alias out of the roster has taken the merge back. An id that is shared, or that two people
claim, merges nobody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.csv_table import Table
from xapi_lrs_reports.statements.statement import ALIAS, Agent

_JOINED = re.compile("[,;\u200b-\u200f\u2060\ufeff\x00-\x1f]")
"""Between two ids that an office meant to list, or left by a copy from a web page."""


class Alias(msgspec.Struct, gc=False, frozen=True):
    """A learner as a fact names them, and the learner of the roster (in `line`) who that is."""

    alias: str
    learner: str
    line: int = 0


@dataclass(frozen=True)
class Claim:
    """What one row of the roster says: this id (a clear one, never kept) is that learner's."""

    line: int
    alias: str = field(repr=False)
    chain: str
    salt: str
    learner: str


def resolve_aliases(
    table: Table, claims: Iterable[Claim], learners: Collection[str]
) -> list[Alias]:
    """Give the aliases that mean one learner; warn of those that merge nobody."""
    owners: dict[str, set[str]] = {}
    lines: dict[str, int] = {}
    shared: list[int] = []
    joined: list[int] = []
    for claim in claims:
        if _JOINED.search(claim.alias):
            joined.append(claim.line)
        names = list(spellings(claim))
        if not names or f"/{ANONYMOUS}/" in claim.learner:
            shared.append(claim.line)
        for one in names:
            owners.setdefault(one, set()).add(claim.learner)
            lines.setdefault(one, claim.line)
    found, doubtful = [], set()
    for alias, people in owners.items():
        if len(people) > 1 or (alias in learners and {alias} != people):
            doubtful.add(lines[alias])
        elif alias not in people:
            found.append(Alias(alias, next(iter(people)), lines[alias]))
    _warn(table, joined, "an alias with a comma, a semicolon or a sign that nobody sees in it")
    _warn(table, shared, "an alias that several people may share, or of somebody without an id")
    _warn(table, doubtful, "an alias that stands for two people")
    return found


def _warn(table: Table, lines: Collection[int], what: str) -> None:
    if lines:
        rows = "1 row" if len(lines) == 1 else f"{len(lines)} rows"
        fix = "It merges nobody. Write ids that one person alone has, with a blank between two."
        table.odd(min(lines), "roster-alias", f"{rows} from here on: {what}", fix, at="aliases")


def spellings(claim: Claim) -> Iterator[str]:
    """Yield the learners under which facts may name this id; none for an id that is shared."""
    keys = [claim.alias]
    if "@" in claim.alias and "|" not in claim.alias and "://" not in claim.alias:
        address = claim.alias.removeprefix("mailto:")
        keys = [address, *map(sha1_key, {address, address.lower()})]
    for key in keys:
        name = pseudonym(key, claim.salt)
        if name != ANONYMOUS:
            yield f"{claim.chain}/{ALIAS}/{name}"
            if key is keys[0]:
                yield f"{claim.chain}/{name}"


def actor_key(actor: Agent) -> str | None:
    """Give the id in which an actor that has no pseudonym names a person; None: in none.

    An mbox as its address, an mbox_sha1sum, an OpenID, or an account of another system as
    `<homePage>|<name>` (xAPI 1.0.3 Data, section 2.4.2.3).
    """
    if actor.mbox:
        return actor.mbox.removeprefix("mailto:")
    if actor.mbox_sha1sum:
        return f"mbox_sha1sum:{actor.mbox_sha1sum}"
    if actor.openid:
        return actor.openid
    account = actor.account
    if account and account.home_page and account.name:
        return f"{account.home_page}|{account.name}"
    return None


def sha1_key(address: str) -> str:
    """Give the key of an mbox_sha1sum (xAPI 1.0.3 Data, section 2.4.2.3) of a mail address."""
    # S324: the specification prescribes SHA-1
    digest = hashlib.sha1(f"mailto:{address}".encode()).hexdigest()  # noqa: S324
    return f"mbox_sha1sum:{digest}"
