"""The shape of signals.yaml and contacts.yaml: what pages and questions refer to."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from programme.settings import Country
from programme.validate import Strict
from programme.words import Date, Fits, Word
from scorm_builder.course.course_model import (
    ClaimId,
    Form,
    NodeId,
    OptionalPlain,
    Plain,
    Role,
    Title,
)

Dial = Annotated[
    str,
    AfterValidator(
        Fits(
            r"tel:[+]?[0-9*#-]+|https://[^\s<>\"]+",
            "Write what a phone dials, such as tel:112 or tel:+31800123.",
        )
    ),
]


class Signal(Strict):
    """One signal, with the innocent explanations that it may have."""

    id: NodeId
    text: Plain
    roles: Annotated[list[Role], Field(min_length=1)]
    place: Literal["reception", "corridor", "room", "bar", "garage", "chalet", "outside"]
    strength: Literal["weak", "medium", "strong"]
    innocent: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=2), Form.PLAIN]
    required: bool = False
    source: ClaimId


class Contact(Strict):
    """Whom to call in one country."""

    id: NodeId
    country: Country
    kind: Literal["emergency", "police", "anonymous", "victim_support", "labour", "child"]
    name: Title
    number: Annotated[Word, Field(max_length=60)]
    dial: Dial
    note: OptionalPlain = None
    use: Literal["help", "referral"]
    source: Annotated[str, Field(min_length=1)]
    confidence: Literal["A", "B", "C"]
    verified_on: Date | None = None
    review_by: Date | None = None
