"""The HR view: a chain's own people by the roster that it hands in; no score, nothing stored."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.reports.programme_files import PROGRAMME, make_programme, statement
from tests.reports.test_commands import AS_OF, imported, noroom

HOTELS = "hotel,name,chain\nacme-1,Acme One,acme\nbell-1,Bell One,bellevue\n"
ROSTER = "hotel,employee\nacme-1,e-0\nacme-1,e-1\nbell-1,b-0\n"
NAMED = (
    "hotel,employee,name,department\nacme-1,e-0,Ann Ash,Bar\nacme-1,e-1,Bo Birch,Bar\n"
    "acme-1,e-2,Cy Cedar,Spa\nacme-1,e-3,=Di Dogwood,Spa\nacme-1,E-0 ,Ann Ash,Bar\n"
)
STORED = ("store", "hotels.csv", "roster.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_programme(tmp_path, HOTELS, ROSTER)
    (tmp_path / "named.csv").write_text(NAMED, encoding="utf-8")
    failed = {"completion": True, "success": False, "score": {"scaled": 0.41}}
    imported(
        tmp_path,
        statement("e-0", at="2026-11-01T23:30:00Z"),
        statement("e-1", "failed", result=failed),
        statement("e-3", at="2021-11-01T10:00:00Z"),
        statement("b-0", chain="bellevue"),
    )
    return tmp_path


def hr(folder: Path, *more: object, chain: str = "acme", code: int = 0) -> str:
    given = ("--view", "hr", "--chain", chain, "--roster", folder / "named.csv", *AS_OF, *more)
    run = noroom(folder, "report", *given, code=code)
    return run.stdout if not code else run.stderr


def test_it_says_who_finished_and_who_is_still_to_do(folder: Path) -> None:
    found = json.loads(hr(folder, "--json"))
    states = {one["name"]: (one["state"], one["finished_on"]) for one in found["people"]}
    assert states == {
        "Ann Ash": ("finished", "2026-11-02"),
        "Bo Birch": ("to_do", None),
        "Cy Cedar": ("to_do", None),
        "=Di Dogwood": ("again", None),
    }
    assert [one["hotel"] for one in found["hotels"]] == ["acme-1"]
    assert found["hotels"][0]["headcount"] == 4


def test_a_counted_attendance_list_is_a_completion_everywhere(folder: Path) -> None:
    settings = PROGRAMME + "rule:\n  attendance_lists: true\n"
    make_programme(folder, HOTELS, ROSTER, settings=settings)
    (folder / "list.csv").write_text("employee,date\ne-2,2026-11-02\n", encoding="utf-8")
    options = ("--preset", "attendance", "--chain", "acme", "--course", "no-room")
    noroom(folder, "import", folder / "list.csv", "--hotel", "acme-1", *options)
    people = {one["name"]: one for one in json.loads(hr(folder, "--json"))["people"]}
    assert people["Cy Cedar"]["state"] == "finished"
    assert people["Cy Cedar"]["finished_on"] == "2026-11-02"


@pytest.mark.parametrize("kind", ["table", "csv", "json", "html"])
def test_no_score_no_try_no_other_chain(folder: Path, kind: str) -> None:
    text = hr(folder, "--format", kind, *(("--language", "en") if kind == "html" else ()))
    text = re.sub(r"<style>.*</style>|sha256-[^']*", "", text, flags=re.DOTALL)
    assert "Ann Ash" in text and "0.41" not in text and "41" not in text
    assert "failed" not in text.lower()
    assert "score" not in text.lower().replace("no scores, no answers", "")
    assert "bell-" not in text and "Bell" not in text and "b-0" not in text


def test_who_failed_looks_like_who_never_began(folder: Path) -> None:
    people = {one["name"]: one for one in json.loads(hr(folder, "--json"))["people"]}
    failed, never = people["Bo Birch"], people["Cy Cedar"]
    who = ("name", "employee", "department")
    assert {**failed, **dict.fromkeys(who)} == {**never, **dict.fromkeys(who)}


def test_the_page_names_who_is_still_to_do_first_and_says_why_to_keep_it(folder: Path) -> None:
    text = hr(folder, "--format", "html", "--language", "en")
    shown = [text.index(name) for name in ("=Di Dogwood", "Bo Birch", "Cy Cedar", "Ann Ash")]
    assert shown == sorted(shown)
    assert "to do again" in text[shown[0] : shown[1]] and text.count("to do again") == 1
    assert "1 of 4 finished" in text and "Still needed: 2." in text
    assert "This page has names." in text and "2 November 2026" in text
    dutch = hr(folder, "--format", "html")
    assert 'lang="nl"' in dutch and "Nog te doen" in dutch and "Acme Hotels" in dutch


def test_names_are_stored_nowhere(folder: Path) -> None:
    hr(folder, "--format", "xlsx", "--out", folder / "list.xlsx")
    book = openpyxl.load_workbook(folder / "list.xlsx")
    assert {cell.data_type for row in book["People"].iter_rows() for cell in row} <= {"s", "d", "n"}
    assert "Ann Ash" in [row[2].value for row in book["People"].iter_rows()]
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("named.csv", "list.xlsx"):
            assert b"Birch" not in path.read_bytes(), path


def test_a_chain_sees_its_own_people_only(folder: Path) -> None:
    text = hr(folder, chain="bellevue", code=1)
    assert "error[hr-chain]" in text and "named.csv:2" in text
    assert "Ann" not in text


@pytest.mark.parametrize(
    "given",
    [("--view", "hr"), ("--roster", "x.csv"), ("--view", "hr", "--roster", "x.csv"),
     ("--view", "internal", "--roster", "x.csv", "--chain", "acme"),
     ("--anonymous-benchmark", "--view", "internal")],
)  # fmt: skip
def test_misuse_is_said(folder: Path, given: tuple[str, ...]) -> None:
    assert "go" in noroom(folder, "report", *given, code=2).stderr


def test_a_roster_that_is_not_there(folder: Path) -> None:
    (folder / "named.csv").unlink()
    assert "error[file-unreadable]" in hr(folder, code=1)


def test_who_moved_to_another_department_stands_in_the_present_one(folder: Path) -> None:
    rows = ["acme-1,e-0,Ann Ash,bar,2024-01-01,2026-06-01", "acme-1,e-0,Ann Ash,desk,2026-06-01,"]
    for lines in (rows, rows[::-1]):
        text = "hotel,employee,name,department,joined,left\n" + "\n".join(lines)
        (folder / "named.csv").write_text(text, encoding="utf-8")
        [one] = json.loads(hr(folder, "--json"))["people"]
        assert (one["department"], one["state"]) == ("desk", "finished")


def test_who_has_an_id_that_several_share_is_on_the_list(folder: Path) -> None:
    """They are in the base and can never be matched: the chain has to know of whom."""
    (folder / "named.csv").write_text(NAMED + "acme-1,guest,Eva Elm,\n", encoding="utf-8")
    found = json.loads(hr(folder, "--json"))
    assert len(found["people"]) == found["hotels"][0]["headcount"] == 5
    assert next(one for one in found["people"] if one["name"] == "Eva Elm")["state"] == "to_do"


def test_people_of_a_merged_hotel_are_on_the_list_of_the_other(folder: Path) -> None:
    make_programme(folder, HOTELS + "acme-2,Two,acme\n", ROSTER + "acme-2,e-7\n")
    (folder / "named.csv").write_text(NAMED + "acme-2,e-7,Fay Fir,\n", encoding="utf-8")
    merge = ("merge", "acme-2", "--into", "acme-1", "--on", "2026-11-01", "--by", "J. Jansen")
    noroom(folder, "hotel", *merge)
    found = json.loads(hr(folder, "--json"))
    assert [one["hotel"] for one in found["people"] if one["name"] == "Fay Fir"] == ["acme-1"]
    assert "Fay Fir" in hr(folder, "--format", "html")


BESIDE = (
    "hotel,employee,name,contract\nacme-1,e-0,Ann Ash,permanent\nacme-1,e-1,Bo Birch,permanent\n"
    "acme-1,e-2,Cy Cedar,agency\nacme-1,e-3,Di Dogwood,agency\nacme-1,e-3,Di Dogwood,fixed\n"
)


def test_agency_staff_is_said_not_to_count_in_every_format(folder: Path) -> None:
    (folder / "named.csv").write_text(BESIDE, encoding="utf-8")
    people = json.loads(hr(folder, "--json"))["people"]
    counts = {one["name"]: one["counts_towards_share"] for one in people}
    assert counts == {"Ann Ash": True, "Bo Birch": True, "Cy Cedar": False, "Di Dogwood": True}
    table = hr(folder)
    [cedar] = [line for line in table.splitlines() if "Cy Cedar" in line]
    assert cedar.endswith("no") and "does not count towards the share" in table
    rows = list(csv.DictReader(hr(folder, "--format", "csv").splitlines()))
    assert {row["name"]: row["counts towards the share"] for row in rows} == {
        name: "yes" if is_in else "no" for name, is_in in counts.items()
    }
    hr(folder, "--format", "xlsx", "--out", folder / "list.xlsx")
    sheet = openpyxl.load_workbook(folder / "list.xlsx")["People"]
    assert {row[2]: row[6] for row in sheet.iter_rows(min_row=2, values_only=True)}[
        "Cy Cedar"
    ] == "no"
    page = hr(folder, "--format", "html", "--language", "en")
    [cedar] = [line for line in page.splitlines() if "Cy Cedar" in line]
    assert "does not count towards the share" in cedar
    assert page.count(">does not count towards the share<") == 1
    assert "because they count in another hotel: 1." in page
    assert "telt niet mee voor het aandeel" in hr(folder, "--format", "html")


def test_where_everybody_counts_nothing_is_said_of_it(folder: Path) -> None:
    assert "does not count" not in hr(folder)
    assert "count towards" not in hr(folder, "--format", "html", "--language", "en")


def test_who_counts_in_another_hotel_does_not_count_here(folder: Path) -> None:
    settings = PROGRAMME + "rule:\n  multi_property: home\n"
    make_programme(folder, HOTELS + "acme-2,Acme Two,acme\n", ROSTER, settings=settings)
    (folder / "named.csv").write_text(
        "hotel,employee,name,joined\nacme-1,e-0,Ann Ash,2020-01-01\nacme-2,e-0,Ann Ash,2021-01-01\n"
        "acme-2,e-1,Bo Birch,2021-01-01\n",
        encoding="utf-8",
    )
    people = json.loads(hr(folder, "--json"))["people"]
    assert {(one["hotel"], one["name"]): one["counts_towards_share"] for one in people} == {
        ("acme-1", "Ann Ash"): True,
        ("acme-2", "Ann Ash"): False,
        ("acme-2", "Bo Birch"): True,
    }


def test_a_hotel_of_agency_staff_alone_is_below_no_departments_threshold(folder: Path) -> None:
    text = "hotel,employee,name,contract\nacme-1,e-2,Cy Cedar,agency\n"
    make_programme(folder, HOTELS, "hotel,employee,contract\nacme-1,e-2,agency\n")
    (folder / "named.csv").write_text(text, encoding="utf-8")
    page = hr(folder, "--format", "html", "--language", "en")
    assert "Nobody can say yet whether this hotel meets the rule" in page
    assert "a department is below" not in page


def test_what_is_wrong_with_other_chains_is_said_to_the_office_and_not_to_hr(folder: Path) -> None:
    gone = f"gone-1,bellevue/{'a' * 32},2026-10-01\n"
    (folder / "codes.csv").write_text(f"hotel,learner,issued_on\n{gone}", encoding="utf-8")
    given = ("--view", "hr", "--chain", "acme", "--roster", folder / "named.csv", *AS_OF)
    run = noroom(folder, "report", *given, "--format", "xlsx", "--out", folder / "list.xlsx")
    book = openpyxl.load_workbook(folder / "list.xlsx")
    assert not [cell for row in book["Method"].values for cell in row if "gone-1" in str(cell)]
    assert 'Note: codes.csv:2: "gone-1" is not in hotels.csv' in run.stderr
