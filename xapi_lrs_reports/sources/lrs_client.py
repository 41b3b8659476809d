"""HTTP to an LRS: tincan's RemoteLRS with a transport that survives real servers.

tincan builds the queries; its own transport has no time-outs, no retries and no gzip, and its
statement model refuses valid statements, so requests go through urllib3 and the raw body is read.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode, urljoin

import urllib3
from tincan import RemoteLRS
from tincan.http_request import HTTPRequest
from tincan.lrs_response import LRSResponse

from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from programme.settings import Lrs

XAPI_VERSION = "1.0.3"
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
TRIES = 5
_BUSY = (429, 500, 502, 503, 504)
_MAX_WAIT_SECONDS = 120.0


class _PatientRetry(urllib3.Retry):
    """Honours Retry-After, but never for longer than two minutes."""

    def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
        wanted = super().get_retry_after(response)
        return None if wanted is None else min(wanted, _MAX_WAIT_SECONDS)


@dataclass(frozen=True)
class Reply:
    """The body of an answer, and its header X-Experience-API-Consistent-Through."""

    body: bytes
    consistent_through: str | None


class LrsClient(RemoteLRS):  # type: ignore[misc] # tincan has no types
    """A RemoteLRS whose requests answer with the raw body, or raise InputError with a cure.

    `backoff_seconds` is the first wait after a busy answer; it doubles, with jitter.
    """

    # tincan refuses to set attributes that are not listed here.
    _props: ClassVar[list[str]] = [*RemoteLRS._props, "lrs", "pool"]

    def __init__(
        self,
        lrs: Lrs,
        *,
        backoff_seconds: float = 1.0,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        user, password = credentials(lrs.id)
        token = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        super().__init__(endpoint=lrs.endpoint, auth=f"Basic {token}", version=XAPI_VERSION)
        self._lrs = lrs
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds),
            retries=_PatientRetry(
                total=TRIES,
                redirect=False,
                status_forcelist=_BUSY,
                allowed_methods=["GET"],
                backoff_factor=backoff_seconds,
                backoff_jitter=backoff_seconds / 2,
                raise_on_status=False,
            ),
        )

    def get(self, url: str, query: Mapping[str, str]) -> Reply:
        """GET a URL, relative to the endpoint or absolute; raises InputError."""
        request = HTTPRequest(method="GET", resource=url, query_params=query)
        response = self._exchange(request)
        return Reply(response.data, response.headers.get(CONSISTENT_THROUGH))

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _send_request(self, request: HTTPRequest) -> LRSResponse:
        """Replace tincan's transport; its responses cannot hold ours, so only the body is given."""
        response = self._exchange(request)
        success = 200 <= response.status < 300
        return LRSResponse(success=success, request=request, response=None, data=response.data)

    def _exchange(self, request: HTTPRequest) -> urllib3.BaseHTTPResponse:
        url = urljoin(self.endpoint, request.resource)
        if request.query_params:
            url += ("&" if "?" in url else "?") + urlencode(request.query_params)
        headers = {
            "Authorization": self.auth,
            "X-Experience-API-Version": XAPI_VERSION,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **request.headers,
        }
        try:
            response = self._pool.request(
                request.method, url, headers=headers, body=request.content, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error) from None
        success = 200 <= response.status < 300
        if not success and not (response.status == 404 and request.ignore404):
            raise self._refused(response)
        return response

    def problem(self, code: str, what: str, fix: str) -> InputError:
        """Make an InputError about this LRS."""
        return InputError([Problem(f"LRS {self._lrs.id}", 0, 0, code, what, fix)])

    def _unreachable(self, error: urllib3.exceptions.HTTPError) -> InputError:
        reason: Any = getattr(error, "reason", None) or error
        where = self.endpoint
        if isinstance(reason, urllib3.exceptions.SSLError):
            what = f"the certificate of {where} could not be verified"
            fix = "For a private authority set SSL_CERT_FILE to its certificate; check the clock."
            return self.problem("lrs-tls", what, fix)
        if isinstance(reason, urllib3.exceptions.NameResolutionError):
            what = f"the name of the server in {where} is not known"
            return self.problem("lrs-name", what, "Check the endpoint in programme.yaml.")
        if isinstance(reason, urllib3.exceptions.NewConnectionError):
            what = f"nobody answers at {where}"
            fix = "Check the endpoint in programme.yaml, and whether the LRS is running."
            return self.problem("lrs-unreachable", what, fix)
        if isinstance(reason, urllib3.exceptions.TimeoutError):
            what = f"{where} took too long to answer"
            fix = "Run noroom sync again; it goes on where it stopped."
            return self.problem("lrs-timeout", what, fix)
        what = f"the connection to {where} broke off ({type(reason).__name__})"
        fix = "Run noroom sync again; it goes on where it stopped."
        return self.problem("lrs-connection", what, fix)

    def _refused(self, response: urllib3.BaseHTTPResponse) -> InputError:
        status = response.status
        user, password = _variables(self._lrs.id)
        said = f"{self.endpoint} answered {status}"
        if status in (401, 403):
            what = f"{said}: the user or the password is wrong, or may not read statements"
            return self.problem("lrs-credentials", what, f"Check {user} and {password}.")
        if status == 404:
            what = f"{said}: there is no LRS at this address"
            fix = "Check the endpoint in programme.yaml; it often ends in /xapi/ or /xAPI/."
            return self.problem("lrs-address", what, fix)
        if 300 <= status < 400:
            target = response.headers.get("Location", "elsewhere")[:200]
            what = f"{said}: it redirects to {target}"
            fix = "Write the final address as the endpoint in programme.yaml."
            return self.problem("lrs-redirect", what, fix)
        if status in _BUSY:
            what = f"{said} {TRIES + 1} times: the LRS is busy or broken"
            fix = "Try again later; noroom sync goes on where it stopped."
            return self.problem("lrs-busy", what, fix)
        what = f"{said}: it does not accept the query"
        return self.problem("lrs-answer", what, "Ask whoever runs the LRS to look into its log.")


def credentials(lrs: str) -> tuple[str, str]:
    """Give user and password of an LRS from the environment; raises InputError."""
    names = _variables(lrs)
    found = tuple(os.environ.get(name, "") for name in names)
    missing = [name for name, value in zip(names, found, strict=True) if not value]
    if missing:
        what = f"{' and '.join(missing)} not set"
        fix = "Set user and password of the LRS in the environment; they belong in no file."
        raise InputError([Problem(f"LRS {lrs}", 0, 0, "lrs-credentials-missing", what, fix)])
    return found[0], found[1]


def _variables(lrs: str) -> tuple[str, str]:
    prefix = f"NOROOM_LRS_{lrs.upper().replace('-', '_')}"
    return f"{prefix}_USER", f"{prefix}_PASSWORD"
