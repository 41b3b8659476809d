"""What the builder's tests share: the tiny course in a folder of its own, and the command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from tests.checked_contacts import check_contacts

ROOT = Path(__file__).parent.parent.parent
TINY = ROOT / "tests" / "courses" / "tiny"

Noroom = Callable[..., Result]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny course, as `course` in the current folder."""
    shutil.copytree(TINY, tmp_path / "course")
    monkeypatch.chdir(tmp_path)
    return Path("course")


@pytest.fixture
def noroom() -> Noroom:
    """Run the command in this process: `noroom("check", "course")`."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A programme with two chains: `acme` reports to an LRS for one hotel, `zeta` has nothing.

    It has dialled every number of the Netherlands.
    """
    folder = tmp_path / "programme"
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "chains" / "zeta").mkdir()
    (folder / "programme.yaml").write_text(
        "name: Rooms & Co\niri: https://id.noroom.example\n", encoding="utf-8"
    )
    (folder / "chains" / "acme" / "chain.yaml").write_text(
        "name: Acme\n"
        'manager_title: { en: "the <duty> manager" }\n'
        "second_contact: { en: the safety line }\n"
        "pseudonym_salt: pepper\n"
        "one_hotel: acme-0042\n"
        'lrs: { endpoint: "https://lrs.noroom.example/xAPI/", key: "acme:öpen" }\n',
        encoding="utf-8",
    )
    (folder / "chains" / "zeta" / "chain.yaml").write_text("name: Zeta\n", encoding="utf-8")
    return check_contacts(folder, "NL")
