"""Which signals stand on the card of a role: those that it can see best, few enough to be read."""

from __future__ import annotations

from scorm_builder.course.course import Course
from scorm_builder.course.course_records import Signal
from scorm_builder.course.field_types import Role

ON_A_CARD = 6
_FIRST = {"strong": 0, "medium": 1, "weak": 2}


def signals_for(course: Course, role: Role) -> list[Signal]:
    """Give the signals of a role's card: the founding ones first, then by strength.

    Signals that every role has (a call for help, violence, colleagues) are said on every card in
    other words, so they take no room here.
    """
    found = [
        placed.value
        for placed in course.signals
        if role in placed.value.roles and set(placed.value.roles) != set(course.roles)
    ]
    return sorted(found, key=lambda one: (not one.required, _FIRST[one.strength]))[:ON_A_CARD]
