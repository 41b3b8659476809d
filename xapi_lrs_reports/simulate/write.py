"""Write a simulated programme directory: streamed, in one piece or not at all."""

from __future__ import annotations

import csv
import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from programme.problems import InputError, Problem
from xapi_lrs_reports.simulate import days, people, settings_files
from xapi_lrs_reports.simulate.names import CHAINS
from xapi_lrs_reports.simulate.people import Hotel
from xapi_lrs_reports.simulate.traffic import Traffic
from xapi_lrs_reports.simulate.truth import hotel_truth
from xapi_lrs_reports.simulate.truth_file import TruthFile

HOTEL_COLUMNS = ("hotel", "name", "chain", "headcount", "language", "joined")
ROSTER_COLUMNS = ("hotel", "employee", "department", "contract", "joined", "left")


@dataclass(frozen=True)
class SimulationSummary:
    """What was written: `hotels`, `employees` (roster rows), `statements` (lines), `certified`."""

    path: Path
    as_of: date
    hotels: int
    employees: int
    statements: int
    certified: int


def write_programme(out: Path, *, hotels: int, seed: int, faults: bool) -> SimulationSummary:
    """Write a programme directory with statements*.ndjson and truth.json as `out`.

    The same arguments give the same bytes everywhere, and the first hotels of a larger programme
    are those of a smaller one. Memory does not grow with the number of hotels. truth.json is right
    for reports as of `as_of` and any later day before `true_until`.

    Raises InputError if `hotels` is below 1 or `out` is anything but missing or an empty folder.
    """
    _check(out, hotels)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.parent / f".{out.name}.{os.getpid()}.unfinished"
    unfinished.mkdir()
    try:
        settings_files.write(unfinished)
        with ExitStack() as stack:
            writer = _Writer(unfinished, seed, faults, stack)
            for hotel in people.hotels(seed, hotels, faults=faults):
                writer.add(hotel)
            writer.finish()
        if out.exists():
            out.rmdir()
        unfinished.replace(out)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return SimulationSummary(
        out, days.AS_OF, hotels, writer.employees, writer.statements, writer.truth.certified
    )


def _check(out: Path, hotels: int) -> None:
    problems = []
    if hotels < 1:
        what, fix = f"{hotels} hotels make no programme", "Ask for at least 1: --hotels 20."
        problems.append(Problem(str(out), 0, 0, "simulate-hotels", what, fix))
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        what = "there is something at this place already"
        fix = "Name a new folder, or delete this one first; nothing is ever overwritten."
        problems.append(Problem(str(out), 0, 0, "simulate-out", what, fix))
    if problems:
        raise InputError(problems)


class _Writer:
    """Holds the open files of one programme and adds hotel after hotel to them."""

    def __init__(self, folder: Path, seed: int, faults: bool, stack: ExitStack) -> None:
        self.employees = self.statements = 0
        self._folder, self._stack = folder, stack
        self._traffic = Traffic(seed, faults=faults)
        self._hotels = csv.writer(self._open("hotels.csv"), lineterminator="\n")
        self._hotels.writerow(HOTEL_COLUMNS)
        self._roster = csv.writer(self._open("roster.csv"), lineterminator="\n")
        self._roster.writerow(ROSTER_COLUMNS)
        self.truth = TruthFile(self._open("truth.json"), seed=seed, faults=faults)
        self._files = {chain.id: self._open(f"statements-{chain.id}.ndjson") for chain in CHAINS}
        self._second = self._open("statements-second-export.ndjson") if faults else None

    def _open(self, name: str) -> TextIO:
        path = self._folder / name
        return self._stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))

    def add(self, hotel: Hotel) -> None:
        """Write one hotel, its roster rows, its statements and its truth."""
        declared = "" if hotel.declared is None else hotel.declared
        joined = hotel.joined or ""
        self._hotels.writerow(
            (hotel.id, hotel.name, hotel.chain.id, declared, hotel.language, joined)
        )
        if hotel.kind == "roster":
            self._write_roster(hotel)
        for place, line in self._traffic.of_hotel(hotel):
            file = self._files[hotel.chain.id] if place == "own" else self._second
            if file is None:
                raise ValueError("a second export exists only with faults")
            file.write(line + "\n")
            self.statements += 1
        self.truth.add(hotel_truth(hotel))

    def _write_roster(self, hotel: Hotel) -> None:
        for person in hotel.people:
            if person.part == "stranger":
                continue
            self._roster.writerow(
                (hotel.id, person.employee, person.department, person.contract,
                 person.joined or "", person.left or "")
            )  # fmt: skip
            self.employees += 1

    def finish(self) -> None:
        """Close the truth with the counts of what was injected."""
        self.truth.close({"statements": self.statements, **self._traffic.tally})
