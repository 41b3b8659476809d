"""Where a package is used -> whom its learners can call, and what follows a report there.

A package whose hotels lie in several countries carries what is right in each of them, marked with
the country; the player shows what is right where the learner's hotel is (player/country.js).
"""

from __future__ import annotations

import functools
import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programme.contacts.read_contacts import KnownContact, KnownCountry, known_country
from programme.contacts.records import Reader
from programme.settings import Chain
from programme.today import today
from scorm_builder.course.contact_lines import contact_line, referral
from scorm_builder.course.wording import contact_words

Json = dict[str, Any]

_MARK = "\ue000"
"""Stands in a text for the emergency number until its country is known: a private-use letter."""


@dataclass(frozen=True)
class Places:
    """The countries of a package, the first one for whose hotel nobody knows.

    `unverified` shows contacts that nobody has checked, marked as such; without it they are left
    out, but never the number for immediate danger.
    """

    countries: tuple[str, ...]
    reader: Reader
    language: str
    rtl: bool
    programme: Path | None = None
    chain: Chain | None = None
    unverified: bool = False

    @functools.cached_property
    def _known(self) -> list[KnownCountry]:
        return [known_country(country, self.programme) for country in self.countries]

    @functools.cached_property
    def emergency(self) -> str:
        """The word for {emergency}: a number, or a mark for `filled` where countries differ."""
        return self._numbers[0] if len(set(self._numbers)) == 1 else _MARK

    @property
    def _numbers(self) -> list[str]:
        return [known.emergency.contact.number for known in self._known]

    def filled(self, text: str, *, as_html: bool) -> str:
        """Put the emergency number of each country in the place of its mark."""
        if _MARK not in text:
            return text
        if not as_html:
            return text.replace(_MARK, " / ".join(dict.fromkeys(self._numbers)))
        numbers = zip(self.countries, self._numbers, strict=True)
        spans = "".join(self._element("span", country, number) for country, number in numbers)
        return text.replace(_MARK, spans)

    def referral(self) -> str:
        """Give, as HTML, what happens after a report."""
        return "".join(
            self._element("p", country, referral(country, self.reader, self.language))
            for country in self.countries
        )

    def help(self) -> list[Json]:
        """Give {name, note, number, href} of each contact, with its country where several are.

        The chain's own contact comes first.
        """
        of_countries = [
            {**self._contact(one), **({"country": known.country} if self._differ else {})}
            for known in self._known
            for one in self._shown(known)
        ]
        return [*self._own_contact(), *of_countries]

    def default(self) -> Json:
        """Give {country} for who names no hotel; nothing where there is one country only."""
        return {"country": self.countries[0]} if self._differ else {}

    def messages(self) -> dict[str, str]:
        """Give what the player says otherwise where there is nobody to call but in danger."""
        shown = (one for known in self._known for one in self._shown(known))
        if self._own_contact() or any(one.contact.kind != "emergency" for one in shown):
            return {}
        return {"help_intro": contact_words(self.language)["only_emergency"]}

    @property
    def _differ(self) -> bool:
        return len(self.countries) > 1

    def _shown(self, known: KnownCountry) -> list[KnownContact]:
        readers: Sequence[Reader] = ("staff", "manager") if self.reader == "manager" else ("staff",)
        found = known.shown(*readers, day=today(), unverified=self.unverified)
        return found if known.emergency in found else [known.emergency, *found]

    def _own_contact(self) -> list[Json]:
        """Give the chain's contact; its name in another language rather than none at all."""
        contact = self.chain.property_contact if self.chain else None
        if contact is None:
            return []
        name = contact.name.get(self.language) or next(iter(contact.name.values()))
        return [{"name": name, "note": "", "number": contact.number, "href": contact.dial}]

    def _contact(self, one: KnownContact) -> Json:
        day = today()
        marks = self.unverified or one.is_shown(day)
        line = contact_line(one, self.language, day, rtl=self.rtl, marks=marks)
        return {
            "name": line.title,
            "note": line.note(rtl=self.rtl),
            "number": one.contact.number,
            "href": line.dial,
        }

    def _element(self, tag: str, country: str, text: str) -> str:
        where = f' data-country="{country}"' if self._differ else ""
        return f"<{tag}{where}>{html.escape(text, quote=False)}</{tag}>"
