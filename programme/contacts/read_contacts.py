"""Country -> its contacts with what the programme has checked; which of them may be shown."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import RootModel

from programme.contacts.records import (
    ContactId,
    CountryContact,
    CountryFile,
    Reader,
    Route,
    Verified,
)
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.validate import validate
from programme.yaml_source import Source, parse_yaml, read_yaml

HERE = Path(__file__).parent
SHOWN = "programme/contacts"
FILE = "verified_contacts.yaml"
HOLDS = timedelta(days=365)
"""How long a check holds that names no review_by."""
ALIASES = {"UK": "GB"}


@dataclass(frozen=True)
class KnownContact:
    """A contact of a country, with what the programme says of it."""

    country: str
    contact: CountryContact
    verified: Verified

    @property
    def review_by(self) -> date | None:
        """The last day on which the programme's check holds; None: nobody has checked."""
        if self.verified.verified_on is None:
            return None
        checked = date.fromisoformat(self.verified.verified_on)
        named = self.verified.review_by
        return min(checked + HOLDS, date.fromisoformat(named)) if named else checked + HOLDS

    def state(self, day: date) -> str:
        """Give `checked`, `due` (the check has run out) or `unchecked`."""
        until = self.review_by
        return "unchecked" if until is None else "checked" if day <= until else "due"

    def is_shown(self, day: date) -> bool:
        """Tell whether it may stand where learners and hotels see it."""
        return self.state(day) == "checked" or self.verified.show_unverified


@dataclass(frozen=True)
class KnownCountry:
    """A country's contacts in the order of its file, and where its route was read."""

    country: str
    contacts: tuple[KnownContact, ...]
    route: Route

    @property
    def emergency(self) -> KnownContact:
        """The number for immediate danger: the first of its kind in the country's file."""
        return next(one for one in self.contacts if one.contact.kind == "emergency")

    def shown(self, *readers: Reader, day: date, unverified: bool) -> list[KnownContact]:
        """Give what any of `readers` may see on a day, in the order of the country's file."""
        return [
            one
            for one in self.contacts
            if set(readers) & set(one.contact.use) and (unverified or one.is_shown(day))
        ]


def countries() -> list[str]:
    """Give the countries that there is a file for, such as `["BE", "DE", …]`."""
    return sorted(file.stem.upper() for file in HERE.glob("*.yaml"))


def known_country(country: str, programme: Path | None) -> KnownCountry:
    """Give a country's contacts as the programme in that folder has checked them.

    Raises InputError for a country without a file, and for a verified_contacts.yaml that is wrong.
    """
    code = country_code(country)
    if code not in countries():
        raise InputError([Problem(SHOWN, 0, 0, "country-unknown", *unknown_country(country))])
    said = verified_contacts(programme)
    file = country_file(code)[1]
    known = (KnownContact(code, one, said.get(one.id, Verified())) for one in file.contacts)
    return KnownCountry(code, tuple(known), file.route)


def country_code(country: str) -> str:
    """Give the code by which a country's file is named: GB for `uk`."""
    return ALIASES.get(country.upper(), country.upper())


def unknown_country(country: str) -> tuple[str, str]:
    """Say that there is no file for a country, and what to write instead."""
    what = f'there are no contacts for "{country}"'
    return what, f"There are: {', '.join(countries())}. EU is for a country without a file."


@functools.cache
def country_file(country: str) -> tuple[Source, CountryFile]:
    """Give the file of one of `countries()`; raises InputError."""
    name = f"{country.lower()}.yaml"
    source = parse_yaml((HERE / name).read_text("utf-8"), f"{SHOWN}/{name}")
    file, problems = validate(CountryFile, source)
    if file is None:
        raise InputError(problems)
    return source, file


def verified_contacts(programme: Path | None) -> dict[str, Verified]:
    """Give {contact id: what the programme says of it}; nothing without a programme or the file."""
    if programme is None or not is_there(programme / FILE):
        return {}
    source = read_yaml(programme / FILE)
    said, problems = validate(RootModel[dict[ContactId, Verified]], source)
    if said is not None:
        problems += list(_verified_problems(said.root, source))
    if said is None or problems:
        raise InputError(problems)
    return said.root


def _verified_problems(said: dict[str, Verified], source: Source) -> Iterator[Problem]:
    ids = [one.id for country in countries() for one in country_file(country)[1].contacts]
    for name, verified in said.items():
        if name not in ids:
            near = difflib.get_close_matches(name, ids, n=1, cutoff=0.6)
            fix = f'Did you mean "{near[0]}"?' if near else "See them all: noroom contacts"
            what = f'there is no contact "{name}"'
            yield source.problem((name,), "contact-unknown", what, fix)
        if (verified.verified_on is None) != (verified.verified_by is None):
            what = f'of "{name}" only one of verified_on and verified_by is given'
            fix = "Write both: the day, and who dialled the number."
            yield source.problem((name,), "contact-half-verified", what, fix)
