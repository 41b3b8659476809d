"""An edition -> its texts as one chain's learners read them, its placeholders filled."""

from __future__ import annotations

from typing import Any

from programme.problems import InputError
from programme.text_direction import text_direction
from scorm_builder.course.bidi import isolated_numbers, isolated_words, unbroken_numbers
from scorm_builder.course.nodes import Node, Picture
from scorm_builder.course.pages import PageNode
from scorm_builder.course.placeholders import fill, fill_known
from scorm_builder.course.short_keys import profile_key, role_key
from scorm_builder.course.wording import default_nouns, player_messages
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.help_data import Places
from scorm_builder.link.hotel_countries import package_countries
from scorm_builder.link.profile_words import ProfileWords
from scorm_builder.standards.limits import TITLE_CHARACTERS

Json = dict[str, Any]


class ChainTexts:
    """The texts of an edition with the words of one chain filled in."""

    def __init__(self, edition: Edition, audience: Audience) -> None:
        self.edition, self.course = edition, edition.course
        only = self.course.roles[0] if len(self.course.roles) == 1 else None
        self.role = audience.role or only
        self.is_rtl = text_direction(edition.language) == "rtl"
        self.places = _places(edition, audience, rtl=self.is_rtl)
        words = _words(edition, audience, self.places.emergency)
        self.profiles = ProfileWords(edition, words, rtl=self.is_rtl)
        words |= self.profiles.words
        self.words = isolated_words(words) if self.is_rtl else words

    def applies(self, node: Node) -> bool:
        """Tell whether a node is for the learners of this package."""
        return self.course.applies(node, self.role)

    def limits(self, node: Node) -> Json:
        """Give {"roles": keys, "profiles": keys} for a node that only some learners get."""
        found = {}
        if node.roles and self.role is None:
            found["roles"] = [role_key(role) for role in node.roles]
        if isinstance(node, PageNode) and node.profiles and len(self.course.profiles) > 1:
            found["profiles"] = [profile_key(profile) for profile in node.profiles]
        return found

    def text(self, context: str) -> str:
        """Give the text of a translation context."""
        plain = self.edition.is_plain(context)
        text = fill(self.edition.html(context), self.words, as_html=not plain)
        text = self.places.filled(self.profiles.filled(text, as_html=not plain), as_html=not plain)
        return isolated_numbers(text) if self.is_rtl else unbroken_numbers(text)

    def messages(self) -> dict[str, str]:
        """Give the player's own words; those about help fit the contacts that there are."""
        own = player_messages(self.edition.language) | self.places.messages()
        words = {key: word for key, word in self.words.items() if key not in self.profiles.open}
        return {key: fill_known(text, words) for key, text in own.items()}

    def picture(self, context: str, picture: Picture) -> Json:
        """Give {src, description, size}; `context` is the picture's own."""
        src, size = self.edition.picture_name(picture), self.edition.picture_size(picture)
        known = {"size": list(size)} if size else {}
        return {"src": src, "description": self.text(f"{context}.description")} | known

    def fields(self, context: str, **names: str) -> Json:
        """Give {field: text} for fields named by their last step, such as html="text"."""
        return {field: self.text(f"{context}.{name}") for field, name in names.items()}


def _places(edition: Edition, audience: Audience, *, rtl: bool) -> Places:
    course, programme = edition.course, audience.programme
    return Places(
        package_countries(course, programme, audience.chain),
        course.settings.value.contacts_for, edition.language, rtl,
        programme.path if programme else None, audience.settings, audience.unverified,
    )  # fmt: skip


def _words(edition: Edition, audience: Audience, emergency: str) -> dict[str, str]:
    """Give the word of every placeholder (placeholders.KNOWN)."""
    nouns, language = default_nouns(edition.language), edition.language
    programme, chain = audience.programme, audience.settings
    words = {
        "manager": (chain.manager_title.get(language) if chain else None) or nouns["manager"],
        "second_contact": (chain.second_contact.get(language) if chain else None)
        or nouns["second_contact"],
        "programme": programme.settings.name if programme else nouns["programme"],
        "emergency": emergency,
    }
    title = fill(edition.html("course.title"), words, as_html=False)
    if len(title) > TITLE_CHARACTERS:
        what = f"with its placeholders filled, this title has {len(title)} characters"
        fix = f"Take a placeholder out; an LMS keeps {TITLE_CHARACTERS} characters."
        problem = edition.course.settings.problem(("title",), "title-filled-too-long", what, fix)
        raise InputError([problem])
    return {**words, "course": title}
