"""What comes in, what is passed over, what is quarantined and with which words."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest

from programme.pseudonym import pseudonym
from programme.settings import Account, Authority
from tests.reports.programme_files import ADMIN, IRI, Json, authority, statement, void
from xapi_lrs_reports.statements.authorities import Authorities, authority_key
from xapi_lrs_reports.statements.normalise import Normaliser, Outcome
from xapi_lrs_reports.statements.statement import Fact, StatementProblem, Void

CHAINS = frozenset(["acme", "bellevue"])
KNOWN = Authorities(
    [
        Authority(mbox="mailto:acme@noroom.example", chain="acme"),
        Authority(account=Account(homePage="https://lrs.example", name="key-1"), chain="bellevue"),
        Authority(mbox="mailto:admin@noroom.example", may_void=True),
    ]
)
VERB = "http://adlnet.gov/expapi/verbs/"


def normalise(given: Json | bytes, *, from_lrs: bool = False) -> Outcome:
    raw = given if isinstance(given, bytes) else msgspec.json.encode(given)
    return Normaliser(IRI, CHAINS, KNOWN, from_lrs=from_lrs)(raw, "test", 7)


def fact(given: Json | bytes) -> Fact:
    found = normalise(given)
    assert isinstance(found, Fact), found
    return found


def problem(given: Json | bytes, *, from_lrs: bool = False) -> StatementProblem:
    found = normalise(given, from_lrs=from_lrs)
    assert isinstance(found, StatementProblem), found
    assert (found.source, found.line) == ("test", 7)
    return found


def test_a_statement_becomes_a_flat_fact() -> None:
    given = statement("E-100", hotel="acme-1")
    given["context"]["extensions"] = {f"{IRI}/extension/hotel-source": "package"}
    given["context"]["language"] = "nl"
    found = fact(given)
    assert found.learner == f"acme/{pseudonym('e-100', 'acme')}"
    assert (found.verb, found.course, found.course_version) == ("passed", "no-room", "1.0.0")
    assert (found.hotel, found.hotel_source, found.evidence) == (
        "acme-1",
        "package",
        "self_asserted",
    )
    assert (found.completion, found.success, found.language) == (True, True, "nl")
    assert found.timestamp == "2026-11-01T10:00:00.000"


@pytest.mark.parametrize(
    "change",
    [
        {"attachments": [{"usageType": "x"}], "extra": {"deep": [1, None]}},
        {"actor": {**statement()["actor"], "name": ["as", "in", "0.9"]}},
        {"object": {**statement()["object"], "definition": {"name": "not a language map"}}},
        {"version": "2.0.0"},
        {"result": None},
    ],
)
def test_what_is_not_read_does_not_matter(change: Json) -> None:
    assert isinstance(normalise(statement(**change)), Fact)


def test_xapi_2_context_and_a_single_grouping_activity() -> None:
    given = statement()
    given["context"] = {
        "contextAgents": [{"objectType": "contextAgent"}],
        "contextActivities": {"grouping": {"id": f"{IRI}/hotel/acme-1"}},
        "registration": 5,
        "platform": ["odd"],
    }
    assert (fact(given).hotel, fact(given).course_version, fact(given).registration) == (
        "acme-1",
        "",
        None,
    )


def test_an_empty_object_may_be_written_as_a_list() -> None:
    """PHP knows no other empty array."""
    given = statement()
    context = {**given["context"], "extensions": []}
    assert fact({**given, "result": [], "context": context}).course_version == "1.0.0"
    assert fact({**given, "context": {**context, "contextActivities": []}}).course_version == ""
    assert fact({**given, "context": []}).hotel is None
    assert problem({**given, "result": [1]}).code == "statement-type"


def test_upper_case_ids_are_the_same_ids() -> None:
    given = statement()
    upper = {**given, "id": given["id"].upper()}
    assert fact(upper).statement_id == fact(given).statement_id


@pytest.mark.parametrize(
    ("timestamp", "stored", "expected"),
    [
        ("2026-11-01T12:00:00+02:00", None, "2026-11-01T10:00:00.000"),
        ("2026-11-01 10:00:00", None, "2026-11-01T10:00:00.000"),
        ("2026-11-01T10:00:00.123456789Z", None, "2026-11-01T10:00:00.123"),
        ("2026-12-31T23:59:60Z", None, "2027-01-01T00:00:00.000"),
        ("2026-11-01", None, "2026-11-01T00:00:00.000"),
        (None, "2026-11-02T10:00:00Z", "2026-11-02T10:00:00.000"),
        ("2031-01-01T00:00:00Z", "2026-11-02T10:00:00Z", "2026-11-02T10:00:00.000"),
        ("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", "2026-11-01T10:00:00.000"),
    ],
)
def test_times(timestamp: str | None, stored: str | None, expected: str) -> None:
    given = {**statement(), "timestamp": timestamp, "stored": stored}
    assert fact({k: v for k, v in given.items() if v is not None}).timestamp == expected


def test_lenient_readings_are_counted() -> None:
    reader = Normaliser(IRI, CHAINS, KNOWN, from_lrs=False)
    for at in ("2026-11-01T10:00:00", "2026-11-01T10:00:00Z"):
        reader(msgspec.json.encode(statement(at=at)), "test", 1)
    assert dict(reader.notes) == {"had a time without zone, read as UTC": 1}


@pytest.mark.parametrize("platform", ["cmi5", "lms-import"])
def test_evidence_of_an_lms(platform: str) -> None:
    given = statement()
    given["context"]["platform"] = platform
    assert fact(given).evidence == "lms_recorded"


@pytest.mark.parametrize(
    "change",
    [
        {"verb": {"id": VERB + "answered"}},
        {"object": {"id": "https://other.example/course/no-room"}},
        {"object": {"id": f"{IRI}/course/no-room/page/3"}},
        {"object": {"id": "https://other.example/x"}, "result": {"success": "odd"}},
        {"object": {"objectType": "Agent", "mbox": "mailto:a@b.example"}, "verb": {"id": "x:y"}},
    ],
)
def test_what_is_none_of_ours_is_passed_over(change: Json) -> None:
    assert normalise(statement(**change)) is None


def account(**change: Any) -> Json:
    return {"account": {**statement()["actor"]["account"], **change}}


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"actor": None}, "actor-missing", "$.actor"),
        ({"actor": {"objectType": "Group", "member": []}}, "actor-group", "$.actor"),
        (
            {"actor": {"mbox": "mailto:anna@acme.example"}, "authority": {"objectType": "Agent"}},
            "actor-account",
            "$.actor.account",
        ),
        (
            {"actor": account(homePage=f"{IRI}/chain/other")},
            "actor-chain",
            "$.actor.account.homePage",
        ),
        ({"actor": account(name="anna@acme.example")}, "actor-pseudonym", "$.actor.account.name"),
        ({"actor": account(name=None)}, "actor-pseudonym", "$.actor.account.name"),
        ({"id": None}, "statement-id", "$.id"),
        ({"id": "17"}, "statement-id", "$.id"),
        ({"timestamp": None}, "timestamp-missing", "$.timestamp"),
        ({"timestamp": "yesterday"}, "timestamp", "$.timestamp"),
        ({"timestamp": "0001-01-01T00:00:00+14:00"}, "timestamp", "$.timestamp"),
        ({"timestamp": "1970-01-01T00:00:00Z"}, "timestamp", "$.timestamp"),
        ({"timestamp": "9999-12-31T23:59:60Z"}, "timestamp", "$.timestamp"),
        ({"result": {"success": "true"}}, "statement-type", "$.result.success"),
        ({"object": {"id": f"{IRI}/course/No Room"}}, "course-iri", "$.object.id"),
        ({"object": {"id": f"{IRI}/course/no-room/"}}, "course-iri", "$.object.id"),
        ({"object": None}, "not-a-statement", "$.object.id"),
        ({"verb": {}}, "not-a-statement", "$.verb.id"),
        (
            {"authority": {"mbox": "mailto:who@else.example"}},
            "authority-unknown",
            "$.authority",
        ),
        (
            {"authority": {"account": {"homePage": "https://lrs.example", "name": "key-1"}}},
            "authority-chain",
            "$.authority",
        ),
        ({"authority": {"objectType": "Agent"}}, "authority-missing", "$.authority"),
    ],
)
def test_what_is_ours_and_cannot_be_used_is_quarantined(change: Json, code: str, path: str) -> None:
    found = problem(statement(**change))
    assert (found.code, found.path) == (code, path)
    assert "anna" not in str(found)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "anna@acme.example"},
        {"timestamp": "anna@acme.example"},
        {"authority": {"mbox": "mailto:anna@acme.example"}},
        {"authority": {"account": {"homePage": "https://lms.example", "name": "anna"}}},
        {"object": {"id": f"{IRI}/course/anna@acme"}},
        {"verb": {"id": VERB + "voided"}, "object": {"id": "anna"}},
        {"verb": {"id": VERB + "voided"}, "object": {"id": "0" * 8}, "authority": {"mbox": "anna"}},
        {"result": {"success": "anna"}},
    ],
)
def test_no_name_is_repeated_wherever_it_was_put(change: Json) -> None:
    found = normalise(statement(**change))
    assert "anna" not in repr(found)


def test_free_text_never_becomes_part_of_a_fact() -> None:
    given = statement(hotel="acme-1", authority={"mbox": "mailto:admin@noroom.example"})
    given["context"]["registration"] = "Anna Admin"
    given["context"]["language"] = "anna, admin"
    given["context"]["platform"] = "anna"
    given["context"]["contextActivities"]["grouping"] = [
        {"id": f"{IRI}/course/no-room/version/Anna"}
    ]
    found = fact(given)
    assert "anna" not in repr(found).lower() and "admin" not in repr(found)
    assert found.registration and (found.language, found.course_version) == (None, "")


def test_two_hotels_are_no_hotel() -> None:
    given = statement(hotel="acme-1")
    grouping = given["context"]["contextActivities"]["grouping"]
    grouping.append({"id": f"{IRI}/hotel/acme-2"})
    assert problem(given).code == "hotel-iri"


@pytest.mark.parametrize(
    "raw",
    [
        b"hello",
        b'{"id": ',
        b"[]",
        b"17",
        b"null",
        b"{}",
        b'{"verb": {"id": "\xff"}}',
        b'{"verb": {"id": "\\ud800"}}',
        b'{"a":' * 5000,
        b'{"x": NaN}',
    ],
)
def test_no_bytes_are_passed_over_or_raise(raw: bytes) -> None:
    assert problem(raw).code in ("statement-json", "statement-type", "not-a-statement")


def test_authorities_in_all_their_forms() -> None:
    digest = hashlib.sha1(b"mailto:acme@noroom.example", usedforsecurity=False).hexdigest()
    oauth = {"objectType": "Group", "member": [{"mbox": "mailto:app@x.example"}, authority("acme")]}
    for given in (authority("acme"), {"mbox_sha1sum": digest}, oauth, ADMIN):
        assert isinstance(normalise(statement(authority=given), from_lrs=True), Fact)


def test_a_missing_authority_is_accepted_from_files_only() -> None:
    given = statement(authority=None)
    assert isinstance(normalise(given), Fact)
    assert problem(given, from_lrs=True).code == "authority-missing"


def test_voids_are_kept_with_their_authority() -> None:
    target = statement()["id"]
    found = normalise(void(target.upper()))
    assert isinstance(found, Void)
    assert (found.target_id, found.by_authority) == (
        target,
        authority_key("mailto:admin@noroom.example"),
    )
    assert problem(void("no id")).path == "$.object.id"


PLAN = {"actor": ADMIN, "verb": {"id": VERB + "passed"}, "object": {"id": f"{IRI}/course/no-room"}}


@pytest.mark.parametrize(
    "thing",
    [
        {"objectType": "SubStatement", **PLAN},
        {"objectType": "Agent", "mbox": "mailto:anna@acme.example"},
        {"objectType": "Group", "member": [ADMIN]},
    ],
)
def test_a_plan_or_a_person_as_object_is_no_completion(thing: Json) -> None:
    assert normalise(statement(object=thing)) is None


@pytest.mark.parametrize("kind", ["SubStatement", "StatementRef", "Agent", ["Activity"]])
def test_an_object_that_lends_itself_the_course_iri_is_quarantined(kind: object) -> None:
    thing = {**PLAN, "objectType": kind, "id": f"{IRI}/course/no-room"}
    found = problem(statement(object=thing))
    assert (found.code, found.path) == ("object-type", "$.object.objectType")


def test_a_context_of_xapi_2_is_read() -> None:
    given = statement(hotel="acme-1", version="2.0.0")
    plain = fact(given)
    given["context"]["contextAgents"] = [
        {"objectType": "contextAgent", "agent": ADMIN, "relevantTypes": ["https://x.example/t"]}
    ]
    given["context"]["contextGroups"] = [
        {"objectType": "contextGroup", "group": {"objectType": "Group", "member": [ADMIN]}}
    ]
    given["context"]["contextActivities"]["category"] = [{"id": "https://w3id.org/xapi/scorm"}]
    given["context"]["team"] = {"objectType": "Group", "name": "Anna's team"}
    assert fact(given) == plain


@pytest.mark.parametrize(
    "given",
    [
        {"verb": {"id": VERB + "passed", "display": "passed"}},
        {"object": {"id": f"{IRI}/course/no-room", "definition": {"name": "No Room"}}},
        {"actor": {**statement("e-100")["actor"], "name": 17}},
    ],
)
def test_names_that_are_no_language_maps_do_not_matter(given: Json) -> None:
    assert isinstance(normalise(statement("e-100", **given)), Fact)


@pytest.mark.parametrize(
    "nobody",
    [
        {"objectType": "Group"},
        {"objectType": "Group", "member": []},
        {"objectType": "Group", "member": [{"objectType": "Agent"}, {"name": "anna"}]},
        {"objectType": "Agent", "name": "anna"},
        {"account": {"homePage": "https://lrs.example"}},
    ],
)
def test_an_anonymous_authority_is_nobody(nobody: Json) -> None:
    found = problem(statement(authority=nobody), from_lrs=True)
    assert found.code == "authority-missing" and "anna" not in str(found)


@pytest.mark.parametrize(
    "group",
    [
        {"objectType": "Group", "account": statement()["actor"]["account"]},
        {"objectType": "Group", "member": [statement()["actor"]]},
        {"member": [statement()["actor"], statement("e-2")["actor"]]},
    ],
)
def test_no_group_completes_a_course_for_its_members(group: Json) -> None:
    assert problem(statement(actor=group)).code == "actor-group"
