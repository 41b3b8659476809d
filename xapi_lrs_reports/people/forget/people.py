"""The id that an LMS gives a person -> every name under which the programme may know them.

The id is pseudonymised here and never printed. The roster says which other ids are the same
person's (docs/contracts.md sections 2 and 6).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.pseudonym import ANONYMOUS, normalise_learner_id, pseudonym
from xapi_lrs_reports.csv_edit import CsvEdit
from xapi_lrs_reports.hotel_register.hotels import read_hotels
from xapi_lrs_reports.people.aliases import Claim, sha1_key, spellings
from xapi_lrs_reports.people.roster import COLUMNS, NEVER

PLACE = "the id"


@dataclass(frozen=True)
class Person:
    """One person: `learners` as the store names them, their `rows` in roster.csv, their `ids`.

    `ids` are clear, as they may stand in logs; they are for searching, never for printing.
    """

    chain: str
    learners: frozenset[str] = field(repr=False)
    rows: frozenset[int]
    ids: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class _Row:
    number: int
    learner: str
    names: frozenset[str]
    """As facts may name the person: by the LMS's id, and by each alias."""
    ids: frozenset[str]
    left: str
    """ISO date, or NEVER."""


def people_who_left(
    programme: ProgrammeDirectory, chain: str, left_by: datetime.date
) -> list[Person]:
    """Give everybody of a chain of whom every row of roster.csv ended on a day or before."""
    rows = list(_roster_rows(programme, chain, programme.salt(chain)))
    still_here = {row.learner for row in rows if row.left > left_by.isoformat()}
    others = frozenset[str]().union(*(row.names for row in rows if row.learner in still_here))
    gone: dict[str, list[_Row]] = {}
    for row in rows:
        if row.learner not in still_here:
            gone.setdefault(row.learner, []).append(row)
    return [
        Person(
            chain,
            frozenset[str]().union(*(row.names for row in own)) - others,
            frozenset(row.number for row in own),
            frozenset[str]().union(*(row.ids for row in own)),
        )
        for own in gone.values()
    ]


def find_people(
    programme: ProgrammeDirectory, chain: str, learner_ids: Iterable[str]
) -> list[Person]:
    """Find the person behind each id; raises InputError with every id that means no one person."""
    salt = programme.salt(chain)
    rows = list(_roster_rows(programme, chain, salt))
    people, problems = [], []
    for number, learner_id in enumerate(learner_ids, 1):
        name = pseudonym(learner_id, salt)
        if name == ANONYMOUS:
            what = f"id {number} names nobody in particular, so nothing can be found by it"
            fix = "Give the id that the LMS gives to this person."
            problems.append(Problem(PLACE, 0, 0, "forget-anonymous", what, fix))
            continue
        person = _person(learner_id, chain, salt, rows)
        if person is None:
            what = f"id {number} stands for several people in roster.csv"
            fix = "Give the id that one of them alone has; correct the column aliases first."
            problems.append(Problem(PLACE, 0, 0, "forget-shared", what, fix))
        else:
            people.append(person)
    if problems:
        raise InputError(problems)
    return people


def digests(ids: Iterable[str]) -> Iterator[str]:
    """Yield the mbox_sha1sum of each id that is a mail address, as statements may name it."""
    for one in ids:
        if "@" in one:
            yield sha1_key(one.removeprefix("mailto:")).rpartition(":")[2]


def _person(learner_id: str, chain: str, salt: str, rows: Sequence[_Row]) -> Person | None:
    """Bring the rows together that share a name with the id; None if they are several people's."""
    names = _names(learner_id, chain, salt)
    owners = {row.learner for row in rows if row.names & names}
    if len(owners) > 1:
        return None
    own = [row for row in rows if row.learner in owners]
    others = frozenset[str]().union(*(row.names for row in rows if row.learner not in owners))
    learners = names.union(*(row.names for row in own))
    ids = frozenset([normalise_learner_id(learner_id)]).union(*(row.ids for row in own))
    return Person(chain, learners - others, frozenset(row.number for row in own), ids)


def _roster_rows(programme: ProgrammeDirectory, chain: str, salt: str) -> Iterable[_Row]:
    roster = programme.path / "roster.csv"
    if not is_there(roster):
        return
    hotels, _ = read_hotels(
        programme.path / "hotels.csv", programme.chains, programme.settings.language
    )
    of_chain = {name for name, hotel in hotels.items() if hotel.chain == chain}
    for number, values in CsvEdit(roster, list(COLUMNS)).rows():
        if values.get("hotel") in of_chain and _is_somebody(values, salt):
            yield _row(number, values, chain, salt)


def _is_somebody(values: Mapping[str, str], salt: str) -> bool:
    return pseudonym(values.get("employee", ""), salt) != ANONYMOUS


def _row(number: int, values: Mapping[str, str], chain: str, salt: str) -> _Row:
    learner = f"{chain}/{pseudonym(values['employee'], salt)}"
    ids = [values["employee"], *values.get("aliases", "").split()]
    names = frozenset[str]().union(*(_names(one, chain, salt) for one in ids))
    clear = frozenset(map(normalise_learner_id, ids))
    return _Row(number, learner, names, clear, values.get("left") or NEVER)


def _names(learner_id: str, chain: str, salt: str) -> frozenset[str]:
    """Give every learner under which facts may name this id."""
    own = f"{chain}/{pseudonym(learner_id, salt)}"
    claim = Claim(0, learner_id.strip(), chain, salt, own)
    return frozenset([own, *spellings(claim)]) - {f"{chain}/{ANONYMOUS}"}
