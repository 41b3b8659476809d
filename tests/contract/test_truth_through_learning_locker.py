"""What the simulator knows to be true is what the report says, by way of Learning Locker."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from tests.lrs.learning_locker_lrs import LearningLocker, running_learning_locker
from tests.lrs.real_lrs import User, free_port
from tests.reports.test_simulate_truth import assert_true, noroom
from xapi_lrs_reports.simulate import write_programme

pytestmark = [pytest.mark.lrs, pytest.mark.slow]

READER = User("reader", "reads", ("statements/read",))
REFUSED = ("cut_line", "xapi_2", "number_as_id", "no_actor")
QUARANTINED = ("cut_line", "no_actor", "number_as_id", "forged_authority", "foreign_home_page")


def authority_of(text: str) -> str:
    """Give a line's authority as JSON, "" if the line is not JSON."""
    with contextlib.suppress(ValueError):
        return json.dumps(json.loads(text).get("authority"), sort_keys=True)
    return ""


def clients_of(lines: list[str]) -> dict[str, User]:
    """Give a client for each authority that lines name, by the authority as JSON."""
    given = sorted({authority_of(text) for text in lines} - {""})
    return {
        one: User(f"client-{number}", "writes", ("statements/write",), json.loads(one))
        for number, one in enumerate(given)
    }


def take(lrs: LearningLocker, by: User, batch: list[str]) -> list[str]:
    """Send lines as the player's outbox does, in halves where it must; give what is refused."""
    status, _ = lrs.request(by, "POST", f"[{','.join(batch)}]".encode())
    if status == 200:
        return []
    assert status == 400
    middle = len(batch) // 2
    return take(lrs, by, batch[:middle]) + take(lrs, by, batch[middle:]) if middle else batch


def test_the_report_says_the_simulators_truth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is simulated goes to Learning Locker; what it refuses comes by a file."""
    home = tmp_path / "programme"
    write_programme(home, hotels=4, seed=3, faults=True)
    truth = json.loads((home / "truth.json").read_text("utf-8"))
    files = sorted(home.glob("statements*"))
    lines = [text for file in files for text in file.read_text("utf-8").splitlines()]
    clients = clients_of(lines)
    users = [*clients.values(), READER]
    with running_learning_locker(tmp_path / "lrs", users, [], free_port()) as lrs:
        refused = [text for text in lines if not authority_of(text)]
        for given, client in clients.items():
            refused += take(lrs, client, [text for text in lines if authority_of(text) == given])
        settings = home / "programme.yaml"
        added = f"lrs:\n  - id: main\n    endpoint: {lrs.endpoint}\n"
        settings.write_text(settings.read_text("utf-8") + added, "utf-8")
        monkeypatch.setenv("NOROOM_LRS_MAIN_USER", READER.username)
        monkeypatch.setenv("NOROOM_LRS_MAIN_PASSWORD", READER.password)
        noroom("sync", "--programme", home)
    injected = truth["data"]
    assert len(refused) == sum(injected[kind] for kind in REFUSED)
    (tmp_path / "refused.ndjson").write_text("\n".join(refused), "utf-8")
    noroom("import", "--programme", home, tmp_path / "refused.ndjson")
    report = json.loads(noroom("report", "--json", "--programme", home))
    assert_true(report, truth)
    assert report["data"]["voids_refused"] == injected["void_by_authority_that_may_not"]
    assert report["data"]["quarantined"] == sum(injected[kind] for kind in QUARANTINED)
