"""The courses beside the one for everybody: in time, traced, with borrowed contacts, untracked."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from programme.directory import read_programme
from programme.problems import InputError
from scorm_builder.checks.check_reading import reading_problems
from scorm_builder.checks.check_sources import claim_ids
from scorm_builder.course.load_course import load_course
from scorm_builder.course.summarise import summarise
from scorm_builder.link.course_data import Audience, Edition, compile_course_data
from scorm_builder.link.entry_data import for_standard
from scorm_builder.translate.translatable import of_course
from tests.builder.conftest import ROOT, Noroom

COURSES = ROOT / "courses"
OTHERS = sorted(
    file.parent for file in COURSES.glob("*/course.yaml") if file.parent.name != "no-room"
)
GAME = COURSES / "team-game"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Give a folder with copies of the manager course and of the one that lends its contacts."""
    for name in ("no-room", "manager"):
        shutil.copytree(COURSES / name, tmp_path / name)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(folder: Path) -> set[str]:
    with pytest.raises(InputError) as error:
        load_course(folder)
    return {problem.code for problem in error.value.problems if problem.severity == "error"}


@pytest.mark.parametrize("folder", OTHERS, ids=lambda path: path.name)
def test_each_is_in_time_plain_and_traced(folder: Path) -> None:
    course = load_course(folder)
    summary = summarise(course)
    assert reading_problems(course, summary.times, summary.levels) == []
    assert [one for one in course.warnings if one.code != "contact-unverified"] == [
        one for one in course.warnings if one.code == "language-draft"
    ]
    owners = [placed.value for placed in (*course.all_pages(), *course.questions)]
    used = {claim for owner in owners for claim in owner.claims}
    written = claim_ids((folder / "sources.md").read_text(encoding="utf-8"))
    assert used == written - {"Claim", "---"}


@pytest.mark.parametrize("folder", OTHERS, ids=lambda path: path.name)
def test_contacts_and_their_translations_are_those_of_the_course_for_everybody(
    folder: Path,
) -> None:
    own, other = load_course(COURSES / "no-room"), load_course(folder)
    assert [one.value for one in other.contacts] == [one.value for one in own.contacts]
    dutch, theirs = (one.translations or {} for one in (other, own))
    names = [name for name in theirs["nl"] if name.startswith("contact.")]
    assert names
    assert {name: dutch["nl"][name] for name in names} == {n: theirs["nl"][n] for n in names}
    assert not any(text.context.startswith("contact.") for text in of_course(other).texts)


def test_a_reworded_contact_stops_every_course_that_borrows_it(copies: Path) -> None:
    change(copies / "no-room" / "contacts.yaml", "name: Emergency number", "name: In danger")
    assert codes(copies / "manager") == {"translation-stale"}


def test_contacts_without_a_translation_are_named(copies: Path) -> None:
    (copies / "no-room" / "locale" / "nl.po").unlink()
    assert codes(copies / "manager") == {"translation-file"}


@pytest.mark.parametrize(
    "name",
    ["../elsewhere/contacts.yaml", "../../no-room/contacts.yaml", "../no-room/../../contacts.yaml",
     "../contacts.yaml"],
)  # fmt: skip
def test_contacts_come_from_a_course_next_door_and_nowhere_else(copies: Path, name: str) -> None:
    for place in ("elsewhere/contacts.yaml", "contacts.yaml"):
        (copies / place).parent.mkdir(exist_ok=True)
        shutil.copy(COURSES / "no-room" / "contacts.yaml", copies / place)
    change(copies / "manager" / "course.yaml", "../no-room/contacts.yaml", name)
    assert codes(copies / "manager") == {"path-outside"}


def test_a_link_out_of_the_course_next_door_is_refused(copies: Path) -> None:
    file = copies / "no-room" / "contacts.yaml"
    file.unlink()
    file.symlink_to(COURSES / "no-room" / "contacts.yaml")
    assert codes(copies / "manager") == {"path-outside"}


def test_only_contacts_are_borrowed(copies: Path) -> None:
    questions = "questions: ../no-room/questions.yaml"
    change(copies / "manager" / "course.yaml", "questions: questions.yaml", questions)
    assert "path-outside" in codes(copies / "manager")


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
