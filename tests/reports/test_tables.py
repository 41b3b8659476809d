"""hotels.csv and roster.csv as offices write them: read, or every problem at once with its cure."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from programme.problems import InputError
from programme.pseudonym import pseudonym
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.people.roster import Roster, read_roster

HOTEL = Hotel("acme-1", "Één, twee", "acme", 40, "nl", None)
SALTS = {"acme": "salt"}


def hotels_from(folder: Path, raw: str | bytes) -> dict[str, Hotel]:
    file = folder / "hotels.csv"
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read_hotels(file, ["acme", "bellevue"], "nl")[0]


def roster_from(folder: Path, text: str) -> Roster:
    file = folder / "roster.csv"
    file.write_text(text, encoding="utf-8")
    return read_roster(file, {"acme-1": HOTEL}, SALTS)


def complaints(error: pytest.ExceptionInfo[InputError]) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in error.value.problems]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_spreadsheets_of_every_kind(tmp_path: Path, separator: str, end: str, bom: str) -> None:
    rows = [["Chain", "HOTEL", "name ", "headcount"], ["acme", " acme-1", '"Één, twee"', "40"], []]
    text = bom + end.join(separator.join(row) for row in rows)
    assert hotels_from(tmp_path, text) == {"acme-1": HOTEL}


def test_the_separator_line_of_spreadsheets_is_passed_over(tmp_path: Path) -> None:
    text = "sep=;\r\nhotel;name;chain;headcount\r\nacme-1;Één, twee;acme;40\r\n"
    assert hotels_from(tmp_path, text) == {"acme-1": HOTEL}


def test_quoted_line_ends_do_not_shift_the_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        hotels_from(tmp_path, 'hotel,name,chain\na,"Two\nlines",acme\n\nb,B,nowhere\n')
    assert complaints(error) == [(5, "hotel-chain")]


def test_every_problem_of_hotels_at_once(tmp_path: Path) -> None:
    rows = [
        "hotel,name,chain,headcount,language,joined,rooms,country",
        "acme-1,One,acme,40,nl,2026-01-01,9,BE",
        "acme-1,Again,acme,,,,,",
        "Acme 2,Two,acme,,,,,",
        "acme-3,,acme,,,,,",
        "acme-4,Four,acmee,,,,,",
        "acme-5,Five,acme,-3,,,,",
        "acme-6,Six,acme,,Dutch,,,",
        "acme-7,Seven,acme,,,21-11-2026,,",
        "acme-8,Eight,acme,,,,,BE,many",
        "acme-9,Nine,acme,,,,,Holland",
    ]
    with pytest.raises(InputError) as error:
        hotels_from(tmp_path, "\n".join(rows))
    assert complaints(error) == [
        (1, "csv-column"),
        (3, "hotel-repeated"),
        (4, "hotel-id"),
        (5, "hotel-name"),
        (6, "hotel-chain"),
        (7, "hotel-headcount"),
        (8, "hotel-language"),
        (9, "csv-date"),
        (10, "csv-row"),
        (11, "hotel-country"),
    ]
    assert 'Did you mean "acme"?' in str(error.value)


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        (b"hotel,name,chain\nacme-1,Caf\xe9,acme\n", "file-encoding", "byte 0xE9"),
        ("hotel,chain\nacme-1,acme\n", "csv-column", '"name" is missing (found: hotel, chain)'),
        ("Hotels 2026,,\n\nhotel,name,chain\na,A,acme\n", "csv-column", "stand in line 3"),
        ("name\nA\n", "csv-column", 'columns "hotel", "chain" are missing'),
        ("hotel,name,chain\na,A\0,acme\n", "file-encoding", "NUL"),
        ("hotel,name,chain\n".encode("utf-16-le"), "file-encoding", "UTF-16"),
        ("hotel,name,name,chain\n", "csv-column", "twice"),
        ("", "csv-column", "found: none"),
        ('hotel,name,chain\nacme-1,"One,acme\n', "csv-row", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_a_table(
    tmp_path: Path, raw: str | bytes, code: str, words: str
) -> None:
    with pytest.raises(InputError) as error:
        hotels_from(tmp_path, raw)
    assert error.value.problems[0].code == code
    assert words in str(error.value)


def test_a_long_list_of_problems_is_cut(tmp_path: Path) -> None:
    rows = "".join(f"h-{n},N,nowhere\n" for n in range(500))
    with pytest.raises(InputError) as error:
        hotels_from(tmp_path, "hotel,name,chain\n" + rows)
    assert len(error.value.problems) == 101
    assert "400 more rows are wrong" in str(error.value)


def test_the_roster_keeps_pseudonyms_only(tmp_path: Path) -> None:
    roster = roster_from(
        tmp_path,
        "hotel;employee;department;contract;joined;left\nacme-1; 0042 ;Housekeeping;;2026-01-01;\n",
    )
    [row] = roster.rows
    assert row.learner == f"acme/{pseudonym('0042', 'salt')}"
    assert (row.department, row.contract, row.joined, row.left_on) == (
        "housekeeping",
        "permanent",
        "2026-01-01",
        "9999-12-31",
    )
    assert "0042" not in repr(roster)


def test_every_problem_of_the_roster_at_once_and_nobody_is_named(tmp_path: Path) -> None:
    rows = ["hotel,employee,contract,joined", "acme-2,anna,,", "acme-1,anna,permanant,",
            "acme-1,anna,,2026-02-30", "acme-1,,,"]  # fmt: skip
    with pytest.raises(InputError) as error:
        roster_from(tmp_path, "\n".join(rows))
    assert complaints(error) == [
        (2, "roster-hotel"),
        (3, "roster-contract"),
        (4, "csv-date"),
        (5, "roster-employee"),
    ]
    assert 'Did you mean "permanent"?' in str(error.value)
    assert "anna" not in str(error.value)


def test_values_in_a_wrong_column_are_not_repeated(tmp_path: Path) -> None:
    """Whoever swaps columns has employees where hotels, contracts and dates belong."""
    row = "anna@acme.example"
    with pytest.raises(InputError) as error:
        roster_from(tmp_path, f"hotel,employee,contract,joined\n{row},{row},{row},{row}\n")
    assert len(error.value.problems) == 3
    assert "anna" not in str(error.value)


def test_odd_rows_are_warned_of_once(tmp_path: Path) -> None:
    rows = [
        "hotel,employee,joined,left,shoe size",
        "acme-1,guest,,,",
        "acme-1,test,,,",
        "acme-1,anna,,,",
        "acme-1,ANNA,,,",
        "acme-1,bora,2025-01-01,2025-06-01,",
        "acme-1,bora,2026-01-01,,",
        "acme-1,chidi,2026-01-01,2025-01-01,",
    ]
    roster = roster_from(tmp_path, "\n".join(rows))
    assert [(one.line, one.code, one.severity) for one in roster.warnings] == [
        (1, "csv-column", "warning"),
        (8, "roster-dates", "warning"),
        (2, "roster-anonymous", "warning"),
        (5, "roster-repeated", "warning"),
    ]
    assert len({row.learner for row in roster.rows}) == 5


def test_no_roster_is_no_problem_but_hotels_are_needed(tmp_path: Path) -> None:
    assert read_roster(tmp_path / "roster.csv", {}, {}).rows == []
    with pytest.raises(InputError, match="file-missing"):
        read_hotels(tmp_path / "hotels.csv", [], "nl")


def test_joined_is_a_date(tmp_path: Path) -> None:
    found = hotels_from(tmp_path, "hotel,name,chain,joined\na,A,acme,2026-01-31\n")
    assert found["a"].joined == datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("written", "percent"),
    [
        ("", 100), ("100", 100), ("60", 60), ("60%", 60), ("60 %", 60), ("60.0", 60),
        ("0.6", 60), ("0,6", 60), ("0.605", 60), ("1.0", 100), ("1", 1), ("0.01", 1), ("99.6", 100),
    ],
)  # fmt: skip
def test_part_time_is_read_as_hr_writes_it(tmp_path: Path, written: str, percent: int) -> None:
    rows = roster_from(tmp_path, f'hotel,employee,fte\nacme-1,e-1,"{written}"\n').rows
    assert [row.fte for row in rows] == [percent]


@pytest.mark.parametrize(
    "written", ["0", "0.004", "101", "1000", "-50", "half", "38h", "0.6.1", "1e2", "٦٠", "60%%"]
)
def test_part_time_that_is_no_share_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError, match="roster-fte"):
        roster_from(tmp_path, f'hotel,employee,fte\nacme-1,e-1,"{written}"\n')
