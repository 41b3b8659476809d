"""Statements from an LRS, page by page, in the order in which they were stored.

xAPI 1.0.3 Communication, section 2.1.3: `since` and `until` are about `stored`; `more` names the
next page, relative to the server. Servers differ: `more` may be a path, a URL or a bare query, the
order may not be what was asked for, and a page may hold a statement that is not valid.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec

from xapi_lrs_reports.sources.json_array import read_json_array
from xapi_lrs_reports.statements.statement import StatementProblem
from xapi_lrs_reports.statements.timestamps import to_utc

if TYPE_CHECKING:
    from programme.problems import InputError
    from xapi_lrs_reports.sources.lrs_client import LrsClient

PAGE_SIZE = 500
PAGE_TRIES = 3
_NOT_GIVEN_OUT = frozenset(["lrs-address", "lrs-answer", "lrs-credentials"])
_LIST = re.compile(rb'"statements"\s*:\s*\[')
_MORE = re.compile(rb'"more"\s*:\s*("(?:[^"\\]|\\.)*")')
Raw = bytes | msgspec.Raw | StatementProblem


class _Answer(msgspec.Struct):
    statements: list[msgspec.Raw] | None
    more: str | None = None


class _Stored(msgspec.Struct):
    stored: str | None = None


@dataclass(frozen=True)
class Page:
    """One page. `stored` is the latest of its statements in UTC, `ordered` whether they ascend.

    `consistent_through`: everything stored up to then is visible (section 1.5 of the same part).
    """

    statements: list[Raw]
    first_stored: str | None
    last_stored: str | None
    ordered: bool
    consistent_through: str | None


def read_pages(client: LrsClient, source: str, since: str | None) -> Iterator[Page]:
    """Yield the pages since a `stored` time (None: all); raises InputError."""
    query = {"ascending": "true", "limit": str(PAGE_SIZE), "attachments": "false"}
    if since:
        query["since"] = since
    url = urljoin(client.endpoint, "statements")
    seen = set()
    page, more = _page(client, source, url, query)
    yield page
    while more:
        url = _address_of(client, url, more)
        if url in seen:
            what = "the next page is one that was read already, so the end is never reached"
            fix = "Ask whoever runs the LRS; what was read until here is kept."
            raise client.problem("lrs-more-loop", what, fix)
        seen.add(url)
        page, more = _page(client, source, url, {})
        yield page


def _address_of(client: LrsClient, url: str, more: str) -> str:
    """Give the address of the page after that at `url`; raises InputError for a foreign one."""
    try:
        found = urljoin(url, more)
        origin = _origin(found)
    except ValueError:
        raise _no_address(client) from None
    if origin != _origin(client.endpoint):
        what = f"the next page lies on another server: {origin}"
        fix = "The password is not sent there. Ask whoever runs the LRS for its public address."
        raise client.problem("lrs-more-origin", what, fix)
    return found


def _no_address(client: LrsClient) -> InputError:
    what = f"{client.endpoint} says that there is a next page, but its address cannot be read"
    fix = "Ask whoever runs the LRS; what was read until here is kept."
    return client.problem("lrs-answer", what, fix)


class _Target(msgspec.Struct):
    id: str


class _Voiding(msgspec.Struct):
    object: _Target


def id_of_target(void: bytes | msgspec.Raw) -> str:
    """Give the id that a void names, as it spells it: to some LRSs its letters' case matters."""
    return msgspec.json.decode(void, type=_Voiding).object.id


def read_voided(client: LrsClient, statement_id: str) -> bytes | None:
    """Give a voided statement as the LRS keeps it; None if it has none or refuses it.

    Raises InputError when the LRS cannot be asked now: the statement must not be lost for that.
    """
    from programme.problems import InputError

    url = urljoin(client.endpoint, "statements")
    try:
        raw = client.get(url, {"voidedStatementId": statement_id}).body
        found = msgspec.json.decode(raw)
    except InputError as error:
        if {problem.code for problem in error.problems} <= _NOT_GIVEN_OUT:
            return None
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    same = isinstance(found, dict) and str(found.get("id", "")).lower() == statement_id.lower()
    return raw if same else None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


def _page(
    client: LrsClient, source: str, url: str, query: dict[str, str]
) -> tuple[Page, str | None]:
    """Read one page; a page that was cut on its way is asked for again."""
    for attempt in range(PAGE_TRIES):
        reply = client.get(url, query)
        body = reply.body
        if body.rstrip().endswith(b"}") or body.lstrip()[:1] == b"<":
            break
        if attempt == PAGE_TRIES - 1:
            what = f"the LRS's answer is cut off after {len(body):,} bytes, {PAGE_TRIES} times"
            fix = "Try again later; noroom sync goes on where it stopped."
            raise client.problem("lrs-truncated", what, fix)
    statements, more = _decode(client, source, body)
    stored = [moment for moment in map(_stored, statements) if moment]
    page = Page(
        statements=statements,
        first_stored=stored[0] if stored else None,
        last_stored=max(stored) if stored else None,
        ordered=stored == sorted(stored) and len(stored) == len(statements),
        consistent_through=_utc(reply.consistent_through),
    )
    return page, more


def _decode(client: LrsClient, source: str, body: bytes) -> tuple[list[Raw], str | None]:
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    else:
        return list(answer.statements or ()), answer.more
    if body.lstrip()[:1] == b"<":
        what = f"{client.endpoint} answered with a web page, perhaps a login, not with statements"
        fix = "Check the endpoint in programme.yaml; it is the LRS's, not the web site's."
        raise client.problem("lrs-html", what, fix)
    found, end = _LIST.search(body), body.rfind(b"]")
    if found is None or end < found.end():
        what = f"{client.endpoint} answered something that is no list of statements"
        fix = "Check the endpoint in programme.yaml; it often ends in /xapi/ or /xAPI/."
        raise client.problem("lrs-answer", what, fix)
    # One broken statement makes the whole page broken JSON: cut it into statements first.
    start = found.end() - 1
    pieces = read_json_array(io.BytesIO(body[start : end + 1]), source)
    more = _MORE.search(body[:start] + body[end + 1 :])
    try:
        return [piece for _, piece in pieces], msgspec.json.decode(more[1]) if more else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _no_address(client) from None


def _stored(raw: Raw) -> str | None:
    if isinstance(raw, StatementProblem):
        return None
    try:
        return _utc(msgspec.json.decode(raw, type=_Stored).stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _utc(text: str | None) -> str | None:
    try:
        return to_utc(text)[0] if text else None
    except ValueError:
        return None
