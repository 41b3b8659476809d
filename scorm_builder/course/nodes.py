"""What stands on a page or question, each part with an id: cards, statements, options, turns.

No I/O and no rules across nodes. The field tables of docs/course-format.md are generated from these
models and those of pages.py and course_model.py.
"""

from typing import Annotated, Literal

from pydantic import Field

from programme.validate import Strict
from scorm_builder.course.field_types import (
    FilePath,
    Inline,
    NodeId,
    OptionalBlock,
    OptionalInline,
    Paragraphs,
    Plain,
    Role,
    SvgId,
    Title,
)

OnlyIf = Literal["danger_rule", "no_danger_rule"]
ScaleAnswer = Literal["nothing", "alert", "tell"]


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


class SceneObject(Node):
    """One thing in the scene of a `hotspot` page: with `signal` a signal, without it innocent."""

    title: Title
    text: Inline
    signal: NodeId | None = None
    element: SvgId | None = None
