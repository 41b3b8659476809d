"""An occasion -> what each kind of paper says, as its template expects it (plain JSON)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from programme.contacts.read_contacts import KnownContact
from programme.papers.words import paper_languages
from scorm_builder.course.course import Course
from scorm_builder.course.wording import contact_words, speaks
from scorm_builder.documents.language_names import language_name
from scorm_builder.materials.contacts_on_paper import (
    help_for_victims,
    lines,
    small_print,
)
from scorm_builder.materials.occasion import Occasion
from scorm_builder.materials.role_signals import signals_for

Content = dict[str, Any]
MINUTES = (5, 5, 10, 10, 10, 10, 5, 5)
"""Of the parts of the talk: an hour."""
KINDS = ("police", "victim_support", "anonymous", "labour")
"""What a manager writes down first where no number has been checked."""


def poster(occasion: Occasion) -> Content:
    """Give the poster in one language."""
    words, helping = _poster_words(occasion), help_for_victims(occasion)
    return {
        **_frame(occasion, words["headline"], helping),
        "words": words,
        "help": lines(helping, occasion),
        "house_number": _house_number(occasion),
    }


def poster_all(occasion: Occasion) -> Content:
    """Give the poster with every language that course and papers have."""
    tiles = []
    for language in spoken(occasion.course, ("poster", "materials")):
        other = occasion.in_language(language)
        words = _poster_words(other)
        keys = ("headline", "tell", "rule", "danger_title", "danger")
        name = language_name(language)
        tile = {key: words[key] for key in keys}
        tiles.append({**tile, "lang": language, "rtl": other.is_rtl, "name": name})
    words = _poster_words(occasion)
    return {
        **_frame(occasion, words["headline"], _emergency(occasion)),
        "words": words,
        "tiles": tiles,
        "house_number": _house_number(occasion),
    }


def role_cards(occasion: Occasion) -> Content:
    """Give a card for each role of the course, and one for who needs help."""
    words = occasion.words("materials", "role_cards")
    words["danger"] = words["danger_call" if occasion.calls_first else "danger_tell"]
    helping = help_for_victims(occasion)
    roles = []
    for choice in occasion.course.settings.value.roles or ():
        title = occasion.course_text(f"role.{choice.id}.title", choice.title)
        signals = [
            occasion.filled(occasion.course_text(f"signal.{one.id}.text", one.text))
            for one in signals_for(occasion.course, choice.id)
        ]
        roles.append({"id": choice.id, "title": occasion.filled(title), "signals": signals})
    do = [words[f"do_{number}"] for number in (1, 2, 3)]
    return {
        **_frame(occasion, words["title"], [*helping, *_emergency(occasion)]),
        "words": {**words, "do": do},
        "roles": roles,
        "help": lines(helping, occasion),
    }


def manager_card(occasion: Occasion) -> Content:
    """Give the page for managers: the ladder, whom to call, the country's route."""
    from babel import Locale

    code = occasion.known.country
    names = Locale.parse(occasion.language, sep="-").territories
    words = occasion.words("materials", "manager_card", country=names.get(code, code))
    steps = [(words[f"step_{n}"], words[f"step_{n}_more"]) for n in range(1, 7)]
    route = {
        key: occasion.word("referral", f"{code.lower()}_{key}") for key in ("route", "victims")
    }
    contacts = occasion.shown_contacts("manager")
    kinds = [contact_words(occasion.language)[f"kind_{kind}"] for kind in KINDS]
    return {
        **_frame(occasion, words["title"], contacts),
        "words": {**words, **route, "steps": steps, "kinds": kinds},
        "contacts": lines(contacts, occasion),
    }


def signage(occasion: Occasion) -> Content:
    """Give the pictures for screens."""
    helping = help_for_victims(occasion)
    own = occasion.words("signage")
    words = {**_poster_words(occasion), "steps_title": own["steps_title"]}
    words["fair_heading"] = own["fair_title"]
    return {
        **_frame(occasion, own["title"], helping),
        "words": words,
        "help": lines(helping, occasion),
    }


def team_talk(occasion: Occasion) -> Content:
    """Give the guide for the talk with the team."""
    words: dict[str, Any] = dict(occasion.words("materials", "team_talk"))
    on_poster = _poster_words(occasion)
    words["part_5_say"] += f" {on_poster['danger_title']} {on_poster['danger']}"
    parts = [
        {
            **{key: words.get(f"part_{number}_{key}") for key in ("title", "say", "do", "listen")},
            "minutes": occasion.word("team_talk", "minutes", minutes=str(minutes)),
        }
        for number, minutes in enumerate(MINUTES, start=1)
    ]
    for group in ("before", "after", "evening"):
        words[group] = [words[key] for key in words if _is_point(key, group)]
    return {**_frame(occasion, words["title"], []), "words": {**words, "parts": parts}}


def spoken(course: Course, papers: Sequence[str]) -> list[str]:
    """Give the languages that papers and noroom's nouns have, those of the course first."""
    there = frozenset.intersection(*(paper_languages(paper) for paper in papers))
    first = [one for one in course.languages if one in there]
    return [one for one in dict.fromkeys([*first, *sorted(there)]) if speaks(one)]


def _is_point(key: str, group: str) -> bool:
    return key.startswith(f"{group}_") and key[-1].isdigit()


def _poster_words(occasion: Occasion) -> dict[str, Any]:
    words: dict[str, Any] = dict(occasion.words("materials", "poster"))
    words["danger"] = words["danger_call" if occasion.calls_first else "danger_tell"]
    words["steps"] = [(words[f"step_{n}"], words[f"step_{n}_more"]) for n in (1, 2, 3)]
    return words


def _emergency(occasion: Occasion) -> list[KnownContact]:
    """Give the contact that stands in the sentences about danger, if it is shown."""
    shown = occasion.shown_contacts("staff")
    return [one for one in shown if one.contact.kind == "emergency"][:1]


def _house_number(occasion: Occasion) -> str | None:
    contact = occasion.chain.property_contact if occasion.chain else None
    return occasion.shown(contact.number) if contact else None


def _logo(occasion: Occasion) -> dict[str, str] | None:
    """Give {file, name} of the chain's logo; the file lies beside the templates."""
    if occasion.logo is None or occasion.chain is None:
        return None
    return {"file": occasion.logo[0], "name": occasion.chain.name}


def _frame(occasion: Occasion, title: str, contacts: Sequence[KnownContact]) -> Content:
    """Give what every template asks for."""
    named = [*contacts, *(one for one in _emergency(occasion) if one not in contacts)]
    return {
        "title": title,
        "author": occasion.programme_name or "noroom",
        "lang": occasion.language,
        "rtl": occasion.is_rtl,
        "accent": occasion.accent,
        "bleed": occasion.bleed,
        "logo": _logo(occasion),
        "small_print": small_print(named, occasion),
    }
