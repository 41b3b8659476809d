"""Who holds a certificate and falls below: maintain_threshold, maintain_days, revocation.

Against a naive walk over every day on which the rule is asked, from rosters in which people leave.
"""

from __future__ import annotations

import datetime
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from programme.directory import ProgrammeDirectory
from tests.reports.programme_files import PROGRAMME, make_programme, statement, write_lines
from xapi_lrs_reports.report.report_model import HotelDecision
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.statements.import_files import import_files

AS_OF = datetime.date(2026, 11, 21)
NEVER = 9999
"""Days before AS_OF on which somebody left; NEVER: still there."""


@dataclass(frozen=True)
class Person:
    """Somebody of the roster: days before AS_OF on which they left, and whether they completed."""

    left: int
    done: bool


@dataclass(frozen=True)
class Setting:
    """The parameters; `issued` is the certificate's age in days, None without one."""

    least: int | None
    days: int
    revocation: str
    issued: int | None


people = st.lists(
    st.builds(Person, st.sampled_from([NEVER, NEVER, 0, 1, 6, 7, 8, 20]), st.booleans()),
    min_size=1,
    max_size=6,
)
settings_ = st.builds(
    Setting,
    st.sampled_from([None, 0, 34, 50, 60]),
    st.sampled_from([0, 1, 7, 20]),
    st.sampled_from(["auto", "manual", "never"]),
    st.sampled_from([None, 0, 6, 7, 20, 300]),
)


def naive_share(staff: list[Person], before: int) -> int | None:
    """Give the per cent on a day, rounded down; None if nobody works there."""
    there = [one for one in staff if one.left == NEVER or one.left < before]
    return 100 * sum(one.done for one in there) // len(there) if there else None


def naive(staff: list[Person], given: Setting) -> tuple[str, set[str]]:
    """Give the state of the certificate and the flags, by walking back day by day."""
    if given.issued is None:
        return "none", set()
    now = naive_share(staff, 0)
    here = sum(one.left == NEVER for one in staff)
    if now is None or now == 100 or (now >= 60 and here >= 3):
        return "valid", set()
    if given.least is None or given.revocation == "never" or given.issued < given.days:
        return "valid", {"below_threshold"}
    asked = [given.days - week for week in range(0, given.days, 7)]
    shares = [now, *(naive_share(staff, before) or 0 for before in asked)]
    if max(shares) >= given.least:
        return "valid", {"below_threshold"}
    state = "lapsed" if given.revocation == "auto" else "valid"
    return state, {"below_threshold", "lapse_due"}


def programme_with(folder: Path, staff: list[Person], given: Setting) -> ProgrammeDirectory:
    least = "null" if given.least is None else given.least
    rule = (
        f"rule:\n  maintain_threshold: {least}\n  maintain_days: {given.days}\n"
        f"  revocation: {given.revocation}\n"
    )
    rows = ["hotel,employee,joined,left"]
    for number, one in enumerate(staff):
        left = "" if one.left == NEVER else days_before(one.left)
        rows.append(f"acme-1,e-{number},2020-01-01,{left}")
    programme = make_programme(folder, roster="\n".join(rows), settings=PROGRAMME + rule)
    done = [statement(f"e-{number}", at="2026-01-05T10:00:00Z")
            for number, one in enumerate(staff) if one.done]  # fmt: skip
    import_files(programme, [write_lines(folder / "a.ndjson", done)], stdin=None)  # type: ignore[arg-type]
    if given.issued is not None:
        line = {
            "event": "issued",
            "number": "2026-0001",
            "hotel": "acme-1",
            "issued_on": days_before(given.issued),
            "valid_until": None,
        }
        register = folder / "certificates" / "register.jsonl"
        register.parent.mkdir()
        register.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return programme


def days_before(number: int) -> str:
    return (AS_OF - datetime.timedelta(days=number)).isoformat()


def decided(staff: list[Person], given: Setting) -> HotelDecision:
    with tempfile.TemporaryDirectory() as folder:
        return decide(programme_with(Path(folder), staff, given), AS_OF).hotels[0]


ONE_OF_THREE = [Person(NEVER, True), Person(NEVER, False), Person(NEVER, False)]


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(people, settings_)
@example(ONE_OF_THREE, Setting(50, 20, "auto", 300))
@example([*ONE_OF_THREE, Person(7, True), Person(7, True)], Setting(50, 20, "auto", 300))
@example([*ONE_OF_THREE, Person(20, True), Person(20, True)], Setting(50, 20, "auto", 20))
def test_a_certificate_lapses_as_a_naive_walk_says(staff: list[Person], given: Setting) -> None:
    found = decided(staff, given)
    flags = {"below_threshold", "lapse_due"} & set(found.flags)
    assert (found.certificate, flags) == naive(staff, given)


@pytest.mark.parametrize(
    ("revocation", "certificate", "is_due"),
    [("auto", "lapsed", True), ("manual", "valid", True), ("never", "valid", False)],
)
def test_what_each_kind_of_revocation_does(revocation: str, certificate: str, is_due: bool) -> None:
    found = decided(ONE_OF_THREE, Setting(50, 7, revocation, 300))
    assert (found.certificate, "lapse_due" in found.flags) == (certificate, is_due)
    assert "below_threshold" in found.flags


def test_one_good_week_saves_a_certificate() -> None:
    weak = [*ONE_OF_THREE, Person(NEVER, False)]
    assert "lapse_due" in decided(weak, Setting(30, 20, "manual", 300)).flags
    joined = [*ONE_OF_THREE, Person(8, True)]  # two of four until eight days ago
    assert "lapse_due" not in decided(joined, Setting(50, 20, "manual", 300)).flags
    assert "lapse_due" in decided(joined, Setting(50, 7, "manual", 300)).flags
