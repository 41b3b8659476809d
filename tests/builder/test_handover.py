"""What lies beside a chain's packages: digests, guide, IT sheet, return sheet."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from scorm_builder.documents.return_sheet import COLUMNS, return_sheet
from tests.builder.conftest import Noroom

PAPERS = ["SHA256SUMS", "it-sheet.html", "return-sheet.xlsx", "upload-guide.html"]


@pytest.fixture
def built(course: Path, noroom: Noroom, programme: Path) -> Path:
    """Packages and papers of both chains."""
    (programme / "hotels.csv").write_text(
        'hotel;name;chain\nacme-0042;=HYPERLINK("http://x");acme\nz-1;Zeta One;zeta\n', "utf-8"
    )
    result = noroom("build", course, "--programme", programme, "--out", "dist", "--json")
    assert result.exit_code == 0, result.stderr
    documents = json.loads(result.stdout)["documents"]
    assert sorted(documents) == [f"dist/{c}/{one}" for c in ("acme", "zeta") for one in PAPERS]
    return Path("dist")


def test_the_digests_are_those_of_the_packages(built: Path, noroom: Noroom) -> None:
    import hashlib

    lines = (built / "acme" / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(
        one.name for one in (built / "acme").glob("*.zip")
    )
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((built / "acme" / name).read_bytes()).hexdigest() == digest


def test_the_guide_names_every_package_in_both_languages(built: Path) -> None:
    guide = (built / "zeta" / "upload-guide.html").read_text("utf-8")
    for package in (built / "zeta").glob("*.zip"):
        assert guide.count(package.name) == 2
    assert guide.index('id="nl"') < guide.index('id="en"')
    assert "niet bevestigd" in guide
    assert "not confirmed" in guide
    assert "<script" not in guide
    assert "A tiny course &amp; its check" in guide


def test_the_it_sheet_says_what_is_sent_and_where(built: Path) -> None:
    acme = (built / "acme" / "it-sheet.html").read_text("utf-8")
    assert '<code dir="ltr" class="whole">lrs.noroom.example</code>, poort 443 (https)' in acme
    assert '<code dir="ltr" class="whole">lrs.noroom.example</code>, port 443 (https)' in acme
    assert "statements/write" in acme
    assert "acme-0042" in acme
    assert "öpen" not in acme
    zeta = (built / "zeta" / "it-sheet.html").read_text("utf-8")
    assert "statements/write" not in zeta
    assert "These packages send nothing to the programme" in zeta


def test_the_return_sheet_has_the_format_of_the_contract(built: Path) -> None:
    book = openpyxl.load_workbook(built / "acme" / "return-sheet.xlsx")
    assert book.sheetnames == ["Read me", "Headcount", "Roster", "Codes"]
    for name, columns in COLUMNS.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[2]] == [column for column, _ in columns]
        assert sheet.freeze_panes == "B3"
        assert sheet.data_validations.dataValidation
    assert book["Headcount"]["A3"].value == "acme-0042"
    assert book["Headcount"]["B3"].value == '=HYPERLINK("http://x")'
    assert book["Headcount"]["B3"].data_type == "s"
    assert book["Headcount"].column_dimensions["A"].width > 15


def test_no_cell_is_a_formula_whatever_the_input() -> None:
    nasty = ["=1+1", "+1", "-1", "@x", "\t=1", "http://x", "'=1", "1e5", "007"]
    book = openpyxl.load_workbook(io.BytesIO(return_sheet("=A", "=B", [(n, n) for n in nasty])))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.value is not None and cell.data_type != "s"]
    assert [book["Headcount"].cell(3 + n, 1).value for n in range(9)] == nasty


def test_the_same_input_gives_the_same_workbook() -> None:
    assert return_sheet("A", "B", [("x", "y")]) == return_sheet("A", "B", [("x", "y")])


def test_without_a_chain_there_are_digests_only(course: Path, noroom: Noroom) -> None:
    assert noroom("build", course, "--out", "dist").exit_code == 0
    assert [one.name for one in Path("dist").iterdir() if one.suffix != ".zip"] == ["SHA256SUMS"]


@pytest.mark.parametrize(
    ("standards", "options", "loud"),
    [("scorm2004-4", "per_block", 1), ("scorm12", "per_block", 0), ("scorm2004-4", "one", 0)],
)
def test_the_guide_says_loudly_that_a_course_in_parts_may_never_complete(
    course: Path, noroom: Noroom, programme: Path, standards: str, options: str, loud: int
) -> None:
    chain = programme / "chains" / "zeta" / "chain.yaml"
    chain.write_text(
        f"name: Zeta\nstandards: [{standards}]\nlanguages: [en]\noptions: {{ scos: {options} }}\n",
        "utf-8",
    )
    result = noroom("build", course, "--programme", programme, "--chain", "zeta", "--out", "dist")
    assert result.exit_code == 0, result.stderr
    guide = Path("dist/zeta/upload-guide.html").read_text("utf-8")
    assert guide.count("do not assign it") == loud
    assert ("warning[items-several]" in result.stderr) == bool(loud)
