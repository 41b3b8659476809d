"""Posters and cards for the kits of certificates: printed once for each language and country.

`cli.py` hands `open_kit_papers` to `noroom certify`, since neither half imports the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from programme.directory import ProgrammeDirectory
from scorm_builder.course.course import Course
from scorm_builder.course.load_course import load_course
from scorm_builder.materials.kept_papers import KeptPapers
from scorm_builder.materials.kinds import KINDS
from scorm_builder.materials.make_materials import contents_of, languages_of
from scorm_builder.materials.occasion import Occasion
from scorm_builder.materials.print_papers import open_press

KINDS_IN_KITS = ("poster", "poster-all", "role-cards")


@dataclass
class KitPapers:
    """The papers of one programme, read and printed when needed; made by `open_kit_papers`."""

    programme: ProgrammeDirectory
    folder: Path
    day: datetime.date
    course_folder: Path
    open_until_then: ExitStack
    _made: dict[tuple[str, str], dict[str, Path]] = field(default_factory=dict)

    @cached_property
    def course(self) -> Course:
        """Read the course. Raises InputError."""
        return load_course(self.course_folder)

    @cached_property
    def kept(self) -> KeptPapers:
        """Open the press, and remove the papers of other days."""
        papers = KeptPapers(self.folder, self.open_until_then.enter_context(open_press()), self.day)
        papers.forget_other_days()
        return papers

    def files(self, language: str, chain: str) -> Mapping[str, Path]:
        """Give the papers in a hotel's language and in English, by their name in the kit.

        Colours and numbers of the chain are not on them, its country's contacts are. A kind that
        has not all its words in a language is left out. Raises InputError.
        """
        known = self.programme.chains.get(chain)
        country = (known and known.country) or self.programme.settings.country
        found: dict[str, Path] = {}
        for one in (language, language.partition("-")[0], "en"):
            if (one, country) not in self._made:
                self._made[one, country] = dict(self._print(one, country))
            made = self._made[one, country]
            # What is one paper for all languages stands in no folder, and is wanted once.
            found |= {name: file for name, file in made.items() if "/" in name or not found}
        return found

    def _print(self, language: str, country: str) -> Iterator[tuple[str, Path]]:
        occasion = Occasion(self.course, language, country, self.day, self.programme)
        for name in KINDS_IN_KITS:
            if language in languages_of(self.course, KINDS[name]):
                for stem, content in contents_of(name, occasion):
                    file = f"{stem}.pdf"
                    yield file, self.kept.pdf(KINDS[name].template, content, file)


@contextmanager
def open_kit_papers(
    programme: ProgrammeDirectory, course: Path, kept: Path, day: datetime.date
) -> Iterator[KitPapers]:
    """Give what prints for kits; `kept` is where papers stay for the next kit."""
    with ExitStack() as stack:
        yield KitPapers(programme, kept, day, course, stack)
