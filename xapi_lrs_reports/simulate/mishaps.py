"""What goes wrong on the way: mishaps that must not change the answer, and some that must.

A mishap takes the stamped statements of one person, which it may change in place, and gives the
lines that arrive instead. A HARMLESS mishap leaves the person's completion standing; after a
SPOILING one nothing counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from xapi_lrs_reports.simulate import days, names
from xapi_lrs_reports.simulate.dice import Dice
from xapi_lrs_reports.simulate.people import Hotel
from xapi_lrs_reports.simulate.statements import (
    COURSE_TYPE,
    FINISHING_VERBS,
    Statement,
    chain_authority,
    line,
    officer,
    void_of,
    when_stored,
)

Place = Literal["own", "second"]
"""The chain's own file, or the second export that repeats some of it."""

Line = tuple[Place, str]


@dataclass
class Scene:
    """What a mishap may use: the hotel, the dice of this person, and the tally by kind."""

    hotel: Hotel
    dice: Dice
    tally: Counter[str] = field(default_factory=Counter)


Mishap = Callable[[list[Statement], Scene], Iterator[Line]]
Change = Callable[[Statement, Scene], None]


def plain(statements: list[Statement]) -> Iterator[Line]:
    """Let everything arrive once, in order."""
    return (("own", line(statement)) for statement in statements)


def _finishing(statement: Statement) -> bool:
    return statement["verb"]["id"] in FINISHING_VERBS


def _changed(kind: str, change: Change, *, only_finishing: bool) -> Mishap:
    """Make a mishap that changes statements one by one."""

    def mishap(statements: list[Statement], scene: Scene) -> Iterator[Line]:
        for statement in statements:
            if _finishing(statement) or not only_finishing:
                change(statement, scene)
                scene.tally[kind] += 1
            yield "own", line(statement)

    return mishap


def _broken(kind: str, break_line: Callable[[Statement], str]) -> Mishap:
    """Make a mishap that turns the finishing statements into lines that are no statements."""

    def mishap(statements: list[Statement], scene: Scene) -> Iterator[Line]:
        for statement in statements:
            broken = _finishing(statement)
            scene.tally[kind] += broken
            yield "own", break_line(statement) if broken else line(statement)

    return mishap


# --- harmless -----------------------------------------------------------------------------------


def _late(statement: Statement, scene: Scene) -> None:
    delay = timedelta(days=scene.dice.between(2, days.LATEST_DELAY_DAYS))
    statement["stored"] = days.spelled(when_stored(statement) + delay)


def _clock_ahead(statement: Statement, scene: Scene) -> None:
    ahead = timedelta(days=365 * scene.dice.between(1, 9))
    statement["timestamp"] = days.spelled(when_stored(statement) + ahead)


def _upper_case(statement: Statement, scene: Scene) -> None:
    statement["id"] = statement["id"].upper()
    statement["context"]["registration"] = statement["context"]["registration"].upper()


def _xapi_2(statement: Statement, scene: Scene) -> None:
    statement["version"] = "2.0.0"


def _older_course(statement: Statement, scene: Scene) -> None:
    grouping = statement["context"]["contextActivities"]["grouping"]
    grouping[0]["id"] = f"{names.IRI}/course/{names.COURSE}/version/0.9.0"


def _wrong_hotel(statement: Statement, scene: Scene) -> None:
    """Name another hotel of the chain; the roster knows better."""
    if scene.hotel.sibling is None or scene.hotel.kind != "roster":
        return
    grouping = statement["context"]["contextActivities"]["grouping"]
    grouping[1:] = [{"id": f"{names.IRI}/hotel/{scene.hotel.sibling}"}]
    extensions = statement["context"].setdefault("extensions", {})
    extensions[f"{names.IRI}/extension/hotel-source"] = "learner"


def _duplicate(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    yield from plain(statements)
    for statement in statements:
        scene.tally["duplicate"] += 1
        yield "own", line(statement)


def _duplicate_elsewhere(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    for statement in statements:
        scene.tally["duplicate_in_other_file"] += 1
        yield "own", line(statement)
        yield "second", line(statement)


def _duplicate_upper_case(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    yield from plain(statements)
    for statement in statements:
        _upper_case(statement, scene)
        scene.tally["duplicate_in_upper_case"] += 1
        yield "second", line(statement)


def _void_refused(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    """Let the chain try to void what only the programme may."""
    yield from plain(statements)
    for statement in filter(_finishing, statements):
        scene.tally["void_by_authority_that_may_not"] += 1
        authority = chain_authority(scene.hotel.chain.id)
        yield "own", line(void_of(statement, scene.dice, authority, days_later=1))


# --- spoiling -----------------------------------------------------------------------------------


def _voided_after(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    yield from plain(statements)
    for statement in filter(_finishing, statements):
        scene.tally["voided_after_target"] += 1
        place: Place = "second" if scene.dice.chance(0.5) else "own"
        yield place, line(void_of(statement, scene.dice, officer(), days_later=3))


def _voided_before(statements: list[Statement], scene: Scene) -> Iterator[Line]:
    for statement in filter(_finishing, statements):
        scene.tally["voided_before_target"] += 1
        yield "own", line(void_of(statement, scene.dice, officer(), days_later=-2))
    yield from plain(statements)


def _without_success(statement: Statement, scene: Scene) -> None:
    statement["result"]["success"] = False


def _forged(statement: Statement, scene: Scene) -> None:
    """Stamp it with an authority that nobody knows, or with that of another chain."""
    if scene.dice.chance(0.5):
        mbox = "mailto:somebody@elsewhere.example"
        statement["authority"] = {"objectType": "Agent", "mbox": mbox}
    else:
        others = [chain.id for chain in names.CHAINS if chain.id != scene.hotel.chain.id]
        statement["authority"] = chain_authority(scene.dice.pick(others))


def _other_course(statement: Statement, scene: Scene) -> None:
    course = scene.dice.pick(
        (f"{names.IRI}/course/fire-safety", "https://academy.elsewhere.example/xapi/course/17")
    )
    statement["object"] = {
        "objectType": "Activity",
        "id": course,
        "definition": {"type": COURSE_TYPE},
    }
    statement["context"]["contextActivities"]["grouping"][0]["id"] = f"{course}/version/2.1.0"


def _other_verb(statement: Statement, scene: Scene) -> None:
    verb = scene.dice.pick(
        ("http://activitystrea.ms/schema/1.0/complete", "http://adlnet.gov/expapi/verbs/attended")
    )
    statement["verb"] = {"id": verb, "display": {"en": verb.rpartition("/")[2]}}


def _other_home_page(statement: Statement, scene: Scene) -> None:
    statement["actor"]["account"]["homePage"] = "https://academy.elsewhere.example"


def _anonymous(statement: Statement, scene: Scene) -> None:
    statement["actor"]["account"]["name"] = "anonymous"


def _cut(statement: Statement) -> str:
    return line(statement)[:-40]


def _not_json(statement: Statement) -> str:
    return f"{statement['timestamp']} INFO statement {statement['id']} saved"


def _no_actor(statement: Statement) -> str:
    return line({key: value for key, value in statement.items() if key != "actor"})


def _number_as_id(statement: Statement) -> str:
    return line({**statement, "id": int(statement["id"][:8], 16)})


HARMLESS: Mapping[str, Mishap] = {
    "late": _changed("late", _late, only_finishing=False),
    "duplicate": _duplicate,
    "clock_ahead": _changed("clock_ahead", _clock_ahead, only_finishing=False),
    "duplicate_in_other_file": _duplicate_elsewhere,
    "void_by_authority_that_may_not": _void_refused,
    "upper_case": _changed("upper_case", _upper_case, only_finishing=False),
    "duplicate_in_upper_case": _duplicate_upper_case,
    "older_course_version": _changed("older_course_version", _older_course, only_finishing=False),
    "xapi_2": _changed("xapi_2", _xapi_2, only_finishing=False),
    "wrong_hotel_chosen": _changed("wrong_hotel_chosen", _wrong_hotel, only_finishing=False),
}

SPOILING: Mapping[str, Mishap] = {
    "voided_after_target": _voided_after,
    "cut_line": _broken("cut_line", _cut),
    "success_false": _changed("success_false", _without_success, only_finishing=True),
    "forged_authority": _changed("forged_authority", _forged, only_finishing=True),
    "anonymous": _changed("anonymous", _anonymous, only_finishing=False),
    "voided_before_target": _voided_before,
    "foreign_course": _changed("foreign_course", _other_course, only_finishing=True),
    "no_actor": _broken("no_actor", _no_actor),
    "foreign_home_page": _changed("foreign_home_page", _other_home_page, only_finishing=True),
    "number_as_id": _broken("number_as_id", _number_as_id),
    "foreign_verb": _changed("foreign_verb", _other_verb, only_finishing=True),
    "not_json": _broken("not_json", _not_json),
    "outside_window": _changed("outside_window", lambda *_: None, only_finishing=True),
}
