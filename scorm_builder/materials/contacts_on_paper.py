"""Which contacts a paper may name, and the line that says when they were checked.

A number stands on paper only if the programme has checked it, and not longer than its check holds,
or if somebody has switched it on: in verified_contacts.yaml, or for a look at a draft.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from programme.contacts.read_contacts import KnownContact
from scorm_builder.course.contact_lines import contact_line

if TYPE_CHECKING:
    from scorm_builder.materials.occasion import Occasion

ON_STAFF_PAPERS = 3
"""So many numbers for victims fit on the poster and on a card."""


def help_for_victims(occasion: Occasion) -> list[KnownContact]:
    """Give a few contacts for somebody who needs help; among them a chat, if there is one."""
    found = occasion.shown_contacts("staff")
    helping = [one for one in found if one.contact.kind in ("victim_support", "victim_chat")]
    chat = [one for one in helping if one.contact.kind == "victim_chat"][:1]
    others = [one for one in helping if one.contact.kind != "victim_chat"]
    return [*others[: ON_STAFF_PAPERS - len(chat)], *chat]


def lines(contacts: Iterable[KnownContact], occasion: Occasion) -> list[dict[str, object]]:
    """Give contacts as the templates show them: label, number, and what stands behind it."""
    made = (
        contact_line(one, occasion.language, occasion.day, rtl=occasion.is_rtl) for one in contacts
    )
    return [
        {
            "label": one.label,
            "number": one.number,
            "more": [*filter(None, [one.owner]), *one.details],
        }
        for one in made
    ]


def small_print(contacts: Sequence[KnownContact], occasion: Occasion) -> list[str]:
    """Give the bottom line of a paper that names these contacts."""
    found = [occasion.word("materials", "draft")] if occasion.is_draft else []
    found.append(checked_line(contacts, occasion))
    if occasion.programme_name:
        found.append(occasion.word("materials", "from"))
    return found


def checked_line(contacts: Sequence[KnownContact], occasion: Occasion) -> str:
    """Say when the contacts on a paper were checked; one that was not decides for all."""
    if not contacts:
        if any(one.state(occasion.day) == "checked" for one in occasion.known.contacts):
            return occasion.word("materials", "no_contacts", date=_date(occasion.day, occasion))
        return occasion.word("materials", "not_checked")
    if any(one.state(occasion.day) != "checked" for one in contacts):
        return occasion.word("materials", "not_checked")
    days = sorted(str(one.verified.verified_on) for one in contacts)
    first, last = (datetime.date.fromisoformat(day) for day in (days[0], days[-1]))
    if first == last:
        return occasion.word("materials", "checked", date=_date(first, occasion))
    between = {"first": _date(first, occasion), "last": _date(last, occasion)}
    return occasion.word("materials", "checked_between", **between)


def _date(day: datetime.date, occasion: Occasion) -> str:
    from babel.dates import format_date

    pattern = "d MMMM y" if occasion.language == "en" else "long"
    return format_date(day, format=pattern, locale=occasion.language.replace("-", "_"))
