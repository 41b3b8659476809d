"""The few fields of an xAPI statement that the rule needs, and the flat rows made of them.

A statement is read into msgspec structs; every other field passes by unread. Fields whose wrong
type must not cost a completion (platform, language, registration) are typed Any. Reads xAPI 1.0.3
and 2.0.
"""

from __future__ import annotations

from typing import Any

import msgspec

VERBS = "http://adlnet.gov/expapi/verbs/"
VOIDED = VERBS + "voided"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
LMS_IMPORT = "lms-import"
"""The authority of facts that were read from an export of an LMS; no digest is spelled so."""
ALIAS = "alias"
"""`<chain>/alias/<pseudonym>` is a person under another id than the one that the LMS gives to the
course; the roster brings it to an employee, and without it, it is nobody's."""
REVIEW = "completion-code-"
"""The problem codes of completion codes begin so: they wait for a person, as statements do not."""


class Account(msgspec.Struct, gc=False, rename={"home_page": "homePage"}):
    """An account (xAPI 1.0.3 Data, section 2.4.2.4)."""

    home_page: str | None = None
    name: str | None = None


class Agent(msgspec.Struct, gc=False, rename={"object_type": "objectType"}):
    """An Agent or Group, as actor or as authority (xAPI 1.0.3 Data, section 2.4.2)."""

    object_type: str | None = None
    account: Account | None = None
    mbox: str | None = None
    mbox_sha1sum: str | None = None
    openid: str | None = None
    member: list[Agent] | None = None


class Verb(msgspec.Struct, gc=False):
    """A verb."""

    id: str | None = None


class Object(msgspec.Struct, gc=False, rename={"object_type": "objectType"}):
    """The object: an Activity, or the StatementRef of a voiding statement.

    Agents, Groups and SubStatements have no id (xAPI 1.0.3 Data, section 2.4.4).
    """

    id: str | None = None
    object_type: Any = None


class Result(msgspec.Struct, gc=False):
    """The result, without score and duration."""

    completion: bool | None = None
    success: bool | None = None


class ContextActivities(msgspec.Struct, gc=False):
    """The grouping activities: a list, or a single one as xAPI 0.95 wrote it."""

    grouping: list[Object] | Object | None = None


class Context(msgspec.Struct, gc=False, rename={"context_activities": "contextActivities"}):
    """The context, in 1.0.3 or 2.0; contextAgents and contextGroups are not read."""

    registration: Any = None
    platform: Any = None
    language: Any = None
    context_activities: ContextActivities | None = None
    extensions: dict[str, Any] | None = None


class Statement(msgspec.Struct, gc=False):
    """One statement."""

    id: str | None = None
    actor: Agent | None = None
    verb: Verb | None = None
    object: Object | None = None
    result: Result | None = None
    context: Context | None = None
    timestamp: str | None = None
    stored: str | None = None
    authority: Agent | None = None
    attachments: Any = None


class Fact(msgspec.Struct, gc=False, frozen=True):
    """One relevant statement, flat (docs/contracts.md section 7).

    `learner` is `<chain>/<pseudonym>`. `timestamp` (the earlier of sent_at and stored), `stored`
    and `sent_at` (the statement's own timestamp) are UTC, ISO 8601 without zone, milliseconds.
    `authority` is authorities.authority_key of whoever wrote it; None: the source does not say.
    `evidence` is what the statement claims; the rule believes `lms_recorded` of an LMS alone.
    `profile` is the audience that the package calls the learner where it does not count.
    """

    statement_id: str
    verb: str
    course: str
    course_version: str
    chain: str
    learner: str
    hotel: str | None
    hotel_source: str | None
    evidence: str
    completion: bool | None
    success: bool | None
    registration: str | None
    timestamp: str
    stored: str | None
    sent_at: str | None
    authority: str | None
    language: str | None
    source: str
    line: int
    profile: str | None = None


HANDED_IN = Fact(
    statement_id="", verb="completed", course="", course_version="", chain="", learner="",
    hotel=None, hotel_source=None, evidence="", completion=True, success=None, registration=None,
    timestamp="", stored=None, sent_at=None, authority=None, language=None, source="", line=0,
)  # fmt: skip
"""What holds of a completion that no statement reports: HR handed it in, or an LMS exported it."""


class Void(msgspec.Struct, gc=False, frozen=True):
    """One voiding statement. `by_authority` is authorities.authority_key, or None."""

    target_id: str
    statement_id: str
    by_authority: str | None
    source: str
    line: int


class StatementProblem(msgspec.Struct, gc=False, frozen=True):
    """Why one statement cannot be used: its place, never the statement itself.

    `path` is the JSON path inside the statement, such as `$.actor.account.homePage`. A completion
    code that waits for review is one too: `path` is then its cell, such as `Codes!B3`, and
    `statement_id` an id by which it is known again in another copy of the sheet.
    """

    source: str
    line: int
    statement_id: str | None
    path: str
    code: str
    what: str
    fix: str

    @property
    def is_review(self) -> bool:
        """Tell whether this is a completion code that waits for a person."""
        return self.code.startswith(REVIEW)

    def __str__(self) -> str:
        """Render as text: `source:line: error[code]: path: what`, then the cure."""
        if self.is_review:
            return f"{self.source}:{self.path}: error[{self.code}]: {self.what}\n  {self.fix}"
        place = f"{self.source}:{self.line}" if self.line else self.source
        name = f" (statement {self.statement_id})" if self.statement_id else ""
        path = f"{self.path}: " if self.path != "$" else ""
        return f"{place}: error[{self.code}]: {path}{self.what}{name}\n  {self.fix}"

    def as_json(self) -> dict[str, object]:
        """Give the fields by name."""
        return msgspec.structs.asdict(self)


Row = Fact | Void | StatementProblem
"""What the store keeps of one statement."""
