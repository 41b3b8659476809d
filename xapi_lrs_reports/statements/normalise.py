"""One raw statement -> Fact, Void, StatementProblem, or None when it is none of ours.

Lenient in form (missing timestamp, upper-case ids, single grouping activity, unread extras), strict
in meaning: who speaks for which chain, and that nobody's name comes in (docs/contracts.md sections
1-3 and 7). What is ours and cannot be used becomes a problem, never nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from programme.pseudonym import ANONYMOUS, pseudonym
from xapi_lrs_reports.people.aliases import actor_key
from xapi_lrs_reports.statements.authorities import Authorities, authority_key
from xapi_lrs_reports.statements.json_words import broken_json, wrong_type
from xapi_lrs_reports.statements.statement import (
    ALIAS,
    SIGNATURE,
    VERBS,
    VOIDED,
    Account,
    Agent,
    Context,
    Fact,
    Object,
    Statement,
    StatementProblem,
    Void,
)
from xapi_lrs_reports.statements.timestamps import to_utc

Outcome = Fact | Void | StatementProblem | None

_VERBS = {
    VERBS + verb: verb
    for verb in ("initialized", "completed", "passed", "failed", "suspended", "terminated")
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PSEUDONYM = re.compile(r"[a-z2-7]{32}")
_LMS_PLATFORMS = frozenset(["cmi5", "lms-import"])
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,63}")
_PROFILE = re.compile(r"[a-z][a-z0-9-]{0,39}")
UNKNOWN_PROFILE = "unknown"
"""Of a statement that names a profile by no id: it is a guest's, nobody knows whose."""
_WITHOUT_ID = ("Agent", "Group", "SubStatement")
_CACHE_SIZE = 1000
_ERROR_PATH = re.compile(r" - at `(\$[^`]*)`\Z")


class _Unusable(Exception):
    """A statement of ours that cannot be used: path, code, what, fix."""


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
        self._authorities = authorities
        self._from_lrs = from_lrs
        self._salts = salts or {}
        self._courses = f"{iri}/course/"
        self._hotels = f"{iri}/hotel/"
        self._hotel_source = f"{iri}/extension/hotel-source"
        self._profile = f"{iri}/extension/profile"
        self._homes = {f"{iri}/chain/{chain}": chain for chain in chains}
        self._iri = iri
        self._decode: Callable[[bytes | msgspec.Raw], Statement] = msgspec.json.Decoder(
            Statement
        ).decode
        self._known_courses: dict[str, str] = {}
        self._cleared: set[tuple[str | None, str]] = set()
        self.notes: Counter[str] = Counter()

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process make its own; what this one has noted stays here."""
        return _remade, (self._iri, self._homes, self._authorities, self._from_lrs, self._salts)

    def __call__(self, raw: bytes | msgspec.Raw, source: str, line: int) -> Outcome:
        """Normalise one statement that stands at `line` of `source` (0: it has no line)."""
        statement: Statement | None = None
        try:
            statement = self._read(raw)
            return self._outcome(statement, source, line) if statement else None
        except _Unusable as error:
            found = _uuid_or_none(statement.id if statement else None)
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
                return msgspec.convert(data, Statement)
            self._raise_if_ours(data, error)
            return None

    def _raise_if_ours(self, data: object, error: msgspec.ValidationError) -> None:
        """Pass over a statement of wrong form if it is none of ours; else raise _Unusable."""
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
        raise _Unusable(path, "statement-type", wrong_type(path, str(error)), fix)

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
            raise _Unusable(path, "not-a-statement", "this is missing, so it is no statement", fix)
        if verb == VOIDED:
            return self._void(statement, source, line)
        if thing is None or not self._is_ours(verb, thing):
            return None
        if kind not in (None, "Activity"):
            what = "the object has the IRI of a course and says that it is none"
            fix = "Only who completed the Activity itself is counted; correct the sender."
            raise _Unusable("$.object.objectType", "object-type", what, fix)
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
            _uuid(statement.object.id if statement.object else None, "$.object.id"),
            _uuid(statement.id, "$.id"),
            self._authority_key(statement.authority),
            source,
            line,
        )

    def _authority_key(self, agent: Agent | None) -> str | None:
        name = self._authorities.name(agent)
        return authority_key(name) if name else None

    def _course(self, thing: str) -> str | None:
        """Give the course's id; None for an activity inside a course, such as a page."""
        course, _, inside = thing[len(self._courses) :].partition("/")
        if not _ID.fullmatch(course) or (inside == "" and thing.endswith("/")):
            what = "this is not the IRI of a course"
            fix = f"Write {self._courses}<course id>: small letters, digits and hyphens."
            raise _Unusable("$.object.id", "course-iri", what, fix)
        if inside:
            return None
        if len(self._known_courses) < _CACHE_SIZE:
            self._known_courses[thing] = course
        return course

    def _fact(self, statement: Statement, verb: str, course: str, source: str, line: int) -> Fact:
        context = statement.context or _NO_CONTEXT
        chain, learner = self._learner(statement.actor, statement.authority)
        self._check_authority(statement.authority, chain)
        version, hotel = self._grouping(context, course)
        timestamp, stored, sent_at = self._times(statement)
        result = statement.result
        platform = _text(context.platform)
        return Fact(
            statement_id=_uuid(statement.id, "$.id"),
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
            registration=_registration(context.registration),
            timestamp=timestamp,
            stored=stored,
            sent_at=sent_at,
            authority=self._authority_key(statement.authority),
            language=_language(context.language),
            source=source,
            line=line,
            profile=self._profile_in(context),
        )

    def _learner(self, actor: Agent | None, authority: Agent | None) -> tuple[str, str]:
        """Give chain and pseudonym; raises _Unusable without ever repeating a name."""
        if actor is None or actor.object_type == "Group" or actor.member:
            what = "the actor is a group" if actor else "there is no actor"
            fix = "One statement is about one person; a group's completion cannot be counted."
            raise _Unusable("$.actor", "actor-group" if actor else "actor-missing", what, fix)
        account = actor.account
        if found := self._other_id(actor, authority):
            return found
        if account is None:
            what = "the actor has no account"
            fix = (
                f"Statements of this programme name a pseudonym under {self._iri}/chain/<chain>. "
                "Of another LRS, an authority with a chain says whose people they are."
            )
            raise _Unusable("$.actor.account", "actor-account", what, fix)
        chain = self._homes.get(account.home_page or "")
        if chain is None:
            what = "this is not a chain of the programme"
            known = ", ".join(sorted(self._homes.values())) or "none"
            fix = f"Write {self._iri}/chain/<chain>, or add the chain's folder. Known: {known}."
            raise _Unusable("$.actor.account.homePage", "actor-chain", what, fix)
        name = account.name or ""
        if name != ANONYMOUS and not _PSEUDONYM.fullmatch(name):
            what = "this is not a pseudonym (it is not repeated here, it may be a name)"
            fix = "Only pseudonyms come in: 32 characters a-z, 2-7, made by the course player."
            raise _Unusable("$.actor.account.name", "actor-pseudonym", what, fix)
        return chain, name

    def _other_id(self, actor: Agent, authority: Agent | None) -> tuple[str, str] | None:
        """Give chain and `alias/<pseudonym>` of a person named in another way than by a pseudonym.

        Only what a chain's own authority wrote says whose employee that is; the roster says who.
        """
        account = actor.account or _NO_ACCOUNT
        is_ours = (account.home_page or "").startswith(f"{self._iri}/")
        if is_ours or _PSEUDONYM.fullmatch(account.name or ""):
            return None  # a package of another programme, or of a chain without a folder
        known = self._authorities.get(self._authorities.name(authority))
        key = actor_key(actor)
        if known is None or known.chain is None or key is None:
            return None
        name = pseudonym(key, self._salts.get(known.chain, known.chain))
        return known.chain, name if name == ANONYMOUS else f"{ALIAS}/{name}"

    def _check_authority(self, agent: Agent | None, chain: str) -> None:
        if not self._authorities or (agent is None and not self._from_lrs):
            return
        name = self._authorities.name(agent)
        if (name, chain) in self._cleared:
            return
        known = self._authorities.get(name)
        if known is None:
            what = "the authority is missing or names nobody"
            if name:
                what = f"an authority of {_domain(name)} wrote this, and it is not the programme's"
            fix = (
                "If it may write, list the statement's authority under authorities in "
                "programme.yaml and read again."
            )
            code = "authority-unknown" if name else "authority-missing"
            raise _Unusable("$.authority", code, what, fix)
        if known.chain is not None and known.chain != chain:
            what = f"the authority of chain {known.chain} wrote about a learner of chain {chain}"
            fix = "Find out whose key was used; a chain's key speaks for that chain alone."
            raise _Unusable("$.authority", "authority-chain", what, fix)
        self._cleared.add((name, chain))

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
            raise _Unusable(path, "hotel-iri", what, fix)
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
            raise _Unusable("$.timestamp", "timestamp-missing", "there is no timestamp", fix)
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
            raise _Unusable(path, "timestamp", what, fix) from None
        if not zoned:
            self.notes["had a time without zone, read as UTC"] += 1
        return found


def _remade(
    iri: str,
    homes: Mapping[str, str],
    authorities: Authorities,
    from_lrs: bool,
    salts: Mapping[str, str],
) -> Normaliser:
    chains = frozenset(homes.values())
    return Normaliser(iri, chains, authorities, from_lrs=from_lrs, salts=salts)


_NO_CONTEXT = Context()
_NO_ACCOUNT = Account()


def _uuid(text: str | None, path: str) -> str:
    found = _uuid_or_none(text)
    if found is None:
        what = "there is no id" if text is None else "this id is not a UUID"
        fix = "A statement without its id cannot be told from its copies; export it with the id."
        raise _Unusable(path, "statement-id", what, fix)
    return found


def _uuid_or_none(text: str | None) -> str | None:
    lower = text.lower() if text else ""
    return lower if _UUID.fullmatch(lower) else None


def _text(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and value else None


def _registration(value: object) -> str | None:
    """Give the attempt's id; one that is no UUID may hold a name, and is kept as a digest."""
    text = _text(value)
    if text is None or _UUID.fullmatch(text):
        return text
    return hashlib.sha256(text.encode()).hexdigest()[:36]


def _language(value: object) -> str | None:
    text = _text(value)
    return text if text and _LANGUAGE.fullmatch(text) else None


def _domain(authority: str) -> str:
    """Give where an authority is at home, without its name, which may be a person's."""
    if authority.startswith("mailto:"):
        return authority.rpartition("@")[2][:80]
    return authority.partition("|")[0][:80]
