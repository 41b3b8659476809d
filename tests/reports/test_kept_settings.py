"""Settings are checked once; whatever they depend on makes them be checked anew."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from tests.reports.programme_files import PROGRAMME, authority, make_programme, statement
from tests.reports.test_commands import imported
from tests.reports.test_kept_report import rewritten
from xapi_lrs_reports import kept_settings
from xapi_lrs_reports.kept_settings import (
    KeptRecord,
    kept_settings_file,
    read_or_keep_programme,
)

ROSTER = "hotel,employee\nacme-1,e-0\nacme-1,e-1\nacme-1,e-2\n"
RULE = (
    "rule:\n  threshold: 20\n  tiers:\n    - name: whole team\n      threshold: 90\n"
    "  accepted_courses:\n    - course: no-room\n    - course: extra\n      tested: false\n"
)
FORMATS = ("table", "csv", "json", "html", "xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_programme(tmp_path, roster=ROSTER, settings=PROGRAMME + RULE)
    imported(tmp_path, statement("e-0", hotel="acme-1"), statement("e-1", hotel="acme-1"))
    kept_settings_file(tmp_path).unlink()
    checked = read_or_keep_programme(tmp_path)
    assert not isinstance(checked.settings, KeptRecord)
    assert isinstance(read_or_keep_programme(tmp_path).settings, KeptRecord)
    return tmp_path


def shown(folder: Path, *words: str) -> bytes:
    command = ["report", "--programme", str(folder), "--as-of", "2026-11-21", *words]
    found = CliRunner().invoke(main, command)
    assert found.exit_code == 0, found.output
    return found.stdout_bytes


@pytest.mark.parametrize("kind", FORMATS)
def test_a_report_from_kept_settings_is_the_one_from_checked_ones(folder: Path, kind: str) -> None:
    kept = shown(folder, "--format", kind)
    kept_settings_file(folder).unlink()
    assert shown(folder, "--format", kind) == kept
    assert kept_settings_file(folder).exists()


@pytest.mark.parametrize("words", [("--chain", "acme"), ("--anonymous-benchmark",)])
def test_so_is_that_of_a_chain_and_the_benchmark(folder: Path, words: tuple[str, ...]) -> None:
    kept = shown(folder, *words)
    kept_settings_file(folder).unlink()
    assert shown(folder, *words) == kept


def test_so_is_that_for_hr(folder: Path) -> None:
    roster = folder / "roster.csv"
    words = ("--view", "hr", "--chain", "acme", "--roster", str(roster), "--format", "csv")
    kept = shown(folder, *words)
    kept_settings_file(folder).unlink()
    assert shown(folder, *words) == kept


def salted(folder: Path) -> None:
    text = "name: Acme Hotels\npseudonym_salt: pepper\n"
    (folder / "chains" / "acme" / "chain.yaml").write_text(text, "utf-8")


def with_another_chain(folder: Path) -> None:
    shutil.copytree(folder / "chains" / "bellevue", folder / "chains" / "castle")


def without_a_chain(folder: Path) -> None:
    shutil.rmtree(folder / "chains" / "bellevue")


def with_a_renamed_chain(folder: Path) -> None:
    (folder / "chains" / "bellevue").rename(folder / "chains" / "bellevue-2")


CHANGES: dict[str, Callable[[Path], None]] = {
    "rule, same size": rewritten("programme.yaml", "threshold: 20", "threshold: 70"),
    "name": rewritten("programme.yaml", "Test programme", "Best programme"),
    "authorities": rewritten("programme.yaml", "mailto:acme@", "mailto:nobody@"),
    "a chain's name": rewritten("chains/acme/chain.yaml", "Acme", "Acne"),
    "salt": salted,
    "one chain more": with_another_chain,
    "one chain less": without_a_chain,
    "a chain's folder": with_a_renamed_chain,
}


def compared(one: ProgrammeDirectory) -> tuple[object, ...]:
    chains = {name: (chain.name, chain.pseudonym_salt) for name, chain in one.chains.items()}
    return one.path, one.settings.model_dump(mode="json"), chains


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen_at_once(folder: Path, change: Callable[[Path], None]) -> None:
    before = compared(read_or_keep_programme(folder))
    stat = (folder / "programme.yaml").stat()
    change(folder)
    os.utime(folder / "programme.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    after = read_or_keep_programme(folder)
    assert not isinstance(after.settings, KeptRecord)
    assert compared(after) == compared(read_programme(folder)) != before
    again = read_or_keep_programme(folder)
    assert isinstance(again.settings, KeptRecord) and compared(again) == compared(after)


MISTAKES: dict[str, Callable[[Path], None]] = {
    "programme.yaml": rewritten("programme.yaml", "threshold: 20", "threshold: twenty"),
    "chain.yaml": rewritten("chains/acme/chain.yaml", "name:", "nom:"),
    "no chain.yaml": lambda folder: (folder / "chains" / "acme" / "chain.yaml").unlink(),
    "no programme.yaml": lambda folder: (folder / "programme.yaml").unlink(),
    "time zone": rewritten("programme.yaml", "rule:", "time_zone: Europe/Nowhere\nrule:"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_said_every_time(folder: Path, mistake: Callable[[Path], None]) -> None:
    mistake(folder)
    with pytest.raises(InputError) as expected:
        read_programme(folder)
    for _ in range(2):
        with pytest.raises(InputError) as found:
            read_or_keep_programme(folder)
        assert found.value.problems == expected.value.problems


def test_other_code_checks_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = list(kept_settings._code())
    names = {file.name for file in code}
    assert {"settings.py", "words.py", "validate.py", "yaml_source.py", "version.py"} <= names
    assert "kept_settings.py" in names, "a later noroom may keep more"
    other = folder / "settings.py"
    for changed in code:
        read_or_keep_programme(folder)
        other.write_bytes(changed.read_bytes() + b"#")
        new = [other if file == changed else file for file in code]
        monkeypatch.setattr(kept_settings, "_code", lambda new=new: iter(new))
        assert not isinstance(read_or_keep_programme(folder).settings, KeptRecord), changed
        monkeypatch.undo()


def test_a_zone_that_the_machine_lost_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(name: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", lost)
    with pytest.raises(InputError, match="time-zone"):
        read_or_keep_programme(folder)


def test_what_changes_while_it_is_read_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_settings_file(folder).unlink()

    def read_meanwhile(path: Path) -> ProgrammeDirectory:
        rewritten("programme.yaml", "threshold: 20", "threshold: 70")(path)
        return read_programme(path)

    monkeypatch.setattr(kept_settings, "read_programme", read_meanwhile)
    assert read_or_keep_programme(folder).settings.rule.threshold == 70
    assert not kept_settings_file(folder).exists()


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x93\xc4\x01a\x80\x80"])
def test_a_damaged_copy_is_of_no_account(folder: Path, content: bytes) -> None:
    kept_settings_file(folder).write_bytes(content)
    assert compared(read_or_keep_programme(folder)) == compared(read_programme(folder))


def test_nobody_else_reads_it_and_it_holds_no_credentials(folder: Path) -> None:
    text = "name: Acme Hotels\nlrs:\n  endpoint: https://lrs.example.org/xAPI/\n  key: user:hush\n"
    (folder / "chains" / "acme" / "chain.yaml").write_text(text, "utf-8")
    read_or_keep_programme(folder)
    kept = kept_settings_file(folder)
    assert kept.stat().st_mode & 0o077 == 0
    assert b"hush" not in kept.read_bytes()


def test_without_a_store_nothing_is_written(tmp_path: Path) -> None:
    programme = make_programme(tmp_path)
    assert compared(read_or_keep_programme(tmp_path)) == compared(programme)
    assert not (tmp_path / "store").exists()


def test_kept_settings_need_nothing_that_checks(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from xapi_lrs_reports.report.prepare import prepare\n"
        "from xapi_lrs_reports.kept_settings import read_or_keep_programme\n"
        "programme = read_or_keep_programme(Path(sys.argv[1]))\n"
        "prepare(programme, None, None, 'internal', with_chains=False)\n"
        "print([name for name in ('pydantic', 'yaml') if name in sys.modules])\n"
    )
    words = [sys.executable, "-c", code, str(folder)]
    found = subprocess.run(words, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_an_import_keeps_them_and_reads_the_same_with_them(tmp_path: Path) -> None:
    make_programme(tmp_path)
    given = [statement("e-0"), statement("e-1", authority=authority("bellevue"))]
    first = imported(tmp_path, *given)
    assert isinstance(read_or_keep_programme(tmp_path).settings, KeptRecord)
    for file in (tmp_path / "store").glob("*.duckdb"):
        file.unlink()
    assert imported(tmp_path, *given) == first
    assert (first["new"], first["quarantined"]) == (1, 1)


def test_an_import_that_is_refused_makes_no_store(tmp_path: Path) -> None:
    make_programme(tmp_path)
    MISTAKES["chain.yaml"](tmp_path)
    words = ["import", str(tmp_path / "a.ndjson"), "--programme", str(tmp_path)]
    assert CliRunner().invoke(main, words).exit_code == 1
    assert not (tmp_path / "store").exists()


def test_it_is_frozen_like_the_checked_settings(folder: Path) -> None:
    kept = read_or_keep_programme(folder)
    with pytest.raises(AttributeError):
        kept.settings.name = "another"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        kept.path = folder  # type: ignore[misc]
