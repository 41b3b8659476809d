"""The kinds of paper: template, formats, words they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scorm_builder.materials import contents
from scorm_builder.materials.contents import Content
from scorm_builder.materials.occasion import Occasion

A4, A3 = 1.0, 2**0.5
PPI = 150.0
SCREEN_PPI = 152.4
"""320 mm at this density are 1,920 dots."""


@dataclass(frozen=True)
class Kind:
    """A kind of paper. `formats` maps a format's name to its factor over A4.

    `papers` are the files of programme/papers that a language needs for it; `of_course` says that
    it needs the course in that language, too. `together` is one paper for all languages.
    """

    template: str
    papers: tuple[str, ...]
    content: Callable[[Occasion], Content]
    formats: Mapping[str, float] = field(default_factory=lambda: {"a4": A4})
    of_course: bool = False
    together: bool = False
    ppi: float = PPI


KINDS: dict[str, Kind] = {
    "poster": Kind(
        "poster.typ", ("materials", "poster"), contents.poster, {"a4": A4, "a3": A3}
    ),
    "poster-all": Kind(
        "poster_all.typ", ("materials", "poster"), contents.poster_all, {"a4": A4, "a3": A3},
        together=True,
    ),
    "role-cards": Kind(
        "role_cards.typ", ("materials", "role_cards"), contents.role_cards, of_course=True
    ),
    "manager-card": Kind(
        "manager_card.typ", ("materials", "manager_card", "referral"), contents.manager_card
    ),
    "signage": Kind(
        "signage.typ", ("materials", "poster", "signage"), contents.signage, {"screen": A4},
        ppi=SCREEN_PPI,
    ),
    "team-talk": Kind("team_talk.typ", ("materials", "team_talk"), contents.team_talk),
}  # fmt: skip
