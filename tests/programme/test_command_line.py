"""Exit codes and messages: what a script and a tired programme officer rely on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import types
from pathlib import Path
from subprocess import PIPE

import click
import pytest

from programme.command_line import LazyGroup, print_problems
from programme.problems import InputError, Problem

PROBLEM = Problem("a.yaml", 3, 7, "unknown-key", 'the key "x" is not known here', "Delete it.",
                  source_line="    x: 1")  # fmt: skip
WARNING = Problem("b.yaml", 0, 0, "pool-small", "few questions", "Write more.", severity="warning")
ROOT = Path(__file__).parent.parent.parent

_WAITS = """
import signal, sys, types, click
sys.path.insert(0, ".")
from programme.command_line import LazyGroup

@click.command()
def wait():
    try:
        print("started", flush=True)
        signal.pause()
    finally:
        print("cleaned", flush=True)

sys.modules["waits_commands"] = types.SimpleNamespace(wait_command=wait)
LazyGroup(name="noroom", commands={"waits_commands": {"wait": ""}}).main(["wait"])
"""


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> LazyGroup:
    """A group with three commands that end in three ways."""
    module = types.ModuleType("three_commands")

    @click.command()
    def fine() -> None:
        click.echo("data")

    @click.command()
    def wrong() -> None:
        raise InputError([WARNING, PROBLEM])

    @click.command()
    def broken() -> None:
        raise KeyError("oops")

    for command in (fine, wrong, broken):
        setattr(module, f"{command.name}_command", command)
    monkeypatch.setitem(sys.modules, "three_commands", module)
    names = {"fine": "Is fine.", "wrong": "Finds problems.", "broken": "Breaks."}
    return LazyGroup(name="noroom", commands={"three_commands": names})


@pytest.mark.parametrize(
    ("typed", "code"), [("fine", 0), ("wrong", 1), ("broken", 70), ("unknown", 2)]
)
def test_exit_codes(group: LazyGroup, typed: str, code: int) -> None:
    with pytest.raises(SystemExit) as ended:
        group.main([typed])
    assert ended.value.code == code


def test_problems_are_told_on_stderr_with_place_excerpt_and_cure(
    group: LazyGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        group.main(["wrong"])
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        'a.yaml:3:7: error[unknown-key]: the key "x" is not known here\n'
        "    3 |     x: 1\n  Delete it.\n\n"
        "b.yaml: warning[pool-small]: few questions\n  Write more.\n\n"
        "1 error, 1 warning.\n"
    )


def test_a_defect_of_ours_shows_no_trace(
    group: LazyGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        group.main(["broken"])
    assert "Traceback" not in capsys.readouterr().err


def test_a_near_miss_gets_a_suggestion(
    group: LazyGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        group.main(["fien"])
    assert 'Did you mean "fine"?' in capsys.readouterr().err


def test_a_quoted_control_character_does_not_reach_the_terminal() -> None:
    said = str(Problem("a.yaml", 1, 1, "x-y", "“\x1b[31mred\x9b” is wrong", "Write \u200e\u05d0."))
    assert "\\u001b[31mred\\u009b" in said
    assert said.endswith("Write \u200e\u05d0.")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_being_killed_ends_as_an_interrupt_does(tmp_path: Path, name: str) -> None:
    """The command cleans up after itself; Python alone would die on the spot."""
    script = tmp_path / "waits.py"
    script.write_text(_WAITS, encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(getattr(signal, name))
        out, err = process.communicate()
    assert out == "cleaned\n"
    assert "Traceback" not in err
    assert process.returncode == 1


def test_an_interrupt_in_the_words_of_a_library_is_no_defect_of_ours() -> None:
    """DuckDB raises a RuntimeError when Ctrl-C comes while it works."""
    text = _WAITS.replace("finally:", 'except KeyboardInterrupt:\n        raise RuntimeError("x")')
    command = [sys.executable, "-c", text.replace('        print("cleaned", flush=True)\n', "")]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err) == (1, "Aborted!\n")


def test_a_full_disk_is_no_defect_of_ours() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = subprocess.run(
            [sys.executable, "-m", "cli", "check", "tests/courses/tiny"],
            cwd=ROOT, stdout=full, stderr=PIPE, text=True, check=False,
        )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr == "noroom: the disk is full; make room and try again.\n"


def test_problems_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([PROBLEM], as_json=True)
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == ("a.yaml", 3, "unknown-key")


def test_a_value_that_is_no_choice_gets_a_suggestion(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = types.ModuleType("choosing_command")

    @click.command()
    @click.option("--format", type=click.Choice(["table", "json"]))
    def report(format: str) -> None:
        click.echo(format)

    setattr(module, "report_command", report)  # noqa: B010 - a module made by hand
    monkeypatch.setitem(sys.modules, "choosing_command", module)
    group = LazyGroup(name="noroom", commands={"choosing_command": {"report": "Reports."}})
    for typed, ending in (("jsno", 'Did you mean "json"?'), ("qqq", "'table', 'json'.")):
        with pytest.raises(SystemExit) as ended:
            group.main(["report", "--format", typed])
        assert ended.value.code == 2
        assert capsys.readouterr().err.strip().endswith(ending)


def test_nothing_is_said_when_a_process_with_a_database_ends() -> None:
    script = "import duckdb, cli; cli.main(['--version'])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 0
    assert ended.stderr == ""
