"""Where an option of a chain acts, and what to say where it does not.

docs/contracts.md section 5 says what each option changes; here stands in which standards, and in
which courses. An option that does nothing is no mistake, but nobody should wait for its effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from programme.lms_options import DEFAULTS, LmsOptions
from programme.problems import Problem
from programme.yaml_source import Source
from scorm_builder.course.course import Course
from scorm_builder.package.split_scos import part_count
from scorm_builder.standards import STANDARDS

_SCORM2004 = ("scorm2004-3", "scorm2004-4")
_SCORM = ("scorm12", *_SCORM2004)
_STATEMENTS = ("cmi5", "xapi")

ACTS_IN: dict[str, tuple[str, ...]] = {
    "fail_status": _SCORM,
    "pass_status": ("scorm12",),
    "revisit": _SCORM2004,
    "exit_unfinished": ("scorm12",),
    "also_passed": (*_SCORM, *_STATEMENTS),
    "force_score": (*_SCORM, *_STATEMENTS),
    "interactions": _SCORM,
    "mastery": _SCORM,
    "scos": _SCORM2004,
}
"""The standards in which an option changes what the LMS hears."""

NEEDS_A_CHECK = ("fail_status", "pass_status", "interactions", "mastery")
NEEDS_NO_CHECK = ("also_passed", "force_score")


def effect_problems(
    course: Course, options: LmsOptions, standards: Sequence[str], source: Source
) -> Iterator[Problem]:
    """Warn of each option in a chain.yaml that changes nothing in anything that is built."""
    for name, value in options.model_dump(exclude_none=True).items():
        if value == getattr(DEFAULTS, name):
            continue
        why = _without_effect(name, options, standards, course)
        if why:
            fix = "Leave it out, or build what it acts in; docs/contracts.md, section 5, has all."
            problem = source.problem(("options", name), "option-without-effect", why, fix)
            yield replace(problem, severity="warning")


def _without_effect(
    name: str, options: LmsOptions, standards: Sequence[str], course: Course
) -> str:
    """Give why an option does nothing in any of the packages; "" where it acts in one.

    A chain with several standards has one set of options: that one of them is for one standard
    alone is as it should be.
    """
    has_check = course.settings.value.check is not None
    if name in NEEDS_A_CHECK and not has_check:
        return f"{name} has no effect in a course without a check"
    if name in NEEDS_NO_CHECK and has_check:
        return f"{name} has no effect in a course with a check"
    if name == "scos" and part_count(course) == 1:
        return "scos has no effect: up to the block with the check this course is one part"
    acts = set(ACTS_IN[name])
    if name == "force_score" and not options.also_passed:
        acts -= set(_STATEMENTS)  # there a score goes with "passed" alone
    built = [one for one in STANDARDS if one in standards]
    return "" if acts & set(built) else f"{name} has no effect in {', '.join(built)} packages"


def acting(options: LmsOptions, standard: str) -> LmsOptions:
    """Give the options with the defaults in place of those that do not act in a standard.

    So that whoever carries them out need not ask which standard it is.
    """
    idle = {name: getattr(DEFAULTS, name) for name, acts in ACTS_IN.items() if standard not in acts}
    return options.model_copy(update=idle)
