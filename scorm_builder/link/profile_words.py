"""Audience profiles -> the nouns for {manager} and {second_contact}, and what the player must know.

A package for one profile has its nouns in every sentence. A package for several carries those of
each, marked with the profile; the player shows what is right for who the learner is, as it does
with countries (player/shell/country.js).
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from scorm_builder.course.bidi import isolated_words
from scorm_builder.course.course_model import ProfileChoice
from scorm_builder.course.short_keys import profile_key, role_key
from scorm_builder.link.edition import Edition

Json = dict[str, Any]

NOUNS = ("manager", "second_contact")
_MARKS = dict(zip(NOUNS, ("m\ue001", "s\ue001"), strict=True))
"""Stand in a text for a noun until the profile is known. The letter before the private-use one is
large where a sentence starts."""


class ProfileWords:
    """The nouns of the profiles that an edition is for; `staff` are the chain's or noroom's own."""

    def __init__(self, edition: Edition, staff: Mapping[str, str], *, rtl: bool) -> None:
        self._edition, self._rtl = edition, rtl
        self._profiles = edition.course.profiles
        self._nouns = {one.id: self._of(one, staff) for one in self._profiles}
        several = [name for name in NOUNS if len({own[name] for own in self._nouns.values()}) > 1]
        self.open = frozenset(several)

    @property
    def words(self) -> dict[str, str]:
        """The word of each noun: the profile's, or a mark for `filled` where profiles differ."""
        first = next(iter(self._nouns.values()), {})
        return {name: _MARKS[name] if name in self.open else word for name, word in first.items()}

    def filled(self, text: str, *, as_html: bool) -> str:
        """Put the nouns of each profile in the place of their mark."""
        for name in self.open:
            small = _MARKS[name]
            for mark in (small, small.capitalize()):
                if mark in text:
                    text = text.replace(mark, self._all(name, large=mark != small, html=as_html))
        return text

    def data(self) -> list[Json] | None:
        """Give docs/contracts.md section 5, `profiles`; None where the player need know nothing."""
        if all(one.counts for one in self._profiles) and len(self._profiles) < 2:
            return None
        return [
            {
                "key": profile_key(one.id),
                "title": self._edition.plain(f"profile.{one.id}.title"),
                **({} if one.counts else {"guest": one.id}),
                **self._roles(one),
                **({"words": self._spoken(one)} if self.open else {}),
            }
            for one in self._profiles
        ]

    def _of(self, profile: ProfileChoice, staff: Mapping[str, str]) -> dict[str, str]:
        """Give the nouns of a profile, in the language of the edition."""
        return {
            name: self._edition.plain(f"profile.{profile.id}.{name}") or staff[name]
            for name in NOUNS
        }

    def _roles(self, profile: ProfileChoice) -> Json:
        if profile.roles is None or len(self._profiles) < 2:
            return {}
        return {"roles": [role_key(role) for role in profile.roles]}

    def _spoken(self, profile: ProfileChoice) -> dict[str, str]:
        own = {name: self._nouns[profile.id][name] for name in sorted(self.open)}
        return isolated_words(own) if self._rtl else own

    def _all(self, name: str, *, large: bool, html: bool) -> str:
        words = [(one, own[name]) for one, own in self._nouns.items()]
        if large:
            words = [(one, word[:1].upper() + word[1:]) for one, word in words]
        if not html:
            return " / ".join(dict.fromkeys(word for _, word in words))
        return "".join(_span(one, word) for one, word in words)


def _span(profile: str, word: str) -> str:
    return f'<span data-profile="{profile_key(profile)}">{html.escape(word, quote=False)}</span>'
