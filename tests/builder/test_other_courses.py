"""The courses beside the one for everybody: in time, traced, with contacts, untracked."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from programme.contacts.read_contacts import country_file
from programme.directory import read_programme
from programme.papers.words import paper_words
from scorm_builder.checks.check_reading import reading_problems
from scorm_builder.checks.check_sources import claim_ids
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.course.summarise import summarise
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.entry_data import for_standard
from tests.builder.conftest import ROOT, Noroom

COURSES = ROOT / "courses"
OTHERS = sorted(
    file.parent for file in COURSES.glob("*/course.yaml") if file.parent.name != "no-room"
)
GAME = COURSES / "team-game"


@pytest.mark.parametrize("folder", OTHERS, ids=lambda path: path.name)
def test_each_is_in_time_plain_and_traced(folder: Path) -> None:
    course = load_course(folder)
    summary = summarise(course)
    assert reading_problems(course, summary.times, summary.levels) == []
    assert {one.code for one in course.warnings} <= {"language-draft"}
    owners = [placed.value for placed in (*course.all_pages(), *course.questions)]
    used = {claim for owner in owners for claim in owner.claims}
    written = claim_ids((folder / "sources.md").read_text(encoding="utf-8"))
    assert used == written - {"Claim", "---"}


@pytest.mark.parametrize("folder", OTHERS, ids=lambda path: path.name)
def test_each_shows_the_contacts_of_the_country(folder: Path) -> None:
    course = load_course(folder, ["en"]).in_country("BE")
    audience = Audience(unverified=True)
    numbers = {one["number"] for one in data_of(course, audience)["help"]}
    wanted = {one.number for one in country_file("BE")[1].contacts if "staff" in one.use}
    for_managers = {one.number for one in country_file("BE")[1].contacts}
    assert numbers == (for_managers if folder.name == "manager" else wanted)


def test_managers_read_who_does_what_in_their_country() -> None:
    course = load_course(COURSES / "manager", ["en"]).in_country("GB")
    texts = json.dumps(data_of(course, Audience()))
    assert "Hotel staff are not first responders" in texts


LANGUAGES = ["en", *sorted(one.stem for one in (COURSES / "manager" / "locale").glob("*.po"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_managers_card_asks_what_their_course_asks(language: str) -> None:
    """Whoever knows of exploitation at work asks the labour authority before the agency."""
    course = load_course(COURSES / "manager", [language])
    pages = json.loads(
        json.dumps(compile_course_data(Edition(course, language), "web", Audience()))
    )
    said = [
        page for block in pages["blocks"] for page in block["pages"] if page["id"] == "supply-chain"
    ]
    last = re.sub("<[^>]*>", "", said[0]["html"].strip().splitlines()[-1])
    assert html.unescape(last) in paper_words("manager_card", language)["own_house"]


def data_of(course: Course, audience: Audience) -> dict[str, Any]:
    return compile_course_data(Edition(course, "en"), "web", audience)


def game_data(programme: Path) -> dict[str, Any]:
    audience = Audience(read_programme(programme), "acme")
    settings = audience.settings
    assert settings is not None and settings.lrs is not None, "else there is nothing to leave out"
    edition = Edition(load_course(GAME, ["en"]), "en")
    return for_standard(compile_course_data(edition, "web", audience), "web", audience)


def test_the_game_says_nothing_to_anybody(programme: Path) -> None:
    data = game_data(programme)
    assert data["tracking"] is None and data["hotels"] == [] and data["check"] is None


def test_the_game_is_built_for_the_web_only(noroom: Noroom, tmp_path: Path) -> None:
    built = noroom("build", GAME, "--allow-draft", "--language", "en", "--out", tmp_path, "--json")
    assert built.exit_code == 0
    assert [one["standard"] for one in json.loads(built.stdout)["packages"]] == ["web"]
    (package,) = tmp_path.glob("*.zip")
    scripts = [name for name in zipfile.ZipFile(package).namelist() if name.endswith(".js")]
    assert any("course-" in name for name in scripts)
    refused = noroom("build", GAME, "--standard", "scorm12", "--allow-draft", "--out", tmp_path)
    assert refused.exit_code == 1 and "error[tracking-off]" in refused.stderr


def test_five_players_see_each_guest() -> None:
    course = load_course(GAME, ["en"])
    pages = [placed.value for placed in course.pages()]
    guests = [page for page in pages if page.kind == "signals_scale"]
    assert [len(page.cards) for page in guests] == [5, 5]
    last = [page.cards[-1].fits for page in guests]
    assert last == [["tell"], ["nothing"]], "one to tell at once, one where nothing was wrong"
