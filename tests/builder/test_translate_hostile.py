"""PO, XLIFF and CSV as people really hand them in: read, or refused in one clear message."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from tests.builder.conftest import TINY

Change = Callable[[bytes], bytes]

FINE: dict[str, Change] = {
    "bom": lambda raw: codecs.BOM_UTF8 + raw,
    "windows-lines": lambda raw: raw.replace(b"\n", b"\r\n"),
    "both": lambda raw: codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n"),
}
REFUSED: dict[str, tuple[Change, str]] = {
    "empty": (lambda raw: b"", "error["),
    "latin-1": (lambda raw: raw.decode().encode("latin-1", "replace"), "UTF-8"),
    "huge": (lambda raw: raw + b"# " * 20_000_000, "bytes"),
    "something-else": (lambda raw: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "error["),
}
GLOSSARY = b"en,nl,note\nmanager,leidinggevende,caf\xc3\xa9\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course with a glossary and an XLIFF file of its Dutch beside it."""
    folder = tmp_path / "course"
    shutil.copytree(TINY, folder)
    (folder / "locale" / "glossary.csv").write_bytes(GLOSSARY)
    out = str(tmp_path / "nl.xlf")
    arguments = ["--language", "nl", "--format", "xliff12", "--out", out]
    assert run("translate", "export", str(folder), *arguments)[0] == 0
    return folder


def run(*arguments: str) -> tuple[int, str]:
    """Give exit code and everything said; a trace would be an exception here."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def read(kind: str, course: Path, change: Change) -> tuple[int, str]:
    """Change one file of this kind and let noroom read it."""
    names = {"po": "locale/nl.po", "csv": "locale/glossary.csv", "xliff": "../nl.xlf"}
    path = course / names[kind]
    path.write_bytes(change(path.read_bytes()))
    if kind == "xliff":
        return run("translate", "import", str(course), str(path))
    return run("check", str(course), "--allow-draft")


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
@pytest.mark.parametrize("kind", ["po", "csv", "xliff"])
def test_what_windows_programs_write_is_read(course: Path, kind: str, change: Change) -> None:
    code, said = read(kind, course, change)
    assert code == 0, said


@pytest.mark.parametrize(("change", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("kind", ["po", "csv", "xliff"])
def test_what_cannot_be_read_is_said(course: Path, kind: str, change: Change, words: str) -> None:
    code, said = read(kind, course, change)
    assert code == 1
    assert words in said
    assert len(said) < 60_000
