"""How old the contacts are: a number that nobody has dialled for long is not printed for long."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection
from dataclasses import replace

from programme.problems import Problem
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_records import Contact

STALE_DAYS, TOO_OLD_DAYS = 180, 365


def today() -> datetime.date:
    """Give today's date, or that of SOURCE_DATE_EPOCH (seconds since 1970) where it is set."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def contact_problems(
    course: Course, countries: Collection[str], day: datetime.date, *, release: bool
) -> list[Problem]:
    """Give what is wrong with the contacts that learners of `countries` see.

    A stale one is a warning. One that nobody has verified, or not for a year, stops a release.
    """
    found = []
    for placed in course.contacts:
        if placed.value.country in countries and placed.value.use == "help":
            problem = _age_problem(placed, day, release=release)
            if problem:
                found.append(problem)
    return found


def _age_problem(placed: Placed[Contact], day: datetime.date, *, release: bool) -> Problem | None:
    contact = placed.value
    fix = "Dial it, then write verified_on: with the date."
    if contact.verified_on is None:
        if not release:
            return None  # load_course has warned
        what = f'nobody has verified the number of "{contact.id}": no release with it'
        return placed.problem(("id",), "contact-unverified", what, f"{fix} Or use --allow-draft.")
    age = (day - datetime.date.fromisoformat(contact.verified_on)).days
    due = contact.review_by is not None and day > datetime.date.fromisoformat(contact.review_by)
    if age > TOO_OLD_DAYS and release:
        what = (
            f'the number of "{contact.id}" was last verified {age} days ago: too old for a release'
        )
        return placed.problem(
            ("verified_on",), "contact-too-old", what, f"{fix} Or use --allow-draft."
        )
    if age <= STALE_DAYS and not due:
        return None
    what = f'the number of "{contact.id}" was last verified {age} days ago'
    if due:
        what += f"; it was to be reviewed by {contact.review_by}"
    return replace(placed.problem(("verified_on",), "contact-stale", what, fix), severity="warning")
