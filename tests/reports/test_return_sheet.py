"""noroom import return-sheet.xlsx: what it reads, what it changes, and what it refuses."""

from __future__ import annotations

import datetime
import itertools
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from tests.reports.programme_files import Json, make_programme, statement
from tests.reports.return_sheets import HOTELS, ROSTER, code, write_sheet
from tests.reports.test_commands import imported, noroom
from xapi_lrs_reports.csv_edit import CsvEdit

DAY = datetime.date(2026, 11, 10)
NEW = datetime.date(2026, 11, 20)
NO_EVIDENCE = {"lms_recorded": 0, "self_asserted": 0, "code": 0, "attendance_list": 0}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    return tmp_path


def sheet(home: Path, **rows: Any) -> Path:
    return write_sheet(home / "return-sheet.xlsx", **rows)


def read(home: Path, file: Path, *options: str) -> Json:
    [found] = json.loads(noroom(home, "import", file, "--json", *options).stdout)["sources"]
    return dict(found)


def complaints(home: Path, file: Path) -> list[str]:
    """Give `cell code` of every problem."""
    lines = noroom(home, "import", file, code=1).stderr.splitlines()
    heads = [line.split(": ") for line in lines if ": error[" in line]
    return [f"{place.rpartition(':')[2]} {kind[6:-1]}" for place, kind, *_ in heads]


def hotel(home: Path, name: str = "acme-1", as_of: str = "2026-11-22") -> Json:
    run = noroom(home, "explain", name, "--json", "--as-of", as_of)
    return dict(json.loads(run.stdout))


def snapshot(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in home.glob("*.csv")}


def test_a_whole_sheet_is_read_once_and_changes_nothing_the_second_time(home: Path) -> None:
    imported(home, statement("e-2"))
    file = sheet(
        home,
        headcounts=[("acme-2", 25, "J. Jansen", DAY)],
        roster=[
            ("acme-1", "E-3", None, None, None, DAY),
            ("acme-2", "e-3"),
            ("acme-2", 123, "Kitchen", "agency", DAY),
            ("acme-1", "e-4", "housekeeping"),
            ("acme-1", "e-0"),
        ],
        codes=[("acme-1", code("e-1")), ("acme-1", code("e-2")), ("acme-2", code("123"))],
    )
    found = read(home, file)
    assert found["headcounts"] == [
        {"hotel": "acme-2", "before": None, "headcount": 25, "declared_on": "2026-11-10"}
    ]
    assert found["roster"] == {
        **{"joined": 1, "left": 0, "moved": 1, "changed": 1, "unchanged": 1, "gone": []}
    }
    assert found["codes"] == {
        **{"read": 3, "new": 3, "duplicates": 0, "review": 0, "completed_anyway": 1}
    }
    answer = hotel(home)
    assert (answer["completed"], answer["headcount"]) == (2, 4)
    assert answer["evidence"] == {**NO_EVIDENCE, "self_asserted": 1, "code": 1}
    before = snapshot(home)
    again = read(home, file)
    assert (again["headcounts"], again["roster"]["unchanged"]) == ([], 5)
    assert (again["codes"]["new"], again["codes"]["duplicates"]) == (0, 3)
    assert snapshot(home) == before
    assert hotel(home) == answer


def test_a_dry_run_shows_everything_and_writes_nothing(home: Path) -> None:
    file = sheet(
        home,
        headcounts=[("acme-1", 40, "J. Jansen", DAY)],
        roster=[("acme-2", "g-1")],
        codes=[("acme-2", code("g-1"))],
    )
    before = snapshot(home)
    run = noroom(home, "import", file, "--dry-run")
    assert "headcount acme-1: none -> 40, declared on 2026-11-10" in run.stdout
    assert "1 joined" in run.stdout and "codes: 1 new" in run.stdout
    assert "nothing was written" in run.stdout
    assert snapshot(home) == before
    assert not (home / "store").exists()
    assert "1 joined" in noroom(home, "import", file).stdout


def test_a_headcount_holds_from_its_day_on(home: Path) -> None:
    hotels = HOTELS.replace("chain\n", "chain,headcount\n", 1).replace("One,acme", "One,acme,50")
    make_programme(home, hotels=hotels)
    (home / "roster.csv").unlink()
    first = sheet(home, headcounts=[("acme-1", 40, "J. Jansen", DAY)])
    assert read(home, first)["headcounts"][0]["before"] == 50
    later = write_sheet(home / "b.xlsx", headcounts=[("acme-1", 30, "J. Jansen", NEW)])
    assert read(home, later)["headcounts"][0]["before"] == 40
    read(home, first)
    days = {"2026-11-09": 50, "2026-11-10": 40, "2026-11-19": 40, "2026-11-20": 30}
    assert {day: hotel(home, as_of=day)["headcount"] for day in days} == days
    assert "declared on 2026-11-20" in noroom(home, "explain", "acme-1").stdout
    corrected = write_sheet(home / "c.xlsx", headcounts=[("acme-1", 31, "J. Jansen", NEW)])
    read(home, corrected)
    assert hotel(home)["headcount"] == 31
    assert (home / "headcounts.csv").read_text("utf-8").count("acme-1") == 3


def test_cells_are_read_as_other_programs_leave_them(home: Path) -> None:
    """LibreOffice keeps a thousand formatted empty rows; other programs make numbers of ids."""
    (home / "roster.csv").write_text(
        "hotel,employee\nacme-1,0700\nacme-1,800\nacme-1,900\n", "utf-8"
    )
    file = sheet(
        home,
        headcounts=[(" acme-1 ", 12.0, " J. Jansen", "2026-11-10"), ("acme-2", "25", "P", DAY)],
        roster=[("acme-1", 700), ("acme-1", "0700", "Bar"), ("acme-1", 800.0)],
        codes=[("acme-1", f" {code('800').lower().replace('-', ' ')} "), ("acme-2", None)],
    )
    book = openpyxl.load_workbook(file)
    for number in range(10, 1004):
        for name in ("Roster", "Codes"):
            book[name][f"A{number}"].font = Font(bold=True)
            book[name][f"B{number}"] = " "
    book["Codes"]["C2"], book["Codes"]["C3"] = "note", "=1+1"
    book.create_sheet("Notes")["A1"] = "=1/0"
    book["Roster"].title = "roster "
    book.move_sheet("Codes", -3)
    book.save(file)
    found = read(home, file)
    assert [one["headcount"] for one in found["headcounts"]] == [12, 25]
    assert (found["roster"]["joined"], found["roster"]["changed"]) == (1, 1)
    assert (found["codes"]["new"], found["codes"]["read"]) == (1, 1)
    assert "acme-1,700\n" in (home / "roster.csv").read_text("utf-8").replace(",,,,", "")


def test_every_problem_is_said_at_once_with_its_cell_and_nothing_is_written(home: Path) -> None:
    file = sheet(
        home,
        headcounts=[
            ("acme-1", "forty", "J. Jansen", DAY),
            ("acme-9", 40, "J. Jansen", DAY),
            ("acme-2", 40, None, datetime.date(2999, 1, 1)),
            ("bellevue-1", 30_000, "=cmd()", "21-11-2026"),
            (None, 40, "J. Jansen", DAY),
        ],
        roster=[
            ("acme-1", "guest"),
            ("acme-1", "e-1", True, "permanant", 46_000),
            ("acme-1", 1234567890123456, "+cmd|x"),
            ("acme-1", DAY, None, None, DAY, DAY),
            ("acme-1", "e-2", "Bar"),
            ("acme-1", "e-2", "Spa"),
        ],
        codes=[("acme-9", code()), ("acme-1", "=A1")],
    )
    before = snapshot(home)
    assert sorted(complaints(home, file)) == sorted(
        [
            *(
                "Headcount!C3 sheet-number",
                "Headcount!A4 sheet-hotel",
                "Headcount!D5 sheet-missing",
            ),
            *("Headcount!E5 sheet-date", "Headcount!A6 sheet-chain", "Headcount!C6 sheet-number"),
            *("Headcount!D6 sheet-formula", "Headcount!E6 sheet-date", "Headcount!A7 sheet-hotel"),
            *("Roster!B3 sheet-employee", "Roster!C4 sheet-cell", "Roster!D4 sheet-contract"),
            *("Roster!E4 sheet-date", "Roster!B5 sheet-cell", "Roster!C5 sheet-cell"),
            *("Roster!B6 sheet-cell", "Roster!F6 sheet-date", "Roster!B8 sheet-repeated"),
            *("Codes!A3 sheet-hotel", "Codes!B4 sheet-formula"),
        ]
    )
    assert snapshot(home) == before
    assert hotel(home)["completed"] == 0


def test_a_sheet_of_another_chain_can_be_refused(home: Path) -> None:
    file = sheet(home, headcounts=[("acme-1", 40, "J. Jansen", DAY)])
    refused = noroom(home, "import", file, "--chain", "bellevue", code=1).stderr
    assert "Headcount!A3: error[sheet-chain]" in refused
    assert "chain-unknown" in noroom(home, "import", file, "--chain", "acne", code=1).stderr
    assert read(home, file, "--chain", "acme")["chain"] == "acme"
    lines = home / "a.ndjson"
    lines.write_text("", "utf-8")
    assert "return sheets" in noroom(home, "import", lines, "--dry-run", code=2).stderr


def test_who_left_stays_gone_until_somebody_says_that_they_are_back(home: Path) -> None:
    (home / "roster.csv").write_text("hotel;employee;left\r\nacme-1;e-1;2026-05-01\r\n", "utf-8")
    assert read(home, sheet(home, roster=[("acme-1", "e-1")]))["roster"]["gone"] == [3]
    back = sheet(home, roster=[("acme-1", "E-1", None, None, DAY)])
    for joined in (1, 0):
        assert read(home, back)["roster"]["joined"] == joined
    periods = [("acme-1", "e-1", None, None, "2026-01-01", "2026-05-01"),
               ("acme-1", "e-1", None, None, DAY, None)]  # fmt: skip
    for _ in range(2):
        read(home, sheet(home, roster=periods))
    text = (home / "roster.csv").read_bytes().decode()
    assert text.splitlines()[2] == "acme-1;E-1;;2026-11-10"
    assert text.startswith("hotel;employee;left;joined\r\nacme-1;e-1;2026-05-01")
    assert len(text.splitlines()) == 4 or "2026-01-01" in text


def test_a_roster_keeps_what_its_owner_wrote(home: Path) -> None:
    text = '\ufeff"Hotel";Employee;note\r\n"acme-1";"e-1";"a;b"\r\nacme-1;e-2;"two\nlines"\r\n'
    (home / "roster.csv").write_text(text, "utf-8", newline="")
    (home / "roster.csv").chmod(0o600)
    read(home, sheet(home, roster=[("acme-1", "e-2"), ("acme-1", "e;3")]))
    assert (home / "roster.csv").read_bytes().decode() == f'{text}acme-1;"e;3";\r\n'
    assert (home / "roster.csv").stat().st_mode & 0o777 == 0o600


def test_a_sheet_starts_the_roster_of_a_programme_without_one(home: Path) -> None:
    (home / "roster.csv").unlink()
    file = sheet(home, roster=[("acme-1", "e-1")], codes=[("acme-1", code("e-1"))])
    assert read(home, file)["codes"]["new"] == 1
    assert hotel(home)["completed"] == 1


def contradict(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Tell whether two rows speak of one person at one hotel on the same day."""
    same = one[0] == other[0] and one[1].lower() == other[1].lower()
    begin, end = max(one[3] or "", other[3] or ""), min(one[4] or "9", other[4] or "9")
    return same and begin < end


def test_two_rows_that_contradict_each_other_are_both_shown_and_none_is_taken(home: Path) -> None:
    make_programme(home, hotels=HOTELS, roster=ROSTER)
    sent = [
        ("acme-1", "e-7", "Bar", None, "2026-01-01", None),
        ("acme-1", "E-7 ", "Bar", None, "2026-06-01", None),
        ("acme-2", "e-7", "Bar", None, "2026-01-01", "2026-06-01"),
        ("acme-2", "e-7", "Bar", None, "2026-06-01", None),
    ]
    before = snapshot(home)
    assert complaints(home, sheet(home, roster=sent)) == ["Roster!B4 sheet-repeated"]
    assert snapshot(home) == before


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["acme-1", "acme-2"]),
            st.sampled_from(["e-1", "E-1", "e-2"]),
            st.sampled_from([None, "Bar"]),
            st.sampled_from([None, "2026-01-01", "2026-06-01"]),
            st.sampled_from([None, "2026-09-01"]),
        ),
        max_size=4,
        unique_by=lambda row: (row[0], row[1].lower(), row[3]),
    )
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_same_sheet_twice_is_the_same_sheet_once(home: Path, rows: list[Any]) -> None:
    assume(not any(contradict(*pair) for pair in itertools.combinations(rows, 2)))
    make_programme(home, hotels=HOTELS, roster=ROSTER)
    sent = [(name, who, group, None, joined, left) for name, who, group, joined, left in rows]
    file = sheet(home, roster=sent)
    read(home, file)
    before = snapshot(home)
    read(home, file)
    assert snapshot(home) == before


def packed(file: Path, **parts: bytes) -> Path:
    """Copy a workbook with some parts replaced; `__` stands for `/` in their names."""
    changed = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    copy = file.with_name("hostile.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed.get(name) or old.read(name))
    return copy


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("part", "content", "problem"),
    [
        ("xl__worksheets__sheet3", BOMB, "sheet-hostile"),
        ("xl__styles", "<styleSheet/>".encode("utf-16"), "sheet-hostile"),
        ("xl__styles", b'<?xml version="1.0" encoding="utf-7"?><x/>', "sheet-hostile"),
        ("xl__worksheets__sheet3", b"<worksheet><sheetData>", "sheet-damaged"),
        ("xl__workbook", b"<workbook/>", "sheet-"),
        ("xl__media__filler", b" " * 70_000_000, "sheet-too-large"),
    ],
)  # fmt: skip
def test_a_hostile_or_damaged_file_is_said(
    home: Path, part: str, content: bytes, problem: str
) -> None:
    before = snapshot(home)
    hostile = packed(sheet(home, roster=[("acme-1", "x-1")]), **{part: content})
    assert f"error[{problem}" in noroom(home, "import", hostile, code=1).stderr
    assert snapshot(home) == before


def test_a_cut_file_is_said_wherever_it_was_cut(home: Path) -> None:
    whole = sheet(home, roster=[("acme-1", "x-1")]).read_bytes()
    for length in range(1, len(whole), len(whole) // 17):
        (home / "cut.xlsx").write_bytes(whole[:length])
        assert "error[" in noroom(home, "import", home / "cut.xlsx", code=1).stderr
    assert "x-1" not in (home / "roster.csv").read_text("utf-8")


def test_other_spreadsheets_are_told_from_a_return_sheet(home: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Status"])
    book.save(home / "export.xlsx")
    said = noroom(home, "import", home / "export.xlsx", code=1).stderr
    assert 'is no return sheet (found: "Sheet")' in said
    (home / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "old or encrypted" in noroom(home, "import", home / "old.xls", code=1).stderr
    with zipfile.ZipFile(home / "sheet.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "Save it as .xlsx" in noroom(home, "import", home / "sheet.ods", code=1).stderr
    with zipfile.ZipFile(home / "course.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    assert "error[source-format]" in noroom(home, "import", home / "course.zip", code=1).stderr
    headless = openpyxl.load_workbook(sheet(home, codes=[("acme-1", code())]))
    headless["Codes"].delete_rows(2)
    headless.save(home / "headless.xlsx")
    assert complaints(home, home / "headless.xlsx") == ["Codes!A2 sheet-header"]


def test_more_rows_than_a_chain_has_people_are_refused(home: Path) -> None:
    file = sheet(home)
    book = openpyxl.load_workbook(file)
    for _ in range(20_001):
        book["Codes"].append(["acme-1", "x"])
    book.save(file)
    assert "error[sheet-too-large]" in noroom(home, "import", file, code=1).stderr


def test_a_file_that_cannot_be_written_leaves_the_store_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    target = "programme.atomic.write_atomically"
    file = sheet(home, roster=[("acme-1", "x-1")], codes=[("acme-1", code("e-1"))])
    with monkeypatch.context() as patched:
        patched.setattr(target, refuse)
        assert "file-unwritable" in noroom(home, "import", file, code=1).stderr
    assert hotel(home)["completed"] == 0
    read(home, file)
    assert hotel(home)["completed"] == 1


def test_a_copy_under_another_name_does_not_double_what_waits(home: Path) -> None:
    file = sheet(home, codes=[("acme-1", "nonsense"), ("acme-1", code("new-1"))])
    read(home, file)
    shutil.copy(file, home / "copy.xlsx")
    read(home, home / "copy.xlsx")
    assert hotel(home)["data"]["codes_in_review"] == 2
    with (home / "roster.csv").open("a", encoding="utf-8") as roster:
        roster.write("acme-1,new-1\n")
    assert read(home, file)["codes"]["new"] == 1
    answer = hotel(home)
    assert (answer["completed"], answer["data"]["codes_in_review"]) == (1, 1)


def test_an_edited_table_without_a_last_line_end_grows_by_whole_rows(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sep=;\nhotel;employee\na;b", "utf-8")
    edit = CsvEdit(file, [])
    edit.append({"hotel": "c", "left": "2026-01-01"})
    assert edit.render().decode() == "sep=;\nhotel;employee;left\na;b\nc;;2026-01-01\n"
