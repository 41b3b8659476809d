"""Every standard × language × chain in one run, beside copying the same bytes.

Two matrices: many small packages (40 chains, 200 kB of shared media), and fewer large ones
(20 MB of shared media), both of the real course in its nine languages. The media are noise, which
no compression makes smaller.

Run: python benchmarks/build_matrix.py small|large [--runs N] [--chains N] [--memory]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from machine import machine_facts, seconds, spread

ROOT = Path(__file__).parent.parent
SMALL_BYTES, LARGE_BYTES = 200_000, 20_000_000
CHAINS = {"small": 40, "large": 4}


def write_inputs(folder: Path, media_bytes: int, chains: int) -> Path:
    """Write a copy of the project, with media on one page of its course, and a programme."""
    project = folder / "project"
    ignored = shutil.ignore_patterns("*.pyc", "__pycache__", "node_modules", ".venv", ".git")
    for name in ("scorm_builder", "programme", "courses"):
        shutil.copytree(ROOT / name, project / name, ignore=ignored)
    shutil.copyfile(ROOT / "cli.py", project / "cli.py")
    write_media(project / "courses" / "no-room", media_bytes)
    write_programme(folder / "programme", chains)
    return project


def write_media(course: Path, size: int) -> None:
    """Put a PNG of `size` bytes on the first page, its description into every translation."""
    header = b"\x89PNG\r\n\x1a\n"
    around = len(header) + len("size" + "IDAT" + "crc4")
    noise = random.Random(1).randbytes(size - around)  # noqa: S311 - noise, not a secret
    chunk = b"IDAT" + noise
    body = len(noise).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    (course / "media").mkdir(exist_ok=True)
    (course / "media" / "noise.png").write_bytes(header + body)
    block = course / "blocks" / "0-welcome.yaml"
    text = block.read_text(encoding="utf-8")
    page = "  - id: welcome-start\n"
    picture = f"{page}    picture: {{ file: media/noise.png, description: Noise }}\n"
    block.write_text(text.replace(page, picture, 1), encoding="utf-8")
    words = '\nmsgctxt "page.welcome-start.picture.description"\nmsgid "Noise"\nmsgstr "Noise"\n'
    for file in (course / "locale").glob("*.po"):
        file.write_text(file.read_text(encoding="utf-8") + words, encoding="utf-8")


def write_programme(folder: Path, chains: int) -> None:
    """Write a programme whose chains all report somewhere."""
    folder.mkdir()
    text = "name: Benchmark\niri: https://id.noroom.example\n"
    (folder / "programme.yaml").write_text(text, encoding="utf-8")
    for number in range(chains):
        chain = folder / "chains" / f"chain-{number:02}"
        chain.mkdir(parents=True)
        lrs = 'lrs: { endpoint: "https://lrs.noroom.example/xAPI/", key: "chain:key" }\n'
        (chain / "chain.yaml").write_text(f"name: Chain {number}\n{lrs}", encoding="utf-8")


def build(project: Path, folder: Path) -> None:
    """Run the command in a process of its own."""
    command = [sys.executable, "cli.py", "build", "courses/no-room", "--allow-draft",
               "--programme", str(folder / "programme"), "--out", str(folder / "out")]  # fmt: skip
    run = subprocess.run(command, cwd=project, capture_output=True, text=True)  # noqa: S603 - our own
    if run.returncode:
        sys.exit(run.stderr)


def copy_all(source: Path, target: Path, *, digest: bool = False) -> None:
    """Copy every package, on one core; `digest` adds what SHA256SUMS needs."""
    for file in source.rglob("*.zip"):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        place.write_bytes(content)
        if digest:
            hashlib.sha256(content).hexdigest()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("size", choices=CHAINS)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--chains", type=int)
    given = options.parse_args()
    chains = given.chains or CHAINS[given.size]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        media = SMALL_BYTES if given.size == "small" else LARGE_BYTES
        project = write_inputs(folder, media, chains)
        builds, copies, sums = [], [], []
        before = processor_seconds()
        for _ in range(given.runs):
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.rmtree(folder / "copy", ignore_errors=True)
            os.sync()
            builds.append(seconds(lambda: build(project, folder)))
            used = processor_seconds() - before
            before += used
            os.sync()
            copies.append(seconds(lambda: copy_all(folder / "out", folder / "copy")))
            sums.append(seconds(lambda: copy_all(folder / "out", folder / "sums", digest=True)))
            shutil.rmtree(folder / "sums")
        packages = list((folder / "out").rglob("*.zip"))
        total = sum(file.stat().st_size for file in packages)
        report(builds, copies, sums, len(packages), total)
        each = 1000 * used / len(packages)
        print(f"the last build used {used:.1f} s of processor: {each:.1f} ms a package")


def processor_seconds() -> float:
    """Give what finished child processes have used so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def report(
    builds: list[float], copies: list[float], sums: list[float], number: int, total: int
) -> None:
    """Print times, ratios and the memory of the largest process."""
    build_time, copy_time = sorted(builds)[len(builds) // 2], sorted(copies)[len(copies) // 2]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(machine_facts())
    print(f"{number:,} packages, {total / 1e6:,.0f} MB")
    print(f"noroom build        {spread(builds)}: {1000 * build_time / number:.1f} ms a package")
    print(f"copy the same bytes {spread(copies)}: {1000 * copy_time / number:.1f} ms a package")
    print(f"copy and SHA-256    {spread(sums)}")
    ratio = build_time / sorted(sums)[len(sums) // 2]
    print(f"ratio to the copy {build_time / copy_time:.2f}, to copy and SHA-256 {ratio:.2f};"
          f" largest process {memory:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
