"""What stands between the texts of a page: signals, stories, contacts, courses, hotels, systems.

Each function gives plain data for the templates; nothing here knows HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from programme.public_register import PublicCertificate, PublicRegister
from scorm_builder.course.site_records import SiteSection
from scorm_builder.link.launch_page import own_name
from scorm_builder.site.site_contacts import contacts
from scorm_builder.site.site_edition import SiteEdition

Json = dict[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """What a site shows besides its own texts.

    `register` None: the programme publishes no list. `courses` maps a name to the address of its
    course from the site's root. `today` is an ISO date.
    """

    today: str
    register: PublicRegister | None = None
    courses: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ()


def part(edition: SiteEdition, section: SiteSection, around: Surroundings) -> Json:
    """Give {kind: entries} of what a section shows, {} where it shows nothing."""
    match section.shows:
        case "signals":
            return {"signals": [_signal(edition, one) for one in section.signals]}
        case "stories":
            return {"stories": stories(edition)}
        case "contacts":
            return {"contacts": contacts(edition, around.today)}
        case "courses":
            return {"courses": _courses(edition, around.courses)}
        case "hotels":
            return {"hotels": hotels(edition, around)}
        case "languages":
            return {"languages": _languages(edition)}
        case "lms":
            return {"lms": _systems(edition)}
        case "roles":
            course = edition.site.course
            return {"roles": [edition.text(f"role.{role}.title") for role in course.roles]}
        case None:
            return {}


def _signal(edition: SiteEdition, signal: str) -> Json:
    found = next(one.value for one in edition.site.course.signals if one.value.id == signal)
    context = f"signal.{signal}"
    numbers = range(len(found.innocent))
    innocent = [edition.text(f"{context}.innocent.{number}") for number in numbers]
    return {"text": edition.text(f"{context}.text"), "innocent": innocent}


def stories(edition: SiteEdition) -> list[Json]:
    """Give the stories with their addresses and texts."""
    return [
        {
            "id": story.id,
            "file": f"story-{story.id}.html",
            "help": story.help,
            **{
                name: edition.text(f"stories.{story.id}.{name}")
                for name in ("title", "who", "warning", "text")
            },
        }
        for story in edition.site.stories.value.stories
    ]


def _courses(edition: SiteEdition, courses: Mapping[str, str]) -> list[Json]:
    return [
        {"words": edition.word("open_course", name=name), "href": f"../{address}"}
        for name, address in sorted(courses.items())
    ]


def hotels(edition: SiteEdition, around: Surroundings) -> Json:
    """Give the date of the list and the hotels of each chain that hold a valid certificate."""
    if around.register is None:
        return {"on": "", "chains": []}
    held = newest(around.register.certificates, around.today)
    on = edition.word("hotels_on", date=edition.date(around.register.updated_on))
    chains = [
        {"name": name, "hotels": [_hotel(edition, one) for one in of_chain]}
        for name, of_chain in groupby(held, key=lambda one: one.chain_name)
    ]
    return {"on": on, "chains": chains}


def newest(certificates: Iterable[PublicCertificate], today: str) -> list[PublicCertificate]:
    """Give the certificate of each hotel that holds longest, by chain and name of the hotel."""
    held: dict[str, PublicCertificate] = {}
    for one in certificates:
        if one.status != "valid" or (one.valid_until is not None and one.valid_until < today):
            continue
        known = held.get(one.hotel)
        if known is None or _end(known) < _end(one):
            held[one.hotel] = one
    order = sorted(held.values(), key=lambda one: (one.name.casefold(), one.hotel))
    return sorted(order, key=lambda one: (one.chain_name.casefold(), one.chain_name))


def _end(certificate: PublicCertificate) -> str:
    return certificate.valid_until or "9999-12-31"


def _hotel(edition: SiteEdition, one: PublicCertificate) -> Json:
    if one.valid_until is None:
        return {"name": one.name, "until": edition.word("no_end")}
    return {
        "name": one.name,
        "until": edition.word("valid_until", date=edition.date(one.valid_until)),
    }


def _languages(edition: SiteEdition) -> list[Json]:
    return [
        {
            "tag": tag,
            "name": own_name(tag),
            "draft": edition.word("draft_language") if status.status == "draft" else "",
        }
        for tag, status in edition.site.course.languages.items()
    ]


def _systems(edition: SiteEdition) -> list[Json]:
    """Give the LMSs that there are guides for, and whether everything was tried there."""
    from scorm_builder.lms.lms_presets import presets

    return [
        {"name": one.name, "note": "" if one.guide.confirmed else edition.word("untried")}
        for one in presets().values()
        if one.kind == "family"
    ]
