"""Films and their captions: what goes into a package, and what is said of files people hand in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.problems import InputError, Problem
from scorm_builder.course.load_course import load_course
from scorm_builder.media.cut_off import EBML
from scorm_builder.media.films import LARGE_BYTES, MOST_BYTES, film_data
from scorm_builder.media.web_vtt import read_captions
from scorm_builder.translate.notes import translator_notes
from tests.builder.conftest import ROOT

COURSE = ROOT / "tests" / "courses" / "film"


@pytest.fixture
def filmed(tmp_path: Path) -> Path:
    """A copy of the course with a film."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


def problems(course: Path) -> list[Problem]:
    try:
        return list(load_course(course).warnings)
    except InputError as error:
        return error.problems


def test_a_language_has_its_own_film_or_the_one_for_all(filmed: Path) -> None:
    shutil.copy(filmed / "media" / "shift.mp4", filmed / "media" / "nl" / "shift.mp4")
    with (filmed / "media" / "nl" / "shift.mp4").open("ab") as dubbed:
        dubbed.write(b"\0" * 8)
    course = load_course(filmed)
    english, dutch = (film_data(course, "shift.mp4", one) for one in ("en", "nl"))
    assert dutch["bytes"] == english["bytes"] + 8
    assert english["src"] != dutch["src"]
    assert english["captions"] == [
        [0.0, 1.0, "<v Guest>Soap &amp;\ntowels.</v>"],
        [1.0, 2.0, "I tell my <b>manager</b>."],
    ]


def test_captions_of_a_language_that_is_not_built_may_be_missing(filmed: Path) -> None:
    (filmed / "media" / "nl" / "shift.vtt").unlink()
    assert load_course(filmed, ["en"]).languages.keys() == {"en", "nl"}
    assert [one.code for one in problems(filmed)] == ["captions-missing"]


@pytest.mark.parametrize(
    ("size", "found"),
    [(LARGE_BYTES, []), (LARGE_BYTES + 1, ["warning"]), (MOST_BYTES + 1, ["error"])],
)
def test_a_large_film_is_named(filmed: Path, size: int, found: list[str]) -> None:
    with (filmed / "media" / "shift.mp4").open("r+b") as film:
        film.truncate(size)
    assert [one.severity for one in problems(filmed)] == found
    assert all(one.code == "media-large" for one in problems(filmed))


def test_webm_is_known_by_its_first_bytes(filmed: Path) -> None:
    block = filmed / "blocks" / "0-look.yaml"
    block.write_text(block.read_text("utf-8").replace("shift.mp4", "shift.webm"), "utf-8")
    (filmed / "media" / "shift.webm").write_bytes(EBML + b"\x9fB\x86\x81\x01B\xf7\x81")
    assert problems(filmed) == []
    shutil.copy(filmed / "media" / "shift.mp4", filmed / "media" / "shift.webm")
    assert [one.code for one in problems(filmed)] == ["media-content"]


def test_windows_line_ends_and_a_byte_order_mark_are_read(filmed: Path) -> None:
    file = filmed / "media" / "en" / "shift.vtt"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(filmed) == []
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))
    assert [one.file for one in problems(filmed)] == [str(file)]


_LINES = st.sampled_from(
    ["WEBVTT", "", "NOTE x", "1", "00:01.000 --> 00:02.000", "00:02.000 --> 00:01.000", "-->",
     "01:00:00.000 --> 01:00:00.000", "words", "<b>", "a & b < c", "STYLE",
     "\u2028", "<v Ana>hi</v>"]
)  # fmt: skip


@given(st.lists(_LINES, max_size=12), st.booleans())
def test_whatever_stands_in_a_file_captions_without_faults_can_be_shown(
    lines: list[str], headed: bool
) -> None:
    cues, faults = read_captions("\n".join(["WEBVTT", "", *lines] if headed else lines))
    assert cues or faults
    if not any(not fault.warning for fault in faults):
        assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
        assert all(cue.text and cue.start < cue.end for cue in cues)


def test_translators_are_told_what_a_film_is() -> None:
    said = translator_notes(load_course(COURSE))["page.shift.transcript"][0]
    assert "screen “A night shift” (a film, and the same as pictures and as words)" in said
    assert said.endswith(": what the film says and shows, for who reads it instead.")
