"""The workbook: typed cells, filters, the method, and nothing that a spreadsheet would run."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from programme.papers.words import paper_languages
from tests.reports.invented import AS_OF, hotel, report, suppressed
from tests.reports.programme_files import make_programme, statement
from tests.reports.test_commands import AS_OF as ON
from tests.reports.test_commands import FIVE, imported, noroom
from xapi_lrs_reports.report.overview import make_overview
from xapi_lrs_reports.report.renderers.csv import render_csv
from xapi_lrs_reports.report.renderers.xlsx import render_xlsx
from xapi_lrs_reports.report.report_model import Count, DataCounts, Report
from xapi_lrs_reports.rule.insight import HotelInsight, Insight

SAME_IN_SOME_LANGUAGE = {"no", "value", "programme", "status", "data"}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", " =1", "=cmd|' /C calc'!A0")


def book_of(found: Report, language: str | None = None) -> tuple[bytes, Any]:
    before = report(*found.hotels, as_of=AS_OF - datetime.timedelta(days=40))
    known = HotelInsight(departments={"bar": Count(6, 20)}, languages={"nl": 12})
    overview = make_overview(found, found, [before], Insight({"kade": known}, {}))
    made = render_xlsx(found, overview, language)
    return made, openpyxl.load_workbook(io.BytesIO(made))


def every_word(book: Any) -> list[str]:
    return [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row
        if isinstance(cell.value, str)
    ]  # fmt: skip


@pytest.mark.parametrize("language", sorted(paper_languages("workbook") - {"en"}))
def test_headings_method_and_fixed_words_are_in_every_language(language: str) -> None:
    hotels = (
        hotel("Kade", 12, 20),
        hotel("Nul", 0, 0),
        hotel("Stil", 1, 20),
        hotel("Near", 11, 20),
    )
    found = report(*hotels, data_by_chain={"acme": DataCounts(facts=9)})
    _, english = book_of(found)
    _, other = book_of(found, language)
    ours = [title.value for sheet in english for title in sheet[1]]
    theirs = [title.value for sheet in other for title in sheet[1]]
    kept = {"acme", *(title for title in ours if title in theirs)}
    assert len(theirs) == len(ours) and kept <= {"acme", *SAME_IN_SOME_LANGUAGE}
    assert english.sheetnames != other.sheetnames
    assert not set(every_word(other)) & {
        "not met", "no", "cannot say", "completed of headcount, rounded down", "near the threshold",
        "time zone", "empty cells", "voids refused", "whole programme",
    } - SAME_IN_SOME_LANGUAGE  # fmt: skip
    assert {"Kade", "Stil", "bar", "Europe/Amsterdam"} <= set(every_word(other))


def test_a_language_without_all_the_words_is_english() -> None:
    found = report(hotel("Kade", 12, 20))
    assert book_of(found, "cy")[0] == book_of(found)[0] == book_of(found, "en")[0]


def test_a_department_that_is_called_as_a_word_of_ours_keeps_its_name() -> None:
    found = report(hotel("Kade", 12, 20))
    known = HotelInsight(departments={"hotel": Count(6, 20), "none": Count(6, 20)})
    overview = make_overview(found, found, [], Insight({"kade": known}, {}))
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(found, overview, "nl")))
    assert {"hotel", "none"} <= set(every_word(book))


def column(sheet: Any, name: str) -> list[Any]:
    header = [cell.value for cell in sheet[1]]
    return [row[header.index(name)].value for row in sheet.iter_rows(min_row=2)]


def test_cells_have_types_and_every_sheet_a_filter() -> None:
    found = report(hotel("Kade", 12, 20), hotel("Nul", 0, 0), suppressed("Klein", met=True),
                   data_by_chain={"acme": DataCounts(facts=9)})  # fmt: skip
    _, book = book_of(found)
    names = ["Hotels", "Chains", "Trend", "Groups", "Attention", "Data", "Method"]
    assert book.sheetnames == names
    hotels = book["Hotels"]
    assert column(hotels, "completed") == [12, None, 0]
    assert column(hotels, "share") == [0.6, None, None]
    assert hotels["K2"].number_format == "0%"
    assert column(hotels, "size band")[1] == "3-9"
    assert hotels.auto_filter.ref == "A1:AC4" and hotels.freeze_panes == "B2"
    assert column(book["Trend"], "day")[-1] == datetime.datetime(2026, 11, 21)
    assert column(book["Trend"], "rule met") == [2, 2]
    assert column(book["Groups"], "group") == ["bar", "nl"]
    assert column(book["Data"], "acme")[0] == 9
    method = dict(row for row in book["Method"].iter_rows(min_row=2, values_only=True))
    assert method["rule: threshold"] == 60 and "at least 60 %" in method["rule in words"]
    assert set(found.rule) == {name.removeprefix("rule: ") for name in method if "rule: " in name}


@pytest.mark.parametrize("name", FORMULAS)
def test_no_text_is_a_formula_or_a_link(name: str) -> None:
    hostile = hotel("Kade", 12, 20, name=name, chain_name=name, flags=(name,))
    found = report(hostile, programme=name, warnings=(name, "http://x.example/"))
    made, book = book_of(found)
    written = column(book["Hotels"], "name")[0].replace("_x000D_", "\r")
    assert written.strip() == name.strip()
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for part in archive.namelist():
            text = archive.read(part)
            assert b"<f>" not in text and b"<f " not in text and b"hyperlink" not in text
    [line] = render_csv(found).split("\r\n")[1:2]
    assert f"\"'{name}" in line or "\r" in name


def test_the_same_report_gives_the_same_bytes() -> None:
    found = report(hotel("Kade", 12, 20))
    assert book_of(found)[0] == book_of(found)[0]


def test_the_command_writes_a_workbook_in_the_programme_view(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, *(statement(f"e-{n}") for n in range(4)))
    out = tmp_path / "report.xlsx"
    noroom(tmp_path, "report", "--format", "xlsx", "--out", out, *ON)
    hotels = openpyxl.load_workbook(out)["Hotels"]
    assert column(hotels, "status") == ["met"]
    assert column(hotels, "completed") == [None]
    noroom(tmp_path, "report", "--format", "xlsx", "--view", "internal", "--out", out, *ON)
    assert column(openpyxl.load_workbook(out)["Hotels"], "completed") == [4]
