"""Versions, tokens and proxies on the way to an LRS; a secret goes where it belongs alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from tests.lrs.strict_lrs import StrictLrs
from tests.reports.lrs_reading import fill, read
from tests.reports.programme_files import PROGRAMME, make_programme

OAUTH = "    oauth:\n      token_url: {server}token\n      scope: statements/read\n"


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("USER", "CLIENT_ID"):
        monkeypatch.setenv(f"NOROOM_LRS_MAIN_LRS_{name}", "reader")
    for name in ("PASSWORD", "CLIENT_SECRET"):
        monkeypatch.setenv(f"NOROOM_LRS_MAIN_LRS_{name}", "secret")


def programme_at(folder: Path, endpoint: str, more: str = "") -> ProgrammeDirectory:
    lrs = f"lrs:\n  - id: main-lrs\n    endpoint: {endpoint}\n{more}"
    return make_programme(folder, settings=PROGRAMME + lrs)


def with_tokens(folder: Path, server: StrictLrs) -> ProgrammeDirectory:
    more = OAUTH.format(server=server.endpoint.removesuffix("xapi/"))
    return programme_at(folder, server.endpoint, more)


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_the_version_of_the_lrs_is_spoken(tmp_path: Path, server: StrictLrs, version: str) -> None:
    server.version, server.max_page = version, 5
    fill(server, 12)
    reading, problems = read(programme_at(tmp_path, server.endpoint))
    assert (reading.tally.new, problems) == (12, [])
    assert len(server.requests) == (3 if version == "1.0.3" else 4)


def test_one_token_reads_all_pages(tmp_path: Path, server: StrictLrs) -> None:
    server.max_page = 5
    fill(server, 12)
    reading, problems = read(with_tokens(tmp_path, server))
    assert (reading.tally.new, problems) == (12, [])
    form = "grant_type=client_credentials&scope=statements%2Fread"
    assert server.logins == [f"Basic reader:secret {form}"]
    assert not any("secret" in request for request in server.requests)


def test_an_expired_token_is_asked_for_again(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.max_page = 5
    fill(server, 12)
    real = StrictLrs.query

    def expiring(self: StrictLrs, given: dict[str, str]) -> tuple[int, object]:
        if len(self.logins) == 1:
            self.tokens.clear()
        return real(self, given)

    monkeypatch.setattr(StrictLrs, "query", expiring)
    reading, problems = read(with_tokens(tmp_path, server))
    assert (reading.tally.new, problems, len(server.logins)) == (12, [], 2)


def test_a_refused_client_is_told_without_its_secret(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_CLIENT_SECRET", "s:e/cret")
    _, problems = read(with_tokens(tmp_path, server))
    assert [one.code for one in problems] == ["lrs-token"]
    assert "NOROOM_LRS_MAIN_LRS_CLIENT_SECRET" in str(problems[0])
    assert server.logins[0].startswith("Basic reader:s%3Ae%2Fcret ")
    assert "cret" not in str(problems[0]).replace("client_secret", "").replace("SECRET", "")
    monkeypatch.delenv("NOROOM_LRS_MAIN_LRS_CLIENT_ID")
    _, problems = read(with_tokens(tmp_path, server))
    assert "NOROOM_LRS_MAIN_LRS_CLIENT_ID not set" in problems[0].what


def test_a_token_is_never_asked_for_in_the_clear(tmp_path: Path, server: StrictLrs) -> None:
    more = OAUTH.format(server="http://login.example/")
    with pytest.raises(InputError, match="https"):
        programme_at(tmp_path, server.endpoint, more)


def test_the_proxy_of_the_environment_is_used_and_bypassed(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(server, 3)
    monkeypatch.setenv("http_proxy", server.endpoint.removesuffix("/xapi/"))
    reading, problems = read(programme_at(tmp_path / "a", "http://lrs.invalid/xapi/"))
    assert (reading.tally.new, problems) == (3, [])
    assert server.requests[0].startswith("http://lrs.invalid/xapi/statements?")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    read(programme_at(tmp_path / "b", server.endpoint))
    assert server.requests[-1].startswith("/xapi/statements?")


def test_a_proxy_may_be_written_without_its_scheme(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(server, 3)
    port = server.endpoint.removesuffix("/xapi/").rpartition(":")[2]
    monkeypatch.setenv("http_proxy", f"localhost:{port}")
    assert read(programme_at(tmp_path, "http://lrs.invalid/xapi/"))[0].tally.new == 3


@pytest.mark.parametrize(
    "proxy",
    ["socks5://u:proxypw@127.0.0.1:9", "http://127.0.0.1:port", "http://u:proxypw@127.0.0.1:1"],
)
def test_a_proxy_that_cannot_be_used_is_said_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    _, problems = read(programme_at(tmp_path, "http://lrs.invalid/xapi/"))
    assert [one.code for one in problems] == ["lrs-proxy"]
    assert "proxypw" not in str(problems[0])


def test_the_server_of_tokens_may_lie_on_the_other_side_of_the_proxy(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(server, 3)
    monkeypatch.setenv("http_proxy", server.endpoint.removesuffix("/xapi/"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    more = OAUTH.format(server=server.endpoint.removesuffix("xapi/"))
    reading, problems = read(programme_at(tmp_path, "http://lrs.invalid/xapi/", more))
    assert (reading.tally.new, problems, len(server.logins)) == (3, [], 1)


def test_what_is_no_text_reaches_the_lrs_as_it_was_typed(
    tmp_path: Path, server: StrictLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password in Latin-1, as an old terminal has it."""
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_PASSWORD", "na\udcefve")
    server.users = {"reader": ("na\xefve", "all")}
    fill(server, 3)
    assert read(programme_at(tmp_path, server.endpoint))[0].tally.new == 3


def test_a_token_that_no_header_can_hold_is_refused_and_not_shown(
    tmp_path: Path, server: StrictLrs
) -> None:
    server.faults.token = "t0k\r\nen"  # noqa: S105 - invented
    _, problems = read(with_tokens(tmp_path, server))
    assert [one.code for one in problems] == ["lrs-token"]
    assert "t0k" not in str(problems[0])
