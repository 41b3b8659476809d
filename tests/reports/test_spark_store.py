"""Statements in an object store over HTTP, read by the processes of a cluster.

Seen by hand with OpenStack Swift and a standalone cluster: docs/engines.md.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from programme.directory import read_programme
from programme.problems import InputError
from tests.reports.programme_files import make_programme
from tests.reports.test_spark import asked, assert_same, folder_of_every_shape
from xapi_lrs_reports.engines.duckdb import StoreEngine
from xapi_lrs_reports.engines.spark import engine, places
from xapi_lrs_reports.engines.spark.engine import SparkEngine
from xapi_lrs_reports.engines.spark.failures import failures_in_words
from xapi_lrs_reports.simulate import write_programme
from xapi_lrs_reports.statements.import_files import import_files

CLUSTER = (
    "--master local-cluster[2,1,1024] --conf spark.ui.enabled=false "
    "--conf spark.task.maxFailures=1 "
    '--conf "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" '
    "--conf spark.sql.adaptive.enabled=false "
    "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN "
    '--driver-java-options "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" pyspark-shell'
)
SECRET = "kept-in-the-environment"  # noqa: S105 - of a store that the test starts
DAY = datetime.date(2026, 11, 1)
OTHERS = 1_050
"""Files that are none of statements: a store lists a thousand names at a time."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def _store() -> Iterator[None]:
    """Serve a store over HTTP, and name it as the workers will find it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "noroom")
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("PYSPARK_SUBMIT_ARGS", CLUSTER)
        yield
    server.stop()


@pytest.fixture(scope="module")
def _cluster(_store: None) -> Iterator[None]:
    import pyspark
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(cli.__file__).parent)]))
        yield
        if started := SparkSession.getActiveSession():
            started.stop()


def upload(folder: Path, bucket: str) -> None:
    """Bring a folder to the store, with the empty objects that browsers of stores make."""
    from pyarrow.fs import S3FileSystem

    store = S3FileSystem(
        endpoint_override=os.environ["AWS_ENDPOINT_URL"], allow_bucket_creation=True
    )
    store.create_dir(bucket)
    for file in folder.rglob("*"):
        if file.is_file():
            name = f"{bucket}/{file.relative_to(folder)}"
            with store.open_output_stream(name, compression=None) as stream:
                stream.write(file.read_bytes())
    store.create_dir(f"{bucket}/a folder.ndjson")


def add_what_stores_hold(folder: Path) -> None:
    """Add names that want care, an empty file, and more names than one page lists."""
    first, *_ = sorted(folder.glob("statements*.ndjson"))
    lines = first.read_bytes().splitlines(keepends=True)
    (folder / "à plat" / "été & más").mkdir(parents=True)
    (folder / "à plat" / "été & más" / "ホテル 1+2=3 #%20?.ndjson").write_bytes(lines[0] + lines[1])
    (folder / "empty.ndjson").write_bytes(b"")
    (folder / "a").mkdir()
    for number in range(OTHERS):
        (folder / "a" / f"{number}.txt").write_bytes(b"-")


def local(source: str) -> str:
    """Name an object as the file that it was."""
    return source.replace("s3://exports/", "exports/")


def test_a_cluster_reads_a_store_as_duckdb_imports_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _cluster: None
) -> None:
    write_programme(tmp_path / "p", hotels=14, seed=3, faults=True)
    folder = folder_of_every_shape(tmp_path / "p")
    add_what_stores_hold(folder)
    programme = read_programme(tmp_path / "p")
    import_files(programme, [folder], io.BytesIO())
    upload(folder, "exports")
    monkeypatch.setattr(places, "PART_BYTES", 60_000)
    store, spark = StoreEngine(programme.path), SparkEngine(programme, "s3://exports")
    found = asked(spark, programme, DAY)
    counts = [(local(source), code, number) for source, code, number in found.quarantine]
    assert_same(dataclasses.replace(found, quarantine=counts), asked(store, programme, DAY))
    quarantine = [(local(one.source), one.line, one.code) for one in spark.quarantine()]
    assert quarantine == [(one.source, one.line, one.code) for one in store.quarantine()]
    assert any("page.json was not read" in note for note in found.notes)


def test_a_store_that_goes_away_ends_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _cluster: None
) -> None:
    programme = make_programme(tmp_path / "p")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.ndjson").write_bytes(b"{}")
    upload(tmp_path / "exports", "lost")
    address = os.environ["AWS_ENDPOINT_URL"].removeprefix("http://")

    def list_and_lose(folder: Path, place: places.Place) -> list[places.Part]:
        parts = places.list_parts(folder, place)
        nowhere = S3FileSystem(endpoint_override="127.0.0.1:9", scheme="http")
        object.__setattr__(place, "filesystem", nowhere)
        return parts

    from pyarrow.fs import S3FileSystem

    monkeypatch.setattr(engine, "list_parts", list_and_lose)
    with pytest.raises(InputError) as caught:
        SparkEngine(programme, f"s3://lost?scheme=http&endpoint_override={address}")
    assert str(caught.value).startswith("s3://lost: error[file-unreadable]: this place could not")
    assert "a.ndjson" in str(caught.value)


@pytest.mark.parametrize(("said", "code"), [
    ("ModuleNotFoundError: No module named 'xapi_lrs_reports'", "spark-worker"),
    ("xapi.PlaceUnreadable: s3://b/a.json: AWS Error ACCESS_DENIED", "file-unreadable"),
])  # fmt: skip
def test_what_a_worker_lacks_is_said(said: str, code: str) -> None:
    from pyspark.errors import PythonException

    with pytest.raises(InputError) as caught, failures_in_words("s3://b"):
        raise PythonException(f"An exception was thrown:\nTraceback\n{said}\n")
    assert [one.code for one in caught.value.problems] == [code]


LOST = "Job aborted due to stage failure: Checkpoint block rdd_5_0 not found!"


@pytest.mark.parametrize("said", [
    f"{LOST}\n\tat java.lang",
    f"An error occurred while calling o487.localCheckpoint.\n: org.apache.SparkException: {LOST}\n",
])  # fmt: skip
def test_a_lost_worker_is_said(said: str) -> None:
    from pyspark.errors import PySparkException

    with pytest.raises(InputError) as caught, failures_in_words("s3://b"):
        raise PySparkException(said)
    assert caught.value.problems[0].what == f"Spark stopped: {LOST}"


def test_a_defect_of_ours_stays_one() -> None:
    from pyspark.errors import PythonException

    with pytest.raises(PythonException), failures_in_words("s3://b"):
        raise PythonException("Traceback\nKeyError: 'hotel'")


@pytest.mark.parametrize(("place", "names", "code"), [
    ("s3://nowhere/exports", "No such file or directory", "file-unreadable"),
    ("s3://noroom:hunter2@exports/2026", "a password stands in this address", "statements-place"),
])  # fmt: skip
def test_a_place_that_cannot_be_read_is_said_without_its_secrets(
    tmp_path: Path, _store: None, place: str, names: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        places.list_parts(tmp_path, places.find_place(place))
    assert [one.code for one in caught.value.problems] == [code]
    assert names in str(caught.value)
    assert not [secret for secret in (SECRET, "hunter2") if secret in str(caught.value)]
