"""A chain's packages -> the papers beside them, as {file name: content}.

A chain gets them always, also with one package: its folder is what HR receives. Packages for
nobody in particular get their digests only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programme.directory import ProgrammeDirectory
from programme.settings import Chain
from scorm_builder.course.course import Course
from scorm_builder.course.placeholders import fill

PackageFacts = tuple[str, str, tuple[str, ...], int, str]
"""File name, standard, languages, bytes, SHA-256 in hex."""

SUMS, RETURN_SHEET = "SHA256SUMS", "return-sheet.xlsx"


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
        return self._filled(self.course.settings.value.title)

    def _filled(self, title: str) -> str:
        name = self.programme.settings.name
        words = {"programme": name, "manager": "", "second_contact": "", "emergency": ""}
        return fill(title, words, as_html=False)

    @property
    def hr_languages(self) -> list[str]:
        """The languages in which HR reads, the best first: the chain's, then the programme's."""
        tags = [*self.chain.languages, self.programme.settings.language]
        return list(dict.fromkeys(tag.partition("-")[0] for tag in tags))

    def fillers(self, language: str) -> dict[str, str]:
        """Give what may stand in braces in the words of every paper, as safe HTML."""
        from scorm_builder.documents.filled_words import name, words_in

        settings = self.programme.settings
        return {
            "course": words_in(*self._title_in(language)),
            "version": self.course.settings.value.version,
            "chain": name(self.chain.name),
            "asker": name(settings.contact or settings.issuer or settings.name),
        }

    def _title_in(self, language: str) -> tuple[str | None, str]:
        """Give the course's title as HR knows it, after its language if that is another one."""
        if language == self.course.source_language:
            return None, self.title
        title = (self.course.translations or {}).get(language, {}).get("course.title")
        return (None, self._filled(title)) if title else (self.course.source_language, self.title)


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
    from scorm_builder.documents.it_sheet import IT_SHEET, it_sheet
    from scorm_builder.documents.return_sheet import return_sheet
    from scorm_builder.documents.upload_guide import GUIDE, upload_guide

    handover = Handover(course, programme, chain_id, programme.chains[chain_id], packages)
    found[GUIDE] = upload_guide(handover)
    found[IT_SHEET] = it_sheet(handover)
    hotels = hotels_of(programme.path, chain_id)
    name, title, spoken = handover.chain.name, handover.title, handover.hr_languages
    found[RETURN_SHEET] = return_sheet(name, title, hotels, spoken)
    return found


def digests(packages: Sequence[PackageFacts]) -> bytes:
    """Give SHA256SUMS as `sha256sum --check` reads it, sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, *_, digest in sorted(packages)).encode()
