"""HTTP to an LRS: tincan's RemoteLRS with a transport that survives real servers.

tincan builds the queries; its own transport has no time-outs, no retries and no gzip, and its
statement model refuses valid statements, so requests go through urllib3 and the raw body is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode, urljoin

import urllib3
from tincan import RemoteLRS
from tincan.http_request import HTTPRequest
from tincan.lrs_response import LRSResponse

from programme.problems import InputError, Problem
from xapi_lrs_reports.sources.http_pool import CHECK_PROXY, PatientRetry, make_pool
from xapi_lrs_reports.sources.lrs_login import Login, variables
from xapi_lrs_reports.sources.multipart import NotMultipart, StatementsPart, boundary_of

if TYPE_CHECKING:
    from programme.settings import Lrs

XAPI_VERSION, XAPI_2 = "1.0.3", "2.0.0"
VERSION_HEADER = "X-Experience-API-Version"
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
TRIES = 5
BODY_TRIES = 3
_BUSY = (429, 500, 502, 503, 504)


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
    _props: ClassVar[list[str]] = [*RemoteLRS._props, "lrs", "pool", "login", "spoken"]

    def __init__(
        self,
        lrs: Lrs,
        *,
        backoff_seconds: float = 1.0,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        super().__init__(endpoint=lrs.endpoint, version=XAPI_VERSION)
        self._lrs = lrs
        self._spoken = XAPI_VERSION
        options = {
            "timeout": urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds),
            "retries": PatientRetry(
                total=TRIES,
                redirect=False,
                status_forcelist=_BUSY,
                allowed_methods=["GET"],
                backoff_factor=backoff_seconds,
                backoff_jitter=backoff_seconds / 2,
                raise_on_status=False,
            ),
        }
        self._login = Login(lrs, options)
        self._pool = make_pool(f"LRS {lrs.id}", lrs.endpoint, options)

    def get(self, url: str, query: Mapping[str, str]) -> Reply:
        """GET a URL, relative to the endpoint or absolute; raises InputError."""
        request = HTTPRequest(method="GET", resource=url, query_params=query)
        return self._read(request, BODY_TRIES)

    def _read(self, request: HTTPRequest, tries: int) -> Reply:
        """Send a request and read its whole answer; one that breaks off is asked for again."""
        response = self._exchange(request)
        try:
            return Reply(_body(response), response.headers.get(CONSISTENT_THROUGH))
        except NotMultipart as error:
            what = f"{self.endpoint} sent statements with attachments, and {error}"
            fix = "Ask whoever runs the LRS; noroom asks for statements without attachments."
            raise self.problem("lrs-multipart", what, fix) from None
        except urllib3.exceptions.HTTPError as error:
            response.close()
            if tries > 1:
                return self._read(request, tries - 1)
            raise self._unreachable(error) from None

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()
        self._login.close()

    def _send_request(self, request: HTTPRequest) -> LRSResponse:
        """Replace tincan's transport; its responses cannot hold ours, so only the body is given."""
        response = self._exchange(request)
        success = 200 <= response.status < 300
        return LRSResponse(success=success, request=request, response=None, data=response.data)

    def _exchange(self, request: HTTPRequest) -> urllib3.BaseHTTPResponse:
        url = urljoin(self.endpoint, request.resource)
        if request.query_params:
            url += ("&" if "?" in url else "?") + urlencode(request.query_params)
        response = self._send(request, url)
        if response.status == 401 and self._login.can_renew:
            response.drain_conn()
            response = self._send(request, url, is_new=True)
        if response.status == 400 and self._speaks_xapi_2(response):
            self._spoken = XAPI_2
            response.drain_conn()
            response = self._send(request, url)
        success = 200 <= response.status < 300
        if not success and not (response.status == 404 and request.ignore404):
            response.drain_conn()
            raise self._refused(response)
        return response

    def _send(
        self, request: HTTPRequest, url: str, *, is_new: bool = False
    ) -> urllib3.BaseHTTPResponse:
        headers = {
            "Authorization": self._login.header(is_new=is_new),
            VERSION_HEADER: self._spoken,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **request.headers,
        }
        try:
            return self._pool.request(
                request.method,
                url,
                headers=headers,
                body=request.content,
                redirect=False,
                preload_content=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error) from None

    def _speaks_xapi_2(self, response: urllib3.BaseHTTPResponse) -> bool:
        """Tell whether an LRS that refused us knows xAPI 2.0 alone (section 3.3 there)."""
        said = response.headers.get(VERSION_HEADER, "")
        return self._spoken == XAPI_VERSION and said.startswith("2.")

    def problem(self, code: str, what: str, fix: str) -> InputError:
        """Make an InputError about this LRS."""
        return InputError([Problem(f"LRS {self._lrs.id}", 0, 0, code, what, fix)])

    def _unreachable(self, error: urllib3.exceptions.HTTPError) -> InputError:
        reason: Any = getattr(error, "reason", None) or error
        where = self.endpoint
        if isinstance(reason, urllib3.exceptions.ProxyError):
            what = f"the proxy of the environment does not lead to {where}"
            return self.problem("lrs-proxy", what, CHECK_PROXY)
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
        user, password = variables(self._lrs)
        said = f"{self.endpoint} answered {status}"
        if status in (401, 403):
            what = f"{said}: the user or the password is wrong, or may not read statements"
            return self.problem("lrs-credentials", what, f"Check {user} and {password}.")
        if status == 407:
            what = f"the proxy on the way to {self.endpoint} wants a login"
            return self.problem("lrs-proxy", what, CHECK_PROXY)
        if status == 404:
            what = f"{said}: there is no LRS at this address"
            fix = "Check the endpoint in programme.yaml; it often ends in /xapi/ or /xAPI/."
            return self.problem("lrs-address", what, fix)
        if 300 <= status < 400:
            target = response.headers.get("Location", "elsewhere").partition("?")[0][:200]
            what = f"{said}: it redirects to {target}"
            fix = "Write the final address as the endpoint in programme.yaml."
            return self.problem("lrs-redirect", what, fix)
        if status in _BUSY:
            what = f"{said} {TRIES + 1} times: the LRS is busy or broken"
            fix = "Try again later; noroom sync goes on where it stopped."
            return self.problem("lrs-busy", what, fix)
        what = f"{said}: it does not accept the query"
        return self.problem("lrs-answer", what, "Ask whoever runs the LRS to look into its log.")


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """Read the statements; of an answer with attachments nothing else. Raises NotMultipart."""
    boundary = boundary_of(response.headers.get("Content-Type", ""))
    if boundary is None:
        return response.data
    part = StatementsPart(response.read, boundary or None)
    body = b"".join(iter(part.read, b""))
    response.close()  # what is left are attachments, perhaps films
    return body
