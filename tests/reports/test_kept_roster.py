"""A roster is read once; whatever it depends on makes it be read anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people import kept_roster
from xapi_lrs_reports.people.kept_roster import read_or_keep_roster
from xapi_lrs_reports.people.roster import Roster, read_roster

HOTEL = Hotel("acme-1", "Acme One", "acme", None, "en", None)
SALTS = {"acme": "acme", "bellevue": "other"}
ROSTER = (
    "hotel,employee,department,joined,aliases\n"
    "acme-1,e-100,Bar,2026-01-01,jane@acme.example\nacme-1,guest,,,\nacme-1,e-100,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def read(folder: Path, hotel: Hotel = HOTEL, salts: dict[str, str] = SALTS) -> Roster:
    kept = kept_roster.kept_file(folder)
    return read_or_keep_roster(folder / "roster.csv", kept, {hotel.hotel: hotel}, salts)


def test_what_is_kept_is_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(folder)
    assert first == read_roster(folder / "roster.csv", {"acme-1": HOTEL}, SALTS)
    assert first.rows and first.aliases and first.warnings

    def never(*_: object) -> Roster:
        raise AssertionError("the roster was read again")

    monkeypatch.setattr(kept_roster, "read_roster", never)
    assert read(folder) == first


def test_another_file_chain_or_salt_is_read_anew(folder: Path) -> None:
    learner = read(folder).rows[0].learner
    assert read(folder, salts={**SALTS, "acme": "pepper"}).rows[0].learner != learner
    moved = dataclasses.replace(HOTEL, chain="bellevue")
    assert read(folder, moved).rows[0].learner.startswith("bellevue/")
    (folder / "roster.csv").write_text(ROSTER.replace("e-100", "e-200"), encoding="utf-8")
    assert learner not in {row.learner for row in read(folder).rows}
    assert read(folder).rows[0].learner != learner


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-9]),
        lambda file: file.write_bytes(b"\x92\xa1a\x05"),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_a_damaged_copy_is_of_no_account(folder: Path, damage: Callable[[Path], object]) -> None:
    first = read(folder)
    damage(kept_roster.kept_file(folder))
    assert read(folder) == first


def test_it_holds_no_id_and_is_its_owners_alone(folder: Path) -> None:
    read(folder)
    kept = kept_roster.kept_file(folder)
    content = kept.read_bytes()
    assert b"e-100" not in content and b"jane" not in content
    assert kept.stat().st_mode & 0o777 == 0o600


def test_without_a_store_nothing_is_kept(folder: Path) -> None:
    (folder / "store").rmdir()
    assert read(folder).rows
    assert not (folder / "store").exists()
