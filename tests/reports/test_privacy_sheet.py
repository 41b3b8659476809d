"""The data sheet for works councils tells every field that there is."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from programme.papers.words import paper_languages, paper_words
from tests.reports.programme_files import make_programme
from tests.reports.test_commands import noroom
from xapi_lrs_reports.report.privacy_sheet import fields
from xapi_lrs_reports.store import store_schema
from xapi_lrs_reports.store.opening import open_store


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_field_of_store_and_roster_has_its_words(language: str) -> None:
    assert language in paper_languages("privacy_sheet")
    words = paper_words("privacy_sheet", language)
    for columns in fields().values():
        assert not [key for key in columns.values() if key not in words]


def test_the_sheet_lists_the_real_columns(tmp_path: Path) -> None:
    make_programme(tmp_path)
    text = noroom(tmp_path, "privacy", "sheet", "--language", "en").stdout
    for name in (*store_schema.FACT_COLUMNS, *store_schema.QUARANTINE_COLUMNS, "employee"):
        assert f"\n{name} " in text
    assert "Test programme" in text and "at 60 %" in text and "24 months" in text
    dutch = noroom(tmp_path, "privacy", "sheet").stdout
    assert dutch.startswith("Gegevensblad")


def test_no_table_of_a_real_store_is_passed_over(tmp_path: Path) -> None:
    """Of people or statements; what is left are names of files, counts and the layout."""
    programme = make_programme(tmp_path)
    with open_store(tmp_path) as store:
        found = store.connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        )
        columns = {(str(table), str(name)) for table, name in found.fetchall()}
    told = {name for names in fields().values() for name in names}
    beside = {"meta", "cursors", "sources", "batches"}
    assert {name for table, name in columns if table not in beside} <= told
    text = noroom(programme.path, "privacy", "sheet", "--language", "en").stdout
    assert "issued_on " in text
    assert "the name that they give is kept" in " ".join(text.split())


def test_the_page_stands_alone_and_escapes(tmp_path: Path) -> None:
    directory = make_programme(tmp_path)
    settings = tmp_path / "programme.yaml"
    text = settings.read_text("utf-8").replace("Test programme", "<script>alert(1)</script>")
    settings.write_text(text, "utf-8")
    page = noroom(directory.path, "privacy", "sheet", "--format", "html").stdout
    tags: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)

    Parser().feed(page)
    assert "script" not in tags and tags.count("table") == 7
    assert "http" not in page and "url(" not in page


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_the_page_has_the_direction_of_its_language(
    tmp_path: Path, language: str, direction: str
) -> None:
    directory = make_programme(tmp_path)
    given = ("privacy", "sheet", "--format", "html", "--language", language)
    page = noroom(directory.path, *given).stdout
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_the_sheet_says_how_long_and_that_nobody_forgotten_comes_back(tmp_path: Path) -> None:
    directory = make_programme(tmp_path)
    settings = tmp_path / "programme.yaml"
    retention = "retention:\n  jurisdiction: US-NY\n  after_validity: 7\n"
    settings.write_text(settings.read_text("utf-8") + retention, "utf-8")
    for kind in ("text", "html"):
        words = noroom(directory.path, "privacy", "sheet", "--language", "en", "--format", kind)
        page = " ".join(words.stdout.split())
        assert "this many months: 7." in page and "this many months: 12." in page
        assert "list of codes" in page


@pytest.mark.parametrize("language", sorted(paper_languages("privacy_sheet")))
def test_the_months_stand_in_every_language(tmp_path: Path, language: str) -> None:
    directory = make_programme(tmp_path)
    text = noroom(directory.path, "privacy", "sheet", "--language", language).stdout
    assert ": 3." in text and ": 2." in text
