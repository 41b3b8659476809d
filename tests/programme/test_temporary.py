"""Temporary folders: gone however the work ends."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from programme.temporary import clear_left, temporary_folder, uninterrupted

ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("number", ENDING)
def test_a_second_signal_while_it_is_removed_leaves_nothing(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = shutil.rmtree

    def interrupted(*given: object, **options: object) -> None:
        signal.raise_signal(number)
        remove(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    before = signal.signal(number, signal.default_int_handler)
    try:
        with (
            pytest.raises(KeyboardInterrupt),
            temporary_folder("noroom-", tmp_path) as folder,
        ):
            (folder / "font.ttf").write_bytes(b"x")
            raise KeyboardInterrupt
    finally:
        signal.signal(number, before)
    assert list(tmp_path.iterdir()) == []


def test_signals_that_are_ignored_stay_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with uninterrupted():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_where_nobody_may_write_the_system_s_folder_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with temporary_folder("noroom-", tmp_path) as folder:
        assert folder.parent != tmp_path


def test_what_kill_9_left_in_the_system_s_folder_goes_with_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, young, other = (
        tmp_path / f"noroom-{name}" for name in ("a-abc12345", "a-x1y2z3w4", "a-b")
    )
    link, file = tmp_path / "noroom-a-linked_1", tmp_path / "noroom-abc12345"
    for folder in (left, young, other):
        folder.mkdir()
        (folder / "font.ttf").write_bytes(b"x")
    link.symlink_to(other)
    file.write_bytes(b"pseudonyms")
    for path in (left, other, file, link):
        os.utime(path, (0, 0), follow_symlinks=False)
    with temporary_folder("noroom-a-"):
        assert not left.exists()
    clear_left("noroom-")
    assert sorted(tmp_path.iterdir()) == sorted([young, other, link])
    assert (other / "font.ttf").exists()
