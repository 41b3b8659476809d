"""What somebody could try in order to invent, lose or forge a completion, and what comes of it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.reports.programme_files import (
    ADMIN,
    PROGRAMME,
    Json,
    authority,
    make_programme,
    statement,
    void,
)
from tests.reports.test_commands import AS_OF, FIVE, imported, noroom, report

TWO = "hotel,employee\nacme-1,e-1\nacme-1,e-2\n"


def done(folder: Path) -> int:
    """Give how many completions the first hotel has."""
    return int(report(folder)["hotels"][0]["completed"])


def without_authority(one: Json) -> Json:
    return {key: value for key, value in one.items() if key != "authority"}


@pytest.mark.parametrize("first", [0, 1])
def test_a_void_whose_copy_lost_its_authority_is_still_honoured(tmp_path: Path, first: int) -> None:
    """An export without authorities, read before or after the LRS, must not revive a completion."""
    make_programme(tmp_path, roster=TWO)
    taken = statement("e-1")
    whole = void(str(taken["id"]))
    copies = [without_authority(whole), whole]
    imported(tmp_path, taken, copies[first], name="a.ndjson")
    imported(tmp_path, copies[1 - first], name="b.ndjson")
    assert done(tmp_path) == 0


@pytest.mark.parametrize("verb", ["completed", "passed"])
def test_voiding_one_of_the_two_statements_takes_the_completion_back(
    tmp_path: Path, verb: str
) -> None:
    make_programme(tmp_path, roster=TWO)
    pair = {name: statement("e-1", name) for name in ("completed", "passed")}
    pair["completed"]["context"] = pair["passed"]["context"]
    later = statement("e-2")
    imported(tmp_path, *pair.values(), later)
    assert done(tmp_path) == 2
    imported(tmp_path, void(str(pair[verb]["id"])), name="void.ndjson")
    assert done(tmp_path) == 1
    assert report(tmp_path)["data"]["voided"] == 1
    imported(tmp_path, statement("e-1"), name="again.ndjson")
    assert done(tmp_path) == 2


def test_voiding_a_launch_takes_nothing_back(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TWO)
    launch, passed = statement("e-1", "initialized"), statement("e-1")
    launch["context"] = passed["context"]
    imported(tmp_path, launch, passed, void(str(launch["id"])))
    assert done(tmp_path) == 1


def test_a_key_that_is_taken_from_the_programme_takes_its_statements_along(
    tmp_path: Path,
) -> None:
    """A leaked key is removed from programme.yaml: what was read with it counts no more."""
    make_programme(tmp_path, roster=TWO)
    imported(tmp_path, statement("e-1"), statement("e-2", authority=ADMIN))
    assert done(tmp_path) == 2
    acme = "  - mbox: mailto:acme@noroom.example\n    chain: acme\n"
    make_programme(tmp_path, roster=TWO, settings=PROGRAMME.replace(acme, ""))
    found = report(tmp_path)
    assert (found["hotels"][0]["completed"], found["data"]["facts"]) == (1, 1)
    assert "1 stored statements are by authorities" in noroom(tmp_path, "report", *AS_OF).stdout
    moved = acme.replace("chain: acme", "chain: bellevue")
    make_programme(tmp_path, roster=TWO, settings=PROGRAMME.replace(acme, moved))
    assert done(tmp_path) == 1
    make_programme(tmp_path, roster=TWO)
    assert done(tmp_path) == 2


@pytest.mark.parametrize(("who", "level"), [("acme", 0), ("lms", 1)])
def test_only_an_lms_records_for_an_lms(tmp_path: Path, who: str, level: int) -> None:
    """`platform` is written by the course in the learner's browser, so it proves nothing."""
    make_programme(tmp_path, roster=TWO)
    claim = statement("e-1", authority=authority(who))
    claim["context"]["platform"] = "cmi5"
    imported(tmp_path, claim, without_authority(statement("e-2")))
    assert report(tmp_path)["hotels"][0]["evidence"]["lms_recorded"] == level
    rule = "rule:\n  min_evidence: lms_recorded\n"
    make_programme(tmp_path, roster=TWO, settings=PROGRAMME + rule)
    assert done(tmp_path) == level


def test_spellings_of_one_employee_are_one_person_and_zeros_are_not(tmp_path: Path) -> None:
    roster = (
        "hotel,employee\nacme-1,E-1\nacme-1, e-1 \nacme-1,\u00a0e-1\nacme-1,\uff45-1\nacme-1,e-01\n"
    )
    make_programme(tmp_path, roster=roster)
    imported(tmp_path, statement("e-1"), statement("  E-1 "), statement("e-01"))
    hotel = report(tmp_path)["hotels"][0]
    assert (hotel["completed"], hotel["headcount"]) == (2, 2)


@pytest.mark.parametrize(
    ("zone", "as_of", "at", "counts"),
    [
        ("Europe/Amsterdam", "2026-03-29", "2026-03-29T21:59:59.999Z", 1),
        ("Europe/Amsterdam", "2026-03-29", "2026-03-29T22:00:00.000Z", 0),
        ("Europe/Amsterdam", "2026-10-25", "2026-10-25T22:59:59.999Z", 1),
        ("Europe/Amsterdam", "2026-12-31", "2026-12-31T23:00:00.000Z", 0),
        ("Atlantic/Azores", "2026-10-24", "2026-10-25T00:30:00.000Z", 0),
        ("Africa/Cairo", "2026-04-23", "2026-04-23T21:59:59.999Z", 1),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z", 1),
        ("Europe/Amsterdam", "2028-02-29", "2026-02-27T23:00:00.000Z", 1),
        ("Europe/Amsterdam", "2028-02-29", "2026-02-27T22:59:59.999Z", 0),
    ],
)
def test_days_end_at_local_midnight(
    tmp_path: Path, zone: str, as_of: str, at: str, counts: int
) -> None:
    make_programme(tmp_path, roster=TWO, settings=PROGRAMME + f"time_zone: {zone}\n")
    imported(tmp_path, statement("e-1", at=at))
    text = noroom(tmp_path, "explain", "acme-1", "--as-of", as_of).stdout
    assert f"{counts} of 2 employees completed" in text


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "1999-12-31", "9999-12-31"])
def test_impossible_days_are_said(tmp_path: Path, day: str) -> None:
    make_programme(tmp_path, roster=FIVE)
    assert "as-of-date" in noroom(tmp_path, "report", "--as-of", day, code=1).stderr


def test_a_store_that_was_killed_at_its_start_is_an_empty_store(tmp_path: Path) -> None:
    import duckdb

    make_programme(tmp_path, roster=TWO)
    (tmp_path / "store").mkdir()
    duckdb.connect(str(tmp_path / "store" / "noroom.duckdb")).close()
    assert done(tmp_path) == 0
    imported(tmp_path, statement("e-1"))
    assert done(tmp_path) == 1


def test_a_file_in_the_place_of_the_store_is_said(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TWO)
    (tmp_path / "store").write_text("", "utf-8")
    for command in ("report", "import"):
        arguments = [tmp_path / "hotels.csv"] if command == "import" else []
        assert "store-folder" in noroom(tmp_path, command, *arguments, code=1).stderr


def test_no_identifier_of_a_person_reaches_the_disk(tmp_path: Path) -> None:
    """Names are put wherever a statement has room for them."""
    person = "anna.admiraal@acme.example"
    make_programme(tmp_path, roster=f"hotel,employee\nacme-1,{person}\n")
    sent = [statement(person), void(str(uuid.uuid4()), {"mbox": f"mailto:{person}"})]
    for key in ("id", "timestamp", "stored"):
        sent.append(statement(person, **{key: person}))
    sent.append(statement(person, authority={"mbox": f"mailto:{person}"}))
    sent.append(statement(person, actor={"mbox": f"mailto:{person}", "name": person}))
    odd = statement(person)
    odd["context"] |= {"registration": person, "language": person, "platform": person}
    imported(tmp_path, *sent, odd)
    counts = [noroom(tmp_path, "report", "--format", kind, *AS_OF, "--out", tmp_path / kind)
              for kind in ("csv", "html", "json", "table")]  # fmt: skip
    assert len(counts) == 4 and done(tmp_path) == 1
    read = [tmp_path / "store" / "noroom.duckdb", *(tmp_path / run for run in
            ("csv", "html", "json", "table"))]  # fmt: skip
    for file in read:
        raw = file.read_bytes()
        assert b"admiraal" not in raw, file.name
