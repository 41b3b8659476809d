"""Public figures: coarse, of many hotels, and the same whoever of a team completed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reports.invented import hotel, report
from tests.reports.programme_files import make_programme
from tests.reports.test_commands import AS_OF, noroom
from xapi_lrs_reports.report.benchmark import benchmark_json, benchmark_text


def test_quartiles_of_hotels_in_steps_of_five() -> None:
    hotels = [hotel(f"H{n}", n, 40) for n in range(4, 37, 4)]
    found = benchmark_json(report(*hotels))
    assert found["hotels"] == 5 and found["as_of"] == "2026-11"
    assert found["coverage"] == {"hotels": 5, "quarter": 30, "median": 50, "three_quarters": 70}
    assert found["by_size"] == {"10-49": found["coverage"], "50-99": None, "100+": None}
    assert found["met_percent"] == 40
    assert "half have about 50 % or more" in benchmark_text(report(*hotels))


def test_small_and_telling_hotels_and_few_hotels_are_in_no_share() -> None:
    telling = [hotel(f"T{n}", 40, 40) for n in range(6)] + [hotel(f"S{n}", 5, 9) for n in range(6)]
    found = benchmark_json(report(*telling))
    assert found["coverage"] is None
    assert benchmark_json(report(*telling[:4]))["met_percent"] is None
    assert "too few hotels to say" in benchmark_text(report(*telling))


def test_one_person_more_changes_nothing() -> None:
    hotels = [hotel(f"H{n}", 20 + n, 60) for n in range(10)]
    before = benchmark_json(report(*hotels))
    after = benchmark_json(report(hotel("H0", 21, 60), *hotels[1:]))
    assert before == after


def test_the_command_names_no_hotel(tmp_path: Path) -> None:
    make_programme(tmp_path)
    text = noroom(tmp_path, "report", "--anonymous-benchmark", "--json", *AS_OF).stdout
    assert json.loads(text)["hotels"] == 0
    assert "acme" not in text
