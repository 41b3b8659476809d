"""The shape of site/stories.yaml: stories for the public site, no part of the course."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from programme.validate import Strict
from programme.words import Word
from scorm_builder.course.course_model import ClaimId, NodeId, Paragraphs, Plain, Title


class StoriesReview(Strict):
    """Who has read the stories; without a survivor they stay a draft."""

    status: Literal["draft", "reviewed"]
    survivors: Word | None


class Story(Strict):
    """One invented story."""

    id: NodeId
    viewpoint: Literal["victim", "profits", "looked_away"]
    title: Title
    who: Plain
    warning: Plain
    help: bool
    claims: Annotated[list[ClaimId], Field(min_length=1)]
    text: Paragraphs


class StoriesFile(Strict):
    """site/stories.yaml."""

    notice: Paragraphs
    review: StoriesReview
    stories: Annotated[list[Story], Field(min_length=1)]
