"""hotels.csv, chain.yaml, course -> the countries in which a package is used."""

from __future__ import annotations

from pathlib import Path

from programme.contacts.read_contacts import countries, country_code, unknown_country
from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from programme.settings import Chain
from scorm_builder.course.course import Course
from scorm_builder.documents.hotels import FILE, countries_of_hotels, hotels_of


def hotel_countries(
    course: Course, programme: ProgrammeDirectory | None, chain_id: str | None
) -> dict[str, str]:
    """Give {hotel: country} of a chain's hotels that lie elsewhere than the chain says.

    Raises InputError for a country without contacts.
    """
    if programme is None or chain_id is None:
        return {}
    said = countries_of_hotels(programme.path, chain_id)
    wrong = [_unknown(programme.path, one) for one in sorted(set(said.values())) if not _has(one)]
    if wrong:
        raise InputError(wrong)
    own = course.in_country(programme.chains[chain_id].country).country
    found = {hotel: country_code(country) for hotel, country in said.items()}
    return {hotel: country for hotel, country in found.items() if country != own}


def package_countries(
    course: Course, programme: ProgrammeDirectory | None, chain_id: str | None
) -> tuple[str, ...]:
    """Give the countries of a package: that of all its hotels, or the chain's and all others.

    Only a learner who is asked for the hotel can be shown another country than the chain's.
    """
    if programme is None or chain_id is None:
        return (course.country,)
    chain = programme.chains[chain_id]
    own = course.in_country(chain.country).country
    elsewhere = hotel_countries(course, programme, chain_id)
    hotels = (
        [chain.one_hotel]
        if chain.one_hotel
        else [one for one, _ in hotels_of(programme.path, chain_id)]
    )
    found = {elsewhere.get(hotel, own) for hotel in hotels} or {own}
    if len(found) == 1:
        return tuple(found)
    return (own, *sorted(found - {own})) if asks_by_country(course, chain) else (own,)


def asks_by_country(course: Course, chain: Chain) -> bool:
    """Tell whether learners may be asked for their hotel, so that its country can be known."""
    return (
        chain.lrs is not None and chain.hotel_picker is not False and course.settings.value.tracking
    )


def _has(country: str) -> bool:
    return country_code(country) in countries()


def _unknown(programme: Path, country: str) -> Problem:
    return Problem(str(programme / FILE), 0, 0, "country-unknown", *unknown_country(country))
