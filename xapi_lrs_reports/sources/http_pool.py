"""Connections to one server: through the environment's proxy, patient with busy answers."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import urllib3

from programme.problems import InputError, Problem

CHECK_PROXY = "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY, such as http://proxy.example:3128."
_MAX_WAIT_SECONDS = 120.0


class PatientRetry(urllib3.Retry):
    """Honours Retry-After, but never for longer than two minutes; an odd one says nothing."""

    def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
        """Give how many seconds a server asks to wait; None if it does not say."""
        try:
            wanted = super().get_retry_after(response)
        except urllib3.exceptions.InvalidHeader:
            return None
        return None if wanted is None else min(wanted, _MAX_WAIT_SECONDS)


def make_pool(who: str, url: str, options: Mapping[str, Any]) -> urllib3.PoolManager:
    """Make the connections to the server of `url`; raises InputError in the name of `who`.

    A proxy may be written without its scheme, as curl takes it.
    """
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager(**options)
    try:
        found = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        port, host = found.port or 3128, found.hostname or ""
    except ValueError:
        port, host = 0, ""
    if not host or found.scheme not in ("http", "https"):
        what = f"the proxy that the environment names for {parts.scheme}:// is no HTTP proxy"
        raise InputError([Problem(who, 0, 0, "lrs-proxy", what, CHECK_PROXY)])
    headers = None
    if found.username:
        login = f"{unquote(found.username)}:{unquote(found.password or '')}"
        headers = urllib3.make_headers(proxy_basic_auth=login)
    address = f"{found.scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    return urllib3.ProxyManager(address, proxy_headers=headers, **options)
