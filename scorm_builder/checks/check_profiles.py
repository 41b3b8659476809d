"""Rules of audience profiles: each has a whole course, and none turns the rule round.

What a profile says in the place of {manager} goes into every sentence of the rule, so it is held to
the same as a chain's words (chain/chain_words.py), in every language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from programme.problems import Problem
from scorm_builder.chain.chain_words import turns_the_rule
from scorm_builder.checks import check_roles
from scorm_builder.course.course import Course

NOUNS = ("manager", "second_contact")
_FOR_EVERYBODY = ("role", "check", "finish")


def problems(course: Course) -> list[Problem]:
    """Give what keeps a profile of a completely read course from a course of its own."""
    if not course.settings.value.profiles:
        return []
    found = [*_first(course), *_choices(course), *_pages(course), *_words(course)]
    return [*found, *_empty_blocks(course)]


def unknown_profiles(course: Course) -> Iterator[Problem]:
    """Complain of profiles that course.yaml does not have; right for a part of a course, too."""
    known = [one.id for one in course.settings.value.profiles or ()]
    for page in course.all_pages():
        for number, name in enumerate(page.value.profiles):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
                have = f"There are: {', '.join(known)}." if known else "Add profiles: to it."
                fix = f'Did you mean "{near[0]}"?' if near else have
                what = f'course.yaml has no profile "{name}"'
                yield page.problem(("profiles", number), "profile-unknown", what, fix)


def translated_words(course: Course, language: str, texts: dict[str, str]) -> Iterator[Problem]:
    """Complain of nouns that turn the rule round in a translation."""
    for number, profile in enumerate(course.settings.value.profiles or ()):
        for name in NOUNS:
            word = texts.get(f"profile.{profile.id}.{name}")
            found = turns_the_rule(word, language) if word else None
            if found:
                what = f'in {language}, "{word}": {found[0]}'
                place = ("profiles", number, name)
                yield course.settings.problem(place, "profile-words", what, found[1])


def _first(course: Course) -> Iterator[Problem]:
    (first, *_) = course.settings.value.profiles or []
    said = [name for name in NOUNS if getattr(first, name) is not None]
    if not first.counts:
        what = "the first profile is everybody's who says nothing, and it has to count"
        fix = "List the hotel's own staff first, and write counts: false at others only."
        yield course.settings.problem(("profiles", 0, "counts"), "profile-first", what, fix)
    for name in said:
        what = "the first profile takes its words from the chain"
        fix = f"Delete the line {name}: here; a chain has manager_title and second_contact."
        yield course.settings.problem(("profiles", 0, name), "profile-first", what, fix)


def _choices(course: Course) -> Iterator[Problem]:
    profiles = course.settings.value.profiles or []
    every = [choice.id for choice in course.settings.value.roles or ()]
    for number, profile in enumerate(profiles):
        if profile.id in [one.id for one in profiles[:number]]:
            what = f'the profile "{profile.id}" stands here twice'
            yield course.settings.problem(
                ("profiles", number, "id"), "id-repeated", what, "Keep one of them."
            )
        for position, role in enumerate(profile.roles or ()):
            if role not in every:
                what = f'course.yaml offers no role "{role}"'
                have = f"There are: {', '.join(every)}." if every else "Add roles: to it."
                place = ("profiles", number, "roles", position)
                yield course.settings.problem(place, "role-unknown", what, have)
    if not any(page.value.kind == "role" for page in course.pages()):
        what = "the course has profiles, but no page where learners choose"
        fix = "Add roles: and a page of kind: role."
        yield course.settings.problem(("profiles",), "profile-choice", what, fix)


def _pages(course: Course) -> Iterator[Problem]:
    chosen = False
    for page in course.all_pages():
        if page.value.kind in _FOR_EVERYBODY and page.value.profiles:
            what = f"a page of kind {page.value.kind} cannot be for some profiles only"
            fix = "Delete the line profiles: here."
            yield page.problem(("profiles",), "profile-limited", what, fix)
        elif page.value.profiles and not chosen:
            what = "this is for some profiles only, but learners have not chosen theirs yet"
            fix = "Move the page behind the page of kind: role."
            yield page.problem(("profiles",), "profile-early", what, fix)
        chosen = chosen or page.value.kind == "role"


def _words(course: Course) -> Iterator[Problem]:
    for number, profile in enumerate(course.settings.value.profiles or ()):
        for name in NOUNS:
            word = getattr(profile, name)
            found = turns_the_rule(word, course.source_language) if word else None
            if found:
                yield course.settings.problem(("profiles", number, name), "profile-words", *found)


def _empty_blocks(course: Course) -> Iterator[Problem]:
    """Complain where somebody of a profile gets no page of a block, whatever role they choose."""
    for profile in course.settings.value.profiles or ():
        own = course.for_profiles([profile.id])
        for block in course.blocks:
            pages = [page for page in block.value.pages if own.applies(page)]
            short = [
                role for role in own.roles if not any(own.applies(page, role) for page in pages)
            ]
            everybody = [page for page in block.value.pages if course.applies(page)]
            if short and everybody and profile.id != course.profiles[0].id:
                names = check_roles.names_of(short)
                what = f"{profile.id}, as {names}, gets no page of this block"
                fix = "Add a page for them, or one for everybody."
                yield block.problem(("pages",), "profile-block-empty", what, fix)
