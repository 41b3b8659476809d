"""The placeholders of the site's texts, and which of them each of its own words may have."""

from __future__ import annotations

GENERAL = ("programme", "course", "emergency", "threshold", "minutes", "contact", "leave")
"""What may stand in every text of pages and stories."""

OF_WORDS: dict[str, tuple[str, ...]] = {
    "source": ("source",),
    "read_story": ("title",),
    "checked": ("date",),
    "threshold_ge": ("percent",),
    "threshold_gt": ("percent",),
    "open_course": ("name",),
    "hotels_on": ("date",),
    "valid_until": ("date",),
    "made": ("programme",),
}
"""Key under `words:` -> what it has to have; the others have none."""

MEANINGS = {
    "programme": "the name of the programme",
    "course": "the title of the course",
    "emergency": "the emergency number, such as 112",
    "threshold": "“at least 60 %”, the share of employees for a certificate",
    "minutes": "the time that the course takes, in minutes",
    "contact": "a name with a mail address or a phone number",
    "leave": "the words of the button “Leave this site”",
    "source": "the name of a source",
    "title": "the title of a story",
    "date": "a date",
    "percent": "a share, such as 60 %",
    "name": "the name of a chain or hotel",
}
