"""The trend: each past day is counted with what is known today (docs/decisions/0027)."""

from __future__ import annotations

import datetime
from pathlib import Path

from tests.reports.programme_files import make_programme, statement, void
from tests.reports.test_commands import imported
from xapi_lrs_reports.report.prepare import prepare

ROSTER = "hotel,employee\nacme-1,e-0\nacme-1,e-1\nacme-1,e-2\n"
AS_OF = datetime.date(2026, 11, 21)


def completed(folder: Path) -> dict[str, int | None]:
    """Give the completions on the last day of each month of the trend, and today."""
    home = make_programme(folder, roster=ROSTER)
    found = prepare(home, AS_OF, None, "internal", with_chains=False, with_overview=True)
    assert found.overview is not None
    points = {one.day: one.people for one in found.overview.trend}
    return {f"{day:%m-%d}": people.completed if people else None for day, people in points.items()}


def exactly(folder: Path, day: datetime.date) -> int | None:
    """Give what the report itself says as of a day."""
    home = make_programme(folder, roster=ROSTER)
    [hotel] = prepare(home, day, None, "internal", with_chains=False).report.hotels
    return hotel.completed


def test_a_void_of_later_takes_a_completion_out_of_every_past_day(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=ROSTER)
    early, later = (
        statement("e-0", at="2026-08-05T10:00:00Z"),
        statement("e-1", at="2026-09-05T10:00:00Z"),
    )
    imported(tmp_path, early, later)
    assert completed(tmp_path) == {"08-31": 1, "09-30": 2, "10-31": 2, "11-21": 2}
    taken_back = void(later["id"], timestamp="2026-11-02T10:00:00Z")
    imported(tmp_path, taken_back, name="voids.ndjson")
    assert completed(tmp_path) == {"08-31": 1, "09-30": 1, "10-31": 1, "11-21": 1}
    assert exactly(tmp_path, datetime.date(2026, 9, 30)) == 1, "as --as-of says it"


def test_a_completion_that_came_late_counts_from_its_own_day(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=ROSTER)
    imported(tmp_path, statement("e-0", at="2026-10-05T10:00:00Z"))
    assert completed(tmp_path) == {"10-31": 1, "11-21": 1}
    late = statement("e-1", at="2026-09-05T10:00:00Z", stored="2026-11-20T10:00:00Z")
    imported(tmp_path, late, name="late.ndjson")
    assert completed(tmp_path) == {"09-30": 1, "10-31": 2, "11-21": 2}
