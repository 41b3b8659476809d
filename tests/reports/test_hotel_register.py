"""noroom hotel add, rename, merge, close, reopen, headcount, import, list: and any day's answer."""

from __future__ import annotations

import csv
import fcntl
import json
from pathlib import Path

import pytest

from tests.reports.programme_files import Json, make_programme, statement
from tests.reports.test_commands import imported, noroom

HOTELS = "\ufeffhotel;name;chain;headcount\nacme-1;Acme One;acme;4\nacme-2;Acme Two;acme;6\n"
HOTELS += "bellevue-1;Belle;bellevue;5\n"
BY = ("--by", "J. Jansen")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_programme(tmp_path, hotels=HOTELS)
    return tmp_path


def hotel(home: Path, *words: object, code: int = 0) -> str:
    return noroom(home, "hotel", *words, *BY, code=code).stderr


def on(home: Path, day: str) -> dict[str, Json]:
    found = json.loads(noroom(home, "report", "--json", "--as-of", day).stdout)
    return {one["hotel"]: one for one in found["hotels"]}


def listed(home: Path, day: str) -> dict[str, Json]:
    found = json.loads(noroom(home, "hotel", "list", "--json", "--as-of", day).stdout)
    return {one["hotel"]: one for one in found["hotels"]}


def snapshot(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in home.glob("*.csv")}


def test_a_hotel_is_added_and_what_stood_there_stays_as_it_was(home: Path) -> None:
    hotel(home, "add", "acme-3", "--name", "Acme; Three", "--chain", "acme", "--headcount", 9,
          "--on", "2026-11-01")  # fmt: skip
    text = (home / "hotels.csv").read_text("utf-8")
    assert text.startswith("\ufeffhotel;name;chain;headcount;joined\n" + HOTELS.partition("\n")[2])
    assert on(home, "2026-11-02")["acme-3"]["headcount"] == 9
    assert on(home, "2026-10-31")["acme-3"]["flags"] == ["not_joined_yet"]
    assert on(home, "2026-10-31")["acme-3"]["status"] == "cannot_say"
    assert listed(home, "2026-10-31")["acme-3"]["state"] == "not_joined_yet"
    table = noroom(home, "hotel", "list", "--chain", "acme", "--as-of", "2026-11-02").stdout
    assert "Acme; Three" in table and "Belle" not in table


def test_a_name_holds_from_its_day_on(home: Path) -> None:
    hotel(home, "rename", "acme-1", "Grand Acme", "--on", "2026-06-01")
    hotel(home, "rename", "acme-1", "Acme Palace", "--on", "2026-09-01")
    names = [on(home, day)["acme-1"]["name"] for day in ("2026-05-31", "2026-06-01", "2026-09-01")]
    assert names == ["Acme One", "Grand Acme", "Acme Palace"]
    before = snapshot(home)
    assert "already" in hotel(home, "rename", "acme-1", "Acme Palace", "--on", "2026-10-01")
    assert snapshot(home) == before


def test_a_name_of_before_the_present_one_is_not_put_after_it(home: Path) -> None:
    hotel(home, "rename", "acme-1", "Acme Palace", "--on", "2026-09-01")
    before = snapshot(home)
    said = hotel(home, "rename", "acme-1", "Grand Acme", "--on", "2026-06-01", code=1)
    assert "error[hotel-state]" in said and "2026-09-01" in said
    assert snapshot(home) == before


def test_the_country_of_a_new_hotel_is_kept(home: Path) -> None:
    """Learners see the emergency numbers of that country."""
    file = home / "list.csv"
    file.write_text("hotel,name,chain,country\nacme-3,Three,acme,BE\n", encoding="utf-8")
    hotel(home, "import", file)
    hotel(home, "add", "acme-4", "--name", "Four", "--chain", "acme", "--country", "DE")
    rows = csv.DictReader((home / "hotels.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    assert [row["country"] for row in rows] == [None, None, None, "BE", "DE"]
    file.write_text("hotel,name,chain,country\nacme-3,Three,acme,NL\n", encoding="utf-8")
    said = noroom(home, "hotel", "import", file, *BY)
    assert "kept       acme-3  country BE, not NL as in the list" in said.stdout
    assert "1 hotel as before." in said.stderr


def test_a_closed_hotel_is_gone_from_that_day_and_comes_back(home: Path) -> None:
    hotel(home, "close", "acme-1", "--on", "2026-06-01")
    hotel(home, "reopen", "acme-1", "--on", "2026-09-01")
    there = ["acme-1" in on(home, day) for day in ("2026-05-31", "2026-06-01", "2026-09-01")]
    assert there == [True, False, True]
    assert listed(home, "2026-07-01")["acme-1"]["state"] == "closed"


def test_who_works_in_a_closed_hotel_counts_where_the_statement_says(home: Path) -> None:
    """A roster row of a hotel that is gone must not hold somebody back."""
    (home / "roster.csv").write_text("hotel,employee\nacme-1,e-1\n", "utf-8")
    imported(home, statement("e-1", hotel="acme-2"))
    assert on(home, "2026-11-20")["acme-2"]["completed"] == 0
    hotel(home, "close", "acme-1", "--on", "2026-11-10")
    assert on(home, "2026-11-20")["acme-2"]["completed"] == 1


def test_a_season_is_judged_as_on_the_last_open_day(home: Path) -> None:
    """A closed hotel cannot get its certificate by sending everybody home."""
    roster = "hotel,employee,joined,left\n"
    roster += "".join(f"acme-1,e-{n},,2026-11-{n:02}\n" for n in range(10, 15))
    roster += "acme-1,e-20,2026-11-12,\nacme-1,e-21,,\n"
    (home / "roster.csv").write_text(roster, "utf-8")
    imported(home, statement("e-21"), statement("e-20"))
    hotel(home, "close", "acme-1", "--on", "2026-11-05", "--until", "2027-03-01")
    hotel(home, "headcount", "acme-2", 9, "--on", "2026-11-06")
    hotel(home, "close", "acme-2", "--on", "2026-11-05", "--until", "2027-03-01")
    winter, spring = on(home, "2026-11-20"), on(home, "2027-03-01")
    assert (winter["acme-1"]["completed"], winter["acme-1"]["headcount"]) == (1, 6)
    assert winter["acme-1"]["flags"] == ["closed_for_season"]
    assert (spring["acme-1"]["completed"], spring["acme-1"]["headcount"]) == (2, 2)
    assert (winter["acme-2"]["headcount"], spring["acme-2"]["headcount"]) == (6, 9)
    assert "last open day" in noroom(home, "explain", "acme-1", "--as-of", "2026-11-20").stdout
    assert listed(home, "2026-11-20")["acme-1"]["until"] == "2027-03-01"


def test_a_season_that_is_made_longer_still_goes_by_the_last_open_day(home: Path) -> None:
    """Else it would be judged by the few who are there in winter."""
    roster = "hotel,employee,left\nacme-1,e-0,\n"
    roster += "".join(f"acme-1,e-{n},2026-11-10\n" for n in range(1, 6))
    (home / "roster.csv").write_text(roster, "utf-8")
    imported(home, statement("e-0"))
    hotel(home, "close", "acme-1", "--on", "2026-11-05", "--until", "2027-03-01")
    hotel(home, "close", "acme-1", "--on", "2027-03-01", "--until", "2027-04-01")
    hotel(home, "close", "acme-1", "--on", "2027-03-20", "--until", "2027-05-01")
    for day in ("2026-11-20", "2027-03-05", "2027-04-20"):
        found = on(home, day)["acme-1"]
        assert (found["headcount"], found["certified"]) == (6, False), day
    assert on(home, "2027-05-01")["acme-1"]["headcount"] == 1


def test_merged_hotels_are_one_from_that_day_on(home: Path) -> None:
    imported(home, statement("e-1", hotel="acme-1"), statement("e-2", hotel="acme-2"))
    before = on(home, "2026-11-10")
    hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-11")
    assert on(home, "2026-11-10") == before
    after = on(home, "2026-11-11")
    assert "acme-1" not in after
    assert (after["acme-2"]["completed"], after["acme-2"]["headcount"]) == (2, 10)
    hotel(home, "headcount", "acme-2", 8, "--on", "2026-11-12")
    assert on(home, "2026-11-12")["acme-2"]["headcount"] == 8
    hotel(home, "reopen", "acme-1", "--on", "2026-11-20")
    again = on(home, "2026-11-20")
    assert [again[name]["completed"] for name in ("acme-1", "acme-2")] == [1, 1]
    assert listed(home, "2026-11-15")["acme-1"]["into"] == "acme-2"
    asked = ("explain", "acme-1", "--as-of", "2026-11-15")
    assert "acme-1 is a part of acme-2 on 2026-11-15" in noroom(home, *asked, code=1).stderr


def test_two_rosters_become_one_and_nobody_is_counted_twice(home: Path) -> None:
    rows = "acme-1,e-1\nacme-1,e-2\nacme-2,e-2\nacme-2,e-3\nacme-1,guest\nacme-2,guest\n"
    (home / "roster.csv").write_text("hotel,employee\n" + rows, "utf-8")
    imported(home, statement("e-2"))
    hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-11")
    found = on(home, "2026-11-11")["acme-2"]
    assert (found["completed"], found["headcount"]) == (1, 5)


def test_a_merger_of_roster_and_headcount_does_not_shrink_the_base(home: Path) -> None:
    """Three people on one hotel's roster are no answer for the other's six."""
    rows = "".join(f"acme-1,e-{n}\n" for n in range(3)) + "acme-1,e-9,agency\n"
    (home / "roster.csv").write_text("hotel,employee,contract\n" + rows, "utf-8")
    imported(home, *(statement(f"e-{n}", hotel="acme-1") for n in range(3)))
    assert on(home, "2026-11-10")["acme-1"]["certified"] is True
    hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-11")
    found = on(home, "2026-11-11")["acme-2"]
    assert (found["completed"], found["headcount"], found["certified"]) == (3, 9, False)
    assert found["headcount_source"] == "declared"
    said = noroom(home, "explain", "acme-2", "--as-of", "2026-11-11").stdout
    assert "acme-2 and the hotels merged into it have a roster only in part" in said
    assert "only in part" not in noroom(home, "report", "--as-of", "2026-11-10").stdout


def test_in_such_a_merger_people_of_the_roster_count_wherever_they_completed(home: Path) -> None:
    rows = ["acme-1,e-1,,permanent", "acme-1,e-2,,permanent", "acme-1,e-3,2026-11-02,permanent",
            "acme-1,e-4,,agency", "acme-1,e-5,,permanent"]  # fmt: skip
    text = "hotel,employee,left,contract\n" + "\n".join(rows) + "\n"
    (home / "roster.csv").write_text(text, "utf-8")
    imported(
        home, statement("e-1", hotel=None), statement("e-2", hotel="acme-2"),
        statement("e-3", hotel="acme-2"), statement("e-4", hotel=None),
        statement("e-9", hotel="acme-1"),
    )  # fmt: skip
    hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-11")
    found = on(home, "2026-11-11")["acme-2"]
    assert (found["completed"], found["headcount"]) == (3, 3 + 6)
    said = json.loads(
        noroom(home, "explain", "acme-2", "--as-of", "2026-11-11", "--json").stdout
    )["excluded"]  # fmt: skip
    assert {key: said[key] for key in ("left", "contract", "unmatched", "elsewhere")} == {
        "left": 1, "contract": 1, "unmatched": 0, "elsewhere": 0,
    }  # fmt: skip


def test_a_merger_with_a_hotel_of_unknown_size_is_no_answer(home: Path) -> None:
    text = (home / "hotels.csv").read_text("utf-8").replace("acme;4", "acme;")
    (home / "hotels.csv").write_text(text, "utf-8")
    hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-11")
    assert on(home, "2026-11-11")["acme-2"]["status"] == "cannot_say"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "acme-1", "--name", "X", "--chain", "acme"), "hotel-repeated"),
        (("add", "Acme 9", "--name", "X", "--chain", "acme"), "hotel-id"),
        (("add", "acme-9", "--name", "X", "--chain", "acne"), "hotel-chain"),
        (("add", "acme-9", "--name", "\uff1dX()", "--chain", "acme"), "csv-formula"),
        (("rename", "acme-9", "X"), "hotel-unknown"),
        (("headcount", "acme-9", 5), "hotel-unknown"),
        (("rename", "acme-1", ""), "hotel-name"),
        (("close", "acme-1", "--on", "2026-11-05", "--until", "2026-11-05"), "hotel-event"),
        (("reopen", "acme-1"), "hotel-state"),
        (("merge", "acme-1", "--into", "acme-1"), "hotel-event"),
        (("merge", "acme-1", "--into", "bellevue-1"), "hotel-event"),
        (("merge", "acme-1", "--into", "acme-9"), "hotel-unknown"),
    ],
)
def test_what_cannot_be_changes_nothing(home: Path, words: tuple[str, ...], code: str) -> None:
    before = snapshot(home)
    assert f"error[{code}]" in hotel(home, *words, code=1)
    assert snapshot(home) == before


def test_nobody_is_merged_into_a_hotel_that_is_gone(home: Path) -> None:
    hotel(home, "close", "acme-2", "--on", "2026-11-01")
    said = hotel(home, "merge", "acme-1", "--into", "acme-2", "--on", "2026-11-02", code=1)
    assert "hotel-state" in said and "noroom hotel reopen acme-2" in said


def test_hotels_merged_in_a_circle_by_hand_stay_hotels(home: Path) -> None:
    rows = "acme-1,2026-01-01,merged,acme-2\nacme-2,2026-01-01,merged,acme-1\n"
    (home / "hotel-events.csv").write_text("hotel,on,event,value\n" + rows, "utf-8")
    assert {"acme-1", "acme-2"} <= on(home, "2026-11-20").keys()


@pytest.mark.parametrize(
    "row",
    [
        "acme-9,2026-01-01,closed,,",
        "acme-1,,closed,,",
        "acme-1,01-02-2026,closed,,",
        "acme-1,2026-01-01,shut,,",
        "acme-1,2026-01-01,renamed,,",
        "acme-1,2026-01-01,reopened,,2026-02-01",
    ],
)
def test_a_wrong_row_of_the_events_stops_the_report(home: Path, row: str) -> None:
    (home / "hotel-events.csv").write_text(f"hotel,on,event,value,until\n{row}\n", "utf-8")
    assert "hotel-events.csv:2" in noroom(home, "report", code=1).stderr


def test_a_list_of_hotels_is_shown_first_and_taken_over_once(home: Path) -> None:
    file = home / "list.csv"
    file.write_text(
        "hotel,name,chain,headcount\nacme-1,Acme One,acme,4\nacme-2,Acme Deux,acme,7\n"
        "acme-5,Acme Five,acme,12\n",
        "utf-8",
    )
    words = ("hotel", "import", file, "--on", "2026-11-11", "--json", *BY)
    before = snapshot(home)
    dry = json.loads(noroom(home, *words, "--dry-run").stdout)
    assert snapshot(home) == before
    found = json.loads(noroom(home, *words).stdout)
    assert {**found, "dry_run": True} == dry
    assert found == {
        "dry_run": False,
        "added": [["acme-5", "Acme Five"]],
        "renamed": [["acme-2", "Acme Two -> Acme Deux"]],
        "declared": [["acme-2", "6 -> 7"]],
        "kept": [],
        "unchanged": 1,
    }
    assert (on(home, "2026-11-10")["acme-2"]["name"], on(home, "2026-11-10")["acme-2"]["headcount"]
            ) == ("Acme Two", 6)  # fmt: skip
    after = on(home, "2026-11-11")
    assert (after["acme-2"]["name"], after["acme-2"]["headcount"]) == ("Acme Deux", 7)
    assert after["acme-5"]["headcount"] == 12
    before = snapshot(home)
    assert json.loads(noroom(home, *words).stdout)["unchanged"] == 3
    assert snapshot(home) == before
    file.write_text("hotel,name,chain\nacme-1,Acme One,bellevue\n", "utf-8")
    assert "hotel-chain" in noroom(home, *words, code=1).stderr


def test_two_commands_at_a_time_do_not_lose_each_others_hotels(home: Path) -> None:
    with (home / "programme.yaml").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "hotels-busy" in hotel(home, "close", "acme-1", code=1)
