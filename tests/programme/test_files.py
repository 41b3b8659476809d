"""What stands where a file should: told apart, never waited for, never read without an end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.files import instead_of_file, is_there, open_file, read_bytes


def dead_link(path: Path) -> None:
    path.symlink_to("share-that-is-not-mounted")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "a folder"),
        (os.mkfifo, "a pipe or a device"),
        (device, "a pipe or a device"),
        (dead_link, "a link that leads nowhere"),
        (circle, "a link that leads back to itself"),
        (Path.touch, ""),
        (str, ""),
    ],
)
def test_what_stands_there_has_a_name(
    tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "it"
    make(path)
    assert instead_of_file(path) == words
    assert is_there(path) is (make is not str)
    if words or make is str:
        with pytest.raises(OSError):
            open_file(path)


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "it"
    file.write_bytes(b"12345")
    assert read_bytes(file, 5) == b"12345"
    with pytest.raises(OSError, match="it has 5 bytes, and at most 4 are read"):
        read_bytes(file, 4)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux alone has such files")
def test_a_file_that_is_longer_than_it_said_is_not_read_to_its_end() -> None:
    """As one that grows while it is read: the kernel says 0 bytes of its own."""
    with pytest.raises(OSError, match="at most 10 are read"):
        read_bytes(Path("/proc/self/status"), 10)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="a shell's <(…) needs /dev/fd")
def test_a_pipe_that_a_shell_names_is_read_where_that_is_wanted() -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, b"key")
        os.close(writing)
        path = Path(f"/dev/fd/{reading}")
        with pytest.raises(OSError, match="a pipe or a device"):
            open_file(path)
        assert read_bytes(path, 10, or_pipe_of_shell=True) == b"key"
    finally:
        os.close(reading)
