"""One course, one package, one cold process: `noroom build`, beside copying and zipping its bytes.

Run: python benchmarks/build_one.py [--runs N] [--profile]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from machine import machine_facts, seconds, spread

ROOT = Path(__file__).parent.parent
COURSE = ROOT / "courses" / "no-room"
BUDGET_SECONDS = 0.8
KEPT = tempfile.TemporaryDirectory()
"""Bytecode and the linked player, which the first run leaves for the others."""


def command(out: Path, *before: str) -> list[str]:
    """Give the command that is measured; `before` stands between Python and cli.py."""
    return [sys.executable, *before, str(ROOT / "cli.py"), "build", str(COURSE), "--standard",
            "scorm12", "--language", "nl", "--allow-draft", "--out", str(out)]  # fmt: skip


def zip_again(package: Path, out: Path) -> None:
    """Unpack and pack the same bytes with Python's own zipfile: the least that packing costs."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), compresslevel=9)


def run(words: list[str], *, quiet: bool = True) -> None:
    """Run one command to its end, with bytecode as an installed package has it."""
    kept = {"PYTHONPYCACHEPREFIX": KEPT.name, "NOROOM_CACHE": f"{KEPT.name}/noroom"}
    around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(words, check=True, capture_output=quiet, env=around | kept)  # noqa: S603


def cpu_seconds(work: Callable[[], object]) -> float:
    """Give the processor time, in seconds, of the processes that `work` waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--profile", action="store_true", help="print what takes the time")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        if given.profile:
            run(command(out, "-m", "cProfile", "-s", "tottime"), quiet=False)
            return
        run(command(out))
        package = next(out.glob("*.zip"))
        again = Path(folder) / "again"
        libraries = [sys.executable, "-c", "import click, yaml, pydantic, jinja2, lxml.etree"]
        builds, works, imports, copies, zips = [], [], [], [], []
        for _ in range(given.runs):
            works.append(cpu_seconds(lambda: builds.append(seconds(lambda: run(command(out))))))
            imports.append(seconds(lambda: run(libraries)))
            copies.append(seconds(lambda: shutil.copyfile(package, again)))
            zips.append(seconds(lambda: zip_again(package, again)))
        print(machine_facts())
        print(f"package: {package.stat().st_size:,} bytes")
        print(f"noroom build, cold     {spread(builds)}; budget {BUDGET_SECONDS} s")
        print(f"of it processor time   {spread(works)}")
        print(f"python, libraries only {spread(imports)}")
        print(f"zip the same bytes     {spread(zips)}")
        print(f"copy the same bytes    {spread(copies)}")
        middle = sorted(builds)[len(builds) // 2]
        print(f"ratio to libraries {middle / sorted(imports)[len(imports) // 2]:.2f}, "
              f"to zip {middle / sorted(zips)[len(zips) // 2]:.0f}, "
              f"to copy {middle / sorted(copies)[len(copies) // 2]:.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
