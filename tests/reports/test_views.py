"""The programme view: what may leave the office tells nothing about persons, nor by subtraction."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.reports.programme_files import make_programme, statement
from tests.reports.test_commands import AS_OF, FIVE, imported, noroom
from xapi_lrs_reports.report.report_model import DataCounts, Evidence, HotelDecision, Report
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
