"""What a user installs: every file that is needed, no file that is not, and it works alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("programme", "scorm_builder", "xapi_lrs_reports")
NOT_CODE = (".pyc",)

pytestmark = pytest.mark.slow


def files_of(*folders: str) -> list[str]:
    """Give the files of the project, as git lists them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it from a copy, in which no earlier build has left its files."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in files_of(*PACKAGES, "cli.py", "setup.cfg", "pyproject.toml", "LICENSE"):
        copy = folder / "tree" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(folder)]
    subprocess.run([*pip, str(folder / "tree")], check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_exactly_the_files_of_the_packages(wheel: Path) -> None:
    wanted = {name for name in files_of(*PACKAGES) if not name.endswith(NOT_CODE)}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted | {"cli.py"}


def test_an_install_without_development_tools_builds_a_package(wheel: Path, tmp_path: Path) -> None:
    binaries = tmp_path / "venv" / "bin"
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "venv", str(binaries.parent)], check=True)
    subprocess.run([str(binaries / "pip"), "install", "-q", str(wheel)], check=True, env=alone)
    course = ROOT / "courses" / "no-room"
    command = [str(binaries / "noroom"), "build", str(course), "--allow-draft", "--json"]
    built = subprocess.run(
        [*command, "--standard", "scorm12", "--out", "dist"],
        cwd=tmp_path, env=alone, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {package["language"] for package in json.loads(built.stdout)["packages"]} >= {"en", "nl"}
