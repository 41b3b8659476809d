"""One raw statement -> Fact, Void, StatementProblem, or None when it is none of ours.

Lenient in form (missing timestamp, upper-case ids, single grouping activity, unread extras), strict
in meaning: who speaks for which chain, and that nobody's name comes in (docs/contracts.md sections
1-3 and 7). What is ours and cannot be used becomes a problem, never nothing.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from xapi_lrs_reports.statements.authorities import Authorities
from xapi_lrs_reports.statements.json_words import broken_json, wrong_type
from xapi_lrs_reports.statements.speakers import Speakers
from xapi_lrs_reports.statements.statement import (
    SIGNATURE,
    VERBS,
    VOIDED,
    Context,
    Fact,
    Object,
    Statement,
    StatementProblem,
    Void,
)
from xapi_lrs_reports.statements.timestamps import to_utc
from xapi_lrs_reports.statements.values import (
    Unusable,
    language_of,
    registration_of,
    text_of,
    to_uuid,
    uuid_or_none,
    without_empty_lists,
)

Outcome = Fact | Void | StatementProblem | None

_VERBS = {
    VERBS + verb: verb
    for verb in ("initialized", "completed", "passed", "failed", "suspended", "terminated")
}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LMS_PLATFORMS = frozenset(["cmi5", "lms-import"])
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,63}")
_PROFILE = re.compile(r"[a-z][a-z0-9-]{0,39}")
UNKNOWN_PROFILE = "unknown"
"""Of a statement that names a profile by no id: it is a guest's, nobody knows whose."""
_WITHOUT_ID = ("Agent", "Group", "SubStatement")
_CACHE_SIZE = 1000
_ERROR_PATH = re.compile(r" - at `(\$[^`]*)`\Z")


class Normaliser:
    """Turns the raw statements of one source into rows.

    `iri`, `chains` and their `salts` (the chain's id where none is given) come from the
    programme. `from_lrs` says that the source stamps authorities,
    so that one without is suspect; files often lose them. `notes` counts lenient readings.
    """

    def __init__(
        self,
        iri: str,
        chains: frozenset[str],
        authorities: Authorities,
        *,
        from_lrs: bool,
        salts: Mapping[str, str] | None = None,
    ) -> None:
        homes = {f"{iri}/chain/{chain}": chain for chain in chains}
        self._remade_from = (iri, chains, authorities, from_lrs, salts)
        self._speakers = Speakers(iri, homes, authorities, from_lrs=from_lrs, salts=salts)
        self._courses = f"{iri}/course/"
        self._hotels = f"{iri}/hotel/"
        self._hotel_source = f"{iri}/extension/hotel-source"
        self._profile = f"{iri}/extension/profile"
        self._decode: Callable[[bytes | msgspec.Raw], Statement] = msgspec.json.Decoder(
            Statement
        ).decode
        self._known_courses: dict[str, str] = {}
        self.notes: Counter[str] = Counter()

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process make its own; what this one has noted stays here."""
        return _remade, self._remade_from

    def __call__(self, raw: bytes | msgspec.Raw, source: str, line: int) -> Outcome:
        """Normalise one statement that stands at `line` of `source` (0: it has no line)."""
        statement: Statement | None = None
        try:
            statement = self._read(raw)
            return self._outcome(statement, source, line) if statement else None
        except Unusable as error:
            found = uuid_or_none(statement.id if statement else None)
            return StatementProblem(source, line, found, *error.args)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what = f"this is not a JSON statement: {broken_json(error)}"
            fix = "Export it again; the statements around it were read."
            return StatementProblem(source, line, None, "$", "statement-json", what, fix)

    def _read(self, raw: bytes | msgspec.Raw) -> Statement | None:
        """Read a statement; None if it is of wrong form and none of ours.

        Of a name that stands twice in an object the last one counts, also where an earlier one has
        a wrong type (RFC 8259, section 4, leaves it open).
        """
        try:
            return self._decode(raw)
        except msgspec.ValidationError as error:
            data = msgspec.json.decode(raw)
            with contextlib.suppress(msgspec.ValidationError):
                return msgspec.convert(without_empty_lists(data), Statement)
            self._raise_if_ours(data, error)
            return None

    def _raise_if_ours(self, data: object, error: msgspec.ValidationError) -> None:
        """Pass over a statement of wrong form if it is none of ours; else raise Unusable."""
        verb, thing = None, None
        if isinstance(data, dict):
            verb = data["verb"].get("id") if isinstance(data.get("verb"), dict) else None
            thing = data["object"].get("id") if isinstance(data.get("object"), dict) else None
        named = isinstance(verb, str) and isinstance(thing, str) and verb != VOIDED
        if named and not self._is_ours(str(verb), str(thing)):
            return
        place = _ERROR_PATH.search(str(error))
        path = place[1] if place else "$"
        fix = "Ask whoever made the export to write it as the xAPI 1.0.3 specification does."
        raise Unusable(path, "statement-type", wrong_type(path, str(error)), fix)

    def _is_ours(self, verb: str, thing: str) -> bool:
        return thing.startswith(self._courses) and verb in _VERBS

    def _outcome(self, statement: Statement, source: str, line: int) -> Fact | Void | None:
        verb = statement.verb.id if statement.verb else None
        thing = statement.object.id if statement.object else None
        kind = statement.object.object_type if statement.object else None
        if thing is None and kind in _WITHOUT_ID and verb not in (None, VOIDED):
            return None  # somebody or a plan was the object, and not a course
        if verb is None or (thing is None and (verb == VOIDED or verb in _VERBS)):
            path = "$.verb.id" if verb is None else "$.object.id"
            fix = "Check that the source holds xAPI statements and nothing else."
            raise Unusable(path, "not-a-statement", "this is missing, so it is no statement", fix)
        if verb == VOIDED:
            return self._void(statement, source, line)
        if thing is None or not self._is_ours(verb, thing):
            return None
        if kind not in (None, "Activity"):
            what = "the object has the IRI of a course and says that it is none"
            fix = "Only who completed the Activity itself is counted; correct the sender."
            raise Unusable("$.object.objectType", "object-type", what, fix)
        course = self._known_courses.get(thing) or self._course(thing)
        if course is None:
            return None
        self._note_signature(statement.attachments)
        return self._fact(statement, _VERBS[verb], course, source, line)

    def _note_signature(self, attachments: object) -> None:
        """Count statements that are signed (xAPI 1.0.3 Data, section 2.6)."""
        given = attachments if isinstance(attachments, list) else ()
        if any(isinstance(one, dict) and one.get("usageType") == SIGNATURE for one in given):
            self.notes["are signed; noroom keeps no attachments, and checks no signature"] += 1

    def _void(self, statement: Statement, source: str, line: int) -> Void:
        return Void(
            to_uuid(statement.object.id if statement.object else None, "$.object.id"),
            to_uuid(statement.id, "$.id"),
            self._speakers.key(statement.authority),
            source,
            line,
        )

    def _course(self, thing: str) -> str | None:
        """Give the course's id; None for an activity inside a course, such as a page."""
        course, _, inside = thing[len(self._courses) :].partition("/")
        if not _ID.fullmatch(course) or (inside == "" and thing.endswith("/")):
            what = "this is not the IRI of a course"
            fix = f"Write {self._courses}<course id>: small letters, digits and hyphens."
            raise Unusable("$.object.id", "course-iri", what, fix)
        if inside:
            return None
        if len(self._known_courses) < _CACHE_SIZE:
            self._known_courses[thing] = course
        return course

    def _fact(self, statement: Statement, verb: str, course: str, source: str, line: int) -> Fact:
        context = statement.context or _NO_CONTEXT
        chain, learner = self._speakers.learner(statement.actor, statement.authority)
        self._speakers.check(statement.authority, chain)
        version, hotel = self._grouping(context, course)
        timestamp, stored, sent_at = self._times(statement)
        result = statement.result
        platform = text_of(context.platform)
        return Fact(
            statement_id=to_uuid(statement.id, "$.id"),
            verb=verb,
            course=course,
            course_version=version,
            chain=chain,
            learner=f"{chain}/{learner}",
            hotel=hotel,
            hotel_source=self._source_of_hotel(context) if hotel else None,
            evidence="lms_recorded" if platform in _LMS_PLATFORMS else "self_asserted",
            completion=result.completion if result else None,
            success=result.success if result else None,
            registration=registration_of(context.registration),
            timestamp=timestamp,
            stored=stored,
            sent_at=sent_at,
            authority=self._speakers.key(statement.authority),
            language=language_of(context.language),
            source=source,
            line=line,
            profile=self._profile_in(context),
        )

    def _grouping(self, context: Context, course: str) -> tuple[str, str | None]:
        """Give the course version ("" if none) and the hotel (None if none)."""
        activities = context.context_activities
        grouping = activities.grouping if activities else None
        if grouping is None:
            return "", None
        version, hotels = "", set()
        prefix = f"{self._courses}{course}/version/"
        for activity in [grouping] if isinstance(grouping, Object) else grouping:
            name = activity.id or ""
            if name.startswith(self._hotels):
                hotels.add(name[len(self._hotels) :])
            elif name.startswith(prefix):
                version = name[len(prefix) :]
        if len(hotels) > 1 or not all(map(_ID.fullmatch, hotels)):
            path = "$.context.contextActivities.grouping"
            what = f"{len(hotels)} hotels are named" if len(hotels) > 1 else "no such hotel id"
            fix = f"Name one hotel as {self._hotels}<hotel id>: small letters, digits, hyphens."
            raise Unusable(path, "hotel-iri", what, fix)
        known = version if _VERSION.fullmatch(version) else ""
        return known, hotels.pop() if hotels else None

    def _source_of_hotel(self, context: Context) -> str:
        given = (context.extensions or {}).get(self._hotel_source)
        return "package" if given == "package" else "learner"

    def _profile_in(self, context: Context) -> str | None:
        """Give the profile; one in an odd form still says that this should not be counted."""
        given = (context.extensions or {}).get(self._profile)
        if given is None or (isinstance(given, str) and _PROFILE.fullmatch(given)):
            return given
        return UNKNOWN_PROFILE

    def _times(self, statement: Statement) -> tuple[str, str | None, str | None]:
        """Give the fact's timestamp, `stored` and the statement's own timestamp."""
        sent_at = self._time(statement.timestamp, "$.timestamp")
        stored = self._time(statement.stored, "$.stored")
        given = [moment for moment in (sent_at, stored) if moment]
        if not given:
            fix = "Add the timestamp; without it nobody knows whether the completion is recent."
            raise Unusable("$.timestamp", "timestamp-missing", "there is no timestamp", fix)
        if not sent_at:
            self.notes["had no timestamp; the time when the LRS stored them was taken"] += 1
        return min(given), stored, sent_at

    def _time(self, text: str | None, path: str) -> str | None:
        if text is None:
            return None
        try:
            found, zoned = to_utc(text)
        except ValueError:
            what = "this is not a time since the year 2000"
            fix = "Write it as 2026-11-21T10:00:00.000Z."
            raise Unusable(path, "timestamp", what, fix) from None
        if not zoned:
            self.notes["had a time without zone, read as UTC"] += 1
        return found


def _remade(
    iri: str,
    chains: frozenset[str],
    authorities: Authorities,
    from_lrs: bool,
    salts: Mapping[str, str] | None,
) -> Normaliser:
    return Normaliser(iri, chains, authorities, from_lrs=from_lrs, salts=salts)


_NO_CONTEXT = Context()
