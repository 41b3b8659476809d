"""The shape of the files of site/: the pages and the stories of the public site.

They are no part of the course and of its time. Signals, contacts and kinds of work come from the
course's own files.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from programme.languages import LanguageStatus
from programme.settings import LanguageTag
from programme.validate import Strict
from programme.words import Date, Word
from scorm_builder.course.field_types import (
    ClaimId,
    NodeId,
    OptionalBlock,
    Paragraphs,
    Plain,
    Title,
)
from scorm_builder.course.nodes import Named, OnlyIf

Part = Literal["signals", "stories", "contacts", "courses", "hotels", "languages", "lms", "roles"]


class StoriesReview(Strict):
    """Who has read the stories; without a survivor they stay a draft."""

    status: Literal["draft", "reviewed"]
    survivors: Word | None


class Story(Named):
    """One invented story."""

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


class SiteFact(Named):
    """One figure, with its source and its year."""

    figure: Title
    text: Plain
    source: Plain
    claims: Annotated[list[ClaimId], Field(min_length=1)]
    review_by: Date


class SiteSection(Named):
    """One part of a page, under a heading of its own."""

    only_if: OnlyIf | None = None
    title: Title
    text: OptionalBlock = None
    after: OptionalBlock = None
    facts: list[SiteFact] = []
    shows: Part | None = None
    signals: list[NodeId] = []
    links: list[NodeId] = []
    claims: list[ClaimId] = []


class SitePage(Named):
    """One page of the site."""

    menu: Title
    title: Title
    lead: Plain
    sections: list[SiteSection] = []


class SiteWords(Strict):
    """The site's own words, around the texts of its pages."""

    skip: Plain
    menu: Plain
    language: Plain
    leave: Plain
    need_help: Plain
    draft: Plain
    source: Plain
    innocent: Plain
    before_reading: Plain
    read_story: Plain
    beside_story: Plain
    checked: Plain
    unchecked: Plain
    threshold_ge: Plain
    threshold_gt: Plain
    open_course: Plain
    no_course: Plain
    hotels_on: Plain
    no_hotels: Plain
    valid_until: Plain
    no_end: Plain
    draft_language: Plain
    untried: Plain
    made: Plain


class SiteFile(Strict):
    """site/site.yaml."""

    languages: dict[LanguageTag, LanguageStatus] = {}
    words: SiteWords
    pages: Annotated[list[SitePage], Field(min_length=1)]
