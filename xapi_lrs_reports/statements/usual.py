"""The quick way to read: a statement that differs from one already judged in five values only.

A package sends the same statement thousands of times: other id, pseudonym, registration and times,
all else from a small stock of parts. The Normaliser judges each part once, in a whole statement; a
later statement of known parts becomes a row without being looked at again. So no rule stands here.
Whatever is not usual (other types, a time without zone, an id in capitals, a part that was never
part of a sound fact) goes to the Normaliser as if there were no quick way.

Nothing is passed over before it is parsed: a line that names no course may still be broken, and
that has to be said.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from xapi_lrs_reports.statements.columns import TO_MILLISECONDS, Own, Rows
from xapi_lrs_reports.statements.normalise import Normaliser, Outcome
from xapi_lrs_reports.statements.statement import Fact, StatementProblem

_MOST_PARTS = 50_000
_NOTHING = msgspec.Raw()
_join = b",".join
"""Joined JSON values read like an array with holes, so that no two lists of parts look the same."""

_UUID = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TIME = rb"(20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}):[0-5][0-9]:[0-5][0-9]\.[0-9]{3,6}(?:Z|\+00:00)"
_match_own = re.compile(
    rb'"%b","[a-z2-7]{32}","%b","%b","%b"' % (_UUID, _UUID, _TIME, _TIME)
).fullmatch
"""The five values in their usual form; the hours in its groups are still to be looked at."""
_NO_HOUR = b"T24"
"""ISO 8601 has it, and later versions of Python with it."""


class _Account(msgspec.Struct, gc=False, rename={"home_page": "homePage"}):
    home_page: msgspec.Raw
    name: msgspec.Raw


class _Actor(msgspec.Struct, gc=False, rename={"object_type": "objectType"}):
    """An Agent with an account; one that says who it is in another way is not usual."""

    account: _Account
    object_type: Literal["Agent"] | None = None
    mbox: None = None
    mbox_sha1sum: None = None
    openid: None = None
    member: None = None


class _Result(msgspec.Struct, gc=False):
    completion: bool | None = None
    success: bool | None = None


class _Context(msgspec.Struct, gc=False, rename={"activities": "contextActivities"}):
    registration: msgspec.Raw
    platform: msgspec.Raw = _NOTHING
    language: msgspec.Raw = _NOTHING
    activities: msgspec.Raw = _NOTHING
    extensions: msgspec.Raw = _NOTHING


class _Given(msgspec.Struct, gc=False):
    """A statement as far as it is read here, in parts that are not looked into."""

    id: msgspec.Raw
    actor: _Actor
    verb: msgspec.Raw
    object: msgspec.Raw
    context: _Context
    timestamp: msgspec.Raw
    stored: msgspec.Raw
    result: _Result | None = None
    authority: msgspec.Raw = _NOTHING
    attachments: None = None


class Kind(msgspec.Struct, gc=False, frozen=True):
    """What the facts of one kind share; `hotel_source` only where they name a hotel."""

    kind: int
    verb: str
    course: str
    chain: str
    hotel_source: str | None
    evidence: str
    completion: bool | None
    success: bool | None
    authority: str | None
    language: str | None
    profile: str | None


class Place(msgspec.Struct, gc=False, frozen=True):
    """What one list of context activities says in statements about one course."""

    place: int
    course_version: str
    hotel: str | None


_Places = dict[bytes, Place]
_SHARED = [name for name in Kind.__struct_fields__ if name != "kind"]


class Seen(NamedTuple):
    """A statement known in all its parts: its five own values without quotes, and what it is."""

    own: Sequence[bytes]
    activities: bytes
    kind: Kind
    place: Place


@dataclass
class Batch:
    """What was read of one source and is not stored yet.

    `rows` are columns of staging.py; the numbers in them are those of `kinds` and `places`.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    kinds: Sequence[Kind] = ()
    places: Sequence[Place] = ()

    def __len__(self) -> int:
        """Give the number of statements."""
        return len(self.outcomes) + len(self.rows)


class UsualReader:
    """Reads the statements of one source into batches; `judge` decides what is not usual."""

    def __init__(self, judge: Normaliser) -> None:
        self._judge = judge
        self._decode = msgspec.json.Decoder(_Given).decode
        self._kinds: list[Kind] = []
        self._places: list[Place] = []
        self._known: dict[bytes, tuple[Kind, _Places]] = {}
        self._of_course: dict[str, _Places] = {}
        self._hours: set[bytes] = set()
        self._loose: list[tuple[Sequence[bytes], int, int, int]] = []
        self._taken = 0
        self.batch = Batch()

    def __len__(self) -> int:
        """Give the number of statements that were read since the last batch was taken."""
        return len(self.batch) + len(self._loose)

    @property
    def rows_read(self) -> int:
        """Give how many statements became rows so far."""
        return self._taken + len(self.batch.rows)

    def take(self) -> Batch:
        """Give what was read since the last time."""
        batch, self.batch = self.batch, Batch()
        if self._loose:
            own, kinds, places, lines = zip(*self._loose, strict=True)
            ids, names, registrations, sent, stored = zip(*own, strict=True)
            columns = Own(ids, names, registrations, _cut(sent), _cut(stored))
            batch.rows.add(columns, kinds, places, lines)
            self._loose = []
        self._taken += len(batch.rows)
        batch.kinds = [self._kinds[kind] for kind in sorted(batch.rows.kinds)]
        batch.places = [self._places[place] for place in sorted(batch.rows.places)]
        if len(self._kinds) + len(self._places) > _MOST_PARTS:
            self.forget()
        return batch

    def forget(self) -> None:
        """Forget what was learned, so that it does not grow for ever."""
        self._kinds, self._places = [], []
        self._known.clear()
        self._of_course.clear()

    def take_in(
        self, piece: bytes | msgspec.Raw | StatementProblem, source: str, line: int
    ) -> Seen | None:
        """Add what a source yields at one place."""
        if isinstance(piece, StatementProblem):
            self.batch.outcomes.append(piece)
            return None
        return self.read(piece, source, line)

    def read(self, raw: bytes | msgspec.Raw, source: str, line: int) -> Seen | None:
        """Add one statement to the batch; give what is known of it, if that is all of it."""
        try:
            given = self._decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.batch.outcomes.append(self._judge(raw, source, line))
            return None
        context, account, result = given.context, given.actor.account, given.result
        own = _join((given.id, account.name, context.registration, given.timestamp, given.stored))
        match = _match_own(own)
        if match is None or not self.are_hours(match.groups()):
            self.batch.outcomes.append(self._judge(raw, source, line))
            return None
        key = _join((
            given.verb, given.object, given.authority, account.home_page, context.platform,
            context.language, context.extensions,
            _OF_RESULT[result.completion, result.success] if result else b"",
        ))  # fmt: skip
        kind, places = self._known.get(key, _UNKNOWN)
        activities = bytes(context.activities)
        place = places.get(activities)
        if kind is None or place is None or (place.hotel and not kind.hotel_source):
            outcome = self._judge(raw, source, line)
            if type(outcome) is Fact and _shows(outcome, given):
                self._learn(outcome, key, activities)
            self.batch.outcomes.append(outcome)
            return None
        values = own[1:-1].split(b'","')
        self._loose.append((values, kind.kind, place.place, line))
        return Seen(values, activities, kind, place)

    def are_hours(self, hours: Iterable[bytes]) -> bool:
        """Tell whether these are hours of our calendar since 2000, such as 2026-11-21T10."""
        known = self._hours
        for hour in hours:
            if hour not in known:
                if not hour.startswith(b"20") or hour.endswith(_NO_HOUR):
                    return False
                try:
                    datetime.datetime.fromisoformat(hour.decode())
                except ValueError:
                    return False
                known.add(hour)
        return True

    def _learn(self, fact: Fact, key: bytes, activities: bytes) -> None:
        places = self._of_course.setdefault(fact.course, {})
        if activities not in places:
            places[activities] = Place(len(self._places), fact.course_version, fact.hotel)
            self._places.append(places[activities])
        kind, _ = self._known.get(key, _UNKNOWN)
        if kind is None or fact.hotel_source != kind.hotel_source:
            shared = {name: getattr(fact, name) for name in _SHARED}
            kind = Kind(kind=len(self._kinds), **shared)
            self._kinds.append(kind)
        self._known[key] = (kind, places)


def _shows(fact: Fact, given: _Given) -> bool:
    """Tell whether the five values stand in the fact where a row has them."""
    return fact.learner == f"{fact.chain}/{_text(given.actor.account.name)}" and (
        fact.statement_id, fact.registration, fact.sent_at, fact.stored
    ) == (
        _text(given.id), _text(given.context.registration),
        _text(given.timestamp)[:TO_MILLISECONDS], _text(given.stored)[:TO_MILLISECONDS],
    )  # fmt: skip


def _cut(times: Sequence[bytes]) -> list[bytes]:
    return [time[:TO_MILLISECONDS] for time in times]


def _text(usual: msgspec.Raw) -> str:
    return bytes(usual).decode().strip('"')


_UNKNOWN: tuple[None, _Places] = (None, {})
_OF_RESULT = {
    (completion, success): f"{completion} {success}".encode()
    for completion in (True, False, None)
    for success in (True, False, None)
}
