"""What stands between isolates in a text from right to left."""

from __future__ import annotations

import pytest

from scorm_builder.course.bidi import isolated_numbers, isolated_words, unbroken_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتصل +31 20 123", "اتصل \u2066+31\u00a020\u00a0123\u2069"),
        ("اتصل 0800-7000.", "اتصل \u20660800-7000\u2069."),
        ("الغرفة 12", "الغرفة 12"),
        ("12 غرفة و 3 ضيوف.", "12 غرفة و 3 ضيوف."),
        ('<a href="tel:+31 20">+31 20</a>', '<a href="tel:+31 20">\u2066+31\u00a020\u2069</a>'),
    ],
)
def test_numbers_to_dial(text: str, expected: str) -> None:
    assert isolated_numbers(text) == expected


def test_words_of_another_script() -> None:
    """A chain's Latin title is isolated; Arabic words, and those that are not there, are not."""
    words = {"manager": "Duty Manager", "second_contact": "مديرك", "emergency": "112", "course": ""}
    assert isolated_words(words) == {
        "manager": "\u2068Duty Manager\u2069",
        "second_contact": "مديرك",
        "emergency": "\u2068112\u2069",
        "course": "",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call +31 343 578 844.", "Call +31~343~578~844."),
        ("<p>0800 1207, day and night</p>", "<p>0800~1207, day and night</p>"),
        ("In 2026 10 rooms, 40 towels", "In 2026 10 rooms, 40 towels"),
    ],
)
def test_a_number_to_dial_stays_in_one_line(text: str, expected: str) -> None:
    assert unbroken_numbers(text) == expected.replace("~", "\u00a0")
