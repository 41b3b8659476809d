"""One package for the preview: the real one, but its statements go to the preview's own server."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from programme.directory import ProgrammeDirectory
from programme.personal_codes import code_pseudonym, hotel_code, new_personal_code, printed
from programme.settings import Chain, ChainLrs, Programme
from scorm_builder.course.course import Course
from scorm_builder.course.field_types import Role
from scorm_builder.course.wording import default_nouns
from scorm_builder.documents.hotels import hotels_of
from scorm_builder.package.build_matrix import Workshop

PackageContent = dict[str, bytes]

KEY = "preview:preview"
CREDENTIALS = f"Basic {base64.b64encode(KEY.encode()).decode()}"
NOBODY = "nobody"
IRI = "https://id.noroom.example"
SEVERAL = "several"
"""The language that means: all of them in one package."""

CODES_PER_HOTEL = 4

_DEMO = Path(__file__).parent / "demo"


@dataclass(frozen=True)
class Wish:
    """What to show. `chain` "": nobody's in particular; `role` "": learners choose theirs."""

    standard: str
    language: str
    chain: str = ""
    role: str = ""

    @property
    def place(self) -> str:
        """Give the folder of such packages, with a slash before and after."""
        return f"/{self.standard}/{self.language}/{self.chain or '-'}/{self.role or '-'}/"


def preview_package(
    course: Course, wish: Wish, programme: ProgrammeDirectory | None, endpoint: str
) -> PackageContent:
    """Build the package that is wished for and give its files by path; raises InputError.

    Where there is no programme or no such chain, an invented one stands in, with one hotel.
    Statements go to `endpoint` with the key `KEY`, whatever the chain says.
    """
    languages = tuple(course.languages) if wish.language == SEVERAL else (wish.language,)
    shown, chain = _programme(programme, wish.chain, languages[0])
    lrs = ChainLrs(endpoint=endpoint, key=KEY)
    settings = shown.chains[chain].model_copy(update={"lrs": lrs})
    own = ProgrammeDirectory(shown.path, shown.settings, {chain: settings})
    workshop = Workshop(course, own, unverified=True)
    role = next((one for one in get_args(Role) if one == wish.role), None)
    whom = settings.profiles
    parts = next(workshop.packages(languages, chain, [wish.standard], role, profiles=whom))
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        return {file: archive.read(file) for file in archive.namelist()}


def demo_codes(programme: ProgrammeDirectory | None, chain: str) -> list[dict[str, Any]]:
    """Give a sheet for each hotel, [{hotel, code, people: [{code, pseudonym}]}], as printed.

    The personal codes are invented, and the same every time: progress on this device hangs on them.
    """
    shown, chain = _programme(programme, chain, "en")
    sheets = []
    for hotel, name in hotels_of(shown.path, chain):
        own = hotel_code(f"{shown.settings.iri}/hotel/{hotel}")
        dice = random.Random(hotel)  # noqa: S311  these codes open nothing
        codes = [new_personal_code(dice.randrange) for _ in range(CODES_PER_HOTEL)]
        people = [
            {"code": printed(one), "pseudonym": code_pseudonym(own, one, shown.salt(chain))}
            for one in codes
        ]
        sheets.append({"hotel": name or hotel, "code": printed(own), "people": people})
    return sheets


def _programme(
    programme: ProgrammeDirectory | None, chain: str, language: str
) -> tuple[ProgrammeDirectory, str]:
    """Give the programme and the chain of a package, invented ones where there are none."""
    if programme and chain in programme.chains:
        return programme, chain
    name = default_nouns(language)["programme"]
    settings = programme.settings if programme else Programme(name=name, iri=IRI)
    return ProgrammeDirectory(_DEMO, settings, {NOBODY: Chain(name=name)}), NOBODY
