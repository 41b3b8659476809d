"""What somebody could try with exports, rosters and hotels in order to win a certificate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.often import often
from tests.reports.programme_files import PROGRAMME, Json, make_programme, statement
from tests.reports.test_commands import imported, noroom, report

HOTELS = "hotel,name,chain,headcount\nacme-1,Acme One,acme,5\nacme-2,Acme Two,acme,5\n"
ROSTER = "hotel,employee,aliases\n" + "".join(f"acme-1,e-{n},\n" for n in range(5))
OTHER = ("--preset", "other", "--course", "no-room", "--confirmed-by", "J")
ROWS = "Login,Status,Completed on\n"


def exported(home: Path, text: str, *options: str, chain: str = "acme") -> Json:
    file = home / "export.csv"
    file.write_text(text, "utf-8")
    run = noroom(home, "import", file, *OTHER, "--chain", chain, "--json", *options)
    return dict(json.loads(run.stdout)["sources"][0])


def first(home: Path) -> Json:
    return dict(report(home)["hotels"][0])


def test_a_statement_cannot_claim_to_come_from_an_export(tmp_path: Path) -> None:
    """The name under which noroom keeps exports is no authority that an LRS could stamp."""
    open_to_all = PROGRAMME.partition("authorities")[0] + "rule:\n  min_evidence: lms_recorded\n"
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER, settings=open_to_all)
    context = {**statement()["context"], "platform": "lms-import"}
    claims = [
        statement(f"e-{n}", context=context, authority=authority)
        for n, authority in enumerate(({"mbox": "lms-import"}, {"mbox": "mailto:lms-import"}))
    ]
    imported(tmp_path, *claims)
    assert first(tmp_path)["completed"] == 0
    exported(tmp_path, ROWS + "e-1,Passed,2026-11-02\n")
    assert first(tmp_path)["evidence"]["lms_recorded"] == 1


def test_an_export_of_one_chain_says_nothing_of_another_s_people(tmp_path: Path) -> None:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    exported(tmp_path, ROWS + "e-1,Passed,2026-11-02\n", chain="bellevue")
    assert first(tmp_path)["completed"] == 0


def test_the_same_people_in_many_exports_are_counted_once(tmp_path: Path) -> None:
    """Other spellings, another hotel, another day, an attendance list, an alias."""
    settings = PROGRAMME + "rule:\n  attendance_lists: true\n"
    roster = ROSTER.replace(",e-1,", ",e-1,e1@acme.example")
    make_programme(tmp_path, hotels=HOTELS, roster=roster, settings=settings)
    exported(tmp_path, ROWS + "e-1,Passed,2026-11-02\n E-1 ,Passed,2026-11-03\n")
    exported(tmp_path, ROWS + "e-1,Passed,2026-11-02\n", "--hotel", "acme-2")
    exported(tmp_path, "Email" + ROWS[5:] + "E1@acme.example,Passed,2026-11-04\n")
    file = tmp_path / "list.csv"
    file.write_text("employee,date\ne-1,2026-11-05\n", "utf-8")
    noroom(tmp_path, "import", file, "--preset", "attendance", "--chain", "acme",
           "--course", "no-room")  # fmt: skip
    imported(tmp_path, statement("e-1"))
    assert first(tmp_path)["completed"] == 1
    assert [one["completed"] for one in report(tmp_path)["hotels"]] == [1, 0]


@pytest.mark.parametrize("login", often(["test user", "guest", "x", "N/A"]))
def test_a_shared_login_of_an_export_is_nobody(tmp_path: Path, login: str) -> None:
    make_programme(tmp_path, hotels=HOTELS)
    exported(tmp_path, f"{ROWS}{login},Passed,2026-11-02\n", "--hotel", "acme-1")
    assert first(tmp_path)["completed"] == 0


def test_somebody_s_own_login_cannot_be_taken_as_another_s_alias(tmp_path: Path) -> None:
    """Otherwise one diligent employee could stand for a whole team."""
    rows = "".join(f"acme-1,e-{n},e-0\n" for n in range(1, 5))
    roster = "hotel,employee,aliases\nacme-1,e-0,\n" + rows
    make_programme(tmp_path, hotels=HOTELS, roster=roster)
    imported(tmp_path, statement("e-0"))
    assert first(tmp_path)["completed"] == 1


def test_closing_and_opening_a_hotel_makes_no_completion(tmp_path: Path) -> None:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    imported(tmp_path, statement("e-1"), statement("e-2", hotel="acme-2"))
    before = report(tmp_path)["hotels"]
    for word, day in (("close", "2026-11-02"), ("reopen", "2026-11-03")):
        noroom(tmp_path, "hotel", word, "acme-1", "--on", day, "--by", "J")
    assert report(tmp_path)["hotels"] == before
