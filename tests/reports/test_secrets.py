"""No output holds a key, a salt, a password, or an employee's id."""

from __future__ import annotations

import itertools
import json
import zipfile
from pathlib import Path

import pytest

from programme.pseudonym import pseudonym
from tests.reports.programme_files import PROGRAMME, make_programme, statement
from tests.reports.test_commands import AS_OF, imported, noroom

SECRETS = {
    "the chain's key": "publishable-user:k3y-of-the-chain",
    "its password alone": "k3y-of-the-chain",
    "the salt": "salt-of-the-chain-9731",
    "the LRS's user": "reader-of-the-lrs",
    "the LRS's password": "pa55word-of-the-lrs",
    "an employee's id": "employee-0042",
    "a mail address": "ann@acme.example",
    "a pseudonym": pseudonym("employee-0042", "salt-of-the-chain-9731"),
}
CHAIN = """name: Acme Hotels
pseudonym_salt: {the salt}
lrs:
  endpoint: https://lrs.example/xapi/
  key: {the chain's key}
"""
ROSTER = "hotel,employee\n" + "".join(f"acme-1,employee-00{n}\n" for n in range(40, 52))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lrs = "lrs:\n  - id: main\n    endpoint: http://127.0.0.1:9/xapi/\n"
    make_programme(tmp_path, roster=ROSTER, settings=PROGRAMME + lrs)
    settings = CHAIN.format(**SECRETS)
    (tmp_path / "chains" / "acme" / "chain.yaml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("NOROOM_LRS_MAIN_USER", SECRETS["the LRS's user"])
    monkeypatch.setenv("NOROOM_LRS_MAIN_PASSWORD", SECRETS["the LRS's password"])
    named = statement("employee-0042")
    named["actor"]["account"]["name"] = SECRETS["a pseudonym"]
    mail = {**statement(), "actor": {"mbox": "mailto:ann@acme.example"}}
    imported(tmp_path, named, mail, '{"id": "broken')
    return tmp_path


def clean(text: str | bytes, where: object) -> None:
    raw = text.encode() if isinstance(text, str) else text
    found = [name for name, secret in SECRETS.items() if secret.encode() in raw]
    assert not found, (where, found)


def test_no_secret_in_any_output(folder: Path) -> None:
    views = ("internal", "programme")
    for kind, view in itertools.product(("table", "csv", "json", "html"), views):
        run = noroom(folder, "report", "--format", kind, "--view", view, *AS_OF)
        assert "cme" in run.stdout
        clean(run.output, (kind, view))
    commands: list[tuple[str, ...]] = [
        ("explain", "acme-1", *AS_OF), ("explain", "acme-1", "--json", *AS_OF),
        ("explain", "--quarantine"), ("report", "--anonymous-benchmark", *AS_OF),
        ("privacy", "sheet"), ("privacy", "sheet", "--format", "html"), ("hotel", "list"),
    ]  # fmt: skip
    for command in commands:
        clean(noroom(folder, *command).output, command)


def test_no_secret_in_a_workbook(folder: Path) -> None:
    for view in ("internal", "programme"):
        out = folder / f"{view}.xlsx"
        noroom(folder, "report", "--format", "xlsx", "--view", view, "--out", out, *AS_OF)
        with zipfile.ZipFile(out) as book:
            for part in book.namelist():
                clean(book.read(part), part)


def test_no_secret_in_what_goes_wrong(folder: Path) -> None:
    (folder / "chains" / "acme" / "chain.yaml").write_text(
        CHAIN.format(**SECRETS).replace("https://lrs", "not an address"), encoding="utf-8"
    )
    clean(noroom(folder, "report", *AS_OF, code=1).output, "chain.yaml")


def test_the_hr_list_has_ids_of_its_own_people_and_no_other_secret(folder: Path) -> None:
    given = ("--view", "hr", "--chain", "acme", "--roster", folder / "roster.csv", "--json")
    text = noroom(folder, "report", *given, *AS_OF).stdout
    states = {one["employee"]: one["state"] for one in json.loads(text)["people"]}
    assert states["employee-0042"] == "finished"
    clean(text.replace(SECRETS["an employee's id"], ""), "hr")
