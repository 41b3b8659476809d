"""Limits that no small course reaches, and both sides of the rules on the check."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from programme.problems import InputError
from scorm_builder.checks import check_whole
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import ProfileChoice
from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from tests.builder.conftest import ROOT, TINY


def codes(course: Path) -> list[str]:
    """Load a course and give the codes of what is wrong with it."""
    try:
        return [problem.code for problem in load_course(course, ["en"]).warnings]
    except InputError as error:
        return [problem.code for problem in error.problems]


_WORST = """
import { readFileSync } from "node:fs";
import { encode } from "./scorm_builder/player/state/suspend_data.js";
const course = JSON.parse(readFileSync(0, "utf8"));
const pages = course.blocks.flatMap((block) => block.pages);
const drawn = course.check.questions.slice(0, course.check.draw).map((one) => one.key);
const verbs = ["initialized", "completed", "passed", "failed", "suspended", "terminated"];
const facts = Array.from({ length: 16 }, (_, i) => ({
  verb: verbs[i % 6], n: 9999, time: Date.UTC(2059, 0, 1), language: "pt-BR",
  version: `10.20.${300 + i}`, right: drawn.length, draw: drawn.length, hotel: "1MENF",
  guest: course.profiles?.[1]?.guest,
}));
const progress = {
  registration: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", session: 9999, bookmark: pages[0].key,
  seen: pages.map((page) => page.key), done: true, facts, hotel: "1MENF",
  profile: course.profiles?.[1]?.key, recording: true, ended: false,
  statements: pages.flatMap((page) => (page.statements ?? []).map((one) => one.key)),
  check: { drawn, right: drawn, wrong: drawn, failedTries: 999 },
};
process.stdout.write(encode(course, progress));
"""


def test_no_player_writes_more_than_the_worst_suspend_data() -> None:
    """The player itself, in Node, with everything done and every fact unsent."""
    _within_the_bound(load_course(TINY))


def test_nor_does_it_for_a_guest_whose_profile_has_a_long_name() -> None:
    course = load_course(TINY)
    guest = ProfileChoice(id="g" + 39 * "u", title="Guest", counts=False)
    profiles = [ProfileChoice(id="staff", title="Employee"), guest]
    settings = course.settings.value.model_copy(update={"profiles": profiles})
    changed = replace(course, settings=replace(course.settings, value=settings))
    _within_the_bound(changed.for_everybody())


def _within_the_bound(course: Course) -> None:
    data = compile_course_data(Edition(course, "en"), "scorm12", Audience())
    command = ["node", "--input-type=module", "-e", _WORST]
    run = subprocess.run(
        command, cwd=ROOT, input=json.dumps(data), capture_output=True, text=True, check=True
    )
    bound = check_whole.worst_suspend_data(course)
    assert bound - 150 < len(run.stdout) <= bound


def test_a_course_too_long_for_suspend_data_is_refused() -> None:
    course = load_course(TINY)
    long = replace(course, blocks=course.blocks * 60)
    assert check_whole.worst_suspend_data(long) > 1500
    assert "suspend-data" in [problem.code for problem in check_whole.problems(long)]


@pytest.mark.parametrize(
    ("must_pass", "settings", "wanted"),
    [
        (1, "draw: 2, pass: 1", []),
        (2, "draw: 2, pass: 1", ["check-must-pass"]),
        (2, "draw: 2, pass: 2", []),
        (3, "draw: 2, pass: 2", ["check-must-pass"]),
        (0, "draw: 4, pass: 4", ["check-pool"]),
        (0, "draw: 5, pass: 4", ["check-draw"]),
        (0, "draw: 2, pass: 3", ["check-pass"]),
    ],
)
def test_the_pass_mark_can_be_reached(
    course: Path, must_pass: int, settings: str, wanted: list[str]
) -> None:
    pool = (course / "questions.yaml").read_text(encoding="utf-8")
    pool = pool.replace("  must_pass: true\n", "")
    for kind in ["  kind: choose_one\n  text: " + text for text in ("You see", "A guest", "You d")]:
        if must_pass:
            pool = pool.replace(kind, kind.replace("\n  text", "\n  must_pass: true\n  text"))
            must_pass -= 1
    (course / "questions.yaml").write_text(pool, encoding="utf-8")
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8").replace("draw: 2, pass: 1", settings)
    file.write_text(text, encoding="utf-8")
    assert codes(course) == wanted


def test_two_ids_with_one_short_key_are_refused(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No two ids of the tiny course collide, so a key of two letters stands in for the real one."""
    monkeypatch.setattr("scorm_builder.checks.check_pages.page_key", lambda page: page[:1])
    found = codes(course)
    assert set(found) == {"key-collision"}


def test_without_a_check_nothing_asks_for_one(course: Path) -> None:
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8")
    line = "check: { draw: 2, pass: 1, questions: questions.yaml }\n"
    file.write_text(text.replace(line, ""), encoding="utf-8")
    assert codes(course) == ["check-page"]
    block = course / "blocks" / "1-act.yaml"
    act = block.read_text(encoding="utf-8").replace("kind: check", "kind: text")
    block.write_text(act, encoding="utf-8")
    assert codes(course) == []
