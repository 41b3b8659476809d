"""What is kept between builds is right or is not used; no folder is needed for it."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scorm_builder.link.link_player import link_player
from scorm_builder.package.kept_results import MOST_ENTRIES, cache_folder, kept

PARTS = [b"first \xff", b"", b"third" * 1000]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOROOM_CACHE", str(tmp_path / "cache" / "noroom"))
    return tmp_path / "cache" / "noroom"


def unused() -> list[bytes]:
    raise AssertionError("made again")


def test_it_is_made_once_for_the_same_reasons(folder: Path) -> None:
    assert kept([b"a", b"b"], lambda: PARTS) == PARTS
    assert kept([b"a", b"b"], unused) == PARTS
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("reasons", [[b"ab"], [b"", b"ab"], [b"a", b"b", b""], [b"b", b"a"]])
def test_other_reasons_have_another_result(reasons: list[bytes]) -> None:
    kept([b"a", b"b"], lambda: PARTS)
    assert kept(reasons, lambda: [b"other"]) == [b"other"]


@pytest.mark.parametrize("damage", ["cut", "turned", "emptied", "lengthened"])
def test_a_damaged_entry_is_made_again(folder: Path, damage: str) -> None:
    kept([b"a"], lambda: PARTS)
    (entry,) = folder.iterdir()
    whole = entry.read_bytes()
    broken = {"cut": whole[:-1], "emptied": b"", "lengthened": whole + b"\0\0\0\1x"}
    entry.write_bytes(broken.get(damage, whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:]))
    assert kept([b"a"], lambda: [b"again"]) == [b"again"]
    assert kept([b"a"], unused) == [b"again"]


def test_no_more_is_kept_than_a_few_megabytes(folder: Path) -> None:
    for number in range(MOST_ENTRIES + 5):
        kept([str(number).encode()], lambda: PARTS)
        newest = max(folder.iterdir(), key=lambda one: one.stat().st_mtime_ns)
        os.utime(newest, ns=(number, number))
    assert len(list(folder.iterdir())) == MOST_ENTRIES
    assert kept([str(MOST_ENTRIES + 4).encode()], unused) == PARTS


def test_a_place_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("NOROOM_CACHE", str(tmp_path / "file" / "noroom"))
    assert kept([b"a"], lambda: PARTS) == PARTS
    assert kept([b"a"], lambda: [b"again"]) == [b"again"]


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(target: Path, content: bytes) -> int:
        with target.open("wb") as file:
            file.write(content[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert kept([b"a"], lambda: PARTS) == PARTS
    assert list(folder.iterdir()) == []


def test_nothing_is_kept_when_it_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NOROOM_CACHE", "off")
    assert cache_folder() is None
    assert kept([b"a"], lambda: PARTS) == PARTS
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_where_the_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOROOM_CACHE")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    places = {"linux": ".cache", "darwin": "Library/Caches", "win32": "AppData/Local"}
    monkeypatch.setenv("LOCALAPPDATA", "")
    for platform, place in places.items():
        monkeypatch.setattr("sys.platform", platform)
        assert cache_folder() == tmp_path / place / "noroom"


def test_builds_side_by_side_keep_the_same(folder: Path) -> None:
    together = threading.Barrier(8)

    def build(number: int) -> list[bytes]:
        together.wait()
        return [kept([reason], lambda: PARTS)[0] for reason in (b"a", b"b", b"c", b"d")]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(build, range(8)))
    assert results == [[PARTS[0]] * 4] * 8
    assert len(list(folder.iterdir())) == 4


def test_a_kept_player_is_the_one_that_is_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_player.__wrapped__
    made, again = link("scorm12"), link("scorm12")
    monkeypatch.setenv("NOROOM_CACHE", "off")
    assert made == again == link("scorm12")
