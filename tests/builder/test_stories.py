"""The stories of the public site: invented and said to be so, plain, sourced, with help beside."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from scorm_builder.checks.check_sources import claim_ids
from scorm_builder.checks.readability.formulas import reading_ease
from scorm_builder.checks.readability.sentences import sentences
from scorm_builder.course.translations import parse_po
from tests.builder.conftest import ROOT

NO_ROOM = ROOT / "courses" / "no-room"
SITE = NO_ROOM / "site"
FIELDS = ("title", "who", "warning", "text")


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SITE / "stories.yaml").read_text(encoding="utf-8"))
    return loaded


def _texts(site: dict[str, Any]) -> dict[str, str]:
    told = {f"{one['id']}.{name}": one[name] for one in site["stories"] for name in FIELDS}
    return {"notice": site["notice"], **told}


def test_three_viewpoints_are_told_beside_help_and_as_inventions(site: dict[str, Any]) -> None:
    assert [one["viewpoint"] for one in site["stories"]] == ["victim", "profits", "looked_away"]
    assert all(one["help"] for one in site["stories"])
    assert "invented" in site["notice"]
    unread = site["review"]["survivors"] is None
    assert unread == (site["review"]["status"] == "draft") == ("No survivor" in site["notice"])


def test_what_they_claim_has_a_source(site: dict[str, Any]) -> None:
    known = claim_ids((NO_ROOM / "sources.md").read_text(encoding="utf-8"))
    assert {claim for one in site["stories"] for claim in one["claims"]} <= known


def test_every_text_is_translated_from_what_stands_there_now(site: dict[str, Any]) -> None:
    files = list((SITE / "locale").glob("*.po"))
    assert "nl" in [file.stem for file in files]
    for file in files:
        po, problems = parse_po(file)
        assert problems == []
        assert {context: str(unit.source) for context, unit in po.entries.items()} == _texts(site)
        assert all(str(unit.target).strip() for unit in po.entries.values())


def test_they_are_as_easy_to_read_as_the_course(site: dict[str, Any]) -> None:
    dutch, _ = parse_po(SITE / "locale" / "nl.po")
    languages = {
        "en": _texts(site),
        "nl": {context: str(unit.target) for context, unit in dutch.entries.items()},
    }
    for language, texts in languages.items():
        read = [one for text in texts.values() for one in sentences(text)]
        assert [one.text for one in read if len(one.words) > 12] == []
        ease = reading_ease(read, language)
        assert ease is not None and ease.level in ("A1", "A2", "B1")
