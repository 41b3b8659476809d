"""The pages of a block, one model for each `kind`."""

from typing import Annotated, Literal

from pydantic import Field

from scorm_builder.course.field_types import (
    ClaimId,
    FilePath,
    Inline,
    NodeId,
    OptionalBlock,
    Paragraphs,
    Role,
    Title,
)
from scorm_builder.course.nodes import (
    Bin,
    Card,
    Ending,
    Option,
    Picture,
    ScaleCard,
    SceneObject,
    SignalNode,
    SortCard,
    Statement,
    Step,
    Turn,
)


class PageNode(SignalNode):
    """What every page has."""

    title: Title
    warning: OptionalBlock = None
    picture: Picture | None = None
    audio: FilePath | None = None
    claims: list[ClaimId] = []
    referral: bool = False
    profiles: list[NodeId] = []


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


class OptionsPage(PageNode):
    """A question with options to choose from."""

    kind: Literal["choose_one", "choose_several"]
    text: OptionalBlock = None
    question: Inline
    options: Annotated[list[Option], Field(min_length=2, max_length=9)]
    keep_order: bool = False
    feedback: OptionalBlock = None


class ChooseOnePage(OptionsPage):
    """A question with one right option."""

    kind: Literal["choose_one"]
    options: Annotated[list[Option], Field(min_length=2, max_length=5)]


class ChooseSeveralPage(OptionsPage):
    """A question with one or more right options."""

    kind: Literal["choose_several"]
    feedback: Paragraphs


class OrderPage(PageNode):
    """Steps to put in order."""

    kind: Literal["order"]
    text: OptionalBlock = None
    question: Inline
    steps: Annotated[list[Step], Field(min_length=3, max_length=7)]
    feedback: Paragraphs


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
