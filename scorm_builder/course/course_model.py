"""The shape of every file of a course; no I/O and no rules across nodes.

The field tables of docs/course-format.md are generated from these models. `Form` says which
strings a translator sees and how an author may mark them up.
"""

import enum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from programme.contacts.records import Reader
from programme.languages import LanguageStatus
from programme.settings import Country, Id, LanguageTag
from programme.validate import Strict
from programme.words import Fits
from scorm_builder.standards.limits import TITLE_CHARACTERS

SOURCES = "sources.md"


class Form(enum.Enum):
    """How a translatable text is written: no markup, one paragraph of Markdown, or several."""

    PLAIN = "plain text"
    INLINE = "Markdown, one paragraph"
    BLOCK = "Markdown"


Title = Annotated[str, Field(min_length=1, max_length=TITLE_CHARACTERS), Form.PLAIN]
Plain = Annotated[str, Field(min_length=1), Form.PLAIN]
Inline = Annotated[str, Field(min_length=1), Form.INLINE]
Paragraphs = Annotated[str, Field(min_length=1), Form.BLOCK]
OptionalPlain = Annotated[Annotated[str, Field(min_length=1)] | None, Form.PLAIN]
OptionalInline = Annotated[Annotated[str, Field(min_length=1)] | None, Form.INLINE]
OptionalBlock = Annotated[Annotated[str, Field(min_length=1)] | None, Form.BLOCK]

NodeId = Annotated[
    str,
    AfterValidator(
        Fits(
            r"[a-z][a-z0-9-]{0,39}",
            "Write small letters, digits and hyphens, a letter first, such as night-shift.",
        )
    ),
]
ClaimId = Annotated[
    str,
    AfterValidator(Fits(r"[^\s|]+", f"Write one word that stands in {SOURCES}.")),
]
Minutes = Annotated[
    str,
    AfterValidator(
        Fits(r"[0-9]{1,3}:[0-5][0-9]", 'Write minutes:seconds in quotes, such as "2:30".')
    ),
]
Version = Annotated[
    str,
    AfterValidator(Fits(r"[0-9]+\.[0-9]+\.[0-9]+", "Write three numbers, such as 1.0.0.")),
]
FilePath = Annotated[
    str, AfterValidator(Fits(r"\S(.*\S)?", "Write the name of a file in the course's folder."))
]
SvgId = Annotated[
    str,
    AfterValidator(
        Fits(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", "Write the id of an element of the scene.")
    ),
]
OnlyIf = Literal["danger_rule", "no_danger_rule"]
ScaleAnswer = Literal["nothing", "alert", "tell"]
Role = Literal[
    "front_desk", "housekeeping", "food_beverage", "security", "maintenance", "management",
    "holiday_park",
]  # fmt: skip


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
    danger_rule: Literal["call_emergency_then_manager", "off"] = "off"
    tracking: bool = True
    check: CheckSettings | None = None
    reading: ReadingSettings | None = None
    signals: FilePath | None = None
    contacts_for: Reader = "staff"
    blocks: Annotated[list[FilePath], Field(min_length=1)]


class Named(Strict):
    """What has an id, by which its texts are translated."""

    id: NodeId


class Node(Named):
    """What may stand on every page, card, statement, option, step and question."""

    only_if: OnlyIf | None = None
    roles: list[Role] = []


class Picture(Strict):
    """A picture of the folder media/, and what it shows in words for who does not see it."""

    file: FilePath
    description: Plain


class SignalNode(Node):
    """A node that may show signals."""

    signals: list[NodeId] = []


class Card(SignalNode):
    """One card of a `cards` page, or one picture of a `video` page."""

    title: Title
    text: Paragraphs
    picture: Picture | None = None
    audio: FilePath | None = None


class Statement(SignalNode):
    """One statement of a `true_false` page."""

    text: Inline
    answer: bool
    feedback: Paragraphs


class Option(SignalNode):
    """One option of a `choose_one` or `choose_several` page or question."""

    text: Inline
    right: bool
    feedback: OptionalBlock = None


class Step(Node):
    """One step of an `order` page; the file lists them in the right order."""

    text: Inline


class ScaleFeedback(Strict):
    """What is said to each answer on a card of a `signals_scale` page."""

    nothing: Paragraphs
    alert: Paragraphs
    tell: Paragraphs


class ScaleCard(SignalNode):
    """One card of a `signals_scale` page; each one adds to those before it."""

    title: Title
    text: Paragraphs
    fits: Annotated[list[ScaleAnswer], Field(min_length=1, max_length=2)]
    feedback: ScaleFeedback


class Bin(Node):
    """Where a card of a `sort` page may go."""

    title: Title


class SortCard(SignalNode):
    """One card of a `sort` page."""

    text: Inline
    bin: NodeId
    feedback: Paragraphs


class Reply(Node):
    """What the learner may do or say at a turn, and the turn or ending that follows."""

    text: Inline
    feedback: OptionalBlock = None
    to: NodeId


class Turn(SignalNode):
    """One turn of a `dialogue` page; the conversation begins with the first one."""

    title: Title
    text: Paragraphs
    question: OptionalInline = None
    choices: Annotated[list[Reply], Field(min_length=2, max_length=4)]


class Ending(Node):
    """Where a conversation ends, with what there is to learn from it."""

    title: Title
    text: Paragraphs
    good: bool


class PageNode(SignalNode):
    """What every page has."""

    title: Title
    warning: OptionalBlock = None
    picture: Picture | None = None
    audio: FilePath | None = None
    claims: list[ClaimId] = []
    referral: bool = False


class TextPage(PageNode):
    """A page to read."""

    kind: Literal["text"]
    text: Paragraphs


class CardsPage(PageNode):
    """Cards to open, one after the other."""

    kind: Literal["cards"]
    text: OptionalBlock = None
    cards: Annotated[list[Card], Field(min_length=2, max_length=8)]


class VideoPage(PageNode):
    """A film with captions; who does not take it gets the same as pictures or as words."""

    kind: Literal["video"]
    text: OptionalBlock = None
    film: FilePath
    cards: Annotated[list[Card], Field(min_length=2, max_length=12)]
    transcript: Paragraphs


class TrueFalsePage(PageNode):
    """Statements that are true or not."""

    kind: Literal["true_false"]
    text: OptionalBlock = None
    statements: Annotated[list[Statement], Field(min_length=1, max_length=6)]


class ChooseOnePage(PageNode):
    """A question with one right option."""

    kind: Literal["choose_one"]
    text: OptionalBlock = None
    question: Inline
    options: Annotated[list[Option], Field(min_length=2, max_length=5)]
    keep_order: bool = False
    feedback: OptionalBlock = None


class ChooseSeveralPage(PageNode):
    """A question with one or more right options."""

    kind: Literal["choose_several"]
    text: OptionalBlock = None
    question: Inline
    options: Annotated[list[Option], Field(min_length=2, max_length=9)]
    keep_order: bool = False
    feedback: Paragraphs


class OrderPage(PageNode):
    """Steps to put in order."""

    kind: Literal["order"]
    text: OptionalBlock = None
    question: Inline
    steps: Annotated[list[Step], Field(min_length=3, max_length=7)]
    feedback: Paragraphs


class SceneObject(Node):
    """One thing in the scene of a `hotspot` page: with `signal` a signal, without it innocent."""

    title: Title
    text: Inline
    signal: NodeId | None = None
    element: SvgId | None = None


class HotspotPage(PageNode):
    """A picture to look around in: which of its things can be signals?"""

    kind: Literal["hotspot"]
    text: OptionalBlock = None
    question: Inline
    scene: Picture
    objects: Annotated[list[SceneObject], Field(min_length=2, max_length=12)]
    needed: Annotated[int, Field(ge=1)] | None = None
    feedback: Paragraphs


class SignalsScalePage(PageNode):
    """Cards that add up; after each one the learner says how clear the picture is."""

    kind: Literal["signals_scale"]
    text: OptionalBlock = None
    cards: Annotated[list[ScaleCard], Field(min_length=2, max_length=8)]
    feedback: Paragraphs


class SortPage(PageNode):
    """Cards that go into two or three bins, one at a time."""

    kind: Literal["sort"]
    text: OptionalBlock = None
    question: Inline
    bins: Annotated[list[Bin], Field(min_length=2, max_length=3)]
    cards: Annotated[list[SortCard], Field(min_length=3, max_length=10)]
    feedback: Paragraphs


class DialoguePage(PageNode):
    """A conversation with several ways through it and several endings."""

    kind: Literal["dialogue"]
    text: OptionalBlock = None
    turns: Annotated[list[Turn], Field(min_length=1, max_length=12)]
    endings: Annotated[list[Ending], Field(min_length=2, max_length=6)]


class ReflectionPage(PageNode):
    """A question to think about; what a learner writes is neither kept nor sent."""

    kind: Literal["reflection"]
    text: OptionalBlock = None
    question: Inline
    team: OptionalBlock = None


class CheckPage(PageNode):
    """Where the questions of the check are asked."""

    kind: Literal["check"]
    text: Paragraphs


class FinishPage(PageNode):
    """The last page."""

    kind: Literal["finish"]
    text: Paragraphs
    card: OptionalBlock = None
    team: OptionalBlock = None


class RolePage(PageNode):
    """Where learners say what work they do; `otherwise` is what everybody else gets."""

    kind: Literal["role"]
    text: OptionalBlock = None
    otherwise: Role


ChoosePage = ChooseOnePage | ChooseSeveralPage
PracticePage = HotspotPage | SignalsScalePage | SortPage | DialoguePage | ReflectionPage
ReadPage = TextPage | CardsPage | VideoPage | RolePage | CheckPage | FinishPage
AnyPage = ReadPage | TrueFalsePage | ChoosePage | OrderPage | PracticePage
Page = Annotated[AnyPage, Field(discriminator="kind")]


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
