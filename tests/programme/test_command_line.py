"""Exit codes and messages: what a script and a tired programme officer rely on."""

from __future__ import annotations

import json
import sys
import types

import click
import pytest

from programme.command_line import LazyGroup, print_problems
from programme.problems import InputError, Problem

PROBLEM = Problem("a.yaml", 3, 7, "unknown-key", 'the key "x" is not known here', "Delete it.",
                  source_line="    x: 1")  # fmt: skip
WARNING = Problem("b.yaml", 0, 0, "pool-small", "few questions", "Write more.", severity="warning")


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


def test_problems_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([PROBLEM], as_json=True)
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == ("a.yaml", 3, "unknown-key")
