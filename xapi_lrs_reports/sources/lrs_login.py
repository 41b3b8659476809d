"""How noroom says to an LRS who it is: user and password, or OAuth 2 client credentials.

Secrets stand in the environment alone. A token is asked for when it is first needed and again when
the LRS no longer takes it (RFC 6749, section 4.4; RFC 6750).
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
import urllib3

from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from programme.settings import Lrs


class _Token(msgspec.Struct):
    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - a kind, not a secret


class Login:
    """Gives the header Authorization for an LRS; raises InputError if secrets are missing."""

    def __init__(self, lrs: Lrs) -> None:
        self._lrs = lrs
        self._names = variables(lrs)
        self._user, self._secret = credentials(lrs)
        self._token: str | None = None

    @property
    def can_renew(self) -> bool:
        """Tell whether another try with a new token makes sense."""
        return self._lrs.oauth is not None

    def header(self, pool: urllib3.PoolManager, *, is_new: bool = False) -> str:
        """Give the value of the header; `is_new`: the last token was refused."""
        if self._lrs.oauth is None:
            return _basic(self._user, self._secret)
        if self._token is None or is_new:
            self._token = self._ask(pool, self._lrs.oauth.token_url, self._lrs.oauth.scope)
        return f"Bearer {self._token}"

    def _ask(self, pool: urllib3.PoolManager, url: str, scope: str | None) -> str:
        form = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
        # RFC 6749, section 2.3.1: both parts are form-encoded before they are joined.
        basic = _basic(quote(self._user, safe=""), quote(self._secret, safe=""))
        headers = {
            "Authorization": basic,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            answer = pool.request(
                "POST", url, headers=headers, body=urlencode(form).encode(), redirect=False
            )
            if answer.status != 200:
                raise self._refused(f"{url} answered {answer.status} when asked for a token")
            token = msgspec.json.decode(answer.data, type=_Token)
        except (urllib3.exceptions.HTTPError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._refused(f"{url} gave no token ({type(error).__name__})") from None
        if token.token_type.lower() != "bearer":
            raise self._refused(f"{url} gave a token that is no bearer token")
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
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
