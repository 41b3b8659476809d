"""What holds for the tests of the reading half."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lrs.strict_lrs import StrictLrs, running
from tests.reports.signing import pem
from xapi_lrs_reports.statements import sync as sync_module


@pytest.fixture(autouse=True)
def signing_key(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sign with the tests' key, and never find one of whoever runs them."""
    monkeypatch.setenv("NOROOM_SIGNING_KEY", pem())
    monkeypatch.delenv("NOROOM_SIGNING_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "nobody"))


@pytest.fixture
def server() -> Iterator[StrictLrs]:
    """An LRS that holds nothing yet."""
    with running() as lrs:
        yield lrs


@pytest.fixture
def lrs_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read on the first of December 2026, with the key that the LRS knows."""
    monkeypatch.setattr(sync_module, "_now", lambda: "2026-12-01T00:00:00.000")
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_USER", "reader")
    monkeypatch.setenv("NOROOM_LRS_MAIN_LRS_PASSWORD", "secret")
