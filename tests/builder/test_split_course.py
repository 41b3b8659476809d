"""What the first screen needs stands in the first file; together the two files are the course."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.link_player import link_player
from scorm_builder.link.split_course import split_course
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import ROOT, TINY, Noroom
from tests.often import often

FIRST_SCREEN_BYTES = 60_000
FIRST_SCREEN_FILES = 8


def whole_course(folder: Path = TINY) -> dict[str, Any]:
    return compile_course_data(Edition(load_course(folder), "en"), "scorm12", Audience())


def put_together(first: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    """Do what player/loading/course_parts.js does."""
    whole = copy.deepcopy(first)
    for page in [page for block in whole["blocks"] for page in block["pages"]]:
        page |= texts["pages"].get(page["key"], {})
    for question in whole["check"]["questions"]:
        question |= texts["questions"][question["key"]]
    return {**whole, "messages": whole["messages"] | texts["messages"]}


@pytest.mark.parametrize("folder", [TINY, ROOT / "courses" / "no-room"])
def test_nothing_is_lost_and_nothing_of_the_first_block_comes_later(folder: Path) -> None:
    whole = whole_course(folder)
    first, texts = split_course(whole, link_player("scorm12").script)
    assert put_together(first, texts) == whole
    assert first["blocks"][0] == whole["blocks"][0]
    assert not {page["key"] for page in whole["blocks"][0]["pages"]} & set(texts["pages"])
    assert len(json.dumps(first)) < len(json.dumps(whole)) / 2


def test_what_progress_hangs_on_comes_at_once() -> None:
    node = {"id": "a", "key": "k", "html": "", "roles": ["bar"], "options": [{"id": "o"}]}
    part = {"id": "p", "key": "q", "html": "", "answer": True}
    data: dict[str, Any] = {
        "course": {"language": "en"},
        "messages": {"next": "Next", "check_begin": "Begin"},
        "blocks": [
            {"id": "one", "pages": []},
            {"id": "two", "pages": [{**node, "kind": "true_false", "statements": [part]}]},
        ],
        "check": {"draw": 1, "questions": [{**node, "kind": "choose_one", "must_pass": True}]},
    }
    first, texts = split_course(data, b'text("next")')
    known = {"id": "a", "key": "k", "roles": ["bar"]}
    statements = [{"id": "p", "key": "q"}]
    page = {**known, "kind": "true_false", "statements": statements}
    assert first["blocks"][1]["pages"] == [page]
    assert first["check"]["questions"] == [{**known, "kind": "choose_one", "must_pass": True}]
    assert first["messages"] == {"next": "Next"}
    assert texts["messages"] == {"check_begin": "Begin"}
    later = {"html": "", "options": [{"id": "o"}], "statements": [part]}
    assert texts["pages"] == {"k": later}


def test_a_course_without_a_check_has_no_questions() -> None:
    data: dict[str, Any] = {
        "course": {"language": "en"},
        "messages": {},
        "blocks": [{"pages": []}],
        "check": None,
    }
    first, texts = split_course(data, b"")
    assert (first["check"], texts["questions"]) == (None, {})


@pytest.mark.parametrize("standard", often(reversed(STANDARDS), 2))
def test_the_first_screen_of_the_real_course_is_within_its_budget(
    standard: str, tmp_path: Path, programme: Path, noroom: Noroom
) -> None:
    """docs/contracts.md section 5; a one-language package, course data included, for a chain.

    Ukrainian needs the most bytes: each letter is six of them.
    """
    words = ("--standard", standard, "--programme", programme, "--chain", "acme")
    languages = ("--language", "nl", "--language", "uk")
    built = noroom(
        "build", ROOT / "courses" / "no-room", *words, *languages, "--allow-draft",
        "--out", tmp_path,
    )  # fmt: skip
    assert built.exit_code == 0, built.stderr
    packages = sorted(tmp_path.rglob("*.zip"))
    assert len(packages) == 2
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            entries = archive.infolist()
            (launch,) = [one for one in entries if one.filename.endswith("index.html")]
            page = archive.read(launch).decode()
            named = [one for one in entries if Path(one.filename).name in page]
            (course,) = [one for one in named if Path(one.filename).name.startswith("course-")]
            assert b"lrs.noroom.example" in archive.read(course)
        scripts = [one.file_size for one in named if one.filename.endswith(".js")]
        assert len(scripts) == 2
        assert sum(scripts) <= FIRST_SCREEN_BYTES, package.name
        assert 1 + len(named) + 2 <= FIRST_SCREEN_FILES
