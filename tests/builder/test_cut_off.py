"""Media that were cut off, in files as FFmpeg writes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scorm_builder.media.cut_off import is_cut_off

TESTS = Path(__file__).parents[1]
FILES = [
    "builder/media/whole.mp3",
    "builder/media/whole.m4a",
    "builder/media/whole.webm",
    "courses/film/media/shift.mp4",
]


@pytest.fixture(params=FILES)
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(TESTS / request.param, tmp_path))


def test_a_whole_file_is_not_cut_off(media: Path) -> None:
    assert not is_cut_off(media)


@pytest.mark.parametrize("share", [0.999, 0.7, 0.5])
def test_a_file_that_lost_its_end_is(media: Path, share: float) -> None:
    content = media.read_bytes()
    media.write_bytes(content[: int(len(content) * share)])
    assert is_cut_off(media)


def test_a_beginning_that_does_not_say_how_long_it_should_be_is_no_error(media: Path) -> None:
    content = media.read_bytes()
    for length in range(64):
        media.write_bytes(content[:length])
        is_cut_off(media)
