"""A programme, a date and a view -> the report as it will be shown, and its overview."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from programme.directory import ProgrammeDirectory
from xapi_lrs_reports.engines.duckdb import StoreEngine
from xapi_lrs_reports.engines.engine import Engine
from xapi_lrs_reports.report.mergers import telling_mergers
from xapi_lrs_reports.report.report_model import Report
from xapi_lrs_reports.report.views import (
    chain_counts,
    data_by_chain,
    programme_view,
    without_personal_counts,
)
from xapi_lrs_reports.rule.decide import FOR_TREND, decide_on, gather
from xapi_lrs_reports.rule.insight import Insight, insight_question, read_insight

if TYPE_CHECKING:
    from xapi_lrs_reports.report.overview import Overview

TREND_MONTHS = 12

Wanted = Literal["internal", "programme"]


@dataclass(frozen=True)
class Prepared:
    """A report in its view; `overview` only if it was asked for.

    `warnings` are all that there are, also those that the view hides.
    """

    report: Report
    overview: Overview | None = None
    warnings: tuple[str, ...] = ()


def prepare(
    programme: ProgrammeDirectory,
    as_of: datetime.date | None,
    chain: str | None,
    view: Wanted,
    *,
    with_chains: bool,
    with_overview: bool = False,
    engine: Engine | None = None,
    only: Collection[str] | None = None,
    say: Callable[[int, int], None] = lambda done, total: None,
) -> Prepared:
    """Decide and shape; `with_chains`: counts of the data by chain. Raises InputError.

    The facts are those of the programme's store unless an engine brings its own. `only` as
    decide_on takes it. `say` is told how many of how many days are decided.
    """
    facts = engine or StoreEngine(programme.path)
    with facts.held():
        gathered = gather(programme, chain, facts)
        asks = with_chains or with_overview or chain is not None
        say(0, 1 + TREND_MONTHS * with_overview)
        decided = decide_on(gathered, as_of, chain, insight_question() if asks else {}, only)
        whole = decided.report
        merged = telling_mergers(gathered, decided, chain) if view == "programme" else ()
        if not asks:
            shown = programme_view(whole, merged) if view == "programme" else whole
            return Prepared(shown, warnings=whole.warnings)
        insight = read_insight(decided.also, whole.time_zone)
        shown = _with_data(whole, insight, chain, view, merged)
        if not with_overview:
            return Prepared(shown, warnings=whole.warnings)
        from xapi_lrs_reports.report.overview import make_overview, month_ends

        days = [day for day in month_ends(whole.as_of, TREND_MONTHS) if day >= _first(insight)]
        past = []
        for number, day in enumerate(days, start=1):
            say(number, 1 + len(days))
            past.append(decide_on(gathered, day, chain, only=FOR_TREND).report)
        return Prepared(shown, make_overview(shown, whole, past, insight), whole.warnings)


def _with_data(
    whole: Report, insight: Insight, chain: str | None, view: Wanted, merged: Collection[str]
) -> Report:
    """Give the report in its view with the counts of the data that belong to it.

    In the programme view the counts of a single chain are not shown: together with those of the
    whole programme and of the other chains they would give another chain's back.
    """
    if chain is not None:
        whole = replace(whole, data=chain_counts(insight.chains.get(chain, {})))
    if view == "internal":
        chains = sorted({hotel.chain for hotel in whole.hotels})
        counts = {name: chain_counts(insight.chains.get(name, {})) for name in chains}
        return replace(whole, data_by_chain=counts)
    report = programme_view(whole, merged)
    if chain is not None:
        return replace(report, data=without_personal_counts(report.data))
    return replace(report, data_by_chain=data_by_chain(whole.hotels, insight.chains))


def _first(insight: Insight) -> datetime.date:
    """Give the day of the first completion that still counts."""
    days = [day for hotel in insight.hotels.values() for day in hotel.days]
    return min(days, default=datetime.date.max)
