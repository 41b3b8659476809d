"""Roles: what the builder filters for one role is what the player filters for it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest

from programme.directory import read_programme
from programme.problems import InputError
from scorm_builder.chain.chain_course import course_for
from scorm_builder.checks.check_whole import worst_suspend_data
from scorm_builder.course.field_types import Role
from scorm_builder.course.load_course import load_course
from scorm_builder.course.short_keys import role_key
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from tests.builder.conftest import ROOT, Noroom

SHIFT = ROOT / "tests" / "courses" / "shift"
_PLAYERS_COURSE = """
import { readFileSync } from "node:fs";
import { courseOf } from "./scorm_builder/player/state/roles.js";
const { course, role } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(courseOf(course, role)));
"""


def data(role: Role | None = None) -> Any:
    edition = Edition(load_course(SHIFT), "en")
    return compile_course_data(edition, "scorm12", Audience(role=role))


def players_course(role: str) -> Any:
    """Give what the player makes of the course for everybody, without the marks of roles."""
    given = json.dumps({"course": data(), "role": role_key(role)})
    command = ["node", "--input-type=module", "-e", _PLAYERS_COURSE]
    run = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def without_marks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_marks(one) for key, one in value.items() if key != "roles"}
    return [without_marks(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("role", ["front_desk", "housekeeping", "security"])
def test_builder_and_player_agree_on_what_a_role_gets(role: Role) -> None:
    found = players_course(role)
    for block in found["blocks"]:
        block["pages"] = [page for page in block["pages"] if page["kind"] != "role"]
    assert without_marks(found) == without_marks(data(role))
    assert data(role)["roles"] is None


def test_the_choices_stand_in_the_order_of_the_author_with_their_words() -> None:
    roles = data()["roles"]
    assert roles["other"] == role_key("front_desk")
    assert [one["id"] for one in roles["choices"]] == ["front_desk", "housekeeping", "security"]
    assert roles["choices"][1] == {
        "id": "housekeeping",
        "key": role_key("housekeeping"),
        "title": "Housekeeping",
        "description": "Rooms, laundry and corridors.",
    }


def test_no_two_roles_share_a_short_key() -> None:
    assert len({role_key(role) for role in get_args(Role)}) == len(get_args(Role))


def test_one_who_tried_every_role_needs_most_room() -> None:
    course = load_course(SHIFT)
    each = [worst_suspend_data(course, role) for role in course.roles]
    assert max(each) < worst_suspend_data(course) < sum(each)


def test_a_chains_page_may_be_for_one_role_but_not_its_whole_block(tmp_path: Path) -> None:
    course = tmp_path / "course"
    (tmp_path / "programme" / "chains" / "acme").mkdir(parents=True)
    text = (SHIFT / "blocks" / "0-look.yaml").read_text(encoding="utf-8")
    for file in SHIFT.rglob("*.yaml"):
        target = course / file.relative_to(SHIFT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (course / "blocks" / "0-look.yaml").write_text(
        text.replace("breakpoint: true", "breakpoint: true\nchain_pages: true"), encoding="utf-8"
    )
    folder = tmp_path / "programme" / "chains" / "acme"
    (tmp_path / "programme" / "programme.yaml").write_text(
        "name: P\niri: https://id.noroom.example\n", encoding="utf-8"
    )
    (folder / "chain.yaml").write_text(
        "name: Acme\nextra_pages:\n  - { after: look, files: { en: ours.yaml } }\n",
        encoding="utf-8",
    )
    (folder / "ours.yaml").write_text(
        "id: ours\ntitle: Ours\nminutes: '0:30'\npages:\n"
        "  - { id: o-one, kind: text, title: One, text: For us., roles: [security] }\n"
        "  - { id: o-all, kind: text, title: All, text: For all. }\n",
        encoding="utf-8",
    )
    programme, loaded = read_programme(tmp_path / "programme"), load_course(course)
    found = course_for(loaded, programme, "acme", "en")
    assert "o-one" in [page.value.id for page in found.pages("security")]
    assert "o-one" not in [page.value.id for page in found.pages("front_desk")]
    ours = (folder / "ours.yaml").read_text(encoding="utf-8")
    (folder / "ours.yaml").write_text(ours.rsplit("  - ", 1)[0], encoding="utf-8")
    with pytest.raises(InputError) as refused:
        course_for(loaded, programme, "acme", "en")
    assert [problem.code for problem in refused.value.problems] == ["role-block-empty"]


def test_a_course_with_roles_is_one_sco(tmp_path: Path, programme: Path, noroom: Noroom) -> None:
    chain = programme / "chains" / "zeta" / "chain.yaml"
    chain.write_text("name: Zeta\noptions: { scos: per_block }\n", encoding="utf-8")
    wanted = ("--programme", programme, "--chain", "zeta", "--standard", "scorm2004-4")
    result = noroom("build", SHIFT, "--out", tmp_path / "out", *wanted)
    assert result.exit_code == 1
    assert "error[scos-roles]" in result.stderr
