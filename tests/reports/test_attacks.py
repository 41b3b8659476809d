"""What somebody could try in order to invent, lose or forge a completion, and what comes of it."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from programme.completion_code import read_code
from tests.reports.programme_files import (
    ADMIN,
    PROGRAMME,
    Json,
    authority,
    make_programme,
    statement,
    void,
)
from tests.reports.return_sheets import HOTELS, ROSTER, code, write_sheet
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


def handed_in(folder: Path, *codes: tuple[str, str], name: str = "sheet.xlsx") -> Json:
    """Import a return sheet with these (hotel, code)."""
    file = write_sheet(folder / name, codes=codes)
    [found] = json.loads(noroom(folder, "import", file, "--json").stdout)["sources"]
    return dict(found["codes"])


def waiting(folder: Path) -> list[str]:
    """Give the codes of the problems of all completion codes that wait for review."""
    found = json.loads(noroom(folder, "explain", "--quarantine", "--json").stdout)["quarantine"]
    return sorted(one["code"].removeprefix("completion-code-") for one in found)


def test_a_code_that_is_handed_in_many_times_counts_once(tmp_path: Path) -> None:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    typed = [code("e-1"), code("e-1").lower(), code("e-1").replace("-", ""), f" {code('e-1')} "]
    assert handed_in(tmp_path, *[("acme-1", one) for one in typed])["new"] == 1
    handed_in(tmp_path, *[("acme-1", one) for one in typed], name="again.xlsx")
    for day in (11, 12):
        handed_in(tmp_path, ("acme-1", code("e-1", day=date(2026, 11, day))), name=f"{day}.xlsx")
    found = report(tmp_path)
    assert done(tmp_path) == found["hotels"][0]["evidence"]["code"] == 1
    assert found["data"]["codes_in_review"] == 0


@pytest.mark.parametrize("code_first", [True, False])
def test_a_code_and_a_statement_of_one_person_are_one_completion(
    tmp_path: Path, code_first: bool
) -> None:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    sent = statement("e-1", at="2026-11-10T23:59:59.999Z")
    if code_first:
        handed_in(tmp_path, ("acme-1", code("e-1")))
    imported(tmp_path, sent)
    if not code_first:
        assert handed_in(tmp_path, ("acme-1", code("e-1")))["completed_anyway"] == 1
    evidence = report(tmp_path)["hotels"][0]["evidence"]
    assert (done(tmp_path), evidence["self_asserted"], evidence["code"]) == (1, 1, 0)
    imported(tmp_path, void(str(sent["id"])), name="void.ndjson")
    assert done(tmp_path) == 0
    handed_in(tmp_path, ("acme-1", code("e-1", day=date(2026, 11, 12))), name="later.xlsx")
    assert done(tmp_path) == 1


def test_made_up_codes_wait_for_a_person_and_count_for_nothing(tmp_path: Path) -> None:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    random_codes = [hashlib.sha256(bytes([n])).hexdigest()[:16] for n in range(250)]
    made_up = [code(f"nobody-{n}") for n in range(20)]
    found = handed_in(tmp_path, *[("acme-1", one) for one in [*random_codes, *made_up]])
    assert (found["new"], found["review"]) == (0, 270)
    assert done(tmp_path) == 0
    assert waiting(tmp_path).count("unmatched") >= 20
    data = report(tmp_path)["data"]
    assert (data["codes_in_review"], data["quarantined"], data["facts"]) == (270, 0, 0)
    assert "270 completion codes wait for review" in noroom(tmp_path, "explain", "acme-1").stdout


def test_one_code_does_not_certify_many_hotels(tmp_path: Path) -> None:
    more = "".join(f"acme-{n},Acme {n},acme\n" for n in range(3, 9))
    roster = ROSTER + "".join(f"acme-{n},p-{n}\n" for n in range(3, 9)) + "bellevue-1,b-1\n"
    make_programme(tmp_path, hotels=HOTELS + more, roster=roster)
    hotels = [f"acme-{n}" for n in range(1, 9)]
    assert handed_in(tmp_path, *[(name, code("e-1")) for name in hotels])["new"] == 1
    assert waiting(tmp_path) == ["hotel"] * 7
    completed = {one["hotel"]: one["completed"] for one in report(tmp_path)["hotels"]}
    assert completed == {"acme-1": 1, **dict.fromkeys(hotels[1:], 0), "bellevue-1": 0}
    handed_in(tmp_path, ("acme-1", code("b-1", chain="bellevue")), name="b.xlsx")
    said = noroom(tmp_path, "explain", "--quarantine").stdout
    assert "somebody of another chain" in said


def test_codes_of_another_course_version_or_day_wait(tmp_path: Path) -> None:
    known = "completion_codes:\n  since: 2026-11-01\n  versions: [1.0.0, 1.1.0]\n"
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER, settings=PROGRAMME + known)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    odd = {
        "course": [code(course="other-course")],
        "version": [code(version="1.2.0"), code(version="")],
        "date": [code(day=None), code(day=date(2026, 10, 31)), code(day=tomorrow)],
        "typo": [
            code()[:-1] + ("2" if code()[-1] == "1" else "1"),
            "see attached list",
            "12345678",
        ],
    }
    given = [(kind, one) for kind, codes in odd.items() for one in codes]
    found = handed_in(tmp_path, *[("acme-1", one) for _, one in given])
    assert (found["new"], found["review"]) == (0, len(given))
    assert waiting(tmp_path) == sorted(kind for kind, _ in given)
    assert handed_in(tmp_path, ("acme-1", code(version="1.1.0")), name="b.xlsx")["new"] == 1


def test_a_code_that_fits_two_people_is_nobodys(tmp_path: Path, monkeypatch: Any) -> None:
    """Forty bits are many, but a beginning of one bit shows what happens when they meet."""
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    path = "xapi_lrs_reports.return_sheet.match_codes._beginning"
    monkeypatch.setattr(path, lambda learner: read_code(code("e-1")).learner)  # type: ignore[union-attr]
    assert handed_in(tmp_path, ("acme-1", code("e-1")))["review"] == 1
    assert waiting(tmp_path) == ["several"]


def test_codes_count_only_as_much_as_the_rule_believes_them(tmp_path: Path) -> None:
    rule = "rule:\n  min_evidence: self_asserted\n"
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER, settings=PROGRAMME + rule)
    handed_in(tmp_path, ("acme-1", code("e-1")))
    assert done(tmp_path) == 0
    assert "weaker evidence than asked for" in noroom(tmp_path, "explain", "acme-1").stdout


def test_who_types_a_code_reaches_no_disk_in_the_clear(tmp_path: Path) -> None:
    person = "anna.admiraal@acme.example"
    make_programme(tmp_path, hotels=HOTELS, roster=f"hotel,employee\nacme-1,{person}\n")
    file = write_sheet(
        tmp_path / "sheet.xlsx",
        roster=[("acme-1", person, "Bar"), ("acme-1", f"other.{person}")],
        codes=[("acme-1", code(person)), ("acme-1", person), (" acme-1", f"{person}\n")],
    )
    run = noroom(tmp_path, "import", file)
    assert "admiraal" not in run.stdout + run.stderr
    file = write_sheet(file, roster=[("acme-1", person, "Bar")], codes=[("acme-1", person)])
    run = noroom(tmp_path, "import", file)
    assert "admiraal" not in run.stdout + run.stderr
    assert b"admiraal" not in (tmp_path / "store" / "noroom.duckdb").read_bytes()
