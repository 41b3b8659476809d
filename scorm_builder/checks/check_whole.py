"""Rules of the course as a whole: its end, its check, its minutes, its room in suspend_data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from programme.languages import status_problems
from programme.problems import Problem
from scorm_builder.checks import check_profiles, check_roles
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import CheckSettings, seconds
from scorm_builder.course.field_types import Role
from scorm_builder.course.pages import TrueFalsePage
from scorm_builder.standards.limits import SUSPEND_DATA_BUDGET

HEADER = 89
KEY = 4
PER_ROLE = KEY + 1
PER_PROFILE = KEY + 2
PER_DRAWN_QUESTION = 3 * KEY
PENDING_FACTS, PER_FACT, PER_ORIGIN = 16, 22, 30


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with a completely read course as a whole."""
    settings = course.settings
    found = list(status_problems(settings.value.languages, settings.source, "languages"))
    found += [*_minutes(course), *_end(course), *_check_page(course)]
    found += check_roles.problems(course)
    found += check_profiles.problems(course)
    if course.settings.value.check is not None:
        found += _check(course, course.settings.value.check)
    needed = worst_suspend_data(course.for_everybody())
    if needed > SUSPEND_DATA_BUDGET:
        what = f"progress could need {needed} characters of suspend_data; the limit is "
        fix = "Split the course, or take pages or statements out."
        what += str(SUSPEND_DATA_BUDGET)
        found.append(course.settings.problem(("blocks",), "suspend-data", what, fix))
    return found


def draft_problem(course: Course, language: str) -> Problem:
    """Give the problem that nobody has reviewed `language`; whether it stops is for the caller."""
    what = f"{language} is a draft: nobody has reviewed it yet"
    fix = "Have it reviewed and change its status, or build it with --allow-draft."
    path = ("languages", language, "status")
    return course.settings.problem(path, "language-draft", what, fix)


def worst_suspend_data(course: Course, role: Role | None = None) -> int:
    """Give an upper bound, in characters, of suspend_data when everything was done.

    With `role` None it holds for a learner who tried every role. 89 for the fixed fields and 5
    for the role, 6 for the profile, 4 for each page and statement, 12 for each drawn question, and
    16 unsent facts of 22, each from another version of the course and hotel (30), and of the
    longest profile that does not count. The format is the
    table in player/state/suspend_data.js; a test compares this bound with what the player writes.
    """
    pages = list(course.pages(role))
    statements = sum(
        len(page.value.statements) for page in pages if isinstance(page.value, TrueFalsePage)
    )
    check = course.settings.value.check
    items = KEY * (len(pages) + statements) + PER_DRAWN_QUESTION * (check.draw if check else 0)
    header = HEADER + (PER_ROLE if course.roles else 0)
    of_guests = 0
    if profiles := course.settings.value.profiles:
        header += PER_PROFILE
        of_guests = max((len(one.id) + 1 for one in profiles if not one.counts), default=0)
    return header + items + PENDING_FACTS * (PER_FACT + PER_ORIGIN + of_guests)


def _minutes(course: Course) -> Iterator[Problem]:
    budget = course.settings.value.minutes
    used = course.seconds()
    if used > seconds(budget):
        what = f"the blocks take {used // 60}:{used % 60:02}, more than the budget of {budget}"
        fix = "Shorten a block and its minutes:, or raise the budget."
        yield course.settings.problem(("minutes",), "minutes-over-budget", what, fix)


def _end(course: Course) -> Iterator[Problem]:
    pages = list(course.pages())
    if not pages or pages[-1].value.kind != "finish":
        what = "the last page of the course is not of the kind finish"
        fix = "End the last block with a page of kind: finish."
        place = ("blocks", len(course.blocks) - 1)
        yield course.settings.problem(place, "finish-missing", what, fix)
    for page in pages[:-1]:
        if page.value.kind == "finish":
            what = "a finish page stands before the end of the course"
            fix = "Move it to the end of the last block, or give it another kind."
            yield page.problem(("kind",), "finish-early", what, fix)


def _check_page(course: Course) -> Iterator[Problem]:
    found = [page for page in course.pages() if page.value.kind == "check"]
    if course.settings.value.check is None:
        for page in found:
            what = "this page asks the check, but course.yaml has no check"
            fix = "Add check: to course.yaml, or delete the page."
            yield page.problem(("kind",), "check-page", what, fix)
    elif not found:
        what = "the course has a check, but no page that asks it"
        fix = "Add a page of kind: check, before the finish page."
        yield course.settings.problem(("check",), "check-page", what, fix)
    for page in found[1:]:
        what, fix = "this is a second check page", "Keep one page of kind: check."
        yield page.problem(("kind",), "check-page", what, fix)


def _check(course: Course, check: CheckSettings) -> Iterator[Problem]:
    settings = course.settings
    role = min(course.roles or (None,), key=lambda one: len(course.pool(one)))
    who = f" for {role}" if role else ""
    pool = len(course.pool(role))
    must = sum(question.value.must_pass for question in course.pool(role))
    if check.pass_ > check.draw:
        what = f"{check.pass_} right answers are needed, but only {check.draw} questions are drawn"
        fix = f"Write a pass: of at most {check.draw}."
        yield settings.problem(("check", "pass"), "check-pass", what, fix)
    if check.draw > pool:
        what = f"{check.draw} questions are drawn, but the pool has {pool}{who}"
        fix = "Write more questions, or draw fewer."
        yield settings.problem(("check", "draw"), "check-draw", what, fix)
    elif pool < 2 * check.draw:
        what = f"the pool has {pool} questions{who} for {check.draw} drawn; retries will look alike"
        fix = f"Write at least {2 * check.draw} questions."
        problem = settings.problem(("check", "draw"), "check-pool", what, fix)
        yield replace(problem, severity="warning")
    if must > check.draw:
        what = f"{must} questions are must_pass, but only {check.draw} are drawn"
        fix = f"Keep must_pass: true on at most {check.draw}."
        yield settings.problem(("check", "draw"), "check-must-pass", what, fix)
    elif must > check.pass_:
        what = f"{must} questions must be right, but the pass mark is {check.pass_}"
        fix = f"Write a pass: of at least {must}, or fewer must_pass: true."
        yield settings.problem(("check", "pass"), "check-must-pass", what, fix)
