"""What is said of broken public sites and registers, for docs/messages.md."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from programme.problems import Problem
from programme.public_register import PublicRegister, read_public_register
from scorm_builder.course.load_course import load_course
from scorm_builder.site.load_site import load_site
from scorm_builder.site.release import release_problems
from scorm_builder.site.site_edition import translated_site
from scorm_builder.site.site_folder import write_folder
from tests.builder.conftest import ROOT
from tests.messages.refusal import refusal

_ENTRY = {
    "number": "2026-0007", "hotel": "acme-0042", "name": "Acme Harbour", "chain": "acme",
    "chain_name": "Acme Hotels", "valid_from": "2026-03-02", "valid_until": "2028-03-02",
    "status": "valid",
}  # fmt: skip


def examples() -> dict[str, str]:
    """Give a real message for each code of a site and of a register.json."""
    with tempfile.TemporaryDirectory() as folder:
        found = [*_of_registers(Path(folder)), *_of_sites(Path(folder))]
        return {one.code: str(one).replace(f"{folder}/", "") for one in found}


def _of_registers(folder: Path) -> Iterator[Problem]:
    expired = {**_ENTRY, "number": "2026-0008", "status": "expired"}
    whole = {"format": 1, "programme": "No Room", "updated_on": "2026-11-22"}
    texts = [
        json.dumps({**whole, "certificates": [_ENTRY, _ENTRY, expired]}, indent=1),
        '{"format": 1,',
    ]
    path = folder / "register.json"
    for text in texts:
        path.write_text(text, encoding="utf-8")
        yield from refusal(lambda: read_public_register(path))


def _of_sites(folder: Path) -> Iterator[Problem]:
    course = folder / "course"
    shutil.copytree(ROOT / "courses" / "no-room", course)
    file = course / "site" / "site.yaml"
    _in_two_languages(file)
    register = PublicRegister(
        format=1, programme="No Room", updated_on="2026-11-22", certificates=[]
    )
    site = load_site(load_course(course, []))
    day = datetime.date(2028, 1, 1)
    yield from release_problems(site, ["en"], register, day, allow_draft=True)
    yield from refusal(lambda: release_problems(site, [], None, day, allow_draft=False))
    (folder / "other").mkdir()
    (folder / "other" / "notes.txt").touch()
    yield from refusal(lambda: write_folder(folder / "other", {}))
    (site.locale / "fr.po").unlink(missing_ok=True)
    yield from refusal(lambda: translated_site(site, "fr"))
    text = file.read_text("utf-8")
    text = text.replace("on {date}.", "today.", 1).replace("[join, hr,", "[joins, hr,", 1)
    file.write_text(text.replace("        shows: signals\n", "", 1), "utf-8")
    yield from refusal(lambda: load_site(load_course(course, [])))
    file.unlink()
    yield from refusal(lambda: load_site(load_course(course, [])))


def _in_two_languages(file: Path) -> None:
    """Take out all languages of the site but two: the lines in the examples stay as they are."""
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^  (?!en|nl)\S+: \{ status: .*\n", "", text), "utf-8")
