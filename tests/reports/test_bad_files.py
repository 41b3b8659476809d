"""Files that are not what they should be, whatever they are: said in words, and nothing changed.

Not about what stands in them, which the tests of each reader show.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import cli
from tests.reports.programme_files import make_programme, statement, write_lines

ROSTER = "hotel,employee\nacme-1,e-1\nacme-1,e-2\n"
OPTIONAL = ("roster.csv", "headcounts.csv", "hotel-events.csv", "codes.csv")


def xlsx(file: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["hotel", "employee"])
    book.worksheets[0].append(["acme-1", "e-1"])
    book.save(file.with_suffix(".xlsx"))
    file.with_suffix(".xlsx").rename(file)


def circle(file: Path) -> None:
    file.symlink_to(file.name)


def link_to_nowhere(file: Path) -> None:
    file.symlink_to("share-that-is-not-mounted")


def cut_xlsx(file: Path) -> None:
    xlsx(file)
    file.write_bytes(file.read_bytes()[:-40])


def one_endless_line(file: Path) -> None:
    file.write_bytes(b"a" * 1_100_000)


def nothing_but_brackets(file: Path) -> None:
    file.write_bytes(b"[" * 100_000)


def compressed(file: Path) -> None:
    file.write_bytes(gzip.compress(ROSTER.encode()))


def empty(file: Path) -> None:
    file.touch()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme with a roster and one fact, in which a command is run."""
    make_programme(tmp_path, roster=ROSTER)
    monkeypatch.chdir(tmp_path)
    assert noroom("import", write_lines(tmp_path / "a.ndjson", [statement()])).exit_code == 0
    return tmp_path


def noroom(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(one) for one in arguments])


def content(home: Path) -> dict[str, str]:
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in home.rglob("*")
        if file.is_file() and not file.name.startswith(("roster.kept", "settings.kept"))
    }


def refusal_of(home: Path, *arguments: str) -> str:
    before = content(home)
    run = noroom(*arguments)
    assert run.exit_code == 1, run.output
    assert content(home) == before
    return run.stderr


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("make", [circle, link_to_nowhere, Path.mkdir])
def test_a_file_that_may_be_absent_is_not_taken_for_absent(
    home: Path, name: str, make: Callable[[Path], None]
) -> None:
    (home / name).unlink(missing_ok=True)
    make(home / name)
    said = refusal_of(home, "report")
    assert f"{name}: error[file-unreadable]: this file cannot be read: " in said
    assert "if it is a link, that it leads to one" in said


@pytest.mark.parametrize("name", ["roster.csv", "codes.csv"])
def test_nobody_is_forgotten_while_a_file_cannot_be_searched(home: Path, name: str) -> None:
    (home / "ids.txt").write_text("e-1\n", "utf-8")
    (home / name).unlink(missing_ok=True)
    link_to_nowhere(home / name)
    said = refusal_of(home, "forget", "--chain", "acme", "--from", "ids.txt", "--yes")
    assert f"{name}: error[file-unreadable]" in said


@pytest.mark.parametrize("name", ["hotels.csv", *OPTIONAL])
@pytest.mark.parametrize(
    ("make", "kind"),
    [(xlsx, "a spreadsheet (.xlsx) or an archive"), (compressed, "a compressed file")],
)
def test_what_is_no_csv_is_called_what_it_is(
    home: Path, name: str, make: Callable[[Path], None], kind: str
) -> None:
    (home / name).unlink(missing_ok=True)
    make(home / name)
    assert f"{name}: error[file-encoding]: this is {kind}, not CSV" in refusal_of(home, "report")


IMPORTS = [
    ("roster", "import", "given", "--chain", "acme"),
    ("hotel", "import", "given", "--by", "J. Jansen"),
    ("import", "given"),
    ("import", "given", "--preset", "moodle-activity", "--chain", "acme", "--course", "no-room"),
    ("import", "given", "--preset", "attendance", "--chain", "acme", "--course", "no-room"),
]


@pytest.mark.parametrize("words", IMPORTS)
@pytest.mark.parametrize("make", [circle, link_to_nowhere])
def test_a_link_that_leads_to_no_file(
    home: Path, words: tuple[str, ...], make: Callable[[Path], None]
) -> None:
    make(home / "given")
    assert "error[file-unreadable]: this file cannot be read: " in refusal_of(home, *words)


@pytest.mark.parametrize("words", [IMPORTS[0], IMPORTS[3], IMPORTS[4]])
def test_a_line_without_an_end(home: Path, words: tuple[str, ...]) -> None:
    one_endless_line(home / "given")
    assert "given: error[export-format]: this is no table: " in refusal_of(home, *words)


@pytest.mark.parametrize("make", [circle, link_to_nowhere, nothing_but_brackets])
def test_nobody_comes_back_while_the_list_of_the_forgotten_cannot_be_read(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home / "store" / "forgotten.json")
    said = refusal_of(home, "import", "a.ndjson")
    assert "store/forgotten.json: error[forgotten-list]: " in said


@pytest.mark.parametrize(
    ("name", "code"), [("register.jsonl", "register-line"), ("keys.json", "keys-unreadable")]
)
def test_brackets_without_an_end(home: Path, name: str, code: str) -> None:
    (home / "certificates").mkdir()
    nothing_but_brackets(home / "certificates" / name)
    said = refusal_of(home, "register", "check")
    assert f"error[{code}]: " in said
    assert "it is nested too deeply" in said


def test_a_store_that_was_cut_off_while_it_was_copied(home: Path) -> None:
    store = home / "store" / "noroom.duckdb"
    store.write_bytes(store.read_bytes()[: store.stat().st_size * 2 // 3])
    assert "noroom.duckdb: error[store-broken]: " in refusal_of(home, "report")


@pytest.mark.parametrize("words", [("report",), ("explain", "acme-1"), ("store", "check")])
def test_a_pipe_that_stands_where_the_store_should_is_not_waited_for(
    home: Path, words: tuple[str, ...]
) -> None:
    (home / "store" / "noroom.duckdb").unlink()
    os.mkfifo(home / "store" / "noroom.duckdb")
    run = subprocess.run(
        [sys.executable, cli.__file__, *words, "--programme", home],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == 1
    assert "a pipe or a device stands where the fact store should" in run.stderr


@pytest.mark.parametrize("has_store", [True, False])
def test_a_full_disk_costs_nothing_that_was_there(home: Path, has_store: bool) -> None:
    """A limit on the size of files stands in for the disk; the command runs in its own process."""
    lines = [statement(f"e-{n}") for n in range(300)]
    write_lines(home / "b.ndjson", lines)
    if not has_store:
        shutil.rmtree(home / "store")
    before = content(home)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
    limited += "import cli; sys.argv = ['noroom', 'import', 'b.ndjson']; cli.main()"
    run = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True)
    assert run.returncode == 1, run.stderr
    assert "noroom.duckdb: error[file-unwritable]: " in run.stderr
    assert "Make room on the disk" in run.stderr
    after = {name: digest for name, digest in content(home).items() if not name.endswith(".wal")}
    assert after == before


def test_a_workbook_is_read_whatever_its_name(home: Path) -> None:
    xlsx(home / "people.csv")
    run = noroom("roster", "import", "people.csv", "--chain", "acme", "--dry-run")
    assert run.exit_code == 0, run.output


@pytest.mark.parametrize("make", [empty, cut_xlsx, one_endless_line])
def test_a_damaged_return_sheet_is_not_read_as_statements(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home / "return-sheet.xlsx")
    said = refusal_of(home, "import", "return-sheet.xlsx")
    assert "return-sheet.xlsx: error[sheet-damaged]: " in said
    assert "save it as .xlsx again" in said
