"""How noroom says to an LRS who it is: user and password, or OAuth 2 client credentials.

Secrets stand in the environment alone. A token is asked for when it is first needed and again when
the LRS no longer takes it (RFC 6749, section 4.4; RFC 6750).
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
import urllib3

from programme.problems import InputError, Problem
from xapi_lrs_reports.sources.http_pool import make_pool

if TYPE_CHECKING:
    from programme.settings import Lrs


_TOKEN = re.compile(r"[\x21-\x7e]+")
"""More than RFC 6750 takes (section 2.1), and what may stand in a header."""


class _Token(msgspec.Struct):
    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - a kind, not a secret


class Login:
    """Gives the header Authorization for an LRS; raises InputError if secrets are missing.

    `options` are those of the connections to the server that gives tokens.
    """

    def __init__(self, lrs: Lrs, options: Mapping[str, Any]) -> None:
        self._lrs = lrs
        self._names = variables(lrs)
        self._user, self._secret = credentials(lrs)
        self._token: str | None = None
        self._pool: urllib3.PoolManager | None = None
        if lrs.oauth is not None:  # another server, perhaps on another side of the proxy
            self._pool = make_pool(f"LRS {lrs.id}", lrs.oauth.token_url, options)

    @property
    def can_renew(self) -> bool:
        """Tell whether another try with a new token makes sense."""
        return self._lrs.oauth is not None

    def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            self._pool.clear()

    def header(self, *, is_new: bool = False) -> str:
        """Give the value of the header; `is_new`: the last token was refused."""
        if self._lrs.oauth is None or self._pool is None:
            return _basic(self._user, self._secret)
        if self._token is None or is_new:
            self._token = self._ask(self._pool, self._lrs.oauth.token_url, self._lrs.oauth.scope)
        return f"Bearer {self._token}"

    def _ask(self, pool: urllib3.PoolManager, url: str, scope: str | None) -> str:
        form = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
        # RFC 6749, section 2.3.1: both parts are form-encoded before they are joined.
        basic = _basic(*(quote(os.fsencode(one), safe="") for one in (self._user, self._secret)))
        headers = {
            "Authorization": basic,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        shown = url.partition("?")[0]
        try:
            answer = pool.request(
                "POST", url, headers=headers, body=urlencode(form).encode(), redirect=False
            )
            if answer.status != 200:
                raise self._refused(f"{shown} answered {answer.status} when asked for a token")
            token = msgspec.json.decode(answer.data, type=_Token)
        except (urllib3.exceptions.HTTPError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._refused(f"{shown} gave no token ({type(error).__name__})") from None
        if token.token_type.lower() != "bearer" or not _TOKEN.fullmatch(token.access_token):
            raise self._refused(f"{shown} gave a token that is no bearer token")
        return token.access_token

    def _refused(self, what: str) -> InputError:
        fix = f"Check token_url and scope in programme.yaml, {' and '.join(self._names)}."
        return InputError([Problem(f"LRS {self._lrs.id}", 0, 0, "lrs-token", what, fix)])


def variables(lrs: Lrs) -> tuple[str, str]:
    """Give the names of the two variables that hold the credentials of an LRS."""
    prefix = f"NOROOM_LRS_{lrs.id.upper().replace('-', '_')}"
    if lrs.oauth is not None:
        return f"{prefix}_CLIENT_ID", f"{prefix}_CLIENT_SECRET"
    return f"{prefix}_USER", f"{prefix}_PASSWORD"


def credentials(lrs: Lrs) -> tuple[str, str]:
    """Give user and password, or client id and secret, from the environment; raises InputError."""
    names = variables(lrs)
    found: list[Any] = [os.environ.get(name, "") for name in names]
    missing = [name for name, value in zip(names, found, strict=True) if not value]
    if missing:
        what = f"{' and '.join(missing)} not set"
        fix = "Set user and password of the LRS in the environment; they belong in no file."
        raise InputError([Problem(f"LRS {lrs.id}", 0, 0, "lrs-credentials-missing", what, fix)])
    return found[0], found[1]


def _basic(user: str, password: str) -> str:
    """Give RFC 7617's form; of what is no UTF-8 the bytes as the environment has them."""
    return "Basic " + base64.b64encode(os.fsencode(f"{user}:{password}")).decode("ascii")
