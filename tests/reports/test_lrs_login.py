"""Versions, tokens and proxies on the way to an LRS; a secret goes where it belongs alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from tests.lrs.strict_lrs import StrictLrs, running
from tests.reports.programme_files import PROGRAMME, make_programme
from tests.reports.test_sync import fill, read

OAUTH = "    oauth:\n      token_url: {server}token\n      scope: statements/read\n"


@pytest.fixture
def server() -> Iterator[StrictLrs]:
    with running() as lrs:
        yield lrs


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
