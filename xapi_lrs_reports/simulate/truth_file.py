"""truth.json, written hotel by hotel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TextIO

from xapi_lrs_reports.simulate import days
from xapi_lrs_reports.simulate.truth import HotelTruth


class TruthFile:
    """Writes `{"as_of", "true_until", "seed", "faults", "hotels": [HotelTruth…], "data": {…}}`.

    `data` counts the lines written (`statements`) and, by kind, the statements that a mishap
    touched; `not_on_the_roster` counts people.
    """

    def __init__(self, file: TextIO, *, seed: int, faults: bool) -> None:
        self.certified = 0
        self._file, self._first = file, True
        head = {
            "as_of": days.AS_OF.isoformat(),
            "true_until": days.TRUE_UNTIL.isoformat(),
            "seed": seed,
            "faults": faults,
        }
        file.write(json.dumps(head, indent=2)[:-2] + ',\n  "hotels": [')

    def add(self, truth: HotelTruth) -> None:
        """Write one hotel."""
        separator = "\n" if self._first else ",\n"
        line = json.dumps(asdict(truth), ensure_ascii=False)
        self._file.write(f"{separator}    {line}")
        self._first = False
        self.certified += truth.certified

    def close(self, data: Mapping[str, int]) -> None:
        """Write the counts and the end."""
        self._file.write('\n  ],\n  "data": ' + json.dumps(dict(data), indent=4)[:-2])
        self._file.write("\n  }\n}\n")
