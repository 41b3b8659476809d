"""A sheet of codes -> a PDF in a file or on standard output, made before they are registered."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from programme.atomic import staged
from programme.problems import InputError, Problem
from xapi_lrs_reports.people.hotel_codes.issue import Printer, Sheet
from xapi_lrs_reports.people.hotel_codes.sheet import sheet_pdf


def hand_out(address: str, day: date, out: Path | None) -> Printer:
    """Give what `issue_codes` prepares and hands out sheets with; None: standard output."""

    @contextlib.contextmanager
    def prepare(sheet: Sheet) -> Iterator[Callable[[], None]]:
        made = sheet_pdf(sheet, address, day)
        if out is None:
            yield lambda: _print(made)
            return
        try:
            with staged(out, made) as publish:
                yield lambda: _publish(out, publish)
        except OSError as error:
            what = f"this file cannot be written: {error.strerror}"
            fix = "Name a file in a folder that is yours. No code was issued."
            raise InputError([Problem(str(out), 0, 0, "file-unwritable", what, fix)]) from None

    return prepare


def _print(made: bytes) -> None:
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _publish(out: Path, publish: Callable[[], None]) -> None:
    if out.exists():
        raise FileExistsError(None, "it is there already, and codes are printed once")
    publish()
