"""A completion that no network lets through: from the last page, by paper, into the report.

Every part is real: the course compiled for a chain, a browser, the return sheet that lies beside
the package, `noroom import` and `noroom report`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.browsers import launch_chromium
from tests.contract.programme_files import EMPLOYEES, HOTEL, write_programme
from tests.lms.host import PROJECT, LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COURSE = PROJECT / "courses" / "no-room"


def noroom(programme: Path, *arguments: str) -> Any:
    """Run a command as programme staff do; gives the JSON that it prints."""
    run = subprocess.run(
        [sys.executable, "-m", "cli", *arguments, "--json"],
        cwd=programme,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def completed(programme: Path) -> dict[str, Any]:
    """Give how many have completed, and by which evidence."""
    (hotel,) = noroom(programme, "report")["hotels"]
    return {"completed": hotel["completed"], **hotel["evidence"]}


@pytest.fixture
def page() -> Iterator[Page]:
    """A window of a phone."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
        browser.close()


def test_a_code_from_the_last_page_counts_once_when_hr_has_typed_it(
    tmp_path: Path, page: Page
) -> None:
    with RecordingLrs(503) as lrs:
        programme = write_programme(tmp_path / "programme", lrs.endpoint)
        build = ["build", str(COURSE), "--standard", "scorm12", "--language", "nl"]
        where = ["--chain", "acme", "--out", str(tmp_path / "out"), "--allow-draft"]
        (package,) = noroom(programme, *build, *where)["packages"]
        with LmsHost(Path(package["path"])) as lms:
            session = LearnerSession(page, lms.launch_url(EMPLOYEES[0])).open().take()
            code = session.locate(".code").inner_text(timeout=30_000)
            session.exit()
    assert completed(programme)["completed"] == 0
    sheet = Path(package["path"]).parent / "return-sheet.xlsx"
    book = openpyxl.load_workbook(sheet)
    book["Codes"]["A3"], book["Codes"]["B3"] = HOTEL, code.lower().replace("-", " ")
    book.save(tmp_path / "sent-back.xlsx")
    for _ in range(2):
        noroom(programme, "import", str(tmp_path / "sent-back.xlsx"))
        found = completed(programme)
        assert {way: count for way, count in found.items() if count} == {"completed": 1, "code": 1}
