"""Attacks on the programme view: by subtraction over all its cells, and over time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.invented import AS_OF, hotel, report
from xapi_lrs_reports.report.overview import (
    FEWEST_PEOPLE,
    SHARE_STEP,
    Overview,
    departments,
    languages,
    make_overview,
)
from xapi_lrs_reports.report.report_model import Count, HotelDecision, Report
from xapi_lrs_reports.report.views import data_by_chain, hidden_hotels, is_telling, programme_view
from xapi_lrs_reports.rule.insight import HotelInsight, Insight

CHAINS = ("acme", "zeta")
Cell = tuple[str, str]
Equation = tuple[dict[Cell, int], int]

groups = st.lists(
    st.tuples(st.sampled_from(CHAINS), st.integers(0, 60), st.integers(0, 60)),
    min_size=1,
    max_size=7,
)


def programme(rows: Iterable[tuple[str, int, int]]) -> list[HotelDecision]:
    return [
        hotel(f"h{number}", min(done, people), people, chain=chain, chain_name=chain.title())
        for number, (chain, done, people) in enumerate(rows)
    ]


def published(view: Report, overview: Overview) -> list[Equation]:
    """Give every number of people in a view as a sum of cells (hotel, kind) that it may be."""
    found: list[Equation] = []
    everybody = [one.hotel for one in view.hotels]
    shown = [one for one in view.hotels if not one.suppressed]
    for one in shown:
        found.append(({(one.hotel, "completed"): 1}, one.completed or 0))
        found.append(({(one.hotel, "headcount"): 1}, one.headcount or 0))
    totals = view.totals()
    sums = [([one.hotel for one in shown], totals)]
    for row in overview.chains:
        sums.append(([one.hotel for one in shown if one.chain == row.chain], row.totals))
    for names, total in sums:
        found.append((dict.fromkeys(((name, "completed") for name in names), 1), total.completed))
        found.append((dict.fromkeys(((name, "headcount") for name in names), 1), total.headcount))
    assert all(name in everybody for names, _ in sums for name in names)
    return found


def solved(equations: Sequence[Equation]) -> set[Cell]:
    """Give the cells that the equations determine, by elimination in exact fractions."""
    cells = sorted({cell for row, _ in equations for cell in row})
    matrix = [[Fraction(row.get(cell, 0)) for cell in cells] for row, _ in equations]
    pivots: list[tuple[int, int]] = []
    for column in range(len(cells)):
        rest = [n for n in range(len(pivots), len(matrix)) if matrix[n][column]]
        if not rest:
            continue
        top = len(pivots)
        matrix[top], matrix[rest[0]] = matrix[rest[0]], matrix[top]
        lead = matrix[top][column]
        matrix[top] = [value / lead for value in matrix[top]]
        for number, row in enumerate(matrix):
            if number != top and row[column]:
                factor = row[column]
                matrix[number] = [a - factor * b for a, b in zip(row, matrix[top], strict=True)]
        pivots.append((top, column))
    return {cells[column] for row, column in pivots if sum(map(bool, matrix[row])) == 1}


def overview_of(view: Report, whole: Report, past: Sequence[Report] = ()) -> Overview:
    return make_overview(view, whole, past, Insight({}, {}))


@given(groups)
@settings(deadline=None, max_examples=150)
def test_no_hidden_number_is_a_difference_of_shown_ones(rows: list[tuple[str, int, int]]) -> None:
    whole = report(*programme(rows))
    view = programme_view(whole)
    known = solved(published(view, overview_of(view, whole)))
    assert not [cell for cell in known if cell[0] in hidden_hotels(whole.hotels)]


@given(groups)
@settings(deadline=None, max_examples=150)
def test_who_knows_the_totals_of_a_chain_gets_no_hotel_back(
    rows: list[tuple[str, int, int]],
) -> None:
    """A chain publishes its own totals elsewhere; a single hidden hotel would be the difference."""
    whole = report(*programme(rows))
    view = programme_view(whole)
    equations = published(view, overview_of(view, whole))
    for chain in CHAINS:
        own = [one for one in whole.hotels if one.chain == chain and one.headcount]
        for kind in ("completed", "headcount"):
            total = sum(getattr(one, kind) for one in own)
            equations.append((dict.fromkeys(((one.hotel, kind) for one in own), 1), total))
    known = solved(equations)
    for chain in CHAINS:
        own = [one for one in whole.hotels if one.chain == chain and one.headcount]
        hidden = [one for one in own if one.hotel in hidden_hotels(whole.hotels)]
        done, people = (sum(getattr(one, k) for one in hidden) for k in ("completed", "headcount"))
        if not hidden or len(hidden) == len(own):
            continue
        assert not is_telling(done, people)
        assert not [one for one in hidden if (one.hotel, "completed") in known]


@given(st.lists(groups, min_size=2, max_size=3))
@settings(deadline=None, max_examples=80)
def test_no_hidden_number_is_a_difference_over_time(
    months: list[list[tuple[str, int, int]]],
) -> None:
    """The worst case: whoever attacks knows that a hotel which shows no change has none."""
    equations: list[Equation] = []
    hidden: set[Cell] = set()
    seen: dict[tuple[str, str, int, int], str] = {}
    past: list[Report] = []
    for number, rows in enumerate(months):
        day = AS_OF + datetime.timedelta(days=30 * number)
        whole = report(*programme(rows), as_of=day)
        view = programme_view(whole)
        names = {
            one.hotel: seen.setdefault(
                (one.chain, one.hotel, one.completed or 0, one.headcount or 0),
                f"{one.hotel}@{number}",
            )
            for one in whole.hotels
        }
        for row, value in published(view, overview_of(view, whole, past)):
            equations.append(({(names[name], kind): n for (name, kind), n in row.items()}, value))
        telling = [one for one in whole.hotels
                   if is_telling(one.completed or 0, one.headcount or 0)]  # fmt: skip
        hidden |= {(names[one.hotel], "completed") for one in telling}
        past.append(whole)
    assert not solved(equations) & hidden


@pytest.mark.parametrize("cell", [1, 4, 9])
def test_a_hotel_that_comes_into_view_does_not_bring_its_departments(cell: int) -> None:
    """Two reports, in between only one hotel appeared: its small department stays unknown."""

    def shown(large: int, *, extra: int) -> tuple[int | None, ...]:
        known = {
            "a": HotelInsight(departments={"bar": Count(large, 90), "spa": Count(50, 90)}),
            "b": HotelInsight(departments={"bar": Count(extra, 10), "spa": Count(20, 40)}),
        }
        hotels = [hotel("A", 100, 180), hotel("B", 20 + extra, 50)]
        made = departments(hotels if extra else hotels[:1], Insight(known, {}), is_exact=False)
        return tuple(group.completed for group in made if group.name == "bar")

    before, after = shown(43, extra=0), shown(43, extra=cell)
    possible = {
        other
        for large in range(91)
        for other in range(1, 11)
        if shown(large, extra=0) == before and shown(large, extra=other) == after
    }
    assert cell in possible
    assert len(possible) >= 5


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.tuples(st.integers(0, 40), st.integers(0, 60)),
        min_size=1,
    )
)
@settings(deadline=None)
def test_no_small_department_and_no_small_rest_is_shown(
    found: dict[str, tuple[int, int]],
) -> None:
    counts = {name: Count(min(pair), max(pair)) for name, pair in found.items()}
    insight = Insight({"a": HotelInsight(departments=counts)}, {})
    made = departments([hotel("A", 30, 60)], insight, is_exact=False)
    named = {group.name for group in made}
    for name in named - {""}:
        assert not is_telling(counts[name].completed, counts[name].headcount)
    rest = [count for name, count in counts.items() if name not in named]
    if "" in named:
        done = sum(count.completed for count in rest)
        assert not is_telling(done, sum(count.headcount for count in rest))
    elif named and rest:
        pytest.fail("a rest that is not shown is the difference to the total")


def test_a_language_of_few_people_is_never_named() -> None:
    insight = Insight({"a": HotelInsight(languages={"nl": 50, "ti": 3, "so": 2, "pl": 12})}, {})
    made = languages([hotel("A", 67, 90)], insight)
    assert [(group.name, group.completed) for group in made] == [("nl", 50), ("", 20)]


def test_the_share_over_time_is_coarse_and_of_many_people() -> None:
    few, many = report(hotel("A", 61, 99)), report(hotel("A", 160, 249), hotel("B", 2, 3))
    for whole, share in ((few, None), (many, 160 * 100 // 252 // SHARE_STEP * SHARE_STEP)):
        view = programme_view(whole)
        [*_, last] = overview_of(view, whole, [whole]).trend
        assert (last.share, last.people, last.totals.completed) == (share, None, 0)
    assert many.totals().headcount >= FEWEST_PEOPLE > few.totals().headcount


def test_counts_of_the_data_by_chain_are_shown_for_all_chains_or_none() -> None:
    counts = {"acme": {"facts": 40}, "zeta": {"facts": 60}}
    large = [hotel("A", 30, 50), hotel("B", 30, 50, chain="zeta")]
    assert {name: one.facts for name, one in data_by_chain(large, counts).items()} == {
        "acme": 40, "zeta": 60,
    }  # fmt: skip
    assert data_by_chain([*large, hotel("C", 3, 5)], counts) == {}


def test_a_share_over_time_never_says_that_everybody_is_done() -> None:
    """All hotels are in it, so a programme in which everybody completed is a telling group."""
    shares = set()
    for done in (199, 200, 201):
        whole = report(hotel("A", min(done, 200), 200))
        [last] = overview_of(programme_view(whole), whole, [whole]).trend[1:]
        shares.add(last.share)
    assert shares == {95}


@pytest.mark.parametrize(("completed", "headcount"), [(4, 30), (8, 11), (96, 98)])
def test_tens_never_say_of_a_department_that_nobody_or_everybody_is_done(
    completed: int, headcount: int
) -> None:
    groups = {"bar": Count(completed, headcount), "spa": Count(60, 90), "desk": Count(40, 80)}
    insight = Insight({"kade": HotelInsight(departments=groups)}, {})
    found = departments([hotel("Kade", 104, 200)], insight, is_exact=False)
    assert {one.name for one in found} == {"spa", ""}
    assert all(0 < one.completed < (one.headcount or 0) for one in found)
