"""`noroom build --against OLD.zip`: what an update does to learners who are in the middle."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scorm_builder.lint.compare_update import back_to
from tests.builder.conftest import ROOT, Noroom
from tests.builder.packages import good

BUILD = ("--standard", "scorm12", "--language", "en", "--out")
Answer = dict[str, list[dict[str, Any]]]
PAGE = "\n  - id: extra\n    kind: text\n    title: More\n    text: More.\n"


def edit(file: str, find: str, put: str) -> None:
    path = Path("course") / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), encoding="utf-8")


def next_version() -> None:
    edit("course.yaml", "version: 1.0.0", "version: 1.1.0")


@pytest.fixture
def old(course: Path, noroom: Noroom) -> Path:
    """The tiny course as it is in use."""
    result = noroom("build", course, *BUILD, "old")
    assert result.exit_code == 0, result.stderr
    (package,) = Path("old").glob("*.zip")
    return package


def update(noroom: Noroom, old: Path, *options: str) -> tuple[int, Answer]:
    result = noroom("build", "course", *BUILD, "new", "--against", old, "--json", *options)
    assert result.exit_code in (0, 1), result.stderr
    return result.exit_code, json.loads(result.stdout)


def codes(answer: Answer) -> set[object]:
    return {one["code"] for one in answer["problems"]}


def test_the_same_again_changes_nothing(old: Path, noroom: Noroom) -> None:
    code, answer = update(noroom, old)
    assert code == 0
    (found,) = answer["against"]
    assert found["verdict"] == "same"
    assert found["reasons"] == []


def test_a_corrected_text_is_safe(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("blocks/0-look.yaml", "One signal is no proof.", "A single signal is no proof.")
    code, answer = update(noroom, old)
    assert code == 0
    (found,) = answer["against"]
    assert (found["verdict"], found["back_to"]) == ("safe", [])
    assert (found["old_version"], found["new_version"]) == ("1.0.0", "1.1.0")


def test_a_new_page_in_the_middle_sends_learners_back(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("blocks/0-look.yaml", "\n  - id: cards\n", f"{PAGE}  - id: cards\n")
    code, answer = update(noroom, old)
    assert code == 0
    (found,) = answer["against"]
    assert found["verdict"] == "back"
    assert found["back_to"] == [{"number": 2, "id": "extra"}]
    assert found["changes"]["pages"]["added"] == ["extra"]


def test_the_text_says_where_learners_go_back_to(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("blocks/0-look.yaml", "\n  - id: cards\n", f"{PAGE}  - id: cards\n")
    result = noroom("build", "course", *BUILD, "new", "--against", old)
    assert "who was further goes back once, to page 2 (extra)" in result.stderr
    assert "added (extra)" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_an_id_that_was_renamed_is_gone_and_new(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("blocks/0-look.yaml", "id: proof", "id: one-sign")
    _, answer = update(noroom, old)
    change = answer["against"][0]["changes"]["statements"]
    assert (change["removed"], change["added"]) == (
        ["statements/proof"],
        ["statements/one-sign"],
    )


@pytest.mark.parametrize("major", [False, True])
def test_other_content_needs_another_version(old: Path, noroom: Noroom, major: bool) -> None:
    edit("blocks/0-look.yaml", "One signal is no proof.", "A single signal is no proof.")
    code, answer = update(noroom, old, *(["--major"] if major else []))
    assert code == (0 if major else 1)
    assert answer["against"][0]["verdict"] == "new_version"
    assert Path("new").exists() is major
    if not major:
        assert codes(answer) == {"update-version"}


def test_another_course_id_is_refused(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("course.yaml", "id: tiny", "id: small")
    code, answer = update(noroom, old)
    assert code == 1
    assert "update-course" in codes(answer)


def test_a_draw_that_could_not_be_completed_is_refused(old: Path, noroom: Noroom) -> None:
    next_version()
    text = Path("course/questions.yaml").read_text(encoding="utf-8")
    renamed = re.sub(r"id: q-", "id: r-", text)
    Path("course/questions.yaml").write_text(renamed, encoding="utf-8")
    code, answer = update(noroom, old)
    assert code == 1
    assert codes(answer) == {"update-draw"}
    assert not Path("new").exists()


def test_a_new_question_that_must_be_right_is_refused(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("questions.yaml", "  must_pass: true\n", "")
    edit("questions.yaml", "- id: q-cash\n", "- id: q-cash\n  must_pass: true\n")
    code, answer = update(noroom, old)
    assert code == 1
    assert codes(answer) == {"update-draw"}


def test_another_pass_mark_is_said(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("course.yaml", "pass: 1", "pass: 2")
    result = noroom("build", "course", *BUILD, "new", "--against", old)
    assert result.exit_code == 0
    assert "warning[update-pass-mark]" in result.stderr


def test_a_check_that_goes_is_refused(old: Path, noroom: Noroom) -> None:
    next_version()
    edit("course.yaml", "check: { draw: 2, pass: 1, questions: questions.yaml }\n", "")
    act = Path("course/blocks/1-act.yaml")
    text = act.read_text(encoding="utf-8")
    act.write_text(re.sub(r"  - id: \S+\n    kind: check\n(    .*\n)*", "", text), encoding="utf-8")
    code, answer = update(noroom, old)
    assert code == 1
    assert "update-check" in codes(answer)


def test_a_package_that_matches_nothing_is_refused(old: Path, noroom: Noroom) -> None:
    options = ("--standard", "scorm2004-4", "--language", "en", "--out", "new")
    result = noroom("build", "course", *options, "--against", old)
    assert result.exit_code == 1
    assert "it is scorm12 in en" in result.stderr
    assert not Path("new").exists()


def test_only_packages_of_ours_can_be_compared(course: Path, noroom: Noroom) -> None:
    Path("other.zip").write_bytes(good("scorm12"))
    Path("text.zip").write_text("no zip", encoding="utf-8")
    for name, code in [
        ("other.zip", "against-foreign"),
        ("text.zip", "against-foreign"),
        ("gone.zip", "package-unreadable"),
    ]:
        result = noroom("build", course, *BUILD, "new", "--against", name)
        assert result.exit_code == 1
        assert f"error[{code}]" in result.stderr
        assert not Path("new").exists()


def test_each_old_package_meets_its_own_chain(
    course: Path, noroom: Noroom, programme: Path
) -> None:
    chains = ["acme", "yota", "zeta"]
    shutil.copytree(programme / "chains" / "zeta", programme / "chains" / "yota")
    options = ("--programme", programme, *BUILD)
    noroom("build", course, *options, "old")
    next_version()
    olds = [str(path) for path in sorted(Path("old").rglob("*.zip"))]
    assert len(olds) == 3
    against = [word for path in olds for word in ("--against", path)]
    result = noroom("build", course, *options, "new", *against, "--json")
    pairs = {(one["old"], one["new"]) for one in json.loads(result.stdout)["against"]}
    new = "new/{}/tiny-1.1.0-scorm12-en.zip"
    assert pairs == {(old, new.format(chain)) for old, chain in zip(olds, chains, strict=True)}


def test_another_salt_would_make_learners_count_twice(
    course: Path, noroom: Noroom, programme: Path
) -> None:
    options = ("--programme", programme, "--chain", "acme", *BUILD)
    noroom("build", course, *options, "old")
    (package,) = Path("old").rglob("*.zip")
    chain = programme / "chains" / "acme" / "chain.yaml"
    text = chain.read_text(encoding="utf-8")
    chain.write_text(text.replace("pepper", "saffron"), encoding="utf-8")
    result = noroom("build", course, *options, "new", "--against", package)
    assert result.exit_code == 1
    assert "error[update-learners]" in result.stderr


PLAYER = ROOT / "scorm_builder" / "player" / "state" / "course_map.js"
ASK_THE_PLAYER = """
import { furthestStop } from PLAYER;
const pairs = JSON.parse(process.argv[1]);
const answers = pairs.map(([before, after]) => {
  const stops = after.map((key) => ({ page: { key } }));
  const found = new Set();
  for (let seen = 1; seen <= before.length; seen += 1) {
    const progress = { seen: before.slice(0, seen) };
    const reached = Math.max(-1, ...progress.seen.map((key) => after.indexOf(key)));
    const next = furthestStop(stops, progress);
    if (next < reached) found.add(next + 1);
  }
  return [...found];
});
console.log(JSON.stringify(answers));
"""


def test_the_player_agrees_where_learners_go_back_to() -> None:
    chance = random.Random(7)  # noqa: S311 - examples, not secrets
    pairs = []
    for _ in range(200):
        before = chance.sample("abcdefgh", chance.randint(1, 8))
        after = chance.sample("abcdefghij", chance.randint(1, 10))
        pairs.append((before, after))
    script = ASK_THE_PLAYER.replace("PLAYER", json.dumps(PLAYER.as_uri()))
    command = ["node", "--input-type=module", "--eval", script, json.dumps(pairs)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = [[page.number for page in back_to(before, after)] for before, after in pairs]
    assert ours == json.loads(run.stdout)
    assert sum(map(bool, ours)) > 20


def edited(old: Path, find: bytes, put: bytes) -> Path:
    """Give the old package with something in its course data replaced."""
    made = Path("edited.zip")
    with zipfile.ZipFile(old) as archive, zipfile.ZipFile(made, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name.startswith("course-"):
                assert find in content
                content = content.replace(find, put, 1)
            target.writestr(name, content)
    return made


@pytest.mark.parametrize(
    ("find", "put"),
    [
        (b'"draw":2', b'"draw":"two"'),
        (b'"draw":2', b'"draw":0'),
        (b'"pass":1', b'"pass":null'),
        (b'"questions":[', b'"questions":[null,'),
        (b'"questions":[', b'"questions":[{"id":7},'),
        (b'"check":{', b'"check":"none","was":{'),
        (b'"tracking":null', b'"tracking":[1]'),
    ],
)
def test_an_old_package_that_somebody_has_edited_is_named(
    old: Path, noroom: Noroom, find: bytes, put: bytes
) -> None:
    made = edited(old, find, put)
    result = noroom("build", "course", *BUILD, "new", "--against", made)
    assert result.exit_code == 1
    assert "edited.zip: error[against-foreign]" in result.stderr
    assert not Path("new").exists()
