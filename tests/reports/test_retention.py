"""What is past its date goes from everywhere, and no answer that somebody was given changes."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from programme.pseudonym import pseudonym
from programme.settings import Rule
from tests.often import often
from tests.reports.programme_files import PROGRAMME, make_programme, statement, write_lines
from tests.reports.test_commands import noroom
from xapi_lrs_reports.people.forgotten import list_file, read_forgotten
from xapi_lrs_reports.people.retention import prune as prune_module
from xapi_lrs_reports.people.retention.periods import Periods, cutoffs, jurisdictions, periods_of
from xapi_lrs_reports.people.retention.prune import Pruned, prune
from xapi_lrs_reports.report.report_model import HotelDecision
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.rule.parameters import months_before
from xapi_lrs_reports.statements.import_files import import_files

NOW = datetime.datetime.now(datetime.UTC)
TODAY = NOW.date()
AWARD = months_before(TODAY, 26)
ID, MAIL = "Anna.Jansen-77", "anna@acme.example"
NAMES = [pseudonym(ID, "acme"), pseudonym(MAIL, "acme")]


def ago(months: int, days: int = 0) -> str:
    return (months_before(TODAY, months) - datetime.timedelta(days=days)).isoformat()


ROSTER = (
    "hotel,employee,full name,joined,left,aliases\n"
    f"acme-1,{ID},Anna Jansen,,{ago(4)},{MAIL}\n"
    f"acme-1,old,,,{ago(28)},\n"
    f"acme-1,recent,,,{ago(2, 5)},\n"
    "acme-1,e-1,,,,\nacme-1,e-2,,,,\nacme-1,e-3,,,,\n"
)
OLD = statement("e-2", at=f"{ago(29)}T10:00:00Z")
SENT = [
    OLD,
    statement("old", at=f"{ago(29)}T10:00:00Z"),
    statement(ID, at=f"{ago(10)}T10:00:00Z"),
    statement("recent", at=f"{ago(10)}T10:00:00Z"),
    statement("e-1", at=f"{ago(20)}T10:00:00Z"),
    statement("e-3", at=f"{ago(25)}T10:00:00Z"),
]


def made(folder: Path, settings: str = "") -> ProgrammeDirectory:
    programme = make_programme(folder, roster=ROSTER, settings=PROGRAMME + settings)
    conflict = {**SENT[2], "result": {"completion": False}}
    file = write_lines(folder / "a.ndjson", [*SENT, conflict])
    import_files(programme, [file], stdin=None)  # type: ignore[arg-type]
    award = {"event": "issued", "number": "2024-0001", "hotel": "acme-1", "valid_until": None,
             "issued_on": AWARD.isoformat(), "as_of": AWARD.isoformat()}  # fmt: skip
    (folder / "certificates").mkdir()
    (folder / "certificates" / "register.jsonl").write_text(json.dumps(award) + "\n", "utf-8")
    return read_programme(folder)


def pruned(programme: ProgrammeDirectory, *, is_dry: bool = False) -> Pruned:
    return prune(read_programme(programme.path), now=NOW, today=TODAY, is_dry=is_dry)


def on(programme: ProgrammeDirectory, day: datetime.date) -> HotelDecision:
    return decide(read_programme(programme.path), day).hotels[0]


def said(programme: ProgrammeDirectory, day: datetime.date) -> tuple[object, ...]:
    """Give what an answer says of a hotel; who else left long ago is no part of it."""
    one = on(programme, day)
    return (one.certified, one.status, one.completed, one.headcount, one.percent, one.needed,
            one.certificate, one.evidence, one.tier, one.flags)  # fmt: skip


@pytest.fixture(autouse=True)
def _short_trend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the rule less often: each month of the trend costs a run of it."""
    monkeypatch.setattr(prune_module, "_MONTHS", 4)


def on_disk(programme: ProgrammeDirectory) -> bytes:
    files = [file for file in programme.path.rglob("*") if file.is_file()]
    return b"".join(file.read_bytes() for file in files if file.suffix != ".ndjson").lower()


@pytest.mark.parametrize("leavers", ["keep", pytest.param("remove", marks=pytest.mark.slow)])
def test_no_answer_changes(tmp_path: Path, leavers: str) -> None:
    """Today, on every day that a certificate's flags look back to, for awards and for the trend."""
    programme = made(tmp_path, f"rule:\n  leavers: {leavers}\n")
    days = [TODAY, *(TODAY - datetime.timedelta(days=back) for back in (7, 45, 90)), AWARD]
    days += [months_before(TODAY, 3).replace(day=1) - datetime.timedelta(days=1)]
    before = [said(programme, day) for day in days]
    assert before[4][2]
    found = pruned(programme)
    assert found.old_facts >= 1
    assert [said(programme, day) for day in days] == before
    again = pruned(programme)
    assert again.is_empty and not again.answers


def test_whoever_left_is_gone_from_the_disk(tmp_path: Path) -> None:
    programme = made(tmp_path)
    noroom(tmp_path, "store", "export")
    (tmp_path / "sync.log").write_text(f"{ID} read\nok\n", "utf-8")
    found = pruned(programme)
    assert found.cut.left_by is not None
    [left] = found.left
    assert (left.people, left.facts, left.quarantined, left.roster_rows) == (2, 2, 1, 2)
    assert (left.log_lines, left.parquet_rows) == (1, 2)
    assert (found.old_facts, found.old_parquet_rows) == (1, 1)
    left_over = on_disk(programme)
    for word in (ID, MAIL, "Anna Jansen", *NAMES, str(OLD["id"])):
        assert word.lower().encode() not in left_over
    for word in ("recent", "e-1"):
        assert pseudonym(word, "acme").encode() in left_over


def test_what_was_removed_does_not_come_back(tmp_path: Path) -> None:
    programme = made(tmp_path)
    pruned(programme)
    later = statement("e-2", at=NOW.isoformat())
    file = write_lines(tmp_path / "again.ndjson", [*SENT, later])
    [reading] = import_files(programme, [file], stdin=None).readings  # type: ignore[arg-type]
    assert (reading.tally.new, reading.tally.irrelevant) == (1, 3)
    assert pruned(programme).is_empty


def test_a_dry_run_changes_nothing_and_says_the_same(tmp_path: Path) -> None:
    programme = made(tmp_path)
    said(programme, TODAY)  # which keeps the roster as it was read
    before = on_disk(programme)
    dry = pruned(programme, is_dry=True)
    assert on_disk(programme) == before
    real = pruned(programme)
    assert (dry.old_facts, dry.answers) == (real.old_facts, real.answers)
    assert [one.facts for one in dry.left] == [one.facts for one in real.left]


@pytest.mark.parametrize("step", often(["forget", "keep_answers", "write_forgotten", "rewrite"]))
def test_killed_in_between_it_is_ended_by_doing_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    programme = made(tmp_path)
    before = on(programme, AWARD)

    def killed(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(prune_module, step, killed)
        with pytest.raises(KeyboardInterrupt):
            pruned(programme)
    pruned(programme)
    assert NAMES[0].encode() not in on_disk(programme) and on(programme, AWARD) == before


def test_the_list_of_the_forgotten_forgets_too(tmp_path: Path) -> None:
    programme = made(tmp_path)
    file = list_file(tmp_path)
    pruned(programme)
    forgotten = read_forgotten(file)
    assert len(forgotten.until) >= 2
    assert forgotten.refuse_everybody(f"{ago(0)}T00:00:00.000") == 0
    assert forgotten.refuse_everybody("2199-01-01T00:00:00.000") >= 2 and not forgotten.until


def test_the_report_says_what_is_past_its_date(tmp_path: Path) -> None:
    programme = made(tmp_path)
    assert "2 people who left, 2 old statements" in noroom(tmp_path, "report").output
    assert "Nothing is past" not in noroom(tmp_path, "store", "prune", "--dry-run").stdout
    asked = noroom(tmp_path, "store", "prune", stdin=b"n\n", code=1)
    assert "Would be removed" in asked.stderr and not list_file(tmp_path).exists()
    done = json.loads(noroom(tmp_path, "store", "prune", "--yes", "--json").stdout)
    receipts = [file.read_text("utf-8") for file in (tmp_path / "store/receipts").iterdir()]
    assert done["jurisdiction"] == "EU" and len(receipts) == 2
    assert not any(word in text for text in receipts for word in (ID, MAIL, *NAMES))
    assert "past the date" not in noroom(tmp_path, "report").output.lower()
    assert "Nothing is past" in noroom(tmp_path, "store", "prune", "--yes").stdout
    assert "as it was kept" in noroom(tmp_path, "report", "--as-of", AWARD).output
    answer = next((programme.path / "store" / "answers").glob(f"{AWARD}.json"))
    answer.write_text("{", "utf-8")
    assert "answer-damaged" in noroom(tmp_path, "report", "--as-of", AWARD, code=1).stderr


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("jurisdiction: NY", "retention-jurisdiction"),
        ("jurisdiction: US-TX", "retention-missing"),
        ("jurisdiction: US-NY\n  after_leaving: 6", "retention-short"),
    ],
)
def test_periods_that_cannot_hold_are_refused(tmp_path: Path, given: str, code: str) -> None:
    programme = make_programme(tmp_path, settings=f"{PROGRAMME}retention:\n  {given}\n")
    with pytest.raises(InputError, match=code):
        periods_of(programme)


def test_the_jurisdiction_says_what_the_programme_does_not(tmp_path: Path) -> None:
    settings = f"{PROGRAMME}retention:\n  jurisdiction: US-NY\n  after_validity: 0\n"
    programme = make_programme(tmp_path, settings=settings)
    assert periods_of(programme) == Periods("US-NY", 12, 0)
    assert all(one.note and not one.confirmed for one in jurisdictions().values())


@pytest.mark.parametrize("leavers", ["remove", "keep"])
@pytest.mark.parametrize("window", [None, 1, 24])
@pytest.mark.parametrize("days", [0, 90, 730])
def test_the_rule_comes_before_the_periods(leavers: str, window: int | None, days: int) -> None:
    """Even with no months at all, nothing goes that a certificate's flags still look back to."""
    rule = Rule.model_validate(
        {"leavers": leavers, "completion_window_months": window, "maintain_days": days}
    )
    cut = cutoffs(Periods("EU", 0, 0), rule, TODAY)
    looked_back = TODAY - datetime.timedelta(days=days)
    if window is None:
        assert cut.done_before is None
        assert (cut.left_by is None) is (leavers == "keep")
        return
    assert cut.done_before is not None and cut.left_by is not None
    assert cut.done_before <= months_before(looked_back, window)
    kept = months_before(looked_back, window) if leavers == "keep" else looked_back
    assert cut.left_by <= kept
