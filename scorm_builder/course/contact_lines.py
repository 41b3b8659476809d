"""A country's contacts and its route -> what a reader sees of them, in words of one language.

Screens, site and papers show the same line for a contact, whatever they look like.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programme.contacts.read_contacts import KnownContact, countries
from programme.contacts.records import Reader
from programme.papers.words import paper_words
from scorm_builder.course.bidi import apart
from scorm_builder.course.wording import contact_words


@dataclass(frozen=True)
class ContactLine:
    """One contact: what it is for, whose it is, what to dial and when it answers.

    `owner` is "" where the number is all of its name; `details` may be empty; `dial` is what a tap
    opens.
    """

    label: str
    owner: str
    number: str
    details: tuple[str, ...]
    dial: str

    @property
    def title(self) -> str:
        """What it is for and whose it is, in one line."""
        return " · ".join(filter(None, (self.label, self.owner)))

    def note(self, *, rtl: bool) -> str:
        """Give the details in one line."""
        return ("، " if rtl else ", ").join(self.details)


def contact_line(
    one: KnownContact, language: str, day: datetime.date, *, rtl: bool, marks: bool = True
) -> ContactLine:
    """Give the line of a contact on a day; with `marks`, one that nobody has checked says so."""
    words, contact = contact_words(language), one.contact
    details = [words[f"hours_{contact.hours}"]] if contact.hours else []
    details += [words["free"]] if contact.free else []
    details += [words["unchecked"]] if marks and one.state(day) != "checked" else []
    return ContactLine(
        words[f"kind_{contact.kind}"],
        "" if contact.name == contact.number else apart(contact.name, rtl=rtl),
        apart(contact.number, rtl=rtl),
        tuple(details),
        contact.dial,
    )


def referral(country: str, reader: Reader, language: str) -> str:
    """Give what happens in a country after a report, in words for staff or for managers.

    They name no number, which could not be switched off.
    """
    code = country.lower()
    if reader == "manager":
        return paper_words("referral", language)[f"{code}_route"]
    own = contact_words(language)
    return f"{own['after_report']} {own[f'after_{code}']}"


def longest_referral(reader: Reader, language: str) -> str:
    """Give the longest of all countries' words, for how long a page takes wherever it is read."""
    found = (referral(country, reader, language) for country in countries())
    return max(found, key=lambda text: len(text.split()))
