"""One package for the preview: the real one, but its statements go to the preview's own server."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.settings import Chain, ChainLrs, Programme
from scorm_builder.build_matrix import Workshop
from scorm_builder.course import Course
from scorm_builder.wording import default_nouns

PackageContent = dict[str, bytes]

KEY = "preview:preview"
NOBODY = "nobody"
IRI = "https://id.noroom.example"


def preview_package(
    course: Course,
    language: str,
    standard: str,
    programme: ProgrammeDirectory | None,
    chain: str,
    endpoint: str,
) -> PackageContent:
    """Build the package of `chain` and give its files by path; raises InputError.

    Where there is no programme or no such chain, an invented one stands in. Statements go to
    `endpoint` with the key `KEY`, whatever the chain says.
    """
    name = default_nouns(language)["programme"]
    settings = programme.settings if programme else Programme(name=name, iri=IRI)
    known = programme.chains.get(chain) if programme else None
    lrs = ChainLrs(endpoint=endpoint, key=KEY)
    shown = (known or Chain(name=name)).model_copy(update={"lrs": lrs})
    chain = chain if known else NOBODY
    path = programme.path if programme else Path()
    workshop = Workshop(course, ProgrammeDirectory(path, settings, {chain: shown}))
    parts = next(workshop.packages((language,), chain, [standard]))
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        return {file: archive.read(file) for file in archive.namelist()}
