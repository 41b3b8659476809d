"""The matrix over processes: the same bytes as in one, nothing left when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scorm_builder.package.build_matrix import Unit, Workshop, batches
from scorm_builder.package.build_packages import BuildRequest, build_everything
from tests.builder.conftest import ROOT, Noroom


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_in_parallel_the_bytes_are_the_same(course: Path, programme: Path) -> None:
    for jobs in (1, 2):
        request = BuildRequest(course, Path(f"out-{jobs}"), programme=programme, jobs=jobs)
        heard: list[int] = []

        def started(total: int, heard: list[int] = heard) -> object:
            heard.append(-total)
            return heard.append

        build_everything(request, started)  # type: ignore[arg-type]
        assert sum(heard) == 0
    assert content(Path("out-1")) == content(Path("out-2"))
    assert len(content(Path("out-1"))) > 20


def test_a_language_is_the_work_of_one_process_but_the_last_of_all() -> None:
    units = [Unit((language,), chain, ()) for language in "abc" for chain in ("x", "y")]
    assert batches(units, 2) == [units[0:2], units[2:4], units[4:5], units[5:6]]
    assert [unit for batch in batches(units, 4) for unit in batch] == units


def test_a_problem_in_a_worker_is_said_as_anywhere(
    course: Path, noroom: Noroom, programme: Path
) -> None:
    chain = programme / "chains" / "zeta" / "chain.yaml"
    chain.write_text("name: Zeta\nlogo: none.svg\n", encoding="utf-8")
    for jobs in ("1", "2"):
        built = noroom("build", course, "--programme", programme, "--out", "dist", "--jobs", jobs)
        assert built.exit_code == 1
        assert "error[chain-logo]" in built.stderr
        assert not Path("dist").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing(course: Path, programme: Path, number: int) -> None:
    """A signal while the workers write: no package, no temporary file, no folder, no process."""
    script = (
        "import sys, pathlib, scorm_builder.package.build_matrix as m\n"
        "write = m.write_parts\n"
        "def slow(path, parts):\n"
        "    written = write(path, parts)\n"
        "    print('written', flush=True)\n"
        "    return written\n"
        "m.write_parts = slow\n"
        "import cli\n"
        "cli.main()\n"
    )
    command = [sys.executable, "-c", script, "build", str(course.resolve()), "--jobs", "2",
               "--programme", str(programme), "--out", "dist"]  # fmt: skip
    run = subprocess.Popen(
        command,
        cwd=course.resolve().parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline().startswith(b"written")
    os.killpg(run.pid, number)
    _, talk = run.communicate(timeout=60)
    assert run.returncode != 0
    assert b"Traceback" not in talk
    assert not Path("dist").exists()


def test_a_workshop_gives_packages_in_pieces(course: Path) -> None:
    from scorm_builder.course.load_course import load_course

    shop = Workshop(load_course(course), None)
    (parts,) = shop.packages(("en",), None, ["scorm12"])
    pieces = list(parts)
    assert pieces[0] == b"", "small files have no opening"
    assert pieces[1].startswith(b"PK\x03\x04")
    assert len(pieces) > 8


def test_json_lists_packages_and_documents(course: Path, noroom: Noroom) -> None:
    result = noroom("build", course, "--out", "dist", "--json", "--jobs", "2")
    listed = json.loads(result.stdout)
    assert list(listed) == ["packages", "documents"]
    assert listed["documents"] == ["dist/SHA256SUMS"]
