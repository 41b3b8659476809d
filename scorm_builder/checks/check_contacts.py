"""How old the contacts are: a number that nobody has dialled for long is not shown for long."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from programme.contacts.read_contacts import FILE, KnownContact, known_country
from programme.files import is_there
from programme.problems import Problem
from programme.yaml_source import Source, read_yaml

STALE_DAYS = 180
SHOWN = "programme/contacts"


def contact_problems(
    countries: Iterable[str], programme: Path | None, day: datetime.date, *, release: bool
) -> list[Problem]:
    """Give what is wrong with the contacts of the countries whose learners will see them.

    A check that is old is a warning; one that has run out stops a release. What nobody has checked
    is left out of a release, but for the number for immediate danger, and is a warning too.
    """
    source = read_yaml(programme / FILE) if programme and is_there(programme / FILE) else None
    found: list[Problem] = []
    for country in sorted(set(countries)):
        known = known_country(country, programme).contacts
        if release:
            found += _unchecked(country, known, day)
        found += [
            one for each in known for one in _age_problems(each, source, day, release=release)
        ]
    return found


def _unchecked(
    country: str, known: Iterable[KnownContact], day: datetime.date
) -> Iterator[Problem]:
    """Name the contacts of a country that a release leaves out, in one warning."""
    left_out = [one.contact.id for one in known if one.state(day) == "unchecked"]
    if not left_out:
        return
    what = f"nobody has checked {len(left_out)} contacts of {country}: {', '.join(left_out)}"
    fix = f"Dial them, then write who did and when in {FILE}; noroom contacts has the numbers."
    file = f"{SHOWN}/{country.lower()}.yaml"
    yield Problem(file, 0, 0, "contact-unverified", what, fix, severity="warning")


def _age_problems(
    one: KnownContact, source: Source | None, day: datetime.date, *, release: bool
) -> Iterator[Problem]:
    if source is None or one.verified.verified_on is None:
        return
    name, until = one.contact.id, one.review_by
    age = (day - datetime.date.fromisoformat(one.verified.verified_on)).days
    what = f'"{name}" was last checked {age} days ago'
    fix = "Dial it, then write verified_on: with the date."
    if one.state(day) == "due":
        what += f"; that held until {until}"
        problem = source.problem((name,), "contact-too-old", what, f"{fix} Or use --allow-draft.")
        yield problem if release else replace(problem, severity="warning")
    elif age > STALE_DAYS:
        problem = source.problem((name,), "contact-stale", what, fix)
        yield replace(problem, severity="warning")
