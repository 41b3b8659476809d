"""Countries -> whom readers of the site can call in each, and the number for danger in a sentence.

With several countries the reader opens their own on the page itself: nothing is asked of a server,
nothing is kept, and no script is needed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from programme.contacts.read_contacts import KnownContact, KnownCountry
from scorm_builder.course.contact_lines import contact_line
from scorm_builder.course.wording import contact_words
from scorm_builder.site.site_edition import SiteEdition

Json = dict[str, Any]


def contacts(edition: SiteEdition, day: str, kinds: Sequence[str] = ()) -> list[Json]:
    """Give {code, name, only, contacts} of each country; `kinds` limits the contacts.

    `only` is what is said where there is nobody to call but in danger. Contacts that nobody has
    checked are left out, but for the number for danger, or have no `checked`.
    """
    return [
        _country(edition, known, datetime.date.fromisoformat(day), kinds) for known in edition.known
    ]


def _country(
    edition: SiteEdition, known: KnownCountry, day: datetime.date, kinds: Sequence[str]
) -> Json:
    shown = known.shown("staff", day=day, unverified=edition.unverified)
    shown = shown if known.emergency in shown else [known.emergency, *shown]
    shown = [one for one in shown if not kinds or one.contact.kind in kinds]
    alone = all(one.contact.kind == "emergency" for one in shown)
    return {
        "code": known.country.lower(),
        "name": edition.country_name(known.country),
        "only": contact_words(edition.language)["only_emergency"] if alone else "",
        "contacts": [_contact(edition, one, day) for one in shown],
    }


def _contact(edition: SiteEdition, one: KnownContact, day: datetime.date) -> Json:
    rtl = edition.direction == "rtl"
    line = contact_line(one, edition.language, day, rtl=rtl, marks=False)
    checked = one.verified.verified_on if one.state(day) == "checked" else None
    return {
        "name": line.title,
        "note": line.note(rtl=rtl),
        "number": one.contact.number,
        "href": line.dial,
        "checked": edition.word("checked", date=edition.date(checked)) if checked else "",
    }
