"""A store is exported as Parquet and imported, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from programme.problems import InputError
from tests.reports.programme_files import (
    make_programme,
)
from tests.reports.stores import NOW, ROSTER, content, execute, filled
from tests.reports.test_commands import noroom
from xapi_lrs_reports.people.forget.forget import forget
from xapi_lrs_reports.people.forget.people import find_people
from xapi_lrs_reports.store.opening import open_store
from xapi_lrs_reports.store.parquet import MANIFEST, export_parquet, import_parquet
from xapi_lrs_reports.store.store_check import check_store


def test_export_and_import_give_the_same_store(tmp_path: Path) -> None:
    one, two = filled(tmp_path / "one"), make_programme(tmp_path / "two", roster=ROSTER)
    place = tmp_path / "export"
    noroom(one.path, "store", "export", place)
    for new in (4, 0):
        data = json.loads(noroom(two.path, "store", "import", place, "--json").stdout)
        assert data["new"] == new
        assert content(two) == content(one)


def test_an_export_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    programme = filled(tmp_path)
    place = tmp_path / "store" / "parquet"
    for _ in range(2):
        noroom(tmp_path, "store", "export")
    assert sorted(file.name for file in place.iterdir())[:2] == ["facts.parquet", MANIFEST]
    (tmp_path / "mine").mkdir()
    with open_store(programme.path) as store, pytest.raises(InputError, match="parquet-folder"):
        export_parquet(store, tmp_path / "mine")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda place: (place / MANIFEST).unlink(), "parquet-broken"),
        (lambda place: (place / "facts.parquet").write_bytes(b"PAR1"), "parquet-broken"),
        (lambda place: (place / "voids.parquet").unlink(), "parquet-broken"),
        (
            lambda place: (place / MANIFEST).write_text(
                (place / MANIFEST).read_text("utf-8").replace('"facts": 4', '"facts": 5'), "utf-8"
            ),
            "parquet-broken",
        ),
        (
            lambda place: (place / MANIFEST).write_text(
                (place / MANIFEST).read_text("utf-8").replace('"3"', '"9"'), "utf-8"
            ),
            "parquet-version",
        ),
    ],
)
def test_a_damaged_export_is_refused_whole(tmp_path: Path, damage: object, code: str) -> None:
    one, two = filled(tmp_path / "one"), make_programme(tmp_path / "two")
    with open_store(one.path) as store:
        export_parquet(store, tmp_path / "export")
    damage(tmp_path / "export")  # type: ignore[operator]
    with open_store(two.path) as store, pytest.raises(InputError, match=code):
        import_parquet(store, tmp_path / "export")
    assert check_store(two).counts["facts"] == 0


def test_an_export_that_was_killed_leaves_nothing_after_the_next_one(tmp_path: Path) -> None:
    programme, folder = filled(tmp_path / "programme"), tmp_path / "export"
    left = [tmp_path / name for name in (".export.abc12345", ".export.x_y2z3w4.old")]
    others = [tmp_path / name for name in (".export.mine", ".exports.abc12345", ".export.abcdefgh")]
    for place in (*left, *others):
        place.mkdir()
        (place / "facts.parquet").write_bytes(b"pseudonyms")
    for place in (*left, *others[:2]):  # the last one is at work
        os.utime(place, (0, 0))
    with open_store(programme.path) as store:
        export_parquet(store, folder)
    assert not any(place.exists() for place in left)
    assert all(place.exists() for place in others)


def test_who_was_forgotten_leaves_exports_and_comes_back_from_none(tmp_path: Path) -> None:
    programme = filled(tmp_path / "programme")
    inside, outside = programme.path / "store" / "parquet", tmp_path / "outside"
    with open_store(programme.path) as store:
        for place in (inside, outside, tmp_path / "old"):
            export_parquet(store, place)
    person = find_people(programme, "acme", ["person-1"])
    name = next(iter(person[0].learners)).rpartition("/")[2].encode()
    draft = tmp_path / ".outside.abc12345"
    shutil.copytree(outside, draft)
    os.utime(draft, (0, 0))
    found = forget(programme, person, now=NOW, exports=[outside])
    assert (found.parquet_rows, found.leftovers) == (2, 1)
    assert not draft.exists()
    for place in (inside, outside):
        [counted] = execute(
            programme,
            f"SELECT count(*) FROM '{place}/facts.parquet'",  # noqa: S608
        )
        assert counted == (3,)
        assert name not in (place / "facts.parquet").read_bytes()
    with open_store(programme.path) as store:
        assert import_parquet(store, tmp_path / "old").new == 0
