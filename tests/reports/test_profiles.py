"""Profiles that do not count: beside the hotel's people, never in its share, never lost unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.directory import ProgrammeDirectory
from programme.pseudonym import pseudonym
from tests.reports.naive_rule import AS_OF, Event, Job, Rule
from tests.reports.programme_files import (
    IRI,
    PROGRAMME,
    Json,
    make_programme,
    statement,
    write_lines,
)
from tests.reports.test_commands import noroom
from tests.reports.test_rule import codes, events, jobs, quick, report_on, rules, statements
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode, add_issued
from xapi_lrs_reports.report.report_model import Count, HotelDecision
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.statements.import_files import import_files

PROFILE = f"{IRI}/extension/profile"
DECLARED = "hotel,name,chain,headcount\nacme-1,Acme One,acme,10\n"


def completed(employee: str, profile: object = None, **more: str) -> Json:
    """Give the statement of a passed check; `profile` as the package sends it, None for staff."""
    made = statement(employee, "passed", hotel="acme-1", **more)
    if profile is not None:
        made["context"]["extensions"] = {PROFILE: profile}
    return made


def judged(programme: ProgrammeDirectory, *sent: Json) -> HotelDecision:
    write_lines(programme.path / "sent.ndjson", sent)
    import_files(programme, [programme.path / "sent.ndjson"], stdin=None)  # type: ignore[arg-type]
    (found,) = decide(programme, AS_OF).hotels
    return found


def five_of_ten() -> list[Json]:
    return [completed(f"e-{number}") for number in range(5)]


@pytest.mark.parametrize("profile", ["student", "municipal", "volunteer", "A Name", 7, ["x"], ""])
def test_a_guest_does_not_raise_a_hotel_to_sixty_per_cent(tmp_path: Path, profile: object) -> None:
    found = judged(
        make_programme(tmp_path, DECLARED), *five_of_ten(), completed("guest-1", profile)
    )
    assert (found.certified, found.completed, found.needed) == (False, 5, 1)
    assert found.excluded is not None
    assert (found.excluded.profile, found.excluded.unmatched) == (1, 0)
    beside = Count(1, 1) if profile in ("student", "municipal") else Count(0, 0)
    assert found.beside.get(str(profile), Count(0, 0)) == beside


def test_a_hotel_without_a_roster_is_told_of_whom_to_ask(tmp_path: Path) -> None:
    programme = make_programme(tmp_path, DECLARED)
    judged(programme, *five_of_ten(), completed("e-6", "student"))
    said = " ".join(noroom(tmp_path, "explain", "acme-1", "--as-of", "2026-11-21").stdout.split())
    assert "1 completed as a student or as somebody else who is not on the staff" in said
    assert "a roster that has them could bring up to 1" in said


def test_an_employee_without_a_profile_does(tmp_path: Path) -> None:
    found = judged(make_programme(tmp_path, DECLARED), *five_of_ten(), completed("e-6"))
    assert (found.certified, found.completed) == (True, 6)


def test_what_was_done_as_staff_counts_whatever_was_done_as_a_guest(tmp_path: Path) -> None:
    again = [completed("e-6", "student"), completed("e-6")]
    found = judged(make_programme(tmp_path, DECLARED), *five_of_ten(), *again)
    assert found.certified
    assert found.excluded is not None and found.excluded.profile == 0


def test_the_programme_can_let_a_profile_count(tmp_path: Path) -> None:
    settings = PROGRAMME + "rule: {profiles_counting: [student]}\n"
    sent = [*five_of_ten(), completed("s-1", "student"), completed("m-1", "municipal")]
    found = judged(make_programme(tmp_path, DECLARED, settings=settings), *sent)
    assert (found.completed, found.beside["municipal"]) == (6, Count(1, 1))


def test_an_employee_who_chose_wrongly_counts_by_the_roster_and_is_shown(tmp_path: Path) -> None:
    roster = "hotel,employee\n" + "".join(f"acme-1,e-{number}\n" for number in range(10))
    programme = make_programme(tmp_path, roster=roster)
    sent = [*five_of_ten(), completed("e-7", "student"), completed("visitor", "student")]
    found = judged(programme, *sent)
    assert (found.certified, found.completed) == (True, 6)
    assert "profile_differs" in found.flags
    assert found.beside["student"] == Count(1, 1)
    assert found.excluded is not None
    assert found.excluded.profile == 1


def test_a_student_on_the_roster_is_beside_it_once(tmp_path: Path) -> None:
    roster = "hotel,employee,contract\nacme-1,e-1,permanent\nacme-1,s-1,student\n"
    found = judged(make_programme(tmp_path, roster=roster), completed("s-1", "student"))
    assert (found.completed, found.headcount, found.beside["student"]) == (0, 1, Count(1, 1))
    assert found.excluded is not None
    assert (found.excluded.contract, found.excluded.profile) == (1, 0)


def test_a_personal_code_makes_no_employee_of_a_guest(tmp_path: Path) -> None:
    programme = make_programme(tmp_path, DECLARED)
    names = [f"e-{number}" for number in range(10)]
    add_issued(
        programme.path,
        [IssuedCode("acme-1", f"acme/{pseudonym(one, 'acme')}", "2026-11-01") for one in names],
    )
    found = judged(programme, *five_of_ten(), completed("e-6", "student"))
    assert (found.certified, found.completed) == (False, 5)
    assert found.excluded is not None
    assert (found.excluded.profile, found.excluded.unmatched) == (1, 0)


def test_choosing_a_profile_does_not_make_the_base_smaller(tmp_path: Path) -> None:
    """Else a hotel whose base is what its LMS says would shrink it by sending people as guests."""
    settings = PROGRAMME + "rule: {headcount_source: lms_enrolled, min_headcount: 1}\n"
    programme = make_programme(tmp_path, DECLARED, settings=settings)
    sent = [completed("e-1"), *(completed(f"e-{number}", "student") for number in range(2, 5))]
    found = judged(programme, *sent)
    assert (found.completed, found.headcount, found.certified) == (1, 4, False)


def test_copies_that_differ_in_the_profile_are_a_conflict(tmp_path: Path) -> None:
    """Nobody turns a student's statement into an employee's by sending it again without."""
    first = completed("s-1", "student")
    second = {**first, "context": {**first["context"], "extensions": {}}}
    found = judged(make_programme(tmp_path, DECLARED), *five_of_ten(), first, second)
    assert found.completed == 5


@quick
@given(st.lists(jobs, max_size=8), st.lists(events, max_size=10), rules, st.lists(codes))
def test_what_is_done_as_a_guest_never_raises_a_hotel_above_staff(
    given_jobs: list[Job], happened: list[Event], rule: Rule, given_codes: list[object]
) -> None:
    """The same stories without any profile bring each hotel at least as many completions."""
    plain = [replace(event, profile=None) for event in happened]
    pairs = [report_on(given_jobs, statements(one), rule, given_codes) for one in (happened, plain)]  # type: ignore[arg-type]
    for guests, staff in zip(*(pair.hotels for pair in pairs), strict=True):
        assert (guests.completed or 0) <= (staff.completed or 0)
        assert guests.headcount == staff.headcount
        assert staff.certified or not guests.certified
