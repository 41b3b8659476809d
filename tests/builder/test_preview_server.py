"""The preview's server without a browser: who gets an answer, and what an LMS never hands out."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest

from scorm_builder.preview.server import PreviewServer
from tests.builder.conftest import TINY

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server() -> Iterator[PreviewServer]:
    """The preview of the small course, without a programme."""
    with PreviewServer(TINY, None, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
        server.close()


def ask(server: PreviewServer, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    """Send a request, a POST where there is a body; give status and content."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()} or JSON
    request = urllib.request.Request(f"{server.address}{path}", data, given)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def launched(server: PreviewServer) -> dict[str, str]:
    """Build and launch by cmi5; give the parameters of the launch address."""
    _, built = ask(server, "build?standard=cmi5&language=en&chain=&role=")
    wish = {"path": json.loads(built)["path"], "standard": "cmi5", "learner": "E-1"}
    status, answer = ask(server, "launch", wish)
    assert status == 200
    return dict(parse_qsl(json.loads(answer)["query"]))


def test_a_token_is_handed_out_once_and_opens_the_lrs(server: PreviewServer) -> None:
    query = launched(server)
    fetch = query["fetch"].removeprefix(server.address)
    token = json.loads(ask(server, fetch, b"")[1])["auth-token"]
    assert json.loads(ask(server, fetch, b"")[1])["error-code"] == "1"
    assert server.preview.requests.after(0)[-1]["error"] == "the token was handed out before"
    lrs = query["endpoint"].removeprefix(server.address)
    known = {**JSON, "Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3"}
    assert ask(server, f"{lrs}statements", [{"id": "x"}], **known)[0] == 400
    assert ask(server, f"{lrs}statements", b"no json", **known)[0] == 400
    assert ask(server, f"{lrs}statements?statementId=x", None, **known)[0] == 404
    known["Authorization"] = "Basic bm9ib2R5"
    assert ask(server, f"{lrs}statements", [], **known)[0] == 401
    assert ask(server, "lrs/statements", [], **known)[0] == 401


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("launch", {"path": "none", "standard": "cmi5", "learner": "E-1"}),
        ("lms/fetch/guessed", b""),
        ("nowhere", {}),
        ("preview/page/../server.py", None),
        ("held?launch=guessed", None),
        ("build?standard=aicc", None),
    ],
)
def test_what_is_not_there_is_not_found(server: PreviewServer, path: str, body: Any) -> None:
    assert ask(server, path, body)[0] == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"lms": "explodes"}),
        ("faults", []),
        ("faults", b"{"),
        ("launch", []),
        ("launch", {"path": "x", "standard": "cmi5", "learner": "E-1", "mastery": "much"}),
        ("changes?revision=x", None),
    ],
)
def test_what_makes_no_sense_is_refused(server: PreviewServer, path: str, body: Any) -> None:
    assert ask(server, path, body)[0] == 400


def test_pages_of_other_origins_can_send_nothing(server: PreviewServer) -> None:
    assert ask(server, "faults", b"{}", Content_Type="text/plain")[0] == 415
    assert ask(server, "lrs/statements", b"[]", Content_Type="text/plain")[0] == 415
    assert ask(server, "", None, Host="evil.example")[0] == 403


def test_a_folder_without_a_programme_has_one_invented_hotel(server: PreviewServer) -> None:
    _, built = ask(server, "build?standard=web&language=en&chain=&role=")
    (sheet,) = json.loads(built)["codes"]
    assert sheet["hotel"] == "Example Harbour Hotel"
    assert len({one["code"] for one in sheet["people"]}) == 4
    again = json.loads(ask(server, "build?standard=web&language=en&chain=&role=")[1])
    assert again["codes"] == [sheet], "the same every time: progress hangs on them"
    url = json.loads(built)["url"].removeprefix("/")
    assert url.endswith("tiny-en/index.html")
    assert ask(server, url)[0] == 200
