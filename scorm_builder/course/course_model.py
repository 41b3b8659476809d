"""The shape of course.yaml, of a file of blocks/, and of a question of the pool.

No I/O and no rules across nodes; what stands on pages is in pages.py and nodes.py.
"""

from typing import Annotated, Literal

from pydantic import Field

from programme.contacts.records import Reader
from programme.languages import LanguageStatus
from programme.settings import Country, Id, LanguageTag
from programme.validate import Strict
from scorm_builder.course.field_types import (
    ClaimId,
    FilePath,
    Inline,
    Minutes,
    NodeId,
    OptionalBlock,
    OptionalPlain,
    Paragraphs,
    Plain,
    Role,
    Title,
    Version,
)
from scorm_builder.course.nodes import Option, SignalNode
from scorm_builder.course.pages import Page


class CheckSettings(Strict):
    """The check at the end: `draw` questions from the pool, `pass` of them right."""

    draw: Annotated[int, Field(ge=1, le=50)]
    pass_: Annotated[int, Field(ge=1, le=50, alias="pass")]
    questions: FilePath


class RoleChoice(Strict):
    """One kind of work that the course has pages for; learners choose it by its title."""

    id: Role
    title: Title
    description: OptionalPlain = None


class ProfileChoice(Strict):
    """For whom the course is: the words that differ, and whether a completion counts."""

    id: NodeId
    title: Title
    counts: bool = True
    manager: OptionalPlain = None
    second_contact: OptionalPlain = None
    roles: Annotated[list[Role], Field(min_length=1)] | None = None


class ReadingSettings(Strict):
    """For whom the words are: how fast the slowest of them read, and how well."""

    words_per_minute: Annotated[int, Field(ge=60, le=250)] = 100
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] = "B1"
    sentence_words: Annotated[int, Field(ge=6, le=60)] = 20


class CourseFile(Strict):
    """course.yaml."""

    id: Id
    version: Version
    title: Title
    description: Plain
    languages: Annotated[dict[LanguageTag, LanguageStatus], Field(min_length=1)]
    minutes: Minutes
    country: Country
    roles: Annotated[list[RoleChoice], Field(min_length=2)] | None = None
    profiles: Annotated[list[ProfileChoice], Field(min_length=2, max_length=6)] | None = None
    danger_rule: Literal["call_emergency_then_manager", "off"] = "off"
    tracking: bool = True
    check: CheckSettings | None = None
    reading: ReadingSettings | None = None
    signals: FilePath | None = None
    contacts_for: Reader = "staff"
    blocks: Annotated[list[FilePath], Field(min_length=1)]


class Block(Strict):
    """One file of blocks/."""

    id: NodeId
    title: Title
    minutes: Minutes
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None = None
    breakpoint: bool = False
    chain_pages: bool = False
    pages: Annotated[list[Page], Field(min_length=1)]


class Question(SignalNode):
    """One question of the pool; `must_pass` is always drawn and must be right."""

    kind: Literal["choose_one", "choose_several"]
    must_pass: bool = False
    text: Paragraphs
    question: Inline
    options: Annotated[list[Option], Field(min_length=2, max_length=9)]
    keep_order: bool = False
    feedback: OptionalBlock = None
    claims: list[ClaimId] = []


def seconds(minutes: str) -> int:
    """Give the seconds of a `minutes:seconds` text such as "1:30"."""
    whole, _, rest = minutes.partition(":")
    return int(whole) * 60 + int(rest)
