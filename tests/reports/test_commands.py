"""noroom import, report and explain as people use them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from tests.reports.programme_files import (
    ADMIN,
    PROGRAMME,
    Json,
    authority,
    make_programme,
    statement,
    void,
    write_lines,
)
from xapi_lrs_reports.report.report_model import DataCounts
from xapi_lrs_reports.statements import reading, spans
from xapi_lrs_reports.statements.normalise import Normaliser
from xapi_lrs_reports.store.opening import open_store

FIVE = "hotel,employee\n" + "".join(f"acme-1,e-{n}\n" for n in range(5))
AS_OF = ("--as-of", "2026-11-21")


def noroom(folder: Path, *arguments: object, stdin: bytes = b"", code: int = 0) -> Result:
    given = [str(argument) for argument in arguments]
    run = CliRunner().invoke(cli.main, [*given, "--programme", str(folder)], input=stdin)
    assert run.exit_code == code, run.output
    return run


def report(folder: Path) -> Json:
    found: Json = json.loads(noroom(folder, "report", "--json", *AS_OF).stdout)
    return found


def imported(folder: Path, *statements: Json | str, name: str = "a.ndjson") -> Json:
    file = write_lines(folder / name, statements)
    [counts] = json.loads(noroom(folder, "import", "--json", file).stdout)["sources"]
    return dict(counts)


def test_forty_percent_is_no_certificate_and_sixty_is(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    sent = [statement(f"e-{n}") for n in range(3)]
    imported(tmp_path, *sent[:2])
    hotel = report(tmp_path)["hotels"][0]
    assert (hotel["percent"], hotel["certified"], hotel["needed"]) == (40, False, 1)
    imported(tmp_path, *sent, name="b.ndjson")
    first = report(tmp_path)
    assert (first["hotels"][0]["percent"], first["hotels"][0]["certified"]) == (60, True)
    imported(tmp_path, *sent, name="b.ndjson")
    assert report(tmp_path) == first
    imported(tmp_path, void(sent[0]["id"], authority("acme")), name="c.ndjson")
    assert report(tmp_path)["hotels"] == first["hotels"]
    assert report(tmp_path)["data"]["voids_refused"] == 1
    taken_back = void(sent[0]["id"], ADMIN)
    imported(tmp_path, taken_back, void(str(taken_back["id"]), ADMIN), name="d.ndjson")
    assert report(tmp_path)["hotels"][0]["percent"] == 40
    assert report(tmp_path)["data"]["voids_refused"] == 2


def test_the_json_is_the_contract(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    imported(tmp_path, statement("e-1"))
    found = report(tmp_path)
    assert found["hotels"][0] == {
        "hotel": "acme-1",
        "name": "Acme One",
        "chain": "acme",
        "certified": False,
        "status": "not_met",
        "completed": 1,
        "headcount": 5,
        "headcount_source": "roster",
        "percent": 20,
        "needed": 2,
        "tier": None,
        "certificate": "none",
        "evidence": {
            "lms_recorded": 0,
            "self_asserted": 1,
            "code": 0,
            "attendance_list": 0,
        },
        "beside": {
            name: {"completed": 0, "headcount": 0}
            for name in ("agency", "outsourced_cleaning", "on_leave", "student", "municipal")
        },
        "flags": [],
    }
    assert found["as_of"] == "2026-11-21"
    assert found["rule"]["threshold"] == 60
    assert set(found["data"]) == set(DataCounts().as_json())


def test_counts_add_up_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    one = statement("e-1")
    given = (
        one,
        {**one, "id": one["id"].upper()},
        {**one, "result": {"success": False}},
        statement("e-2", verb="answered") | {"verb": {"id": "https://x.example/answered"}},
        "{broken",
        statement("e-3", actor={"mbox": "mailto:x@acme.example"}, authority=authority("lms")),
        void(one["id"]),
    )
    counts = imported(tmp_path, *given)
    assert {key: counts[key] for key in ("read", "new", "duplicates", "irrelevant")} == {
        "read": 7,
        "new": 1,
        "duplicates": 1,
        "irrelevant": 1,
    }
    assert (counts["quarantined"], counts["voids"]) == (3, 1)
    assert [(one["line"], one["code"]) for one in counts["problems"]] == [
        (3, "statement-conflict"),
        (5, "statement-json"),
        (6, "actor-account"),
    ]
    before = report(tmp_path)
    assert before["data"] | {"facts": 1, "duplicates": 1, "quarantined": 3} == before["data"]
    again = imported(tmp_path, *given)
    assert (again["new"], again["duplicates"], again["quarantined"]) == (0, 3, 3)
    assert report(tmp_path) == before


def test_the_earlier_time_wins_whatever_comes_first(tmp_path: Path) -> None:
    """A copy without `stored` must not keep a time in the future."""
    ahead = statement("e-1", at="2027-06-01T10:00:00.000Z")
    stored = {**ahead, "stored": "2026-11-02T10:00:00.000Z"}
    for name, order in (("a", (ahead, stored)), ("b", (stored, ahead))):
        make_programme(tmp_path / name, roster=FIVE)
        for number, one in enumerate(order):
            imported(tmp_path / name, one, name=f"{number}.ndjson")
        assert report(tmp_path / name)["hotels"][0]["completed"] == 1


def test_a_corrected_file_clears_its_quarantine(tmp_path: Path) -> None:
    make_programme(tmp_path)
    imported(tmp_path, "{broken", statement())
    assert report(tmp_path)["data"]["quarantined"] == 1
    imported(tmp_path, statement())
    assert report(tmp_path)["data"]["quarantined"] == 0


def test_standard_input_and_gzip(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    raw = gzip.compress(json.dumps([statement("e-1"), statement("e-2")]).encode())
    run = noroom(tmp_path, "import", "-", stdin=raw)
    assert "read 2, new 2" in run.stdout
    assert report(tmp_path)["hotels"][0]["completed"] == 2


def test_exit_codes_of_import(tmp_path: Path) -> None:
    make_programme(tmp_path)
    mixed = write_lines(tmp_path / "mixed.ndjson", [statement(), "{broken"])
    noroom(tmp_path, "import", mixed)
    noroom(tmp_path, "import", "--strict", mixed, code=1)
    broken = write_lines(tmp_path / "broken.ndjson", ["{broken"])
    noroom(tmp_path, "import", broken, code=1)
    missing = noroom(tmp_path, "import", tmp_path / "none.ndjson", mixed, code=1)
    assert "file-unreadable" in missing.stderr
    assert "mixed.ndjson: read 2" in missing.stdout
    noroom(tmp_path, "import", code=2)


def test_an_interrupted_import_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = make_programme(tmp_path, roster=FIVE)
    file = write_lines(tmp_path / "a.ndjson", [statement(f"e-{n}") for n in range(4)])
    monkeypatch.setattr(spans, "SPAN_LINES", 2)
    monkeypatch.setattr(spans, "_CHUNK", 64)
    real = Normaliser.__call__
    calls: list[int] = []

    def interrupted(self: Any, *given: Any) -> Any:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(self, *given)

    with open_store(programme.path) as store, monkeypatch.context() as patch:
        patch.setattr(Normaliser, "__call__", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reading.import_path(store, programme, file)
    assert report(tmp_path)["data"]["facts"] == 0


def _hold(folder: Path, ready: Any, done: Any) -> None:
    with open_store(folder):
        ready.set()
        done.wait(30)


def test_a_busy_store_is_said(tmp_path: Path) -> None:
    make_programme(tmp_path)
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    holder = spawn.Process(target=_hold, args=(tmp_path, ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        file = write_lines(tmp_path / "a.ndjson", [statement()])
        assert "store-busy" in noroom(tmp_path, "import", file, code=1).stderr
        assert "store-busy" in noroom(tmp_path, "report", code=1).stderr
    finally:
        done.set()
        holder.join()


def test_a_broken_store_is_said(tmp_path: Path) -> None:
    make_programme(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "noroom.duckdb").write_bytes(b"not a database" * 1000)
    assert "store-broken" in noroom(tmp_path, "report", code=1).stderr


def test_a_chain_cannot_speak_for_another_chains_hotel(tmp_path: Path) -> None:
    make_programme(tmp_path, "hotel,name,chain,headcount\nbellevue-1,B,bellevue,2\n")
    imported(tmp_path, *(statement(f"e-{n}", hotel="bellevue-1") for n in range(2)))
    assert report(tmp_path)["hotels"][0]["completed"] == 0


def test_explain_says_why_and_names_nobody(tmp_path: Path) -> None:
    roster = FIVE + "acme-1,gone,\nacme-1,old,\n"
    roster = roster.replace("employee\n", "employee,left\n").replace("gone,", "gone,2026-01-01")
    make_programme(tmp_path, roster=roster)
    imported(
        tmp_path,
        statement("e-1"),
        statement("gone"),
        statement("old", at="2020-01-01T00:00:00Z"),
        statement("stranger", hotel="acme-1"),
        "{broken",
    )
    text = noroom(tmp_path, "explain", "acme-1", *AS_OF).stdout
    assert "1 of 6 employees completed, which is 16 %; 3 completions missing" in text
    assert "no longer work here" in text
    assert "outside the window" in text
    assert "statement-json" in text
    found = json.loads(noroom(tmp_path, "explain", "acme-1", "--json", *AS_OF).stdout)
    excluded = {reason: number for reason, number in found["excluded"].items() if number}
    assert excluded == {"left": 1, "outside_window": 1, "unmatched": 1}
    assert found["quarantine"] == [
        {"source": "a.ndjson", "code": "statement-json", "statements": 1}
    ]
    unknown = noroom(tmp_path, "explain", "acme-2", code=1)
    assert 'Did you mean "acme-1"' in unknown.stderr


def test_the_table_is_plain_and_aligned_in_a_pipe(tmp_path: Path) -> None:
    make_programme(tmp_path, 'hotel,name,chain\nacme-1,"A\x1b[31mB 東京",acme\n', FIVE)
    text = noroom(tmp_path, "report", *AS_OF).stdout
    assert "\x1b" not in text
    header, row = text.splitlines()[3:5]
    assert header.split() == [
        "Hotel", "Name", "Rule", "Done", "Staff", "%", "Needed", "Certificate", "Notes",
    ]  # fmt: skip
    assert row.split()[-4:] == ["0", "5", "0", "3"]
    assert "at least 60 % of the employees, since 2024-11-21" in text


def test_no_store_yet_is_no_error(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    assert "No statements were read yet" in noroom(tmp_path, "report").stdout
    assert not (tmp_path / "store").exists()


def test_wrong_options(tmp_path: Path) -> None:
    make_programme(tmp_path)
    noroom(tmp_path, "report", "--json", "--format", "csv", code=2)
    noroom(tmp_path, "report", "--as-of", "21-11-2026", code=2)
    noroom(tmp_path, "certify", "--as-of", "2999-01-01", code=2)
    assert "chain-unknown" in noroom(tmp_path, "report", "--chain", "x", code=1).stderr
    settings = PROGRAMME + "rule:\n  threshold: 100\n  operator: gt\n"
    make_programme(tmp_path, settings=settings)
    assert "rule-impossible" in noroom(tmp_path, "report", code=1).stderr


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    hotels = 'hotel,name,chain\na,"=1+1",acme\nb,"@x",acme\nc,"＝1",acme\nd,"-1",acme\n'
    make_programme(tmp_path, hotels)
    out = tmp_path / "report.csv"
    noroom(tmp_path, "report", "--format", "csv", "--out", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    assert [row["name"] for row in rows] == ["'=1+1", "'@x", "'＝1", "'-1"]
    assert [file.name for file in tmp_path.glob("*report*")] == ["report.csv"]


def test_a_missing_folder_for_the_report_is_made(tmp_path: Path) -> None:
    make_programme(tmp_path)
    out = tmp_path / "reports" / "2026" / "report.html"
    noroom(tmp_path, "report", "--format", "html", "--out", out)
    assert out.read_text("utf-8").startswith("<!")
    assert [file.name for file in out.parent.iterdir()] == ["report.html"]
    inside_a_file = out / "report.html"
    run = noroom(tmp_path, "report", "--format", "html", "--out", inside_a_file, code=1)
    assert "file-unwritable" in run.stderr


def test_many_of_one_kind_are_a_picture_and_every_place_is_kept(tmp_path: Path) -> None:
    make_programme(tmp_path)
    broken = ["{broken"] * 9
    number = json.dumps({**statement(), "id": 17})
    file = write_lines(tmp_path / "a.ndjson", [*broken, statement(), number, *broken * 40])
    run = noroom(tmp_path, "import", file)
    assert run.stderr.count("error[statement-json]") == 5
    assert "a.ndjson: 364 more statements with [statement-json], lines 6, 7, 8, 9, 12" in run.stderr
    assert "$.id: the id is a number, not text" in run.stderr
    assert "Expected" not in run.stderr
    everything = noroom(tmp_path, "explain", "--quarantine").stdout
    assert everything.count("  line ") == 370
    assert everything.count("Export it again") == 1
    listed = json.loads(noroom(tmp_path, "explain", "--quarantine", "--json").stdout)
    assert [one["line"] for one in listed["quarantine"]][:10] == [*range(1, 10), 12]
    noroom(tmp_path, "explain", code=2)
    noroom(tmp_path, "explain", "acme-1", "--quarantine", code=2)


def test_few_of_one_kind_are_all_shown_with_the_last_place(tmp_path: Path) -> None:
    make_programme(tmp_path)
    run = noroom(tmp_path, "import", write_lines(tmp_path / "a.ndjson", ["{"] * 6), code=1)
    assert "1 more statement with [statement-json], line 6." in run.stderr
    empty = noroom(tmp_path, "import", write_lines(tmp_path / "b.ndjson", []))
    assert "b.ndjson: warning[source-empty]" in empty.stderr
    assert "b.ndjson: read 0" in empty.stdout


def test_no_quarantine_is_said(tmp_path: Path) -> None:
    make_programme(tmp_path)
    assert noroom(tmp_path, "explain", "--quarantine").stdout == "Nothing is quarantined.\n"
    imported(tmp_path, statement())
    assert noroom(tmp_path, "explain", "--quarantine").stdout == "Nothing is quarantined.\n"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<html><body>Please log in", "HTML"),
        ('{"id": "x"}\n'.encode("utf-16"), "UTF-16"),
        ('{"id": "x"}\n'.encode("utf-16-le"), "UTF-16"),
        (b'{\n  "id": 1,\n  "verb": {}\n}\n', "several lines"),
        (b"PK\x03\x04....", "zip"),
    ],
)
def test_files_of_a_foreign_kind_are_refused_in_one_message(
    tmp_path: Path, raw: bytes, words: str
) -> None:
    make_programme(tmp_path)
    (tmp_path / "a.json").write_bytes(raw)
    run = noroom(tmp_path, "import", tmp_path / "a.json", code=1)
    assert "source-format" in run.stderr and words in run.stderr
    assert run.stderr.count("error[") == 1


def test_a_folder_is_read_with_all_its_exports(tmp_path: Path) -> None:
    make_programme(tmp_path, roster=FIVE)
    folder = tmp_path / "exports" / "acme"
    folder.mkdir(parents=True)
    sent = [statement(f"e-{n}") for n in range(4)]
    write_lines(folder / "b.ndjson", sent[:2])
    (folder.parent / "A.JSON").write_text(json.dumps([sent[2]]), "utf-8")
    (folder / "c.json.gz").write_bytes(gzip.compress(json.dumps([sent[3]]).encode()))
    for name in ("notes.txt", "list.csv", ".hidden.json"):
        (folder / name).write_text("none", "utf-8")
    data = json.loads(noroom(tmp_path, "import", "--json", folder.parent).stdout)
    assert [(one["source"], one["new"]) for one in data["sources"]] == [
        ("exports/A.JSON", 1), ("exports/acme/b.ndjson", 2), ("exports/acme/c.json.gz", 1),
    ]  # fmt: skip
    (tmp_path / "nothing").mkdir()
    assert "folder-empty" in noroom(tmp_path, "import", tmp_path / "nothing", code=1).stderr
