"""explain: what would change the answer, and signs of forged or mistaken data, which all count."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reports.programme_files import PROGRAMME, Json, make_programme, statement
from tests.reports.test_commands import AS_OF, imported, noroom

HOTEL = "acme-1"
TEN = "hotel,employee,department,contract\n" + "".join(
    f"{HOTEL},e-{n},bar,{'agency' if n > 9 else 'permanent'}\n" for n in range(12)
)


def explained(folder: Path) -> Json:
    found: Json = json.loads(noroom(folder, "explain", HOTEL, "--json", *AS_OF).stdout)
    return found


def attempt(person: str, begun: str, ended: str, **changes: str) -> list[Json]:
    """Give the first launch and the pass of one attempt."""
    first = statement(person, "initialized", at=begun, stored=changes.get("stored", begun))
    passed = statement(person, at=ended, stored=changes.get("stored", ended))
    return [first, {**passed, "context": first["context"]}]


def usual(number: int) -> list[Json]:
    day = f"2026-11-{number + 1:02}"
    return attempt(f"e-{number}", f"{day}T09:00:00Z", f"{day}T09:21:00Z")


def test_what_is_missing_and_who_could_bring_it(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    failed = {"completion": True, "success": False}
    imported(
        tmp_path, *(one for n in range(4) for one in usual(n)),
        statement("e-5", at="2023-01-01T09:00:00Z"), statement("e-6", "completed", result=failed),
        statement("e-10"), statement("nobody", hotel=HOTEL),
    )  # fmt: skip
    found = explained(tmp_path)
    assert (found["completed"], found["needed"], found["nothing_yet"]) == (4, 2, 4)
    assert found["signs"] == {"quick": 0, "night": 0, "together": 0}
    text = " ".join(found["changes"])
    for words in (
        "2 more completions would meet the rule.",
        "4 employees of the base have no completion yet.",
        "a corrected roster.csv could bring up to 1.",
        "a refresher would bring back up to 1.",
        "another try could bring up to 1.",
        "With agency included: 5 of 12, which is 41 %",
    ):
        assert words in text
    said = noroom(tmp_path, "explain", HOTEL, *AS_OF).stdout
    assert all(f"  - {line}" in said for line in found["changes"])
    assert "Please look at" not in said


def test_what_is_missing_where_a_department_decides(tmp_path: Path) -> None:
    rule = "rule:\n  management_floor: 100\n  housekeeping_floor: 50\n"
    rule += "  housekeeping_required: true\n"
    groups = ["bar"] * 5 + ["housekeeping"] * 3 + ["management"] * 2
    roster = "hotel,employee,department\n"
    roster += "".join(f"{HOTEL},e-{n},{group}\n" for n, group in enumerate(groups))
    make_programme(tmp_path, roster=roster, settings=PROGRAMME + rule)
    imported(tmp_path, *(one for n in (0, 1, 2, 3, 4) for one in usual(n)))
    floors = [
        "2 more completions in housekeeping would reach its floor of 50 % (0 of 3 now).",
        "2 more completions in management would reach its floor of 100 % (0 of 2 now).",
    ]
    assert explained(tmp_path)["changes"][:3] == [
        "1 more completion would reach the threshold.", *floors
    ]  # fmt: skip
    imported(tmp_path, *usual(8), name="b.ndjson")
    found = explained(tmp_path)
    assert (found["status"], found["needed"]) == ("not_met", 0)
    assert found["changes"][:2] == [
        floors[0],
        floors[1].replace("2 more completions", "1 more completion").replace("(0", "(1"),
    ]


def test_who_is_in_the_base_is_not_beside_it_too(tmp_path: Path) -> None:
    rule = "rule:\n  include: [permanent, agency]\n"
    make_programme(tmp_path, roster=TEN, settings=PROGRAMME + rule)
    imported(tmp_path, *usual(0), statement("e-10"))
    found = explained(tmp_path)
    assert (found["completed"], found["headcount"]) == (2, 12)
    assert "agency" not in found["beside"] and "agency" not in " ".join(found["changes"])


def test_a_share_of_full_time_jobs_is_called_that(tmp_path: Path) -> None:
    roster = "hotel,employee,fte\n" + "".join(f"{HOTEL},e-{n},{10 + 90 * n}\n" for n in (0, 1))
    roster += f"{HOTEL},e-2,100\n"
    make_programme(tmp_path, roster=roster, settings=PROGRAMME + "rule: {unit: fte}\n")
    imported(tmp_path, *usual(0))
    said = noroom(tmp_path, "explain", HOTEL, *AS_OF).stdout
    assert "1 of 3 employees completed, which is 4 % of the full-time jobs" in said
    assert "2 completions of full-time employees missing" in said
    assert "2 more completions of full-time employees would meet the rule." in said


def test_how_long_the_rule_stays_met(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    imported(tmp_path, *(one for n in range(7) for one in usual(n)))
    found = explained(tmp_path)
    assert (found["status"], found["met_until"]) == ("met", "2028-11-02")
    assert "stays met until about 2028-11-02" in found["changes"][0]
    for day, status in (("2028-11-02", "met"), ("2028-11-03", "not_met")):
        given = ("report", "--json", "--as-of", day)
        [hotel] = json.loads(noroom(tmp_path, *given).stdout)["hotels"]
        assert hotel["status"] == status, day


def test_two_minutes_are_a_sign_and_count_all_the_same(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    quick = attempt("e-0", "2026-11-01T09:00:00Z", "2026-11-01T09:02:00Z")
    slow = attempt("e-1", "2026-11-02T09:00:00Z", "2026-11-02T09:03:00Z")
    imported(tmp_path, *quick, *slow)
    found = explained(tmp_path)
    assert (found["signs"]["quick"], found["completed"]) == (1, 2)
    assert (
        "1 completion finished within 3 minutes"
        in noroom(tmp_path, "explain", HOTEL, *AS_OF).stdout
    )


def test_another_course_of_a_few_minutes_is_no_sign(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    begun = statement("e-0", "initialized", course="refresher", at="2026-11-02T09:00:00Z")
    ended = statement("e-0", course="refresher", at="2026-11-02T09:02:00Z")
    imported(tmp_path, *usual(0), begun, {**ended, "context": begun["context"]})
    found = explained(tmp_path)
    assert (found["signs"]["quick"], found["completed"]) == (0, 1)


def test_a_course_that_was_resumed_is_not_quick(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    first, passed = attempt("e-0", "2026-11-01T09:00:00Z", "2026-11-02T09:01:00Z")
    again = {**statement("e-0", "initialized", at="2026-11-02T09:00:00Z"),
             "context": first["context"]}  # fmt: skip
    imported(tmp_path, first, again, passed)
    assert explained(tmp_path)["signs"]["quick"] == 0


def test_a_burst_at_night_is_a_sign_by_the_hotels_own_clock(tmp_path: Path) -> None:
    """Half past two in Amsterdam is half past one in UTC; at the same hour UTC it is day."""
    make_programme(tmp_path, roster=TEN)
    for name, hour in (("day", 9), ("night", 1)):
        folder = tmp_path / name
        make_programme(folder, roster=TEN)
        imported(folder, *(
            one for n in range(5)
            for one in attempt(f"e-{n}", "2026-11-01T00:00:00Z", f"2026-11-01T{hour:02}:3{n}:00Z")
        ))  # fmt: skip
        found = explained(folder)
        assert (found["signs"]["night"], found["completed"]) == (5 if name == "night" else 0, 5)


def test_one_device_for_many_is_a_sign(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=TEN)
    late = "2026-11-08T08:00:00.400Z"
    imported(tmp_path, *(
        one for n in range(3)
        for one in attempt(f"e-{n}", f"2026-11-0{n + 1}T09:00:00Z", f"2026-11-0{n + 1}T09:30:00Z",
                           stored=late)
    ))  # fmt: skip
    found = explained(tmp_path)
    assert (found["signs"]["together"], found["completed"]) == (3, 3)
