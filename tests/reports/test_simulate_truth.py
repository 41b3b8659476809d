"""The simulated programmes through the whole reporting half: the answers must be the truth's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli
from tests.often import often
from tests.reports.signing import announce
from xapi_lrs_reports.simulate import write_programme

COMPARED = ("name", "chain", "certified", "status", "completed", "headcount", "percent", "needed")


def noroom(*arguments: object) -> str:
    run = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert run.exit_code == 0, run.output
    return run.stdout


def simulated(folder: Path, seed: int, *, faults: bool) -> dict[str, Any]:
    """Write and import a programme of 14 hotels in `folder`; give its truth."""
    write_programme(folder, hotels=14, seed=seed, faults=faults)
    noroom("import", "--programme", folder, *sorted(folder.glob("statements*")))
    truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return truth


def reported(folder: Path, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(noroom("report", "--json", "--programme", folder, *options))
    return found


def assert_true(report: dict[str, Any], truth: dict[str, Any]) -> None:
    found = [{key: hotel[key] for key in COMPARED} for hotel in report["hotels"]]
    expected = [{key: hotel[key] for key in COMPARED} for hotel in truth["hotels"]]
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("seed", often([1, 2026, 2, 3], 2))
@pytest.mark.parametrize("faults", [False, True])
def test_the_report_gives_the_truth(tmp_path: Path, seed: int, faults: bool) -> None:
    truth = simulated(tmp_path / "programme", seed, faults=faults)
    assert_true(reported(tmp_path / "programme"), truth)


@pytest.mark.slow
def test_the_truth_holds_from_as_of_until_true_until(tmp_path: Path) -> None:
    truth = simulated(tmp_path / "programme", 5, faults=True)
    for day in (truth["as_of"], "2028-02-29", "2031-01-31"):
        assert_true(reported(tmp_path / "programme", "--as-of", day), truth)


def test_every_injected_fault_is_accounted_for(tmp_path: Path) -> None:
    injected = simulated(tmp_path / "programme", 6, faults=True)["data"]
    data = reported(tmp_path / "programme")["data"]
    sums = {
        "duplicates": ("duplicate", "duplicate_in_other_file", "duplicate_in_upper_case"),
        "voided": ("voided_before_target", "voided_after_target"),
        "voids_refused": ("void_by_authority_that_may_not",),
        "quarantined": ("cut_line", "not_json", "no_actor", "number_as_id", "forged_authority",
                        "foreign_home_page"),
    }  # fmt: skip
    for name, kinds in sums.items():
        assert data[name] == sum(injected.get(kind, 0) for kind in kinds), name


def test_every_certified_hotel_gets_its_certificate(tmp_path: Path) -> None:
    home = tmp_path / "programme"
    truth = simulated(home, 7, faults=True)
    announce(home)
    noroom("certify", "--without-materials", "--programme", home)
    certified = sorted(hotel["hotel"] for hotel in truth["hotels"] if hotel["certified"])
    kits = [path.parent.name for path in home.glob("certificates/*/certificate-*.pdf")]
    made = sorted(name[len("2026-0001-") :] for name in kits)
    assert made == certified
    states = {hotel["hotel"]: hotel["certificate"] for hotel in reported(home)["hotels"]}
    assert sorted(hotel for hotel, state in states.items() if state == "valid") == certified
