"""A programme directory and a date -> Report: read the inputs, run the rule, shape its answer."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from programme.directory import FILE, ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.certificates.register import (
    read_register,
    register_path,
    states_of,
)
from xapi_lrs_reports.engines.duckdb import StoreEngine
from xapi_lrs_reports.engines.engine import NO_QUESTIONS, Answers, Engine
from xapi_lrs_reports.hotel_register.as_of import register_on
from xapi_lrs_reports.hotel_register.events import FILE as EVENTS
from xapi_lrs_reports.hotel_register.events import Event, read_events
from xapi_lrs_reports.hotel_register.headcounts import FILE as HEADCOUNTS
from xapi_lrs_reports.hotel_register.headcounts import Headcount, read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.people.aliases import Alias
from xapi_lrs_reports.people.hotel_codes.register import IssuedCode, read_issued
from xapi_lrs_reports.people.kept_roster import kept_file, read_or_keep_roster
from xapi_lrs_reports.people.kept_rows import begins_of
from xapi_lrs_reports.people.retention.answers import as_kept
from xapi_lrs_reports.people.retention.overdue import Overdue, overdue
from xapi_lrs_reports.people.roster import Employment
from xapi_lrs_reports.report.report_model import (
    CertificateState,
    Count,
    DataCounts,
    Evidence,
    Excluded,
    HeadcountSource,
    HotelDecision,
    Report,
    Status,
)
from xapi_lrs_reports.rule.maintain import with_maintenance
from xapi_lrs_reports.rule.parameters import Parameters, parameters_on, today
from xapi_lrs_reports.rule.tables import FULL_WEIGHT, Inputs
from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.statement import REVIEW

_Measures = Mapping[str, Mapping[str, int]]

FOR_TREND = frozenset(["certified", "completed", "headcount", "weight"])
"""The measures of a hotel's status, numbers and certificate."""
FOR_TABLE = FOR_TREND | {
    "department_completed", "department_headcount", "low", "flag", "tier", "data",
}  # fmt: skip
"""Those of the table for a terminal: flags, tiers, and what the report rests on, beside them."""
_NOBODY = Count(0, 0)


@dataclass(frozen=True)
class Decided:
    """A report, and what `noroom explain` says beside it: quarantine as (source, code, number).

    `also` holds the rows of what was asked beside the rule, by the name of the question; `gone` the
    hotels that are none on the day, each with the one that it was merged into, "" if it is closed.
    """

    report: Report
    quarantine: list[tuple[str, str, int]]
    also: Mapping[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered:
    """What the programme's files say, for any date; `odd` are warnings about them.

    `engine` holds the facts.
    """

    programme: ProgrammeDirectory
    engine: Engine
    hotels: dict[str, Hotel]
    roster: Sequence[Employment]
    issued: Sequence[IssuedCode]
    declared: list[Headcount]
    odd: list[Problem]
    aliases: Sequence[Alias] = ()
    events: Sequence[Event] = ()
    overdue: Overdue = field(default_factory=Overdue)


def decide(
    programme: ProgrammeDirectory, as_of: datetime.date | None = None, chain: str | None = None
) -> Report:
    """Apply the rule to every hotel (of one chain) on a date; None: today. Raises InputError."""
    return decide_on(gather(programme, chain), as_of, chain).report


def gather(
    programme: ProgrammeDirectory, chain: str | None = None, engine: Engine | None = None
) -> Gathered:
    """Read the programme's files; `chain` has to be one of its own. Raises InputError.

    The facts are those of the programme's store unless an engine brings its own.
    """
    if chain is not None and chain not in programme.chains:
        known = ", ".join(programme.chains) or "none"
        what = f'"{chain}" is not a chain of this programme'
        place = str(programme.path / "chains")
        raise InputError([Problem(place, 0, 0, "chain-unknown", what, f"Known: {known}.")])
    hotels, warnings = read_hotels(
        programme.path / "hotels.csv", programme.chains, programme.settings.language
    )
    salts = {name: programme.salt(name) for name in programme.chains}
    path = programme.path
    roster = read_or_keep_roster(path / "roster.csv", kept_file(path), hotels, salts)
    issued, odd = read_issued(programme.path, hotels)
    declared = read_headcounts(programme.path / HEADCOUNTS, hotels)
    found = warnings + roster.warnings + odd
    events = read_events(programme.path / EVENTS, hotels)
    store = StoreEngine(programme.path)
    facts = engine or store
    counter = engine if isinstance(engine, StoreEngine) else store
    late = overdue(programme, roster.rows, counter.facts_before)
    return Gathered(
        programme, facts, hotels, roster.rows, issued, declared, found, roster.aliases, events, late
    )


def decide_on(
    gathered: Gathered,
    as_of: datetime.date | None = None,
    chain: str | None = None,
    also: Mapping[str, str] = NO_QUESTIONS,
    only: Collection[str] | None = None,
) -> Decided:
    """Give the report for one date and chain; `also` as run_rule takes it. Raises InputError.

    `only`, such as FOR_TREND, saves the work that other measures would cost: of what rests on
    those, the report says nothing.
    """
    programme, settings = gathered.programme, gathered.programme.settings
    inputs = inputs_on(gathered, as_of or today(settings.time_zone))
    parameters = inputs.parameters
    if only is not None and "department_headcount" not in only:
        inputs = replace(inputs, departments=False)
    answers = gathered.engine.run_rule(inputs, also, only)
    shown = [hotel for hotel in inputs.hotels if chain in (None, hotel.chain)]
    codes = Counter(one.hotel for one in inputs.issued_codes)
    inside = _warnings_inside(answers, gathered, inputs)
    report = Report(
        programme=settings.name,
        as_of=parameters.as_of,
        time_zone=settings.time_zone,
        rule=settings.rule.model_dump(mode="json"),
        window_from=parameters.window_from,
        hotels=_decisions(gathered, shown, answers, parameters, codes),
        data=_data(answers),
        language=settings.language,
        warnings=(*_warnings(programme, answers), *inside),
        inside=frozenset(inside),
    )
    report = as_kept(programme.path, report, chain)
    there = {hotel.hotel for hotel in inputs.hotels}
    gone = {name: inputs.merged.get(name, "") for name in gathered.hotels if name not in there}
    return Decided(report, answers.quarantine, answers.also, gone)


def inputs_on(gathered: Gathered, as_of: datetime.date) -> Inputs:
    """Give what the rule reads on a date. Raises InputError."""
    settings = gathered.programme.settings
    file = str(gathered.programme.path / FILE)
    register = register_on(
        as_of,
        gathered.hotels,
        gathered.events,
        gathered.roster,
        gathered.issued,
        gathered.declared,
        settings.rule.include,
    )
    agents = Authorities(settings.authorities)
    return Inputs(
        parameters_on(settings.rule, as_of, settings.time_zone, file),
        list(register.hotels.values()),
        register.roster,
        agents.voiders(),
        agents.writers(),
        register.issued,
        gathered.aliases,
        register.merged,
        register.listed,
    )


def _half_rostered(gathered: Gathered, inputs: Inputs) -> list[str]:
    """Give the hotels that were made of some with a roster and some without."""
    groups: dict[str, set[str]] = {}
    for name, into in inputs.merged.items():
        groups.setdefault(into, {into}).add(name)
    day = inputs.parameters.as_of.isoformat()
    rostered = {name for name, first in begins_of(gathered.roster).items() if first <= day}
    return sorted(into for into, names in groups.items() if 0 < len(names & rostered) < len(names))


def _shares(gathered: Gathered, day: datetime.date) -> dict[str, int]:
    """Give the per cent of every hotel on a day, rounded down."""
    answers = gathered.engine.run_rule(inputs_on(gathered, day), only=["weight"])
    weights: dict[str, dict[str, int]] = defaultdict(dict)
    for hotel, measure, item, amount in answers.rows:
        if measure == "weight":
            weights[hotel][item] = amount
    return {
        hotel: _percent(found["completed"], found["headcount"]) for hotel, found in weights.items()
    }


def _percent(completed: int, headcount: int) -> int:
    """Give a share of two weights, rounded down and at most 100."""
    return min(100, 100 * completed // headcount) if headcount else 0


def _decisions(
    gathered: Gathered,
    hotels: list[Hotel],
    answers: Answers,
    parameters: Parameters,
    codes: Mapping[str, int],
) -> tuple[HotelDecision, ...]:
    measures: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for hotel, measure, item, amount in answers.rows:
        measures[hotel][measure][item] = amount
    programme, as_of = gathered.programme, parameters.as_of
    entries = read_register(register_path(programme))
    states = states_of(entries, as_of, programme.settings.rule.grace_days)
    decisions = [
        _decision(
            hotel,
            programme.chains[hotel.chain].name,
            measures[hotel.hotel],
            parameters,
            states.get(hotel.hotel, "none"),
            codes.get(hotel.hotel, 0),
        )
        for hotel in hotels
    ]
    issued_on = {one.hotel: one.issued_on for one in entries}
    shares = partial(_shares, gathered)
    return with_maintenance(decisions, issued_on, programme.settings.rule, as_of, shares)


def _decision(
    hotel: Hotel,
    chain_name: str,
    measures: _Measures,
    parameters: Parameters,
    certificate: CertificateState,
    codes_issued: int,
) -> HotelDecision:
    (source, certified), *_ = measures["certified"].items()
    days = len(parameters.base_days)
    done, base = measures["completed"][""], -(-measures["headcount"][""] // days)
    weight = measures["weight"]
    status: Status = "cannot_say" if not base else "met" if certified else "not_met"
    departments = {
        name: Count(measures["department_completed"][name], people)
        for name, people in measures["department_headcount"].items()
    }
    flags = set(measures["flag"]) | {f"{name}_low" for name in measures["low"]}
    if hotel.joined and hotel.joined > parameters.as_of:
        flags.add("not_joined_yet")
    if hotel.closed_until:
        flags.add("closed_for_season")
    return HotelDecision(
        hotel=hotel.hotel,
        name=hotel.name,
        chain=hotel.chain,
        chain_name=chain_name,
        language=hotel.language,
        certified=bool(certified),
        status=status,
        completed=done,
        headcount=base,
        headcount_source=cast(HeadcountSource, source),
        percent=_percent(weight["completed"], weight["headcount"]),
        needed=_needed(measures, parameters) if status == "not_met" else 0,
        certificate=certificate,
        evidence=Evidence(**measures["evidence"]),
        beside=_beside(measures, parameters.rule.report_beside),
        flags=tuple(sorted(flags)),
        housekeeping=departments.get("housekeeping", Count(0, 0)),
        management=departments.get("management"),
        tier=max(measures["tier"], key=measures["tier"].__getitem__, default=""),
        excluded=Excluded(**measures["excluded"]),
        course_versions=tuple(sorted(filter(None, measures["version"]))),
        declared_on=hotel.declared_on if source == "declared" else None,
        codes_issued=codes_issued,
    )


def _needed(measures: _Measures, parameters: Parameters) -> int:
    weight = measures["weight"]
    base = measures["headcount"][""]
    return parameters.needed(base, weight["headcount"], weight["completed"], FULL_WEIGHT)


def _beside(measures: _Measures, contracts: Sequence[str]) -> dict[str, Count]:
    done, base = measures["beside_completed"], measures["beside_headcount"]
    return {
        name: Count(done.get(name, 0), people) if (people := base.get(name, 0)) else _NOBODY
        for name in contracts
    }


def _data(answers: Answers) -> DataCounts:
    counts = {item: amount for _, measure, item, amount in answers.rows if measure == "data"}
    quarantined = sum(number for _, _, number in answers.quarantine)
    review = sum(number for _, code, number in answers.quarantine if code.startswith(REVIEW))
    return DataCounts(
        **counts,
        duplicates=answers.duplicates,
        quarantined=quarantined - review,
        codes_in_review=review,
    )


def _warnings(programme: ProgrammeDirectory, answers: Answers) -> list[str]:
    found = list(answers.notes)
    if not programme.settings.authorities:
        found.append(
            "programme.yaml lists no authorities: nobody checked who wrote the statements, "
            "and no void counts."
        )
    if answers.disowned:
        found.append(
            f"{answers.disowned:,} stored statements are by authorities that programme.yaml no "
            "longer lists for their chain; they count for nothing."
        )
    if number := _data(answers).quarantined:
        found.append(
            f"{number:,} statements could not be used and count for nothing; "
            "noroom explain --quarantine lists them."
        )
    return found


def _warnings_inside(answers: Answers, gathered: Gathered, inputs: Inputs) -> list[str]:
    """Give what depends on persons, or points to rows about them."""
    found = [*filter(None, [gathered.overdue.sentence])]
    for hotel in _half_rostered(gathered, inputs):
        found.append(
            f"{hotel} and the hotels merged into it have a roster only in part: the base is the "
            "people on it and the declared number of the others, without departments and without "
            "a list for HR. Add the others' people to roster.csv under the id of their own hotel."
        )
    if number := _data(answers).codes_in_review:
        found.append(
            f"{number:,} completion codes wait for review and count for nothing; "
            "noroom explain --quarantine lists them."
        )
    for problem in sorted(gathered.odd):
        place = f"{Path(problem.file).name}:{problem.line}"
        found.append(f"{place}: {problem.what}. {problem.fix}")
    return found
