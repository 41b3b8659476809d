"""The programme view: what may leave the office tells nothing about persons, nor by subtraction."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.often import often
from tests.reports.programme_files import PROGRAMME, make_programme, statement
from tests.reports.test_commands import AS_OF, FIVE, imported, noroom
from xapi_lrs_reports.report.report_model import (
    Count,
    DataCounts,
    Evidence,
    Excluded,
    HotelDecision,
    Report,
)
from xapi_lrs_reports.report.views import programme_view

DAY = datetime.date(2026, 11, 21)


def decision(hotel: str, completed: int, headcount: int, **more: Any) -> HotelDecision:
    return HotelDecision(
        hotel=hotel, name=hotel, chain="acme", chain_name="Acme", language="nl",
        certified=completed * 10 >= headcount * 6, status="met", completed=completed,
        headcount=headcount, headcount_source="roster", percent=1, needed=0,
        evidence=Evidence(self_asserted=completed), **more,
    )  # fmt: skip


def test_the_size_of_a_hidden_hotel_does_not_tell_its_share() -> None:
    """Were 59 of 60 shown and 60 of 60 hidden, hidden would mean everybody."""
    hotels = [decision(f"h-{n}", n, 60) for n in (0, 1, 2, 58, 59, 60, 61)]
    view = programme_view(Report("P", DAY, "UTC", {}, None, tuple(hotels), DataCounts()))
    shown = [one.hotel for one in view.hotels if not one.suppressed]
    assert shown == ["h-2", "h-58"]
    assert all(one.housekeeping is None and one.excluded is None for one in view.hotels)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [([(5, 9)], False), ([(1, 3)] * 3, False), ([(3, 5)] * 3, True), ([], True)],
)
def test_counts_of_the_data_do_not_give_a_hidden_hotel_back(
    hidden: list[tuple[int, int]], shown: bool
) -> None:
    hotels = [decision("shown", 30, 50)]
    hotels += [decision(f"small-{n}", *numbers) for n, numbers in enumerate(hidden)]
    counts = DataCounts(facts=140, duplicates=3, anonymous=1, quarantined=2)
    data = programme_view(Report("P", DAY, "UTC", {}, None, tuple(hotels), counts)).data
    assert (data.facts, data.anonymous) == ((140, 1) if shown else (None, None))
    assert (data.duplicates, data.quarantined) == (3, 2)


@pytest.mark.parametrize("kind", ["csv", "html", "json", "table"])
def test_the_programme_view_of_one_small_hotel_holds_no_number_of_it(
    tmp_path: Path, kind: str
) -> None:
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, *(statement(f"e-{n}", verb) for n in range(4) for verb in
                         ("initialized", "completed", "passed", "terminated")))  # fmt: skip
    text = noroom(tmp_path, "report", "--view", "programme", "--format", kind, *AS_OF).stdout
    assert not re.search(r"\b16\b|\b80\b|\b4 of 5\b", text)


def test_the_programme_view_hides_small_and_telling_groups() -> None:
    hotels = (
        decision("small", 5, 9),
        decision("nobody", 0, 40),
        decision("everybody", 60, 60),
        decision("shown", 30, 50),
    )
    whole = Report("P", DAY, "UTC", {}, None, hotels, DataCounts())
    view = programme_view(whole)
    assert [one.hotel for one in view.hotels if not one.suppressed] == ["shown"]
    assert [one.headcount_band for one in view.hotels] == ["1-49", "1-49", "50+", ""]
    assert (view.totals().completed, view.totals().headcount) == (30, 50)
    assert [one.certified for one in view.hotels] == [one.certified for one in hotels]
    text = json.dumps([one.as_json() for one in view.hotels if one.suppressed])
    assert not any(digit in text for digit in ("5,", "60", "40"))


def test_what_is_shown_of_a_hidden_hotel_is_its_result_alone() -> None:
    """Two hotels of one result and band look alike, whatever else differs between them."""
    everything: dict[str, Any] = {
        "tier": "whole team",
        "management": Count(0, 2),
        "housekeeping": Count(1, 3),
        "beside": {"agency": Count(12, 30)},
        "flags": ("management_low", "profile_differs"),
        "excluded": Excluded(voided=1),
        "course_versions": ("1.0.0",),
        "codes_issued": 3,
        "declared_on": DAY,
    }
    whole, plain = decision("h", 9, 9, **everything), decision("h", 6, 8)
    views = [programme_view(Report("P", DAY, "UTC", {}, None, (one,), DataCounts())).hotels
             for one in (whole, plain)]  # fmt: skip
    assert views[0] == views[1]


@pytest.mark.parametrize("group", ["housekeeping", "management"])
def test_a_small_department_of_a_shown_hotel_is_not_told(group: str) -> None:
    for count, is_told in ((Count(0, 1), False), (Count(3, 12), True)):
        hotel = decision("h", 30, 50, flags=(f"{group}_low", "profile_differs"), **{group: count})
        [shown] = programme_view(Report("P", DAY, "UTC", {}, None, (hotel,), DataCounts())).hotels
        assert shown.flags == ((f"{group}_low",) if is_told else ())
        assert shown.housekeeping is shown.management is None


@pytest.mark.parametrize("kind", ["table", "html"])
def test_remarks_on_single_rows_and_people_stay_in_the_office(tmp_path: Path, kind: str) -> None:
    roster = FIVE + "acme-1,e-9,\nacme-1,guest,\n"
    make_programme(tmp_path, roster=roster.replace("employee\n", "employee,left\n", 1))
    imported(tmp_path, statement("e-1"), "{}")
    words = ("report", "--format", kind, *AS_OF)
    inside, outside = (noroom(tmp_path, *words, "--view", view).stdout
                       for view in ("internal", "programme"))  # fmt: skip
    assert "roster.csv" not in outside
    assert "roster.csv:" in inside
    assert "statements could not be used" in outside


SIZES = {"acme-1": 8, "acme-2": 7, "acme-3": 40, "acme-4": 50, "acme-5": 60}
WORLD = PROGRAMME + "rule:\n  management_floor: 50\n  tiers:\n    - {name: top, threshold: 70}\n"


def world(folder: Path, small: range) -> Path:
    """Write a programme in which `small` of the first hotel's eight people completed."""
    hotels = "hotel,name,chain\n" + "".join(f"{one},{one},acme\n" for one in SIZES)
    roster = "hotel,employee,department\n" + "".join(
        f"{one},{one}-{n},{'management' if n % 9 == 0 else 'bar'}\n"
        for one, size in SIZES.items()
        for n in range(size)
    )
    make_programme(folder, hotels, roster, WORLD)
    done = {one: range(2 * size // 3) for one, size in SIZES.items()} | {"acme-1": small}
    imported(folder, *(
        statement(f"{one}-{n}", at=f"2026-{10 + n % 2}-03T10:00:00.000Z")
        for one, numbers in done.items() for n in numbers
    ))  # fmt: skip
    return folder


def test_two_worlds_that_differ_in_a_hidden_hotel_look_alike(tmp_path: Path) -> None:
    """Whatever is read, counted or compared in the files: they are the same.

    The share over time is not in them: it is one of all hotels, and so few people have none.
    """
    texts = []
    for name, small in (("a", range(5)), ("b", range(8))):
        folder = world(tmp_path / name, small)
        shown = [
            noroom(folder, "report", *given, *AS_OF).stdout_bytes
            for given in (("--json", "--view", "programme"), ("--view", "programme"),
                          ("--format", "html"), ("--format", "csv"), ("--anonymous-benchmark",))
        ]  # fmt: skip
        noroom(folder, "report", "--format", "xlsx", "--out", folder / "r.xlsx", *AS_OF)
        texts.append([*shown, (folder / "r.xlsx").read_bytes()])
        assert json.loads(shown[0])["hotels"][0]["status"] == "met"
    assert texts[0] == texts[1]


EVENTS = "hotel,on,event,value\nacme-1,2026-11-10,merged,{into}\nacme-1,2026-11-16,reopened,\n"


@pytest.mark.parametrize("into", often(["acme-3", "acme-4", "acme-5"]))
def test_a_merger_and_its_end_do_not_give_the_hidden_part_back(tmp_path: Path, into: str) -> None:
    texts = []
    for name, small in (("a", range(5)), ("b", range(8))):
        folder = world(tmp_path / name, small)
        (folder / "hotel-events.csv").write_text(EVENTS.format(into=into), encoding="utf-8")
        texts.append([
            noroom(folder, "report", "--json", "--view", "programme", "--as-of", day).stdout
            for day in ("2026-11-09", "2026-11-12", "2026-11-18")
        ])  # fmt: skip
    before, between, after = ({one["hotel"]: one for one in json.loads(text)["hotels"]}
                              for text in texts[0])  # fmt: skip
    assert [len(one) for one in (before, between, after)] == [
        len(SIZES),
        len(SIZES) - 1,
        len(SIZES),
    ]
    assert texts[0] == texts[1]


def test_a_merger_of_shown_hotels_is_shown(tmp_path: Path) -> None:
    folder = world(tmp_path, range(5))
    events = "hotel,on,event,value\nacme-4,2026-11-10,merged,acme-5\n"
    (folder / "hotel-events.csv").write_text(events, encoding="utf-8")
    at = {}
    for day in ("2026-11-09", "2026-11-12"):
        text = noroom(folder, "report", "--json", "--view", "programme", "--as-of", day).stdout
        at[day] = {one["hotel"]: one["completed"] for one in json.loads(text)["hotels"]}
    before, after = at.values()
    assert (before["acme-4"], before["acme-5"], after["acme-5"]) == (33, 40, 73)
