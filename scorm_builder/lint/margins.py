"""Course -> how far it stays below the limits of each standard."""

from __future__ import annotations

from dataclasses import dataclass

from scorm_builder.checks.check_whole import worst_suspend_data
from scorm_builder.course.course import Course
from scorm_builder.standards.limits import SUSPEND_DATA_BUDGET, TITLE_CHARACTERS

BOOKMARK_12, BOOKMARK_2004 = 255, 1000
"""SCORM 1.2 RTE, section 3.4, lesson_location; SCORM 2004 RTE, section 4.2, cmi.location."""
INTERACTION_12, INTERACTION_ID_2004 = 255, 250
"""SCORM 1.2 RTE, section 3.4, student_response; SCORM 2004 RTE, section 4.2, identifiers."""
BUDGET_2004 = 60_000
"""Of the 64,000 characters that SCORM 2004 grants from its 3rd edition on (RTE, section 4.2)."""


@dataclass(frozen=True)
class Margin:
    """One limit: characters that the course needs at worst, and characters that it may need."""

    standard: str
    element: str
    needed: int
    limit: int

    def __str__(self) -> str:
        """Render as words, such as `SCORM 1.2 bookmark: 21 of 255 characters, 234 to spare`."""
        spare = self.limit - self.needed
        counts = f"{self.needed:,} of {self.limit:,} characters, {spare:,} to spare"
        return f"{self.standard} {self.element}: {counts}"


def margins(course: Course) -> list[Margin]:
    """Give the margins of a course, SCORM 1.2 first."""
    whole = course.for_everybody()
    progress = worst_suspend_data(whole)
    bookmark = max((len(page.value.id) for page in whole.pages()), default=0)
    return [
        *_roles(course),
        Margin("SCORM 1.2", "suspend_data", progress, SUSPEND_DATA_BUDGET),
        Margin("SCORM 1.2", "bookmark", bookmark, BOOKMARK_12),
        *_interactions(course),
        Margin("SCORM 2004", "suspend_data", progress, BUDGET_2004),
        Margin("SCORM 2004", "bookmark", bookmark, BOOKMARK_2004),
        Margin("every standard", "title", _longest_title(course), TITLE_CHARACTERS),
    ]


def _roles(course: Course) -> list[Margin]:
    """Give what a learner of each role needs; the row below is for one who tried them all."""
    return [
        Margin("SCORM 1.2", f"suspend_data for {role}", worst_suspend_data(course, role),
               SUSPEND_DATA_BUDGET)
        for role in course.roles
    ]  # fmt: skip


def _interactions(course: Course) -> list[Margin]:
    """Give what an answer of the check needs as an interaction: option letters and question id.

    The letters are those of player/runtime/interactions.js, separated by `,` in SCORM 1.2.
    """
    questions = [placed.value for placed in course.pool()]
    if not questions:
        return []
    options = max(len(question.options) for question in questions)
    name = max(len(question.id) for question in questions)
    return [
        Margin("SCORM 1.2", "answer", 2 * options - 1, INTERACTION_12),
        Margin("SCORM 2004", "question id", name, INTERACTION_ID_2004),
    ]


def _longest_title(course: Course) -> int:
    translations = (course.translations or {}).values()
    titles = [course.settings.value.title, *(one.get("course.title", "") for one in translations)]
    return max(len(title) for title in titles)
