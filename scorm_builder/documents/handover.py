"""A chain's packages -> the papers beside them, as {file name: content}.

A chain gets them always, also with one package: its folder is what HR receives. Packages for
nobody in particular get their digests only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programme.directory import ProgrammeDirectory
from programme.settings import Chain
from scorm_builder.course.course import Course
from scorm_builder.course.placeholders import fill
from scorm_builder.documents.language_names import names_together
from scorm_builder.lms.lms_presets import options_of, preset_of
from scorm_builder.lms.option_effects import acting

PackageFacts = tuple[str, str, tuple[str, ...], int, str]
"""File name, standard, languages, bytes, SHA-256 in hex."""

SUMS, GUIDE, IT_SHEET = "SHA256SUMS", "upload-guide.html", "it-sheet.html"
RETURN_SHEET = "return-sheet.xlsx"


@dataclass(frozen=True)
class Handover:
    """For whom the papers are, and about which packages."""

    course: Course
    programme: ProgrammeDirectory
    chain_id: str
    chain: Chain
    packages: Sequence[PackageFacts]

    @property
    def title(self) -> str:
        """The course's title in its source language, placeholders filled."""
        name = self.programme.settings.name
        words = {"programme": name, "manager": "", "second_contact": "", "emergency": ""}
        return fill(self.course.settings.value.title, words, as_html=False)

    @property
    def hr_languages(self) -> list[str]:
        """The languages in which HR reads, the best first: the chain's, then the programme's."""
        tags = [*self.chain.languages, self.programme.settings.language]
        return list(dict.fromkeys(tag.partition("-")[0] for tag in tags))

    def view(self) -> dict[str, Any]:
        """Give what the templates of all papers show."""
        settings = self.programme.settings
        options = options_of(self.chain)
        return {
            "title": self.title,
            "course": self.course.settings.value,
            "chain": self.chain,
            "chain_id": self.chain_id,
            "programme": settings,
            "asker": settings.contact or settings.issuer or settings.name,
            "preset": preset_of(self.chain),
            "options": options,
            "in_parts": any(
                acting(options, standard).scos == "per_block" for _, standard, *_ in self.packages
            ),
            "packages": [
                {"name": name, "standard": STANDARD_NAMES.get(standard, standard),
                 "languages": names_together(languages), "choice": len(languages) > 1,
                 "size": f"{size / 1000:,.0f} kB", "sha256": digest}
                for name, standard, languages, size, digest in self.packages
            ],
        }  # fmt: skip


STANDARD_NAMES = {
    "scorm12": "SCORM 1.2",
    "scorm2004-3": "SCORM 2004, 3rd edition",
    "scorm2004-4": "SCORM 2004, 4th edition",
    "cmi5": "cmi5",
    "xapi": "xAPI (tincan.xml)",
    "web": "Web",
}


def handover_files(
    course: Course,
    programme: ProgrammeDirectory | None,
    chain_id: str | None,
    packages: Sequence[PackageFacts],
) -> dict[str, bytes]:
    """Give every paper by its name; raises InputError where hotels.csv cannot be read."""
    found = {SUMS: digests(packages)}
    if programme is None or chain_id is None:
        return found
    from scorm_builder.documents.hotels import hotels_of
    from scorm_builder.documents.it_sheet import it_sheet
    from scorm_builder.documents.render import render
    from scorm_builder.documents.return_sheet import return_sheet

    handover = Handover(course, programme, chain_id, programme.chains[chain_id], packages)
    found[GUIDE] = render(GUIDE, handover, handover.view())
    found[IT_SHEET] = it_sheet(handover)
    hotels = hotels_of(programme.path, chain_id)
    name, title, spoken = handover.chain.name, handover.title, handover.hr_languages
    found[RETURN_SHEET] = return_sheet(name, title, hotels, spoken)
    return found


def digests(packages: Sequence[PackageFacts]) -> bytes:
    """Give SHA256SUMS as `sha256sum --check` reads it, sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, *_, digest in sorted(packages)).encode()
