"""No name, mail address or id of a person in any output, log or receipt of a whole run."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from programme.pseudonym import pseudonym
from tests.reports.programme_files import PROGRAMME, authority, make_programme, statement
from tests.reports.signing import announce
from tests.reports.test_commands import AS_OF, imported, noroom

PERSON = {
    "id": "staff-zq-77311",
    "first name": "Zuzanna",
    "family name": "Wiśniewska-Quist",
    "mail": "zuzanna.q@acme.example",
    "old number": "0099887",
}
IDS = [PERSON["id"], *(f"e-{number}" for number in range(12))]
SECRETS = [*PERSON.values(), pseudonym(PERSON["id"], "acme"), pseudonym(PERSON["mail"], "acme")]
ROSTER = "hotel,employee,full name,department,joined,left,aliases\n" + "".join(
    f"acme-1,{one},{PERSON['first name']} {PERSON['family name']},bar,,,"
    f"{PERSON['mail'] + ' ' + PERSON['old number'] if one == PERSON['id'] else ''}\n"
    for one in IDS
)
MAILBOX = {
    "objectType": "Agent",
    "name": f"{PERSON['first name']} {PERSON['family name']}",
    "mbox": f"mailto:{PERSON['mail']}",
}
# An unknown word of the state column is shown to whoever imports: they have to say what it means.
EXPORT = (
    "Username,Email address,No Room,No Room date\n"
    f"{PERSON['id']},{PERSON['mail']},Completed,2026-11-02\n"
    f"{PERSON['id']},{PERSON['mail']},Half of it,2026-11-02\n"
    f"{PERSON['id']},{PERSON['mail']},Completed,{PERSON['first name']}\n"
)
WRONG_ROSTER = (
    "hotel,employee,department,contract,fte,joined\n"
    f"{PERSON['id']},{PERSON['mail']},bar,permanent,100,\n"
    f"acme-1,{PERSON['id']},bar,{PERSON['family name']},{PERSON['first name']},{PERSON['mail']}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    old = "retention:\n  after_leaving: 0\n"
    make_programme(tmp_path, roster=ROSTER, settings=PROGRAMME + old)
    announce(tmp_path)
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    nameless = f"{PERSON['id']},{PERSON['first name']} {PERSON['family name']},{PERSON['mail']}\n"
    (tmp_path / "nameless.csv").write_text(nameless * 2, "utf-8")
    (tmp_path / "wrong.csv").write_text(WRONG_ROSTER, "utf-8")
    (tmp_path / "broken.ndjson").write_text(f'{{"actor": "{PERSON["mail"]}', "utf-8")
    return tmp_path


def clean(text: str, where: object) -> None:
    found = [one for one in SECRETS if one.lower() in text.lower()]
    assert not found, (where, found)


def statements() -> list[dict[str, object]]:
    """Give what a person's record may look like, with every way to be wrong."""
    own = statement(PERSON["id"])
    foreign = {**statement(), "actor": {"account": {"homePage": "x", "name": PERSON["id"]}}}
    clear = statement()
    clear["actor"]["account"]["name"] = PERSON["id"]
    registered = statement(PERSON["id"])
    registered["context"]["registration"] = PERSON["mail"]
    named = {**own, "id": PERSON["mail"]}
    return [own, foreign, clear, registered, named, {**own, "result": {"completion": False}},
            statement(actor=MAILBOX), statement(actor=MAILBOX, authority=authority("acme")),
            statement(authority={"mbox": f"mailto:{PERSON['mail']}"}),
            {**own, "timestamp": PERSON["family name"]},
            *(statement(one) for one in IDS[1:])]  # fmt: skip


COMMANDS: list[tuple[tuple[object, ...], int]] = [
    (("import", "broken.ndjson"), 1),
    (("import", "export.csv", "--preset", "other", "--chain", "acme", "--course", "no-room",
      "--column", "learner=Username", "--column", "status=No Room",
      "--column", "completed=No Room date", "--confirmed-by", "Bo"), 0),
    (("roster", "import", "wrong.csv", "--chain", "acme"), 1),
    (("roster", "import", "nameless.csv", "--chain", "acme"), 1),
    (("import", "nameless.csv", "--preset", "other", "--chain", "acme"), 1),
    (("hotel", "import", "nameless.csv", "--by", "Bo"), 1),
    (("roster", "aliases"), 0),
    (("report", *AS_OF), 0),
    (("report", "--format", "csv", "--view", "internal", *AS_OF), 0),
    (("report", "--format", "html", *AS_OF), 0),
    (("report", "--json", *AS_OF), 0),
    (("explain", "acme-1", *AS_OF), 0),
    (("explain", "--quarantine"), 0),
    (("store", "check"), 0),
    (("store", "reread"), 0),
    (("store", "export"), 0),
    (("store", "imports"), 0),
    (("store", "withdraw", "2", "--by", "Bo", "--reason", "a test"), 0),
    (("store", "restore", "2"), 0),
    (("store", "prune", "--yes"), 0),
    (("privacy", "sheet"), 0),
    (("hotel", "list"), 0),
    (("certify",), 0),
]  # fmt: skip


def test_nothing_personal_in_any_output_or_log(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(folder)
    counts = imported(folder, *statements())
    clean(str(counts), "import")
    for command, code in COMMANDS:
        clean(noroom(folder, *command, code=code).output, command)
    for options in (("--dry-run",), ("--yes",)):
        run = noroom(folder, "forget", "--chain", "acme", "--from", "-", *options,
                     stdin=PERSON["id"].encode())  # fmt: skip
        clean(run.output, options)
    clean(caplog.text, "logging")
    written = [*(folder / "store").rglob("*.json"), *(folder / "store").rglob("*.txt"),
               *(folder / "certificates").rglob("*.json*")]  # fmt: skip
    assert len(written) >= 4
    for file in written:
        clean(file.read_text("utf-8"), file.name)


def test_the_test_would_see_it(folder: Path) -> None:
    with pytest.raises(AssertionError, match="id"):
        clean(f"row 7: {PERSON['id'].upper()}", "id")
    kept = (folder / "roster.csv").read_text("utf-8")
    assert all(one in kept for one in PERSON.values())
