"""Course data of any standard -> that of one: what the learner is asked before the course begins.

A web site asks for codes, a package that the hotels of a chain share for the hotel; the others
carry neither the hotels nor the words for it (docs/contracts.md sections 5 and 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from programme.contacts.read_contacts import country_code
from programme.directory import ProgrammeDirectory
from programme.personal_codes import hotel_code
from programme.problems import InputError, Problem
from scorm_builder.documents.hotels import countries_of_hotels, hotels_of, hotels_with_roster
from scorm_builder.link.edition import Audience
from scorm_builder.lms.lms_presets import options_of
from scorm_builder.lms.option_effects import acting

Json = dict[str, Any]


def for_standard(data: Mapping[str, Any], standard: str, audience: Audience) -> Json:
    """Give the data of one standard; raises InputError where two hotels have the same code."""
    hotels = _entry_hotels(standard, audience)
    if "country" in data:
        hotels = [one | _country(audience, one["id"]) for one in hotels]
    left_out = tuple(
        prefix for prefix, kept in (("web_", standard == "web"), ("hotel_", hotels)) if not kept
    )
    messages = {key: text for key, text in data["messages"].items() if not key.startswith(left_out)}
    chosen = acting(options_of(audience.settings), standard)
    options = chosen.model_dump(exclude={"mastery", "scos"})
    special = {"standard": standard, "options": options, "hotels": hotels, "messages": messages}
    return {**data, **special}


def _entry_hotels(standard: str, audience: Audience) -> list[Json]:
    """Give [{id, name, code}] sorted by name; [] where no hotel is asked for."""
    programme, settings = audience.programme, audience.settings
    if programme is None or settings is None or audience.chain is None or settings.lrs is None:
        return []
    hotels = _hotels(programme.path, audience.chain, programme.settings.iri)
    if standard != "web" and not _picks_hotel(programme, audience.chain, hotels):
        return []
    only = settings.one_hotel
    return [
        {"id": hotel, "name": name, "code": code}
        for hotel, name, code in hotels
        if only in (None, hotel)
    ]


def _country(audience: Audience, hotel: str) -> Json:
    """Give {country} of a hotel that says one."""
    programme, chain = audience.programme, audience.chain
    said = countries_of_hotels(programme.path, chain).get(hotel) if programme and chain else None
    return {"country": country_code(said)} if said else {}


def _picks_hotel(
    programme: ProgrammeDirectory, chain: str, hotels: Iterable[tuple[str, str, str]]
) -> bool:
    """Tell whether the learner says which hotel.

    By default where no roster can say it, and where the country has to be known.
    """
    settings, ids = programme.chains[chain], {hotel for hotel, *_ in hotels}
    if settings.one_hotel or len(ids) < 2:
        return False
    if settings.hotel_picker is not None:
        return settings.hotel_picker
    if len(set(countries_of_hotels(programme.path, chain).values())) > 1:
        return True
    return not ids <= hotels_with_roster(programme.path)


def _hotels(programme: Path, chain: str, iri: str) -> tuple[tuple[str, str, str], ...]:
    """Give (id, name, code) of a chain's hotels, sorted by name; raises InputError."""
    found = [
        (hotel, name or hotel, hotel_code(f"{iri}/hotel/{hotel}"))
        for hotel, name in hotels_of(programme, chain)
    ]
    owners: dict[str, str] = {}
    for hotel, _, code in found:
        other = owners.setdefault(code, hotel)
        if other != hotel:
            what = f"the hotels {other} and {hotel} have the same code, by chance"
            fix = f"Give {hotel} another id, as long as no codes were printed for it."
            raise InputError(
                [Problem(str(programme / "hotels.csv"), 0, 0, "hotel-code", what, fix)]
            )
    return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))
