"""The kinds of values that the keys of a course's files have, each with the cure when it is wrong.

`Form` says which strings a translator sees and how an author may mark them up.
"""

import enum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

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
Role = Literal[
    "front_desk", "housekeeping", "food_beverage", "security", "maintenance", "management",
    "holiday_park",
]  # fmt: skip
