"""Spark reads what DuckDB imports, and says the same: rows, counts, quarantine, insight."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from tests.reports.naive_rule import AS_OF
from tests.reports.test_engines import answers, drawn, programme_of
from tests.reports.test_rule import encoded
from xapi_lrs_reports.engines.duckdb import StoreEngine
from xapi_lrs_reports.engines.engine import Answers, Engine
from xapi_lrs_reports.engines.spark import places
from xapi_lrs_reports.engines.spark.engine import SparkEngine
from xapi_lrs_reports.rule.decide import gather, inputs_on
from xapi_lrs_reports.rule.insight import QUESTION, insight_question
from xapi_lrs_reports.simulate import write_programme
from xapi_lrs_reports.statements.import_files import import_files

SMALL_TABLES = (
    "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.adaptive.enabled=false "
    "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN "
    '--driver-java-options "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" pyspark-shell'
)
"""For a few rows Spark's compilers and second thoughts cost more than they save."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _spark() -> Iterator[None]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", SMALL_TABLES)
        yield
        if started := SparkSession.getActiveSession():
            started.stop()


def asked(engine: Engine, programme: ProgrammeDirectory, day: datetime.date) -> Answers:
    return engine.run_rule(inputs_on(gather(programme), day), insight_question())


def assert_same(spark: Answers, store: Answers) -> None:
    assert answers(spark.rows) == answers(store.rows)
    assert answers(spark.also[QUESTION]) == answers(store.also[QUESTION])
    assert spark.quarantine == store.quarantine
    assert (spark.duplicates, spark.disowned) == (store.duplicates, store.disowned)


def test_spark_gives_the_same_rows_for_any_story(tmp_path: Path) -> None:
    for number, story in enumerate(drawn(25)[3::9]):
        folder = tmp_path / str(number)
        programme, sent = programme_of(story, folder)
        file = folder / "sent.ndjson"
        file.write_bytes(b"".join(encoded(one) + b"\n" for one in sent))
        inputs = inputs_on(gather(programme), AS_OF)
        expected = StoreEngine(programme.path).run_rule(inputs)
        found = SparkEngine(programme, str(file)).run_rule(inputs)
        assert answers(found.rows) == answers(expected.rows), story


def folder_of_every_shape(programme: Path) -> Path:
    """Move the simulated statements into a folder: lines, gzip, array, answer, copies, damage."""
    folder = programme / "exports"
    (folder / "deeper").mkdir(parents=True)
    first, second, third, *others = sorted(programme.glob("statements*.ndjson"))
    for file in (first, *others):
        file.rename(folder / file.name)
    packed = gzip.compress(second.read_bytes())
    (folder / f"{second.name}.gz").write_bytes(packed)
    (folder / "cut.ndjson.gz").write_bytes(packed[: len(packed) // 2])
    sound = [line for line in third.read_text("utf-8").splitlines() if _is_json(line)]
    (folder / "array.json").write_text("[\n" + ",\n".join(sound[::2]) + "\n]", "utf-8")
    twice = ['{"id": 7}'] * 2
    answer = '{"more": "", "statements": [' + ", ".join([*twice, *sound[1::2]]) + "]}"
    (folder / "deeper" / "answer.json").write_text(answer, "utf-8")
    (folder / "z-changed.ndjson").write_text("\n".join(_changed(sound)), "utf-8")
    (folder / "page.json").write_text("<html>", "utf-8")
    (folder / "_hidden [a] b.ndjson").write_text(sound[0], "utf-8")
    return folder


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _changed(lines: list[str]) -> Iterator[str]:
    """Yield copies that say something else, that lack a time, and that were stored earlier."""
    for number, line in enumerate(lines[:30]):
        one = json.loads(line)
        if number % 3 == 0:
            one["result"] = {"completion": False}
        elif number % 3 == 1:
            one.pop("timestamp", None)
            one["stored"] = "2026-01-01T00:00:00.000Z"
        else:
            one["stored"] = "2025-01-01T00:00:00Z"
        yield json.dumps(one)


def test_spark_reads_what_duckdb_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_programme(tmp_path / "p", hotels=14, seed=3, faults=True)
    folder = folder_of_every_shape(tmp_path / "p")
    programme = read_programme(tmp_path / "p")
    imported = import_files(programme, [folder], io.BytesIO())
    assert [one.code for one in imported.problems] == ["source-format"]
    monkeypatch.setattr(places, "PART_BYTES", 60_000)
    store, spark = StoreEngine(programme.path), SparkEngine(programme, folder.as_uri())
    for day in (datetime.date(2026, 11, 1), datetime.date(2028, 2, 29)):
        found = asked(spark, programme, day)
        assert_same(found, asked(store, programme, day))
    codes = {code for _, code, _ in found.quarantine}
    assert {"statement-conflict", "source-truncated", "statement-json"} <= codes
    assert spark.quarantine() == store.quarantine()
    assert any("page.json was not read" in note for note in found.notes)


def bucket(folder: Path) -> places.Place:
    """Give a folder as an object store shows it: under a name of its own."""
    from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

    store = SubTreeFileSystem(str(folder), LocalFileSystem())
    return places.Place("s3://bucket", store, "bucket")


def test_files_of_an_object_store_are_read_in_the_order_of_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bucket" / "a").mkdir(parents=True)
    for name in ("b.ndjson", "a/z.jsonl.gz", "a.json", ".hidden.json", "notes.txt"):
        (tmp_path / "bucket" / name).write_bytes(b'{"id": 1}\n' * 3)
    monkeypatch.setattr(places, "PART_BYTES", 16)
    found = places.list_parts(tmp_path, bucket(tmp_path))
    assert [(one.source, one.start, one.end) for one in found] == [
        ("s3://bucket/a/z.jsonl.gz", 0, 16),
        ("s3://bucket/a/z.jsonl.gz", 16, 30),
        ("s3://bucket/a.json", 0, 16),
        ("s3://bucket/a.json", 16, 30),
        ("s3://bucket/b.ndjson", 0, 16),
        ("s3://bucket/b.ndjson", 16, 30),
    ]


@pytest.mark.parametrize(("name", "code"), [
    ("ftp://exports", "statements-place"), ("nowhere", "file-unreadable"), ("", "folder-empty"),
])  # fmt: skip
def test_a_place_without_statements_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        places.list_parts(tmp_path, places.find_place(name))
    assert [one.code for one in caught.value.problems] == [code]
