"""The mission, once, with every part real.

A course in YAML is compiled; three of a hotel's five employees take it in a browser, in two SCORM
versions and two languages, as people do; a real LRS receives their statements; the rule says 40 %
after two and 60 % after three; the hotel gets its certificate; replays change nothing; a void
counts only from somebody who may void.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsers import launch_chromium
from tests.contract.programme_files import (
    CHAIN_KEY,
    EMPLOYEES,
    HOTEL,
    READER,
    VOIDER,
    write_programme,
)
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lrs.every_lrs import EVERY_LRS
from tests.lrs.real_lrs import RealLrs, User, free_port

ROOT = Path(__file__).parent.parent.parent
COURSE = ROOT / "courses" / "no-room"
PACKAGES = (("scorm12", "nl"), ("scorm2004-4", "en"))
VERBS = "http://adlnet.gov/expapi/verbs/"

pytestmark = [pytest.mark.browser, pytest.mark.lrs]


@dataclass
class World:
    """Everything that the story needs, running."""

    programme: Path
    lrs: RealLrs
    lms: dict[str, LmsHost]
    browser: Browser

    def noroom(self, *arguments: str) -> str:
        """Run a command in the programme's directory as its staff do; gives what it prints."""
        secrets = {"NOROOM_LRS_MAIN_USER": READER.username}
        secrets["NOROOM_LRS_MAIN_PASSWORD"] = READER.password
        secrets["XDG_CONFIG_HOME"] = str(self.programme.parent / "home-of-staff")
        run = subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=self.programme,
            env=os.environ | secrets | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def hotel(self) -> dict[str, Any]:
        """Sync, and give what the report says of the one hotel, with the report's data counts."""
        self.noroom("sync")
        report = json.loads(self.noroom("report", "--json"))
        (hotel,) = report["hotels"]
        assert hotel["hotel"] == HOTEL
        return {**hotel, "data": report["data"]}

    def certificates(self) -> list[Path]:
        """Issue what is due; give all certificates there are."""
        self.noroom("certify", "--without-materials")
        return sorted((self.programme / "certificates").glob("*/certificate-*.pdf"))

    def launch(self, standard: str, employee: str) -> LearnerSession:
        """Open the course as one employee, in a browser window of their own."""
        # Whoever wants no motion waits for none, and three people take the whole course here.
        phone = self.browser.new_context(
            viewport={"width": 360, "height": 640}, reduced_motion="reduce"
        )
        page = phone.new_page()
        return LearnerSession(page, self.lms[standard].launch_url(employee)).open()

    def post(self, user: User, statements: list[dict[str, Any]]) -> int:
        """Send statements to the LRS; gives the HTTP status."""
        return self.lrs.request(user, "POST", statements)[0]

    def stored(self, verb: str) -> list[dict[str, Any]]:
        """Give the statements with a verb that the LRS holds, oldest first."""
        return [one for one in self.lrs.stored() if one["verb"]["id"] == VERBS + verb]


@pytest.fixture(scope="module", params=EVERY_LRS)
def world(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[World]:
    """Build the packages, start the LMSs, the LRS and the browser."""
    folder = tmp_path_factory.mktemp("mission")
    port, maker = free_port(), request.param
    endpoint = f"http://127.0.0.1:{port}/xAPI/"
    programme = write_programme(folder / "programme", endpoint, maker.resume)
    packages = build_packages(programme, folder / "packages")
    with ExitStack() as running:
        lms = {name: running.enter_context(LmsHost(zipped)) for name, zipped in packages.items()}
        users = [CHAIN_KEY, READER, VOIDER]
        origins = [host.origin for host in lms.values()]
        lrs = running.enter_context(maker.start(folder / "lrs", users, origins, port))
        browser = launch_chromium(running.enter_context(sync_playwright()))
        running.callback(browser.close)
        world = World(programme, lrs, lms, browser)
        world.noroom("register", "keys", "new")
        yield world


def build_packages(programme: Path, out: Path) -> dict[str, Path]:
    """Compile the real course for the chain; gives standard -> package."""
    found = {}
    for standard, language in PACKAGES:
        command = ["build", str(COURSE), "--standard", standard, "--language", language]
        where = ["--chain", "acme", "--programme", str(programme), "--out", str(out)]
        run = subprocess.run(
            [sys.executable, "-m", "cli", *command, *where, "--allow-draft", "--json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        (package,) = json.loads(run.stdout)["packages"]
        found[standard] = Path(package["path"])
    return found


def void(statement: dict[str, Any]) -> dict[str, Any]:
    """Make the statement that voids another (xAPI 1.0.3 Data, section 2.3.2)."""
    return {
        "id": str(uuid.uuid4()),
        "actor": {"objectType": "Agent", "mbox": "mailto:office@programme.example"},
        "verb": {"id": VERBS + "voided", "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": statement["id"]},
        "timestamp": datetime.now(UTC).isoformat(),
    }


def test_the_mission(world: World) -> None:
    assert world.hotel()["completed"] == 0

    first = world.launch("scorm12", EMPLOYEES[0]).take()
    first.exit()
    second = world.launch("scorm2004-4", EMPLOYEES[1]).take(until="picture-room")
    second.close_window()
    assert world.hotel()["completed"] == 1, "half a course is no completion"

    resumed = world.launch("scorm2004-4", EMPLOYEES[1])
    assert resumed.screen == "picture-room"
    resumed.take().exit()
    after_two = world.hotel()
    assert (after_two["completed"], after_two["headcount"]) == (2, 5)
    assert (after_two["percent"], after_two["certified"], after_two["needed"]) == (40, False, 1)
    assert world.certificates() == []

    third = world.launch("scorm12", EMPLOYEES[2]).fail_check_once()
    assert world.hotel()["completed"] == 2, "a failed try is no completion"
    third.take().exit()
    assert len(world.stored("failed")) == 1
    after_three = world.hotel()
    assert (after_three["completed"], after_three["percent"]) == (3, 60)
    assert after_three["certified"] is True
    (certificate,) = world.certificates()
    assert "Genuine, valid" in world.noroom("verify", str(certificate))
    assert len(world.certificates()) == 1, "certify twice, one certificate"

    statements_carry_nothing_personal(world)
    replaying_changes_nothing(world)
    voiding_counts_only_from_those_who_may(world)
    the_key_in_the_package_cannot_read(world)


def statements_carry_nothing_personal(world: World) -> None:
    text = json.dumps(world.lrs.stored())
    for employee in EMPLOYEES:
        assert employee not in text
        assert employee.lower() not in text
    for statement in world.lrs.stored():
        actor = statement["actor"]
        assert set(actor) == {"objectType", "account"}
        assert actor["account"]["homePage"] == "https://id.noroom.example/chain/acme"


def replaying_changes_nothing(world: World) -> None:
    before = world.hotel()
    sent = [
        {key: value for key, value in one.items() if key not in ("stored", "authority")}
        for one in world.lrs.stored()
    ]
    for start in range(0, len(sent), 25):
        assert world.post(CHAIN_KEY, sent[start : start + 25]) in (200, 204)
    export = world.programme / "export.ndjson"
    export.write_text("".join(json.dumps(one) + "\n" for one in world.lrs.stored()))
    world.noroom("import", str(export))
    after = world.hotel()
    assert {**after, "data": None} == {**before, "data": None}
    assert after["data"]["facts"] == before["data"]["facts"]


def voiding_counts_only_from_those_who_may(world: World) -> None:
    passed = world.stored("passed")[-1]
    assert world.post(CHAIN_KEY, [void(passed)]) == 200
    refused = world.hotel()
    assert (refused["completed"], refused["certified"]) == (3, True)
    assert refused["data"]["voids_refused"] == 1
    assert world.post(VOIDER, [void(passed)]) == 200
    voided = world.hotel()
    assert (voided["completed"], voided["percent"], voided["certified"]) == (2, 40, False)


def the_key_in_the_package_cannot_read(world: World) -> None:
    status, body = world.lrs.request(CHAIN_KEY, "GET")
    assert status in (401, 403)
    assert b"statements" not in body or b"scope" in body
    assert world.lrs.request(READER, "GET")[0] == 200
