"""The simulator: the same everywhere, in one piece, shaped as an LRS gives it out."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from programme.directory import read_programme
from programme.problems import InputError
from programme.pseudonym import pseudonym
from programme.statement_ids import statement_id
from xapi_lrs_reports.simulate import write as write_module
from xapi_lrs_reports.simulate import write_programme
from xapi_lrs_reports.simulate.dice import Dice
from xapi_lrs_reports.simulate.mishaps import HARMLESS, SPOILING
from xapi_lrs_reports.simulate.people import EDGES, hotels

IRI = "https://id.noroom.example"


def digest(folder: Path) -> str:
    """Give one hash over the names and bytes of all files."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def statements(folder: Path, chain: str) -> list[dict[str, Any]]:
    path = folder / f"statements-{chain}.ndjson"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def truth(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("clean") / "programme"
    write_programme(out, hotels=12, seed=1, faults=False)
    return out


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("faulty") / "programme"
    write_programme(out, hotels=26, seed=1, faults=True)
    return out


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (False, "ea9508f2ab5b6b1943ab10e8f96938ae64f1edcef9f77485d5b593a7fbf0a7fe"),
        (True, "a73e7f1bc32b7478c6c4cd09db0a10bd88d4f233ec58ea47c36b9bf0ba6d9d83"),
    ],
)
def test_the_bytes_are_the_same_on_every_machine(
    tmp_path: Path, faults: bool, expected: str
) -> None:
    write_programme(tmp_path / "out", hotels=6, seed=7, faults=faults)
    assert digest(tmp_path / "out") == expected


def test_another_seed_gives_another_programme(tmp_path: Path) -> None:
    write_programme(tmp_path / "a", hotels=2, seed=1, faults=True)
    write_programme(tmp_path / "b", hotels=2, seed=2, faults=True)
    assert digest(tmp_path / "a") != digest(tmp_path / "b")


def test_a_larger_programme_begins_with_the_smaller_one(tmp_path: Path) -> None:
    write_programme(tmp_path / "small", hotels=5, seed=3, faults=True)
    write_programme(tmp_path / "large", hotels=9, seed=3, faults=True)
    assert truth(tmp_path / "large")["hotels"][:5] == truth(tmp_path / "small")["hotels"]
    for path in (tmp_path / "small").glob("statements*"):
        assert (tmp_path / "large" / path.name).read_bytes().startswith(path.read_bytes())


def test_the_directory_is_a_programme(faulty: Path) -> None:
    programme = read_programme(faulty)
    chains = {row["chain"] for row in table(faulty / "hotels.csv")}
    assert set(programme.chains) == chains
    assert [agent.mbox for agent in programme.settings.authorities if agent.may_void] == [
        "mailto:programme.officer@noroom.example"
    ]


def test_the_summary_counts_what_is_there(tmp_path: Path) -> None:
    made = write_programme(tmp_path / "out", hotels=8, seed=2, faults=True)
    lines = sum(path.read_bytes().count(b"\n") for path in made.path.glob("statements*.ndjson"))
    rows = (made.path / "roster.csv").read_bytes().count(b"\n") - 1
    certified = [item for item in truth(made.path)["hotels"] if item["certified"]]
    assert (made.statements, made.employees, made.hotels) == (lines, rows, 8)
    assert made.certified == len(certified)
    assert truth(made.path)["data"]["statements"] == lines


def test_a_statement_is_as_the_contract_says(clean: Path) -> None:
    found = [
        item for item in statements(clean, "zilverbrug") if item["verb"]["id"].endswith("passed")
    ]
    for statement in found:
        context = statement["context"]
        assert statement["id"] == statement_id(IRI, context["registration"], "passed", 0)
        assert statement["actor"]["account"]["homePage"] == f"{IRI}/chain/zilverbrug"
        assert statement["object"]["id"] == f"{IRI}/course/no-room"
        assert statement["result"]["success"] is True
        assert statement["result"]["score"]["scaled"] in (0.8, 1.0)
        assert statement["timestamp"] < statement["stored"] < "2026-11-01"
        assert statement["authority"]["account"]["name"] == "zilverbrug-packages"
        assert statement["version"] == "1.0.3"


def test_statement_ids_are_unique_without_faults(clean: Path) -> None:
    ids = [
        item["id"] for chain in read_programme(clean).chains for item in statements(clean, chain)
    ]
    assert len(ids) == len(set(ids)) > 1_000


def test_pseudonyms_are_those_of_the_roster(clean: Path) -> None:
    programme = read_programme(clean)
    rows = [row for row in table(clean / "roster.csv") if row["hotel"].startswith("ostermeer")]
    known = {pseudonym(row["employee"], programme.salt("ostermeer")) for row in rows}
    seen = {item["actor"]["account"]["name"] for item in statements(clean, "ostermeer")}
    assert seen
    assert seen <= known


def test_no_roster_id_is_in_a_statement(clean: Path) -> None:
    employees = [row["employee"] for row in table(clean / "roster.csv")]
    for path in clean.glob("statements*"):
        text = path.read_text(encoding="utf-8")
        assert not [employee for employee in employees[:200] if f'"{employee}"' in text]


def test_people_fail_stop_start_again_and_come_back(clean: Path) -> None:
    attempts: dict[str, list[str]] = {}
    learners: dict[str, set[str]] = {}
    for item in (
        item for chain in read_programme(clean).chains for item in statements(clean, chain)
    ):
        registration = item["context"]["registration"]
        verb = item["verb"]["id"].rpartition("/")[2]
        attempts.setdefault(registration, []).append(verb)
        learners.setdefault(item["actor"]["account"]["name"], set()).add(registration)
    stories = set(map(tuple, attempts.values()))
    assert ("initialized", "completed", "passed", "terminated") in stories
    assert ("initialized", "suspended") in stories
    assert ("initialized", "failed", "completed", "passed", "terminated") in stories
    assert (
        "initialized", "completed", "passed", "terminated", "initialized", "terminated",
    ) in stories  # fmt: skip
    assert max(map(len, learners.values())) == 2


def test_edges_around_the_threshold_are_among_the_hotels() -> None:
    found = {
        (len(base), sum(person.completes for person in base))
        for hotel in hotels(5, 2 * len(EDGES), faults=False)
        for base in [[person for person in hotel.people if person.part == "base"]]
    }
    assert len(found & set(EDGES)) >= len(EDGES) // 2
    assert (187, 112) in found or (33, 19) in found


def test_sizes_are_those_of_real_hotels() -> None:
    sizes = sorted(
        sum(person.part == "base" for person in hotel.people)
        for number, hotel in enumerate(hotels(9, 240, faults=False))
        if number % 2
    )
    assert sizes[0] >= 3
    assert sizes[-1] <= 300
    assert 15 <= sizes[len(sizes) // 2] <= 40


def test_every_mishap_happens(faulty: Path) -> None:
    data = truth(faulty)["data"]
    missing = {*HARMLESS, *SPOILING, "not_on_the_roster"} - set(data)
    assert not missing
    assert all(count > 0 for count in data.values())


def test_nothing_goes_wrong_without_faults(clean: Path) -> None:
    assert set(truth(clean)["data"]) == {"statements"}
    assert not (clean / "statements-second-export.ndjson").exists()
    assert {item["status"] for item in truth(clean)["hotels"]} == {"met", "not_met"}


def test_odd_hotels_are_there(faulty: Path) -> None:
    found = truth(faulty)["hotels"]
    assert any(item["completed"] > item["headcount"] > 0 for item in found)
    assert any(item["status"] == "cannot_say" for item in found)
    assert any(row["headcount"] not in ("", "0") for row in table(faulty / "hotels.csv"))
    rows = table(faulty / "roster.csv")
    places: dict[str, set[str]] = {}
    for row in rows:
        places.setdefault(row["employee"], set()).add(row["hotel"])
    assert max(map(len, places.values())) == 2
    assert {"agency", "on_leave"} <= {row["contract"] for row in rows}
    assert all(row["left"] < "2026-11-01" for row in rows)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError) as refused:
        write_programme(tmp_path, hotels=0, seed=1, faults=False)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"simulate-hotels", "simulate-out"}
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_programme(tmp_path, hotels=1, seed=1, faults=False)
    assert (tmp_path / "truth.json").is_file()


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(write_module, "hotel_truth", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_programme(tmp_path / "out", hotels=3, seed=1, faults=False)
    assert list(tmp_path.iterdir()) == []


def test_dice_are_fair_enough_and_stay_the_same() -> None:
    dice = Dice(1, "test")
    assert [dice.below(100) for _ in range(6)] == [49, 39, 15, 45, 44, 42]
    assert sorted(dice.shuffled(range(50))) == list(range(50))
    counts = [dice.weighted((("a", 1), ("b", 3))) for _ in range(4_000)].count("b")
    assert 2_850 < counts < 3_150
    assert {dice.between(3, 5) for _ in range(100)} == {3, 4, 5}
