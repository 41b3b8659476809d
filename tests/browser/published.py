"""A programme's published verification page on a web server of this machine."""

from __future__ import annotations

import datetime
import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reports.invented import COUNTED, hotel, programme, report
from tests.reports.signing import pem
from xapi_lrs_reports.certificates.events import lapse, revoke
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.publish import publish
from xapi_lrs_reports.certificates.register import read_register, register_path

TODAY = datetime.datetime.now().astimezone().date()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Published:
    """The page on a web server, and the codes of four hotels: valid, revoked, ended, renamed."""

    origin: str
    folder: Path
    codes: list[str]


@contextmanager
def serve_published(folder: Path) -> Iterator[Published]:
    """Serve `public`; `bare`, without a register; and `forged`, with an older register.json."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NOROOM_SIGNING_KEY", pem())
        codes = _publish(folder)
    serve = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Published(f"http://127.0.0.1:{server.server_port}", folder, codes)
        server.shutdown()


def _publish(folder: Path) -> list[str]:
    """Publish the three folders; gives the codes of the certificates."""
    home = programme(folder)
    found = report(COUNTED, *(hotel(f"Acme {name}", 6, 10) for name in "ABC"), as_of=TODAY)
    issue_certificates(home, found, today=TODAY - datetime.timedelta(days=9), hotel=None)
    publish(home, folder / "forged", TODAY, with_register=True)
    older = (folder / "forged" / "register.json").read_bytes()
    revoke(home, "acme-a", "x", TODAY)
    lapse(home, "acme-b", "x", TODAY)
    publish(home, folder / "public", TODAY, with_register=True)
    publish(home, folder / "forged", TODAY, with_register=True)
    (folder / "forged" / "register.json").write_bytes(older)
    publish(home, folder / "bare", TODAY, with_register=False)
    return [entry.code for entry in read_register(register_path(home))]
