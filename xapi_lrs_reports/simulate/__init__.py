"""A seeded, invented programme of any size, with the right answer beside it."""

from __future__ import annotations

from xapi_lrs_reports.simulate.write import SimulationSummary, write_programme

__all__ = ["SimulationSummary", "write_programme"]
