"""The preview's web server: the page, the package, the changes, an LMS and the LRSs.

It listens on 127.0.0.1 only and answers nobody who came by another name (a page on the web could
otherwise reach it by a name that it points here).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from scorm_builder.preview.lms_service import ENDPOINT, FETCH, RETURNED
from scorm_builder.preview.memory_lrs import Request
from scorm_builder.preview.preview_package import Wish
from scorm_builder.preview.preview_service import PROGRAMME_ENDPOINT, Preview
from scorm_builder.preview.replies import NOT_FOUND, Reply, asset, framed_asset, json_reply

HOST = "127.0.0.1"
MOST_BYTES = 2_000_000


class PreviewServer(ThreadingHTTPServer):
    """Serves one course; `address` is where. Port 0 takes any that is free."""

    daemon_threads = True

    def __init__(self, course: Path, programme: Path | None, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.preview = Preview(course, programme, self.address)

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def close(self) -> None:
        """Let waiting requests go and give the port back; serve_forever has ended."""
        self.preview.stopping.set()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    @property
    def preview(self) -> Preview:
        return self.server.preview

    def do_GET(self) -> None:
        self._guarded(self._get)

    def do_POST(self) -> None:
        self._guarded(self._post)

    def do_PUT(self) -> None:
        self._guarded(self._put)

    def _guarded(self, answer: Callable[[], Reply]) -> None:
        port = self.server.server_address[1]
        known = self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")
        try:
            self._send(answer() if known else Reply(403, b"Open the address as it was printed."))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        except Exception as error:
            words = f"a defect of ours: {type(error).__name__}: {error}"
            print(f"noroom: {words}", file=sys.stderr)
            self._send(Reply(500, words.encode()))

    def _get(self) -> Reply:
        url = urlsplit(self.path)
        path = unquote(url.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if path == "/":
            return asset("preview/page/index.html")
        if path.startswith("/content/"):
            return self.preview.package_file(path.removeprefix("/content/"))
        if path.startswith(f"/{ENDPOINT}"):
            return self.preview.take("lms", self._request(ENDPOINT, b""))
        if path == f"/{RETURNED}":
            return framed_asset("preview/page/returned.html")
        if path == "/build":
            asked = [query.get(name, "") for name in ("standard", "language", "chain", "role")]
            return self.preview.build(Wish(*asked))
        if path == "/held":
            held = self.preview.lms.held(query.get("launch", ""))
            return json_reply(held) if held else NOT_FOUND
        if path == "/changes":
            numbers = [query.get(name, "0") for name in ("revision", "seen")]
            if not all(number.isdecimal() for number in numbers):
                return Reply(400)
            return self.preview.wait_for_change(*map(int, numbers))
        return asset(path.removeprefix("/"))

    def _post(self) -> Reply:
        path = urlsplit(self.path).path
        body = self._body()
        if isinstance(body, Reply):
            return body
        # Whoever asks for a token has to know the name of the session, which nobody can guess.
        if path.startswith(f"/{FETCH}"):
            return self.preview.fetch(path.removeprefix(f"/{FETCH}"))
        if not self._is_json():
            return Reply(415)
        if path == "/faults":
            return self.preview.set_faults(body)
        if path == "/launch":
            return self.preview.launch(body)
        return self._to_an_lrs(body)

    def _put(self) -> Reply:
        body = self._body()
        if isinstance(body, Reply):
            return body
        return self._to_an_lrs(body) if self._is_json() else Reply(415)

    def _to_an_lrs(self, body: bytes) -> Reply:
        path = urlsplit(self.path).path
        if path.startswith(f"/{ENDPOINT}"):
            return self.preview.take("lms", self._request(ENDPOINT, body))
        if path.startswith(f"/{PROGRAMME_ENDPOINT}"):
            return self.preview.take("programme", self._request(PROGRAMME_ENDPOINT, body))
        return NOT_FOUND

    def _request(self, endpoint: str, body: bytes) -> Request:
        url = urlsplit(self.path)
        resource = url.path.removeprefix(f"/{endpoint}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        return Request(self.command, resource, query, headers, body)

    def _body(self) -> bytes | Reply:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return Reply(413)
        return self.rfile.read(int(length))

    def _is_json(self) -> bool:
        """Pages of other origins cannot send this type without asking first."""
        return str(self.headers.get("Content-Type", "")).startswith("application/json")

    def _send(self, reply: Reply) -> None:
        if reply.status == 0:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.content)))
        self.send_header("Content-Security-Policy", reply.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store, max-age=0")
        if reply.etag:
            self.send_header("ETag", reply.etag)
        self.end_headers()
        self.wfile.write(reply.content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the page shows what happens."""
