"""The stories of the public site: invented and said to be so, sourced, with help beside."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from scorm_builder.checks.check_sources import claim_ids
from tests.builder.conftest import ROOT

NO_ROOM = ROOT / "courses" / "no-room"
SITE = NO_ROOM / "site"


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SITE / "stories.yaml").read_text(encoding="utf-8"))
    return loaded


def test_three_viewpoints_are_told_beside_help_and_as_inventions(site: dict[str, Any]) -> None:
    assert [one["viewpoint"] for one in site["stories"]] == ["victim", "profits", "looked_away"]
    assert all(one["help"] for one in site["stories"])
    assert "invented" in site["notice"]
    unread = site["review"]["survivors"] is None
    assert unread == (site["review"]["status"] == "draft") == ("No survivor" in site["notice"])


def test_what_they_claim_has_a_source(site: dict[str, Any]) -> None:
    known = claim_ids((NO_ROOM / "sources.md").read_text(encoding="utf-8"))
    assert {claim for one in site["stories"] for claim in one["claims"]} <= known
