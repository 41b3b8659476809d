"""YAML 1.2 with places: what stock PyYAML would have changed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.problems import InputError, Problem
from programme.yaml_source import parse_yaml, read_yaml


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(InputError) as raised:
        parse_yaml(text, "course.yaml")
    return raised.value.problems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("1:30", "1:30"), ("2026-11-21", "2026-11-21"),
        ("1.0.0", "1.0.0"), ("0o17", "0o17"), ("1_000", "1_000"), ("true", True), ("null", None),
        ("~", None), ("0123", 123), ("-7", -7), ("1e3", 1000.0), (".5", 0.5), ('"true"', "true"),
    ],
)  # fmt: skip
def test_scalars_mean_what_they_say(written: str, meant: object) -> None:
    assert parse_yaml(f"key: {written}", "f").data == {"key": meant}


def test_places_of_keys_and_values() -> None:
    source = parse_yaml("pages:\n  - id: one\n    title: Hello\n", "f")
    assert source.place(("pages", 0, "title")) == (3, 12)
    assert source.place(("pages", 0, "title", "@key")) == (3, 5)
    assert source.place(("pages", 0, "title", "missing", 3)) == (3, 12)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "yaml-repeated-key", 3, 1),
        ("a:\n\tb: 1\n", "yaml-tab", 2, 1),
        ("a: one: two\n", "yaml-colon", 1, 7),
        ("a: &x 1\nb: *x\n", "yaml-anchor", 1, 4),
        ("a: !!python/object:os.system x\n", "yaml-anchor", 1, 4),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2, 1),
        ('a: "never closed\n', "yaml-quote", 1, 4),
        ("", "yaml-empty", 0, 0),
        ("? [a, b]\n: 1\n", "yaml-key", 1, 3),
        ("a: \x07\n", "yaml-character", 1, 1),
    ],
)
def test_mistakes_have_a_place_and_a_code(text: str, code: str, line: int, column: int) -> None:
    first = problems_of(text)[0]
    assert (first.code, first.line, first.column) == (code, line, column)
    assert first.fix


def test_an_anchor_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    assert {problem.code for problem in problems_of(bomb)} == {"yaml-anchor"}


def test_deep_nesting_is_refused() -> None:
    assert problems_of("[" * 3000 + "]" * 3000)[0].code == "yaml-depth"


def test_all_repeated_keys_are_told_at_once() -> None:
    assert len(problems_of("a: 1\na: 2\nb: 1\nb: 2\n")) == 2


def test_windows_line_ends_and_bom_are_read(tmp_path: Path) -> None:
    file = tmp_path / "course.yaml"
    file.write_bytes(b"\xef\xbb\xbfid: x\r\ntitle: y\r\n")
    source = read_yaml(file, "course.yaml")
    assert source.data == {"id": "x", "title": "y"}
    assert source.place(("title",)) == (2, 8)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "course.yaml"
    file.write_bytes("id: x\ntitle: Zoë\n".encode(encoding))
    with pytest.raises(InputError) as raised:
        read_yaml(file, "course.yaml")
    problem = raised.value.problems[0]
    assert problem.code == "file-encoding"
    assert "UTF-8" in problem.fix


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.yaml", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(InputError) as raised:
            read_yaml(path)
        assert raised.value.problems[0].code == code


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_problems(text: str) -> None:
    try:
        parse_yaml(text, "f")
    except InputError as error:
        assert error.problems
