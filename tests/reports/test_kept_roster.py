"""A roster is read once; whatever it depends on makes it be read anew."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people import kept_roster
from xapi_lrs_reports.people.kept_roster import read_or_keep_roster
from xapi_lrs_reports.people.kept_rows import (
    KeptRows,
    begins_of,
    keep_rows,
    last_days_of,
    rows_of,
    with_others,
)
from xapi_lrs_reports.people.roster import Employment, Roster, read_roster

HOTEL = Hotel("acme-1", "Acme One", "acme", None, "en", None)
SALTS = {"acme": "acme", "bellevue": "other"}
ROSTER = (
    "hotel,employee,department,joined,aliases\n"
    "acme-1,e-100,Bar,2026-01-01,jane@acme.example\nacme-1,guest,,,\nacme-1,e-100,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept_roster, "WORTH_KEEPING", 1)
    (tmp_path / "store").mkdir()
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def read(folder: Path, hotel: Hotel = HOTEL, salts: dict[str, str] = SALTS) -> Roster:
    kept = kept_roster.kept_file(folder)
    return read_or_keep_roster(folder / "roster.csv", kept, {hotel.hotel: hotel}, salts)


def as_plain(roster: Roster) -> Roster:
    return dataclasses.replace(roster, rows=list(roster.rows))


def test_what_is_kept_is_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(folder)
    plain = read_roster(folder / "roster.csv", {"acme-1": HOTEL}, SALTS)
    assert as_plain(first) == plain
    assert plain.rows and plain.aliases and plain.warnings

    def never(*_: object) -> Roster:
        raise AssertionError("the roster was read again")

    monkeypatch.setattr(kept_roster, "read_roster", never)
    again = read(folder)
    assert isinstance(again.rows, KeptRows)
    assert as_plain(again) == plain


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
    first = as_plain(read(folder))
    damage(kept_roster.kept_file(folder))
    assert as_plain(read(folder)) == first
    damage(kept_roster.rows_file(kept_roster.kept_file(folder)))
    assert as_plain(read(folder)) == first


def test_it_holds_no_id_and_is_its_owners_alone(folder: Path) -> None:
    read(folder)
    kept = kept_roster.kept_file(folder)
    for file in (kept, kept_roster.rows_file(kept)):
        content = file.read_bytes()
        assert b"e-100" not in content and b"jane" not in content
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_report_that_forget_overtakes_reads_what_it_began_with(folder: Path) -> None:
    first = read(folder)
    plain, again = (
        as_plain(read_roster(folder / "roster.csv", {"acme-1": HOTEL}, SALTS)),
        read(folder),
    )
    kept_roster.drop_kept_roster(folder)
    (folder / "roster.csv").write_text(ROSTER.replace("e-100", "e-200"), encoding="utf-8")
    assert as_plain(read(folder)) != plain, "which puts another file in that place"
    assert [as_plain(roster) for roster in (first, again)] == [plain, plain]


def test_a_report_that_read_before_forget_keeps_nobody_after_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(rows: Sequence[Employment], file: Path) -> KeptRows:
        (folder / "roster.csv").write_text(ROSTER.replace("e-100", "anonymous"), encoding="utf-8")
        kept_roster.drop_kept_roster(folder)
        return keep_rows(rows, file)

    monkeypatch.setattr(kept_roster, "keep_rows", overtaken)
    assert read(folder).rows
    assert list((folder / "store").iterdir()) == []


def test_without_a_store_nothing_is_kept(folder: Path) -> None:
    (folder / "store").rmdir()
    assert read(folder).rows
    assert not (folder / "store").exists()


def test_a_small_roster_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_roster, "WORTH_KEEPING", 4)
    assert not isinstance(read(folder).rows, KeptRows)
    assert list((folder / "store").iterdir()) == []


def test_kept_rows_answer_as_a_list_does(folder: Path) -> None:
    csv = (
        "hotel,employee,joined,left\n"
        "acme-1,e-1,2026-01-01,2026-03-01\nacme-1,e-1,2026-06-01,2026-07-01\nacme-1,e-2,,2026-07-01\n"
        "acme-2,e-3,2026-02-01,\nacme-2,e-3,2025-02-01,2025-03-01\nacme-2,guest,2024-01-01,2024-02-01\n"
        "acme-3,e-4,2026-05-01,2026-07-02\n"
    )
    (folder / "roster.csv").write_text(csv, encoding="utf-8")
    hotels = {
        name: dataclasses.replace(HOTEL, hotel=name) for name in ("acme-1", "acme-2", "acme-3")
    }
    kept = read_or_keep_roster(
        folder / "roster.csv", kept_roster.kept_file(folder), hotels, SALTS
    ).rows
    rows = list(kept)
    assert isinstance(kept, KeptRows) and len(kept) == 7 and kept[1] == rows[1]
    assert begins_of(kept) == begins_of(rows)
    assert begins_of(rows) == {
        "acme-1": "0001-01-01",
        "acme-2": "2024-01-01",
        "acme-3": "2026-05-01",
    }
    assert last_days_of(kept) == last_days_of(rows) == {"2026-07-01": 2, "2026-07-02": 1}
    new = Employment("acme-2", "acme/x", "bar", "permanent", "2026-01-01", "9999-12-31")
    for hotels_out in ([], ["acme-1"], ["acme-2", "acme-3"]):
        other, listed = (with_others(one, hotels_out, [new]) for one in (kept, rows))
        assert Counter(other) == Counter(listed)
        twice, listed_twice = (with_others(one, ["acme-2"], []) for one in (other, listed))
        assert Counter(twice) == Counter(listed_twice)
        for some in (["acme-2"], ["acme-1", "acme-3"], []):
            assert Counter(rows_of(other, some)) == Counter(rows_of(listed, some))


def test_what_is_kept_is_for_its_owner_alone_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    new = Employment("acme-2", "acme/x", "bar", "permanent", "2026-01-01", "9999-12-31")
    assert keep_rows([new], tmp_path / "rows").file.path.stat().st_mode & 0o077 == 0
