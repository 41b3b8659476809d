"""noroom roster import: lists of HR, what they change, and what they must not."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import openpyxl
import pytest

from tests.reports.programme_files import PROGRAMME, Json, authority, make_programme, statement
from tests.reports.test_commands import imported, noroom
from xapi_lrs_reports.people.aliases import sha1_key

HOTELS = "hotel,name,chain\nacme-1,Acme One,acme\nacme-2,Acme Two,acme\nbellevue-1,B,bellevue\n"
ROSTER = "hotel,employee,contract\n" + "".join(f"acme-1,e-{n},\n" for n in range(5))
ROSTER += "acme-2,f-1,agency\nbellevue-1,b-1,\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    return tmp_path


def people(home: Path, text: str | bytes, *options: object, day: str = "2026-11-10") -> Json:
    file = home / "people.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    words = ("roster", "import", file, "--chain", "acme", "--on", day, "--json", *options)
    return dict(json.loads(noroom(home, *words).stdout))


def refused(home: Path, text: str, *options: object) -> str:
    before = (home / "roster.csv").read_bytes()
    (home / "people.csv").write_text(text, "utf-8")
    words = ("roster", "import", home / "people.csv", "--chain", "acme", "--on", "2026-11-10")
    said = noroom(home, *words, *options, code=1).stderr
    assert (home / "roster.csv").read_bytes() == before
    return said


def on(home: Path, day: str, hotel: str = "acme-1") -> Json:
    found = json.loads(noroom(home, "report", "--json", "--as-of", day).stdout)
    return next(one for one in found["hotels"] if one["hotel"] == hotel)


def test_joined_left_moved_and_nothing_before_the_day_changes(home: Path) -> None:
    before = on(home, "2026-11-09")
    text = "hotel,employee,contract\n" + "".join(f"acme-1,e-{n},\n" for n in range(3))
    text += "acme-1,new-1,student\nacme-2,e-3,\nacme-2,f-1,permanent\n"
    dry = people(home, text, "--complete", "--dry-run")
    assert (home / "roster.csv").read_text("utf-8") == ROSTER
    found = people(home, text, "--complete")
    assert {**found, "dry_run": True} == dry
    assert found["hotels"] == {
        "acme-1": {**_no(before=5, unchanged=3), "joined": 1, "left": 1, "moved_away": 1},
        "acme-2": {**_no(before=1), "moved_here": 1, "changed": 1},
    }
    assert found["contracts"] == {"permanent": 5, "student": 1}
    assert on(home, "2026-11-09") == before
    after = on(home, "2026-11-10")
    assert (after["headcount"], after["beside"]["student"]["headcount"]) == (3, 1)
    assert on(home, "2026-11-09", "acme-2")["beside"]["agency"]["headcount"] == 1
    assert on(home, "2026-11-10", "acme-2")["headcount"] == 2
    again = people(home, text, "--complete")
    assert [one["unchanged"] for one in again["hotels"].values()] == [4, 2]
    assert "bellevue-1,b-1,\n" in (home / "roster.csv").read_text("utf-8")


def _no(**numbers: int) -> dict[str, int]:
    names = ("before", "joined", "left", "moved_here", "moved_away", "changed", "unchanged",
             "missing")  # fmt: skip
    return dict.fromkeys(names, 0) | numbers


def test_a_part_of_a_list_makes_nobody_leave(home: Path) -> None:
    found = people(home, "hotel,employee\nacme-1,e-1\n")
    assert found["hotels"]["acme-1"] == _no(before=5, unchanged=1, missing=4)
    assert (home / "roster.csv").read_text("utf-8") == ROSTER


def test_a_list_that_is_cut_off_is_not_taken_for_whole(home: Path) -> None:
    rows = ROSTER + "".join(f"acme-1,x-{n},\n" for n in range(15))
    (home / "roster.csv").write_text(rows, "utf-8")
    text = "hotel,employee\n" + "".join(f"acme-1,x-{n}\n" for n in range(14))
    assert "roster-leavers" in refused(home, text, "--complete")
    found = people(home, text, "--complete", "--many-leave")
    assert found["hotels"]["acme-1"]["left"] == 6


def test_zeros_that_a_spreadsheet_ate_make_no_new_people(home: Path) -> None:
    (home / "roster.csv").write_text("hotel,employee\nacme-1,00712\nacme-1,00713\n", "utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Hotel", "Personeelsnummer", "LMS login"], ["acme-1", 9, 712]):
        sheet.append(row)
    book.save(home / "people.xlsx")
    words = ("roster", "import", home / "people.xlsx", "--chain", "acme")
    assert "roster-zeros" in noroom(home, *words, code=1).stderr


def test_lists_as_offices_have_them(home: Path) -> None:
    """Titles above, names of hotels, local words, UTF-16 with tabs, dates of Excel."""
    text = "Personeelslijst 2026\n\nLocatie\tGebruikersnaam\tSoort contract\tIn dienst\tE-mail\n"
    text += "Acme Two\tnew-1\tUitzendkracht\t13-11-2026\tNew.One@acme.example\n"
    people(home, text.encode("utf-16"))
    assert on(home, "2026-11-12", "acme-2")["beside"]["agency"]["headcount"] == 1
    assert on(home, "2026-11-13", "acme-2")["beside"]["agency"]["headcount"] == 2
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Username", "Start date", "End date"])
    sheet.append(["new-2", datetime.date(1998, 3, 1), datetime.date(2026, 12, 1)])
    book.save(home / "people.xlsx")
    words = ("roster", "import", home / "people.xlsx", "--chain", "acme", "--hotel", "acme-1")
    assert "acme-1" in noroom(home, *words, "--on", "2026-11-10").stdout
    counts = [on(home, day)["headcount"] for day in ("2026-11-10", "2026-11-30", "2026-12-01")]
    assert counts == [6, 6, 5]


def test_who_comes_back_has_a_second_time_and_no_double_count(home: Path) -> None:
    people(home, "hotel,employee,left\nacme-1,e-1,2026-11-10\n")
    assert on(home, "2026-11-10")["headcount"] == 4
    people(home, "hotel,employee,joined\nacme-1,e-1,2020-01-01\n", day="2026-11-15")
    assert [on(home, day)["headcount"] for day in ("2026-11-14", "2026-11-15")] == [4, 5]


def test_several_hotels_are_several_people_places(home: Path) -> None:
    imported(home, statement("e-1"))
    people(home, "hotel,employee\nacme-1,e-1\nacme-2,e-1\n")
    assert [on(home, "2026-11-20", one)["completed"] for one in ("acme-1", "acme-2")] == [1, 1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Name,Place\nZ,X\n", "roster-columns"),
        ("hotel,employee\nacme-9,e-9\n", "roster-hotel"),
        ("hotel,employee\nbellevue-1,e-9\n", "roster-hotel"),
        ("hotel,employee\nacme-1,guest\n", "roster-employee"),
        ("hotel,employee,contract\nacme-1,e-9,freelance\n", "roster-contract"),
        ("hotel,employee,joined\nacme-1,e-9,soon\n", "roster-date"),
        ("hotel,employee,joined\nacme-1,e-9,02/03/2026\n", "roster-dates"),
        ("hotel,employee,contract\nacme-1,e-9,\nacme-1,E-9,agency\n", "roster-twice"),
        ("hotel,employee\n" + "acme-9,e\n" * 60, "csv-more"),
        ("hotel,employee,department\nacme-1,e-9,=cmd|' /C calc'!A0\n", "csv-formula"),
        ("hotel,employee\nacme-1,@e-9\n", "csv-formula"),
        ('hotel,employee,department\nacme-1,e-8,"bar\nacme-1,e-9,bar"\n', "csv-row"),
    ],
)
def test_what_is_wrong_with_a_list_changes_nothing(home: Path, text: str, code: str) -> None:
    said = refused(home, text)
    assert f"error[{code}]" in said
    assert "e-9" not in said.lower()


def test_every_way_in_which_xapi_names_a_person_leads_to_one_employee(home: Path) -> None:
    """By mail address, its SHA-1, an OpenID and an account elsewhere: one completion."""
    mail, openid, account = "e1@acme.example", "https://id.acme.example/e1", "e1@sso"
    lms = "https://lms.acme.example"
    ids = f"{mail} {openid} {lms}|{account}"
    text = f"hotel,employee,aliases\nacme-1,e-1,{ids}\n"
    people(home, text)
    digest = sha1_key(mail).partition(":")[2]
    actors: list[Json] = [
        {"mbox": f"mailto:{mail.upper()}"},
        {"mbox_sha1sum": digest.upper()},
        {"openid": openid},
        {"account": {"homePage": lms, "name": account}},
    ]
    imported(home, *(statement(actor=actor) for actor in actors), statement("e-1"))
    assert on(home, "2026-11-20")["completed"] == 1
    [merge] = json.loads(noroom(home, "roster", "aliases", "--json").stdout)["merges"]
    assert merge == {"line": 3, "chain": "acme", "under_lms_id": 1, "under_aliases": 4}
    assert "4" in noroom(home, "roster", "aliases").stdout
    stored = (home / "store" / "noroom.duckdb").read_bytes()
    for clear in (mail, openid, account, digest):
        assert clear.encode() not in stored
    cleaned = (home / "roster.csv").read_text("utf-8").replace(ids, "")
    (home / "roster.csv").write_text(cleaned, "utf-8")
    assert "No alias" in noroom(home, "roster", "aliases").stdout
    assert on(home, "2026-11-20")["completed"] == 1


def test_another_id_than_a_pseudonym_is_read_only_of_a_chain_s_own_authority(home: Path) -> None:
    """Whoever speaks for the whole programme cannot say whose employee a mail address is."""
    people(home, "hotel,employee,aliases\nacme-1,e-1,e1@acme.example\n")
    actor = {"mbox": "mailto:e1@acme.example"}
    for who in ("lms", "admin"):
        counts = imported(home, statement(actor=actor, authority=authority(who)), statement("f-1"))
        assert (counts["new"], counts["quarantined"]) == (1, 1)
    foreign = statement(actor=actor, authority=authority("bellevue"))
    assert imported(home, foreign)["new"] == 1
    assert on(home, "2026-11-20")["completed"] == 0
    make_programme(home, hotels=HOTELS, settings=PROGRAMME.partition("authorities")[0])
    counts = imported(home, statement(actor=actor), statement("f-1"), name="b.ndjson")
    assert (counts["new"], counts["quarantined"]) == (1, 1)


def test_a_new_mail_address_of_somebody_takes_no_completion_away(home: Path) -> None:
    """HR's list names the address of today; the roster keeps those under which people finished."""
    people(home, "hotel,employee,e-mail\nacme-1,e-1,maiden@acme.example\n")
    imported(home, statement(actor={"mbox": "mailto:maiden@acme.example"}))
    before = on(home, "2026-11-20")
    assert before["completed"] == 1
    text = "hotel,employee,e-mail,personeelsnummer\nacme-1,e-1,married@acme.example,00712\n"
    assert people(home, text)["hotels"]["acme-1"]["changed"] == 1
    assert on(home, "2026-11-20") == before
    aliases = (home / "roster.csv").read_text("utf-8").partition(",e-1,")[2].splitlines()[0]
    for one in ("maiden@acme.example", "married@acme.example", "00712"):
        assert one in aliases
    assert people(home, text)["hotels"]["acme-1"]["unchanged"] == 1


def test_a_leaving_date_of_before_the_day_changes_no_answer_of_before_it(home: Path) -> None:
    before = on(home, "2026-11-05")
    people(home, "hotel,employee,left\nacme-1,e-1,2026-11-01\n")
    assert on(home, "2026-11-05") == before
    assert on(home, "2026-11-10")["headcount"] == 4
    again = people(home, "hotel,employee,left\nacme-1,e-1,2026-11-01\n", day="2026-11-12")
    assert again["hotels"]["acme-1"]["unchanged"] == 1
    assert on(home, "2026-11-10")["headcount"] == 4


def test_who_works_here_now_is_changed_and_not_the_time_to_come(home: Path) -> None:
    roster = "hotel,employee,contract,joined,left\nacme-1,e-1,,2020-01-01,2027-01-01\n"
    (home / "roster.csv").write_text(roster + "acme-1,e-1,,2027-03-01,\n", "utf-8")
    people(home, "hotel,employee,contract\nacme-1,e-1,agency\n")
    for day, people_there in {"2026-11-09": (1, 0), "2026-11-10": (0, 1), "2027-01-01": (0, 0),
                              "2027-03-02": (1, 0)}.items():  # fmt: skip
        found = on(home, day)
        assert (found["headcount"], found["beside"]["agency"]["headcount"]) == people_there


def test_another_contract_until_a_last_day_leaves_the_past_as_it_was(home: Path) -> None:
    people(home, "hotel,employee,contract,left\nacme-1,e-1,agency,2026-12-01\n")
    found = {day: on(home, day) for day in ("2026-11-09", "2026-11-10", "2026-12-01")}
    assert [one["headcount"] for one in found.values()] == [5, 4, 4]
    assert [one["beside"]["agency"]["headcount"] for one in found.values()] == [0, 1, 0]


@pytest.mark.parametrize(
    ("share", "percent"), [("0,6", 60), ("60 %", 60), ("0.6666666667", 67), ("1", 100)]
)
def test_the_share_of_a_full_time_job_comes_with_the_list(
    home: Path, share: str, percent: int
) -> None:
    (home / "programme.yaml").write_text(PROGRAMME + "rule: {unit: fte, min_headcount: 1}\n")
    found = people(home, f"hotel;employee;FTE\nacme-1;e-1;{share}\nacme-1;e-9;{share}\n")
    assert found["hotels"]["acme-1"]["joined"] == 1
    assert found["hotels"]["acme-1"]["changed"] == (percent != 100)
    imported(home, statement("e-1"))
    assert on(home, "2026-11-09")["percent"] == 20
    shares = 4 * 100 + 2 * percent
    assert on(home, "2026-11-10")["percent"] == 100 * percent // shares


def test_ids_that_a_spreadsheet_shortened_make_several_people_one(home: Path) -> None:
    text = 'hotel,employee\nacme-1,"1,23457E+11"\nacme-1,"1,23457E+11"\n'
    assert "a spreadsheet has rounded" in refused(home, text)
