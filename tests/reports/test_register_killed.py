"""A register whose command is killed at any step: nothing half, and no number twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.often import often
from tests.reports.invented import AS_OF, hotel, programme, report
from xapi_lrs_reports.certificates.audit import audit
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.register import (
    read_register,
    register_path,
)

ROOT = Path(__file__).parent.parent.parent


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.reports.invented import AS_OF, hotel, report
from programme.directory import read_programme
from xapi_lrs_reports.certificates.issue import issue_certificates

left = int(sys.argv[2])
real = {name: getattr(os, name) for name in ("fsync", "rename", "replace")}
def dying(name):
    def step(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real[name](*given, **named)
    return step
for name in real:
    setattr(os, name, dying(name))
found = report(*(hotel(f"Acme {n}", 6, 10) for n in range(2)))
issue_certificates(read_programme(Path(sys.argv[1])), found, today=AS_OF, hotel=None)
"""


@pytest.mark.parametrize("step", often([4, 8, 11, 17, 1, 6, 7, 9, 10, 14, 19], 4))
def test_kill_9_at_any_step_leaves_nothing_half_and_no_number_twice(
    step: int, tmp_path: Path
) -> None:
    home = programme(tmp_path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(step)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -9
    audit(home)
    found = report(*(hotel(f"Acme {number}", 6, 10) for number in range(2)))
    issue_certificates(home, found, today=AS_OF, hotel=None)
    entries = read_register(register_path(home))
    assert [(one.number, one.hotel) for one in entries] == [
        ("2026-0001", "acme-0"), ("2026-0002", "acme-1"),
    ]  # fmt: skip
    assert audit(home).notes == []
    kept = {path.name for path in (tmp_path / "certificates").iterdir() if path.is_dir()}
    assert kept == {"2026-0001-acme-0", "2026-0002-acme-1"}
