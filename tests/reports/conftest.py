"""What holds for the tests of the reading half."""

from __future__ import annotations

import pytest

from tests.reports.signing import pem


@pytest.fixture(autouse=True)
def signing_key(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sign with the tests' key, and never find one of whoever runs them."""
    monkeypatch.setenv("NOROOM_SIGNING_KEY", pem())
    monkeypatch.delenv("NOROOM_SIGNING_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "nobody"))
