"""Real mistakes of authors, each with the exact words that it gets.

tests/broken_courses/<mistake>/mistake.yaml lists edits of tests/courses/tiny, or of the course
that a first entry `of:` names; expected.txt is
what `noroom check` then prints. NOROOM_UPDATE_GOLDEN=1 rewrites it: review the difference.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.problems import InputError
from scorm_builder.course.load_course import load_course
from tests.builder.conftest import ROOT, TINY, Noroom

FOLDER = ROOT / "tests" / "broken_courses"
MISTAKES = sorted(path.parent.name for path in FOLDER.glob("*/mistake.yaml"))


def make_mistake(course: Path, edit: dict[str, Any]) -> None:
    """Carry out one edit: `find`/`put` (once), `content`, `encode`, `link_to`, `delete`, `of`."""
    if "of" in edit:
        shutil.rmtree(course)
        shutil.copytree(TINY.parent / edit["of"], course)
        return
    file = course / edit["file"]
    if "find" in edit:
        text = file.read_text(encoding="utf-8")
        assert text.count(edit["find"]) == edit.get("times", 1), f"not found: {edit}"
        file.write_text(text.replace(edit["find"], edit["put"]), encoding="utf-8")
    elif "content" in edit:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(edit["content"], encoding="utf-8")
    elif "encode" in edit:
        file.write_bytes(file.read_text(encoding="utf-8").encode(edit["encode"]))
    elif "link_to" in edit:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(edit["link_to"])
    else:
        assert edit["delete"] is True
        file.unlink()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_says_what_is_wrong_where_and_what_to_write(
    course: Path, noroom: Noroom, mistake: str, update_golden: bool
) -> None:
    edits = yaml.safe_load((FOLDER / mistake / "mistake.yaml").read_text(encoding="utf-8"))
    for edit in edits:
        make_mistake(course, edit)
    result = noroom("check", course)
    expected = FOLDER / mistake / "expected.txt"
    if update_golden:
        expected.write_text(result.stderr, encoding="utf-8")
    assert result.stderr == expected.read_text(encoding="utf-8")
    is_error = " error" in result.stderr.splitlines()[-1]
    assert result.exit_code == (1 if is_error else 0)
    # Who has to take out words needs the table of times.
    timed = "error[time-" in result.stderr
    assert (result.stdout == "") == (is_error and not timed)
    assert "Traceback" not in result.stderr


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 20


JUNK = (
    b"\x00", b"\xff", b"\t", b": ", b"- ", b'"', b"{", b"}", b"&a ", b"*a", b"!!x ", b"\n---\n",
    b"|", b">", b"#, fuzzy\n", b"#~ ", b'msgctxt "x"\n', b"charset=foo", b"null", b"1e999",
    b"9" * 400, b"<b>", b"[a](b)", b"..", b"/", b'msgid_plural "a"\nmsgstr[0] "b"\n',
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_broken_is_a_problem_and_never_a_defect(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(path for path in TINY.rglob("*") if path.is_file())))
    content = file.read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        end = place + data.draw(st.integers(0, 30))
        content = content[:place] + data.draw(st.sampled_from(JUNK)) + content[end:]
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        shutil.copytree(TINY, course)
        (course / file.relative_to(TINY)).write_bytes(content)
        with contextlib.suppress(InputError):
            load_course(course)
