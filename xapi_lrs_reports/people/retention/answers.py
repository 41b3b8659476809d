"""Past answers that are kept as counts, because the people behind them are removed.

`store/answers/<day>.json` is the report of that day, as numbers of hotels; it names no person. It
is written before people's data of that time are removed, and never again after. Where there is one,
it is the answer of the day: a report as of then, the trend, and what explains a certificate.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from programme.atomic import write_atomically
from programme.files import read_bytes
from programme.problems import InputError, Problem
from xapi_lrs_reports.report.report_model import Report

_MAX_BYTES = 200_000_000


def answers_folder(programme: Path) -> Path:
    """Give the folder of the answers."""
    return programme / "store" / "answers"


def keep_answers(programme: Path, reports: Iterable[Report]) -> None:
    """Write reports over all hotels, each under its day."""
    for report in reports:
        data = msgspec.json.format(msgspec.json.encode(report), indent=1)
        write_atomically(_file(programme, report.as_of), data)


def is_kept(programme: Path, day: datetime.date) -> bool:
    """Tell whether the answer of a day is kept."""
    return _file(programme, day).exists()


def as_kept(programme: Path, report: Report, chain: str | None) -> Report:
    """Give the report with the kept answer of its day, if there is one. Raises InputError."""
    file = _file(programme, report.as_of)
    try:
        kept = msgspec.json.decode(read_bytes(file, _MAX_BYTES), type=Report)
    except FileNotFoundError:
        return report
    except (OSError, msgspec.DecodeError) as error:
        what = f"the answer that was kept of this day cannot be read ({type(error).__name__})"
        fix = "Restore it from a backup: the people behind it were removed."
        raise InputError([Problem(str(file), 0, 0, "answer-damaged", what, fix)]) from None
    hotels = tuple(one for one in kept.hotels if chain in (None, one.chain))
    note = (
        "This is the answer as it was kept before people's data of that time were removed; "
        "departments, languages and versions are of what is left."
    )
    return replace(report, hotels=hotels, rule=kept.rule, window_from=kept.window_from,
                   data=kept.data, warnings=(note,))  # fmt: skip


def _file(programme: Path, day: datetime.date) -> Path:
    return answers_folder(programme) / f"{day.isoformat()}.json"
