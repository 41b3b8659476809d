"""Cells of LMS exports: states in many languages, and dates as spreadsheets and LMSs write them."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xapi_lrs_reports.lms_export.dates import NoDate, order_of, to_moment
from xapi_lrs_reports.lms_export.status import meaning

NOW = datetime.datetime(2026, 11, 22, 12)
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Voltooid", "completed"), ("ABGESCHLOSSEN", "completed"), ("achevé", "completed"),
        ("Completed (set by Zola Unseen)", "completed"), ("Not completed (set by Zola)", "open"),
        ("Completed (seen by Zola)", None), ("Completed (", None), ("Completedish", None),
        ("", "open"), ("Niet voltooid", "open"), ("Ukończona (uzyskano pozytywną ocenę)", "passed"),
        ("Finalizado (no obtuvo calificación de aprobado)", "failed"),
        ("Not\u00a0Completed", "open"), ("No\u0000", None),
    ],
)  # fmt: skip
def test_states_in_many_languages(word: str, means: str | None) -> None:
    assert meaning(word, {}) == means


@given(st.text(max_size=30))
def test_a_word_that_nobody_listed_is_never_a_completion(word: str) -> None:
    known = {"passed", "pass", "completed", "complete", "course completed", "yes", "y", "done",
             "finished"}  # fmt: skip
    if meaning(word, {}) in ("passed", "completed") and word.isascii():
        assert " ".join(word.replace("_", " ").split()).lower() in known


@pytest.mark.parametrize(
    ("value", "order", "utc"),
    [
        ("2026-11-02", None, "2026-11-02T11:00:00.000"),
        ("2026-11-02 00:30:00", None, "2026-11-01T23:30:00.000"),
        ("2026-11-02T00:30:00Z", None, "2026-11-02T00:30:00.000"),
        ("2026/11/02 13:00 +0100", None, "2026-11-02T12:00:00.000"),
        ("02-11-2026", "dmy", "2026-11-02T11:00:00.000"),
        ("11/2/2026 1:05 PM", "mdy", "2026-11-02T12:05:00.000"),
        ("11.11.2026", None, "2026-11-11T11:00:00.000"),
        ("2 november 2026", None, "2026-11-02T11:00:00.000"),
        ("2. März 2026, 10:00", None, "2026-03-02T09:00:00.000"),
        ("Nov 2, 2026 12:00 AM", None, "2026-11-01T23:00:00.000"),
        (46328, None, "2026-11-02T11:00:00.000"),
        (46328.5, None, "2026-11-02T11:00:00.000"),
    ],
)
def test_dates_as_exports_write_them(value: object, order: str | None, utc: str) -> None:
    assert to_moment(value, order, AMSTERDAM, NOW) == utc  # type: ignore[arg-type]


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_other_cell_is_no_date_and_no_trace(value: object) -> None:
    try:
        found = to_moment(value, None, AMSTERDAM, NOW)
    except NoDate:
        return
    assert "2000-01-01" <= found[:10] <= "2026-11-23"


def test_the_order_of_a_column_is_told_by_what_cannot_be_a_month() -> None:
    assert order_of(["01/02/2026", "13/02/2026"]) == ("dmy", True)
    assert order_of(["01/02/2026", "02/13/2026"]) == ("mdy", True)
    assert order_of(["01/02/2026"]) == (None, True)
    assert order_of(["02/02/2026", None, "2026-01-02"]) == (None, False)
