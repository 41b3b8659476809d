"""docs/course-format.md says what the models say."""

from __future__ import annotations

from scorm_builder.course.course_format import course_format
from tests.builder.conftest import ROOT

FILE = ROOT / "docs" / "course-format.md"


def test_course_format_is_current(update_golden: bool) -> None:
    made = course_format()
    if update_golden:
        FILE.write_text(made, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == made


def test_course_format_tells_the_limits_of_a_field() -> None:
    made = course_format()
    assert "| `title` | plain text, at most 200 characters | required |" in made
    assert "| `cards` | list of card, 2 to 8 | required |" in made
    assert "| `pass` | whole number, 1 to 50 | required |" in made
    assert "| `breakpoint` | `true` or `false` | `false` |" in made
