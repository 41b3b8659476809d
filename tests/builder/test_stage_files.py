"""Files appear together or not at all, also on a full disk, beside another build, when killed."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from programme.problems import InputError
from scorm_builder.package.stage_files import StagedFiles
from tests.builder.conftest import ROOT, TINY

_STAGES = """
import signal, sys, types
from pathlib import Path
import click
from programme.command_line import LazyGroup
from scorm_builder.package.stage_files import StagedFiles

@click.command()
@click.argument("out", type=Path)
def stage(out):
    with StagedFiles() as staged:
        staged.write(out / "a.zip", b"a")
        print("staged", flush=True)
        signal.pause()

sys.modules["staging"] = types.SimpleNamespace(stage_command=stage)
LazyGroup(name="noroom", commands={"staging": {"stage": ""}}).main()
"""


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_files_are_staged_from_any_thread(tmp_path: Path) -> None:
    def stage() -> None:
        with StagedFiles() as staged:
            staged.write(tmp_path / "new" / "a.zip", b"a")
            staged.commit()

    thread = threading.Thread(target=stage)
    thread.start()
    thread.join()
    assert names_in(tmp_path) == ["new", "new/a.zip"]


def test_a_disk_that_is_full_is_named_with_the_package(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: both fail in the middle of a write."""
    command = [sys.executable, "-m", "cli", "build", str(TINY), "--out", str(tmp_path / "new")]
    run = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    package = tmp_path / "new" / "tiny-1.0.0-scorm12-en.zip"
    assert run.stderr.startswith(f"{package}: error[file-unwritable]: this cannot be written: ")
    assert run.returncode == 1
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_killed_in_the_middle_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", _STAGES, "stage", str(tmp_path / "new")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"staged\n"
        assert len(names_in(tmp_path)) == 2
        process.send_signal(number)
        assert process.wait() == 1
    assert names_in(tmp_path) == []


def test_a_folder_that_another_build_has_just_made_is_used_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other build makes the folder between our look and our own try."""
    make = Path.mkdir

    def too_late(path: Path) -> None:
        make(path)
        raise FileExistsError(17, "File exists", str(path))

    monkeypatch.setattr(Path, "mkdir", too_late)
    with StagedFiles() as staged:
        staged.write(tmp_path / "new" / "a.zip", b"a")
    assert names_in(tmp_path) == ["new"]


def test_signals_come_back_after_the_commit(tmp_path: Path) -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    with StagedFiles() as staged:
        staged.write(tmp_path / "a.zip", b"a")
        staged.commit()
    assert [signal.getsignal(number) for number in numbers] == before


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the refusal is a stand-in."""

    def refuse(path: Path, content: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(InputError) as raised, StagedFiles() as staged:
        staged.write(tmp_path / "a.zip", b"a")
    (problem,) = raised.value.problems
    assert (problem.file, problem.code) == (str(tmp_path / "a.zip"), "file-unwritable")
    assert "Permission denied" in problem.what
