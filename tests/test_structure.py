"""The shape of the project: who may import whom, and what must not be in it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "programme": ("scorm_builder", "xapi_lrs_reports", "cli"),
    "scorm_builder": ("xapi_lrs_reports", "cli"),
    "xapi_lrs_reports": ("scorm_builder", "cli"),
}
WANTED = {"courses", "scorm_builder", "xapi_lrs_reports", "cli.py", "tests", "setup.cfg"}


def imported_by(file: Path) -> set[str]:
    """Give the top-level names that a module imports, functions included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_the_halves_do_not_import_each_other(package: str) -> None:
    for file in (ROOT / package).rglob("*.py"):
        assert not imported_by(file) & set(FORBIDDEN[package]), file


STANDARD = re.compile(
    r"""(standard\s*(===?|!==?|in)\s*[("'\[]|startswith\(\s*|startsWith\(\s*)["']?(scorm|cmi5|xapi)"""
)
OF_A_STANDARD = ("standards/", "inspect/", "player/main_", "player/runtime/", "preview/")


@pytest.mark.parametrize("branch", [
    'if standard == "scorm12":', "if (course.standard === 'scorm2004-4')", 'standard in ("cmi5",)',
    'if standard.startswith("scorm")', 'standard.startsWith("scorm2004")', 'standard != "xapi"',
])  # fmt: skip
def test_a_branch_on_a_standard_is_seen(branch: str) -> None:
    assert STANDARD.search(branch)


def test_what_differs_between_standards_stands_in_their_modules() -> None:
    """One module per standard; elsewhere differences are data, such as option_effects.ACTS_IN."""
    builder = ROOT / "scorm_builder"
    for file in (*builder.rglob("*.py"), *builder.rglob("*.js")):
        name = file.relative_to(builder).as_posix()
        if not name.startswith(OF_A_STANDARD):
            found = STANDARD.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{name}: {found}"


def tracked_files() -> list[Path]:
    """Give the files that git tracks."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_the_wanted_top_level_is_there() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in tracked_files()} >= WANTED


def test_no_path_of_one_machine_is_in_the_project() -> None:
    pattern = re.compile(rb"(^|[^A-Za-z0-9_.])/(work|tmp|root|home)/", re.MULTILINE)
    for file in tracked_files():
        if file.is_file() and file.suffix not in (".png", ".pdf", ".ico"):
            found = pattern.search(file.read_bytes())
            assert found is None or file == Path(__file__), f"{file}: {found}"


def test_help_imports_nothing_heavy() -> None:
    """`noroom --help` must stay as quick as importing click."""
    script = "import sys, cli; cli.main(['--help'], standalone_mode=False); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert "click" in loaded
    assert not loaded & {"duckdb", "lxml", "pydantic", "rich", "jinja2", "typst", "tincan", "yaml"}
