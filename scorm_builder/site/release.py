"""What keeps a site from being released, and what a programme should know before it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from programme.problems import InputError, Problem
from programme.public_register import PublicRegister
from scorm_builder.site.load_site import Site

OLD_DAYS = 31
"""After so many days a list of hotels is likely to have changed."""


def is_draft(site: Site, language: str) -> bool:
    """Tell whether nobody stands behind a language yet: of the site, the course or the stories."""
    statuses = (site.settings.value.languages, site.course.languages)
    return site.stories.value.review.status == "draft" or any(
        language not in one or one[language].status == "draft" for one in statuses
    )


def release_problems(
    site: Site,
    languages: Sequence[str],
    register: PublicRegister | None,
    day: datetime.date,
    *,
    allow_draft: bool,
) -> list[Problem]:
    """Give the warnings; raises InputError where a release would show what nobody has read."""
    if not allow_draft and (drafts := list(_drafts(site, languages))):
        raise InputError(drafts)
    return [*_facts(site, day), *_old_register(register, day)]


def _drafts(site: Site, languages: Sequence[str]) -> Iterator[Problem]:
    for language in languages:
        status = site.settings.value.languages.get(language)
        if status is None or status.status == "draft":
            what = f"the site in {language} is a draft: nobody has reviewed it yet"
            fix = "Have it reviewed and change its status, or build it with --allow-draft."
            path = ("languages", language, "status")
            yield site.settings.problem(path, "language-draft", what, fix)
    if site.stories.value.review.status == "draft":
        what = "the stories are a draft: no survivor has read them yet"
        fix = "Have survivors read them, and say so under review:. Or use --allow-draft."
        yield site.stories.problem(("review", "status"), "stories-draft", what, fix)


def _facts(site: Site, day: datetime.date) -> Iterator[Problem]:
    for number, page in enumerate(site.settings.value.pages):
        for place, section in enumerate(page.sections):
            for index, fact in enumerate(section.facts):
                if fact.review_by < day.isoformat():
                    what = f'the figure "{fact.id}" was to be reviewed by {fact.review_by}'
                    fix = "It is left out. Look for a newer one, or drop it."
                    path = ("pages", number, "sections", place, "facts", index, "review_by")
                    problem = site.settings.problem(path, "fact-expired", what, fix)
                    yield replace(problem, severity="warning")


def _old_register(register: PublicRegister | None, day: datetime.date) -> Iterator[Problem]:
    if register is None:
        return
    age = (day - datetime.date.fromisoformat(register.updated_on)).days
    if age > OLD_DAYS:
        what = f"the list of certified hotels is {age} days old"
        fix = "Make it anew with noroom register publish."
        yield Problem("register.json", 0, 0, "register-old", what, fix, "warning")
