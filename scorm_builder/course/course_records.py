"""The shape of signals.yaml: what pages and questions refer to."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from programme.validate import Strict
from programme.words import Fits
from scorm_builder.course.field_types import ClaimId, Form, NodeId, Plain, Role

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
