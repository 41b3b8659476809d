"""certification.sql against a naive oracle, over any roster, any statements, in any order."""

from __future__ import annotations

import random
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import msgspec
from hypothesis import HealthCheck, example, given, settings

from programme.directory import ProgrammeDirectory
from programme.pseudonym import pseudonym
from tests.reports.naive_rule import (
    AS_OF,
    Code,
    Event,
    Hotel,
    Job,
    Rule,
    Verdict,
    active,
    judge,
)
from tests.reports.programme_files import (
    IRI,
    PROGRAMME,
    Json,
    authority,
    make_programme,
    statement,
    void,
)
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode, add_issued
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.statements.reading import append_pieces, normaliser_of
from xapi_lrs_reports.store.opening import open_store

ROSTERED = ("acme-1", "acme-1", "acme-2", "bellevue-1")
HOTELS = [
    Hotel("acme-1", "acme", 9),
    Hotel("acme-2", "acme", 4),
    Hotel("acme-3", "acme", None),
    Hotel("bellevue-1", "bellevue", None),
]
EMPLOYEES = ("anna", "bora", "chidi", "dina", "guest")
DAYS = ("", "2025-06-30", "2026-08-01", "2026-11-20", "2026-11-21", "2026-11-22")
TIMES = (
    "2024-11-20T22:59:59.999Z",  # one moment before the window, local time
    "2024-11-20T23:00:00.000Z",
    "2026-11-01T10:00:00.000Z",
    "2026-11-21T23:59:59.999+01:00",
    "2026-11-21T23:00:00.000Z",  # one moment after the last day, local time
)

jobs = st.builds(
    Job,
    hotel=st.sampled_from(ROSTERED),
    employee=st.sampled_from(EMPLOYEES),
    contract=st.sampled_from(["permanent", "fixed", "agency", "part_time"]),
    joined=st.sampled_from(DAYS),
    left=st.sampled_from(DAYS),
    department=st.sampled_from(["", "housekeeping", "management"]),
    fte=st.sampled_from([100, 100, 60, 7]),
)
codes = st.builds(
    Code,
    hotel=st.sampled_from([one.hotel for one in HOTELS]),
    employee=st.sampled_from([name for name in EMPLOYEES if name != "guest"]),
)
events = st.builds(
    Event,
    employee=st.sampled_from(EMPLOYEES),
    chain=st.sampled_from(["acme", "acme", "bellevue"]),
    verb=st.sampled_from(["passed", "completed", "completed", "failed", "initialized"]),
    course=st.sampled_from(["no-room", "no-room", "short", "other"]),
    hotel=st.sampled_from([None, "acme-1", "acme-2", "acme-3", "nowhere"]),
    completion=st.sampled_from([True, True, False, None]),
    success=st.sampled_from([True, True, False, None]),
    platform=st.sampled_from(["scorm12", "scorm12", "cmi5"]),
    at=st.sampled_from(TIMES),
    version=st.sampled_from(["1.0.0", "1.0.0", "1.2.0", "0.9.12"]),
    voided_by=st.sampled_from([(), (), (), ("admin",), ("acme",), ("bellevue-hr",)]),
    profile=st.sampled_from([None, None, None, "student", "municipal"]),
)
rules = st.builds(
    Rule,
    threshold=st.sampled_from([0, 1, 40, 50, 60, 67, 99]),
    operator=st.sampled_from(["ge", "gt"]),
    counts=st.sampled_from(["passed_or_untested", "completed", "passed"]),
    min_evidence=st.sampled_from(["any", "self_asserted", "lms_recorded"]),
    headcount_source=st.sampled_from(
        ["roster_else_declared", "roster", "declared", "max_of", "lms_enrolled"]
    ),
    min_headcount=st.integers(1, 4),
    content_min_version=st.sampled_from(["0.0.0", "0.9.12", "1.0.0", "1.1.0"]),
    unit=st.sampled_from(["headcount", "fte"]),
    base_period=st.sampled_from(["date", "average"]),
    min_tenure_days=st.sampled_from([0, 60, 180]),
    leavers=st.sampled_from(["remove", "keep"]),
    multi_property=st.sampled_from(["each", "home", "share"]),
    completion_window_months=st.sampled_from([24, 24, 1, None]),
    housekeeping_floor=st.sampled_from([40, 40, None]),
    housekeeping_required=st.booleans(),
    management_floor=st.sampled_from([0, 100]),
    profiles_counting=st.sampled_from([(), (), ("student",)]),
)
quick = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rule_yaml(rule: Rule) -> str:
    return f"""\
rule:
  threshold: {rule.threshold}
  operator: {rule.operator}
  counts_as_completion: {rule.counts}
  min_evidence: {rule.min_evidence}
  headcount_source: {rule.headcount_source}
  min_headcount: {rule.min_headcount}
  include: [{", ".join(rule.include)}]
  content_min_version: {rule.content_min_version}
  unit: {rule.unit}
  base_period: {rule.base_period}
  min_tenure_days: {rule.min_tenure_days}
  leavers: {rule.leavers}
  multi_property: {rule.multi_property}
  completion_window_months: {rule.completion_window_months or "null"}
  housekeeping_floor: {rule.housekeeping_floor or "null"}
  housekeeping_required: {str(rule.housekeeping_required).lower()}
  management_floor: {rule.management_floor}
  profiles_counting: [{", ".join(rule.profiles_counting)}]
  tiers:
    - name: tier-80
      threshold: 80
    - name: tier-95
      threshold: 95
  accepted_courses:
    - course: no-room
    - course: short
      tested: false
"""


def statements(happened: list[Event]) -> list[Json]:
    """Give the statements of all events, each followed by its voids."""
    found: list[Json] = []
    for number, event in enumerate(happened):
        name = str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))
        outcome = {"completion": event.completion, "success": event.success}
        result = {key: value for key, value in outcome.items() if value is not None}
        made = statement(
            event.employee,
            event.verb,
            chain=event.chain,
            hotel=event.hotel,
            course=event.course,
            at=event.at,
            id=name,
            result=result,
        )
        made["context"]["platform"] = event.platform
        if event.profile:
            made["context"]["extensions"] = {f"{IRI}/extension/profile": event.profile}
        version = made["context"]["contextActivities"]["grouping"][0]
        version["id"] = version["id"].replace("1.0.0", event.version)
        if event.platform == "cmi5":
            made["authority"] = authority("lms")
        found.append(made)
        for who in event.voided_by:
            by = {"objectType": "Agent", "mbox": f"mailto:{who}@noroom.example"}
            found.append(void(name, by, id=str(uuid.uuid5(uuid.UUID(name), who))))
    return found


def report_on(
    given_jobs: list[Job],
    given_statements: list[Json],
    rule: Rule,
    given_codes: Sequence[Code] = (),
) -> Report:
    """Send the statements through files, store and rule."""
    with tempfile.TemporaryDirectory() as folder:
        programme = programme_with(Path(folder), given_jobs, given_statements, rule, given_codes)
        return decide(programme, AS_OF)


def programme_with(
    folder: Path,
    given_jobs: list[Job],
    given_statements: list[Json],
    rule: Rule,
    given_codes: Sequence[Code] = (),
) -> ProgrammeDirectory:
    """Write a programme whose store holds the statements."""
    lines = ["hotel,name,chain,headcount"]
    lines += [f"{one.hotel},{one.hotel},{one.chain},{one.headcount or ''}" for one in HOTELS]
    roster = ["hotel,employee,contract,joined,left,department,fte"]
    roster += [
        f"{j.hotel},{j.employee},{j.contract},{j.joined},{j.left},{j.department},{j.fte}"
        for j in given_jobs
    ]
    programme = make_programme(
        folder, "\n".join(lines), "\n".join(roster), PROGRAMME + rule_yaml(rule)
    )
    add_issued(programme.path, [issued(one) for one in given_codes])
    normalise = normaliser_of(programme, from_lrs=False)
    with open_store(programme.path) as store, store.transaction():
        pieces = ((line, encoded(one)) for line, one in enumerate(given_statements, 1))
        append_pieces(store, normalise, "test", pieces)
    return programme


def issued(code: Code) -> IssuedCode:
    chain = next(one.chain for one in HOTELS if one.hotel == code.hotel)
    return IssuedCode(code.hotel, f"{chain}/{pseudonym(code.employee, chain)}", "2026-11-01")


def encoded(one: Json) -> bytes:
    return msgspec.json.encode(one)


def verdicts(report: Report) -> dict[str, Verdict]:
    return {
        one.hotel: Verdict(
            one.status, one.completed or 0, one.headcount or 0, one.needed or 0, one.tier
        )
        for one in report.hotels
    }


def oracle(
    given_jobs: list[Job], happened: list[Event], rule: Rule, given_codes: Sequence[Code]
) -> dict[str, Verdict]:
    return {
        one.hotel: judge(one, HOTELS, given_jobs, happened, rule, given_codes) for one in HOTELS
    }


def copied(one: Json) -> Json:
    return {**one, "id": str(one["id"]).upper()}


@quick
@given(
    st.lists(jobs, max_size=10),
    st.lists(events, max_size=14),
    rules,
    st.lists(codes, max_size=4),
    st.randoms(use_true_random=False),
)
@example(
    [Job("acme-1", "anna"), Job("acme-1", "anna", "agency"), Job("bellevue-1", "anna")],
    [Event("anna", "acme", hotel="acme-2"), Event("bora", "acme", hotel="acme-2")],
    Rule(min_headcount=1),
    [],
    random.Random(0),  # noqa: S311 - an order, not a secret
)
@example(
    [],
    [Event("anna", "acme", hotel="acme-1"), Event("bora", "acme", hotel="acme-2")],
    Rule(min_headcount=1),
    [Code("acme-2", "anna"), Code("acme-2", "anna"), Code("acme-2", "chidi")],
    random.Random(0),  # noqa: S311 - an order, not a secret
)
@example(
    [Job("acme-1", "anna"), Job("acme-1", "dina", left="2026-11-20")],
    [Event("dina", "acme")],
    Rule(min_headcount=1, base_period="average"),
    [],
    random.Random(0),  # noqa: S311 - an order, not a secret
)
@example(
    [Job("acme-2", "anna"), Job("acme-1", "anna", joined="2025-06-30"), Job("acme-1", "bora")],
    [Event("anna", "acme", at="2026-10-20T10:00:00.000Z"), Event("bora", "acme")],
    Rule(min_headcount=1, multi_property="home", completion_window_months=None),
    [],
    random.Random(0),  # noqa: S311 - an order, not a secret
)
@example(
    [Job("acme-1", "anna"), Job("acme-2", "anna", fte=60), Job("acme-2", "dina")],
    [Event("anna", "acme", at="2026-10-22T10:00:00.000Z")],
    Rule(min_headcount=1, multi_property="share", unit="fte", completion_window_months=1),
    [],
    random.Random(0),  # noqa: S311 - an order, not a secret
)
def test_the_sql_agrees_with_the_oracle_in_any_order(
    given_jobs: list[Job],
    happened: list[Event],
    rule: Rule,
    given_codes: list[Code],
    dice: random.Random,
) -> None:
    sent = statements(happened)
    expected = oracle(given_jobs, happened, rule, given_codes)
    assert verdicts(report_on(given_jobs, sent, rule, given_codes)) == expected
    shuffled = sent + [copied(one) for one in sent if dice.random() < 0.4]
    dice.shuffle(shuffled)
    again = report_on(given_jobs, shuffled, rule, given_codes)
    assert verdicts(again) == expected


@quick
@given(
    st.lists(jobs.filter(lambda job: job.hotel != "acme-2"), max_size=10),
    st.lists(events, max_size=14),
    rules,
    st.lists(codes, max_size=3),
)
@example(
    [Job("acme-1", "anna"), Job("acme-1", "bora"), Job("acme-1", "chidi", left="2026-11-20")],
    [Event("anna", "acme"), Event("bora", "acme", hotel="acme-3", profile="student"),
     Event("chidi", "acme", hotel="acme-2"), Event("dina", "acme", hotel="acme-1")],
    Rule(min_headcount=1),
    [],
)  # fmt: skip
@example(
    [Job("acme-1", "anna"), Job("acme-1", "bora", "agency"), Job("acme-1", "guest")],
    [Event("anna", "acme"), Event("bora", "acme", hotel="acme-2"), Event("dina", "acme")],
    Rule(min_headcount=1, headcount_source="lms_enrolled"),
    [Code("acme-1", "anna"), Code("acme-2", "dina")],
)
def test_a_merger_of_roster_and_headcount_agrees_with_the_oracle(
    given_jobs: list[Job], happened: list[Event], rule: Rule, given_codes: list[Code]
) -> None:
    """One part of acme-2 has a roster, the other a declared number."""
    sent = statements(happened)
    with tempfile.TemporaryDirectory() as folder:
        programme = programme_with(Path(folder), given_jobs, sent, rule, given_codes)
        events_file = programme.path / "hotel-events.csv"
        rows = "hotel,on,event,value\nacme-1,2026-11-01,merged,acme-2\n"
        events_file.write_text(rows, encoding="utf-8")
        found = verdicts(decide(programme, AS_OF))
    assert found == oracle_of_merged(given_jobs, happened, rule, given_codes)


def oracle_of_merged(
    given_jobs: list[Job], happened: list[Event], rule: Rule, given_codes: list[Code]
) -> dict[str, Verdict]:
    """Judge what is left after acme-1 became a part of acme-2, by moving everything there."""
    moved = {"acme-1": "acme-2"}
    happened = [replace(one, hotel=moved.get(one.hotel or "", one.hotel)) for one in happened]
    given_codes = [replace(one, hotel=moved.get(one.hotel, one.hotel)) for one in given_codes]
    halves = [replace(one, hotel="acme-2") for one in given_jobs if one.hotel == "acme-1"]
    whole = [one for one in given_jobs if one.hotel != "acme-1"]
    if not any(one.joined <= AS_OF.isoformat() for one in halves):
        number, halves = 9, []  # it is declared as well: a roster that begins later is none yet
    else:
        based = [one for one in halves if active(one) and one.contract in rule.include]
        guests = [one for one in based if one.employee == "guest"]
        number = len({one.employee for one in based if one not in guests}) + len(guests)
    hotels = [one for one in HOTELS if one.hotel != "acme-1"]
    hotels[0] = replace(hotels[0], headcount=4 + number)
    return {
        one.hotel: judge(one, hotels, whole, happened, rule, given_codes, halves) for one in hotels
    }


@quick
@given(
    st.lists(jobs, max_size=8), st.lists(events, max_size=10), st.lists(events, max_size=4), rules
)
def test_more_completions_never_lose_a_certificate(
    given_jobs: list[Job], before: list[Event], added: list[Event], rule: Rule
) -> None:
    more = before + [replace(event, voided_by=()) for event in added]
    first = report_on(given_jobs, statements(before), rule)
    second = report_on(given_jobs, statements(more), rule)
    for old, new in zip(first.hotels, second.hotels, strict=True):
        assert new.certified or not old.certified
        assert (new.completed or 0) >= (old.completed or 0)


@quick
@given(st.lists(jobs, max_size=8), st.lists(events, max_size=10), rules)
def test_the_parts_of_a_report_add_up(
    given_jobs: list[Job], happened: list[Event], rule: Rule
) -> None:
    report = report_on(given_jobs, statements(happened), rule)
    for one in report.hotels:
        assert one.evidence is not None and one.completed is not None
        assert sum(one.evidence.as_json().values()) == one.completed
        assert one.certified is (one.status == "met")
        assert ("headcount_stale" in one.flags) is (0 < (one.headcount or 0) < one.completed)
        assert 0 <= (one.percent or 0) <= 100
        if one.status == "met":
            assert one.needed == 0
