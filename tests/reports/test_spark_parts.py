"""Files of statements cut into parts: read part by part, they give what they give as a whole."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cli
from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from tests.reports.programme_files import Json, make_programme
from xapi_lrs_reports.engines.spark import session
from xapi_lrs_reports.engines.spark.failures import PlaceUnreadable
from xapi_lrs_reports.engines.spark.places import Part, lines_before, tasks_of
from xapi_lrs_reports.engines.spark.read_parts import LinesOfPart, Outcome, Reader
from xapi_lrs_reports.people.forgotten import Forgotten
from xapi_lrs_reports.simulate import write_programme
from xapi_lrs_reports.sources.files import HEAD_BYTES, is_json_lines, read_stream
from xapi_lrs_reports.statements.reading import normaliser_of
from xapi_lrs_reports.statements.statement import Row, StatementProblem


class Folder:
    """Opens files as a Place does."""

    def open(self, path: str) -> BinaryIO:
        """Open a file on this machine."""
        return Path(path).open("rb")


def cut(path: Path, borders: list[int]) -> list[Part]:
    ends = [*sorted(borders), path.stat().st_size]
    starts = [0, *ends[:-1]]
    return [
        Part(number, path.name, str(path), start, end)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def outcomes(programme: ProgrammeDirectory, parts: list[Part]) -> list[Outcome]:
    reader = Reader(programme, Folder(), Forgotten())
    return [found for part in parts for found in reader.outcomes(part)]


def by_places(found: list[Outcome], parts: list[Part]) -> list[Json]:
    """Give the rows with their lines in the file, as as_stored.sql counts them."""
    counted = {one.part: one.lines for one in found if one.lines is not None}
    before = {row["part"]: row["lines_before"] for row in lines_before(parts, counted)}
    rows = ((one.part, one.fact or one.void or one.problem) for one in found)
    return [as_row(row, before[part]) for part, row in rows if row]


def as_row(row: Row, lines: int = 0) -> Json:
    return {**msgspec.structs.asdict(row), "line": row.line + lines}


@given(st.binary(max_size=60).map(lambda raw: raw.replace(b"\0", b"\n")), st.data())
def test_parts_have_each_line_once(raw: bytes, data: st.DataObject) -> None:
    inside = st.integers(min_value=0, max_value=len(raw))
    borders = sorted(data.draw(st.lists(inside, max_size=4)))
    read, lines = b"", 0
    for start, end in zip([0, *borders], [*borders, len(raw)], strict=True):
        part = LinesOfPart(io.BytesIO(raw), start, end)
        while chunk := part.read(data.draw(st.integers(min_value=1, max_value=9))):
            read += chunk
        lines += part.lines
    assert (read, lines) == (raw, raw.count(b"\n"))


@pytest.mark.parametrize("step", [1_000, 40_000])
def test_a_file_in_parts_is_normalised_as_in_one(tmp_path: Path, step: int) -> None:
    write_programme(tmp_path / "p", hotels=6, seed=3, faults=True)
    programme = read_programme(tmp_path / "p")
    file = next(iter(sorted(programme.path.glob("statements*"))))
    normalise = normaliser_of(programme, from_lrs=False)
    whole: list[Json] = []
    with file.open("rb") as stream:
        for line, piece in read_stream(stream, file.name):
            if isinstance(piece, StatementProblem):
                whole.append(as_row(piece))
            elif row := normalise(piece, file.name, line):
                whole.append(as_row(row))
    parts = cut(file, list(range(step, file.stat().st_size, step)))
    assert len(parts) > 1
    assert by_places(outcomes(programme, parts), parts) == whole


def test_who_was_forgotten_stays_so(tmp_path: Path) -> None:
    write_programme(tmp_path / "p", hotels=2, seed=3, faults=False)
    programme = read_programme(tmp_path / "p")
    file = next(iter(sorted(programme.path.glob("statements*"))))
    part = Part(0, file.name, str(file))
    facts = [one.fact for one in Reader(programme, Folder(), Forgotten()).outcomes(part)]
    gone = next(fact.learner for fact in facts if fact)
    forgotten = Forgotten()
    forgotten.add([gone], "2999-01-01T00:00:00.000")
    left = [one.fact for one in Reader(programme, Folder(), forgotten).outcomes(part)]
    assert left == [fact for fact in facts if fact and fact.learner != gone]


def test_a_file_that_cannot_be_read_is_said_and_costs_no_other(tmp_path: Path) -> None:
    programme = make_programme(tmp_path / "p")
    (tmp_path / "page.json").write_text("<html>", encoding="utf-8")
    parts = [Part(0, "page.json", str(tmp_path / "page.json")), Part(1, "x", str(tmp_path / "x"))]
    assert [one.unread for one in outcomes(programme, parts)] == [
        "page.json was not read: this is HTML or XML, perhaps a login page, not JSON statements.",
        "x was not read: No such file or directory.",
    ]


@pytest.mark.parametrize(("raw", "is_of_lines"), [
    (b'{"id": "a"}\n{"id": "b"}\n', True),
    (b'\xef\xbb\xbf{"id": "a"}\n', True),
    (b"--border\n{}\n", False),
    (b'[{"id": "a"},\n{"id": "b"}]', False),
    (b'{"statements": [\n{"id": "a"}]}', False),
    (b'{\n"id": "a"\n}', False),
    (gzip.compress(b'{"id": "a"}\n', mtime=0), False),
    (b"<html>\n", False),
])  # fmt: skip
def test_only_files_of_lines_are_cut(raw: bytes, is_of_lines: bool) -> None:
    assert is_json_lines(raw[:HEAD_BYTES]) is is_of_lines


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "is_installed", lambda name: False)
    with pytest.raises(InputError, match=r'pip install "noroom\[spark\]"'):
        session.start_session()


@pytest.mark.parametrize("home", ["", "nowhere"])
def test_without_java_its_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setattr(session, "is_installed", lambda name: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(InputError, match="openjdk-17-jre-headless"):
        session.start_session()


@pytest.mark.parametrize("options", [
    ["report", "--engine", "spark"],
    ["report", "--statements", "exports"],
    ["explain", "--quarantine", "--statements", "exports"],
    ["report", "--engine", "spark", "--statements", "exports", "--anonymous-benchmark"],
])  # fmt: skip
def test_options_that_do_not_go_together_are_misuse(options: list[str]) -> None:
    run = CliRunner().invoke(cli.main, options)
    assert run.exit_code == 2
    assert "--engine spark" in run.stderr


def test_small_files_share_a_task() -> None:
    small = [Part(number, "x", "x", size=1_000) for number in range(70)]
    long = [Part(number, "y", "y", size=32 << 20) for number in (70, 71)]
    tasks = tasks_of([*small, *long])
    assert [len(task) for task in tasks] == [32, 32, 6, 1, 1]
    assert [part.number for task in tasks for part in task] == list(range(72))


class Refusing:
    """A store that answers, as pyarrow says it, and is no file that is missing."""

    def open(self, path: str) -> BinaryIO:
        """Refuse."""
        raise OSError("AWS Error ACCESS_DENIED during HeadObject operation: No response body.\nx")


def test_a_store_that_refuses_ends_the_task_with_its_words(tmp_path: Path) -> None:
    """A report that rests on less because of a lost connection would look like any other."""
    reader = Reader(make_programme(tmp_path / "p"), Refusing(), Forgotten())
    with pytest.raises(PlaceUnreadable) as caught:
        list(reader([[Part(0, "s3://b/a.json", "b/a.json")]]))
    assert str(caught.value) == (
        "s3://b/a.json: AWS Error ACCESS_DENIED during HeadObject operation: No response body"
    )
