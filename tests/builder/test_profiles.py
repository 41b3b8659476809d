"""Profiles: a package for students says nothing of a manager whom they do not have."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from programme.problems import InputError
from scorm_builder.checks.check_reading import reading_problems
from scorm_builder.checks.reading_time import reading_times
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import seconds
from scorm_builder.course.field_types import Role
from scorm_builder.course.load_course import load_course
from scorm_builder.course.short_keys import profile_key, role_key
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.link_player import link_player
from scorm_builder.link.split_course import split_course
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.builder.conftest import ROOT, Noroom
from tests.builder.test_split_course import FIRST_SCREEN_BYTES

NO_ROOM = ROOT / "courses" / "no-room"
LANGUAGES = ("en", "nl", "de", "fr", "es", "pl", "ro", "uk", "ar")
_PLAYERS_PAGES = """
import { readFileSync } from "node:fs";
import { courseOf } from "./scorm_builder/player/state/roles.js";
const { course, role, profile } = JSON.parse(readFileSync(0, "utf8"));
const pages = courseOf(course, role, profile).blocks.flatMap((block) => block.pages);
process.stdout.write(JSON.stringify(pages.map(({ id }) => id)));
"""


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(NO_ROOM)


def data(course: Course, *profiles: str, language: str = "en") -> Any:
    edition = Edition(course.for_profiles(profiles), language)
    return compile_course_data(edition, "scorm12", Audience())


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, str):
        yield value


def page_ids(found: Any) -> list[str]:
    return [page["id"] for block in found["blocks"] for page in block["pages"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", ["student", "municipal"])
def test_one_profiles_package_names_its_own_people_in_every_sentence(
    course: Course, language: str, profile: str
) -> None:
    staff = Edition(course, language)
    texts = "\n".join(texts_in(data(course, profile, language=language)))
    for noun in ("manager", "second_contact"):
        own = staff.plain(f"profile.{profile}.{noun}")
        assert own
        assert own in texts
    for wrong in ("\ue001", "data-profile", "{second_contact}"):
        assert wrong not in texts
    default = "\n".join(texts_in(data(course, language=language)))
    assert staff.plain(f"profile.{profile}.manager") not in default


def test_staff_get_what_they_got_before_there_were_profiles(course: Course) -> None:
    found = data(course)
    assert "profiles" not in found
    assert not [one for one in page_ids(found) if "student" in one or "municipal" in one]
    assert data(course, "staff") == found
    assert len(found["roles"]["choices"]) == 7


def test_a_profile_with_one_role_is_asked_nothing(course: Course) -> None:
    park, municipal = data(course, "holiday-park"), data(course, "municipal")
    assert park["roles"] is None
    assert "profiles" not in park
    assert "welcome-work" not in page_ids(park)
    assert {"look-park", "shift-park"} & set(page_ids(park))
    assert [one["guest"] for one in municipal["profiles"]] == ["municipal"]


def test_every_profile_takes_the_same_check(course: Course) -> None:
    asked = [
        [(one["id"], one["must_pass"], [(o["id"], o["right"]) for o in one["options"]])
         for one in data(course, profile)["check"]["questions"]]
        for profile in ("staff", "holiday-park", "student", "municipal")
    ]  # fmt: skip
    assert asked.count(asked[0]) == len(asked)


@pytest.mark.parametrize("profile", ["staff", "student", "municipal"])
def test_builder_and_player_agree_on_what_a_profile_gets(course: Course, profile: str) -> None:
    several = data(course, "staff", "student", "municipal")
    role: Role = "security" if profile == "municipal" else "housekeeping"
    given = json.dumps({"course": several, "role": role_key(role), "profile": profile_key(profile)})
    command = ["node", "--input-type=module", "-e", _PLAYERS_PAGES]
    run = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    own = course.for_profiles([profile])
    alone = [page.value.id for page in own.pages(role)]
    assert json.loads(run.stdout) == alone


def test_several_profiles_stand_side_by_side_and_the_first_screen_stays_small(
    course: Course,
) -> None:
    found = data(course, "staff", "student", "municipal", language="ar")
    assert [one.get("guest") for one in found["profiles"]] == [None, "student", "municipal"]
    marked = next(page for page in found["blocks"][5]["pages"] if page["id"] == "act-after")
    for profile in ("staff", "student", "municipal"):
        assert f'data-profile="{profile_key(profile)}"' in marked["html"]
    script = link_player("scorm12").script
    first, _ = split_course(found, script)
    size = len(json.dumps(first, ensure_ascii=False).encode()) + len(script)
    assert size <= FIRST_SCREEN_BYTES


def test_every_profile_and_role_stays_within_the_courses_minutes(course: Course) -> None:
    times = reading_times(course)
    assert {time.profile for time in times} == {"", "holiday-park", "student", "municipal"}
    assert max(time.seconds for time in times) <= seconds("20:00")
    assert reading_problems(course, times, []) == []


def test_the_command_names_packages_by_their_profile(noroom: Noroom, tmp_path: Path) -> None:
    options = ["--standard", "scorm12", "--language", "en", "--allow-draft", "--out", tmp_path]
    asked = noroom("build", NO_ROOM, *options, "--profile", "student")
    assert asked.exit_code == 0
    assert [one.name for one in tmp_path.glob("*.zip")] == ["no-room-0.1.0-scorm12-en-student.zip"]


def test_an_unknown_profile_is_said_of_the_command_and_of_a_chain(tmp_path: Path) -> None:
    folder = tmp_path / "programme"
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "programme.yaml").write_text("name: A\niri: https://id.a.example\n", "utf-8")
    (folder / "chains" / "acme" / "chain.yaml").write_text("name: A\nprofiles: [pupil]\n", "utf-8")
    request = BuildRequest(
        NO_ROOM, tmp_path / "out", ["scorm12"], ["en"], ["acme"], folder, allow_draft=True,
        profiles=["studnet"],
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        build_packages(request)
    said = {(problem.what, problem.fix) for problem in refused.value.problems}
    assert ('there is no profile "studnet"', 'Did you mean "student"?') in said
    assert any(what == 'there is no profile "pupil"' for what, _ in said)
    assert not (tmp_path / "out").exists()


def test_a_translation_cannot_turn_the_rule_round_either(course: Course) -> None:
    from scorm_builder.checks.check_profiles import translated_words

    found = translated_words(course, "nl", {"profile.student.manager": "niemand"})
    assert [problem.code for problem in found] == ["profile-words"]
