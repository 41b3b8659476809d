"""What docs/messages.md says of the public site and its register, with real problems."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from programme.problems import InputError, Problem
from programme.public_register import PublicRegister, read_public_register
from scorm_builder.course.load_course import load_course
from scorm_builder.site.load_site import load_site
from scorm_builder.site.release import release_problems
from scorm_builder.site.site_edition import translated_site
from scorm_builder.site.site_folder import write_folder
from tests.builder.conftest import ROOT

MEANINGS = {
    "fact-expired": (
        "A warning: a figure of the public site is past its date of review, and is left out.",
        "Look for a newer one, or drop it.",
    ),
    "placeholder-missing": (
        "One of the site's own words has nothing in the place of a date, a name or a share.",
        "Write the placeholder.",
    ),
    "register-dates": (
        "A register.json says of a certificate what its dates do not.",
        "Make the file anew with `noroom register publish`.",
    ),
    "register-json": (
        "A register.json is no JSON, or only a part of it.",
        "Make the file anew with `noroom register publish`.",
    ),
    "register-number": (
        "Two certificates of a register.json have one number.",
        "Keep one of them.",
    ),
    "register-old": (
        "A warning: hotels may have gained or lost a certificate since.",
        "Make the file anew with `noroom register publish`.",
    ),
    "site-folder": (
        "--out names a folder with files that noroom site has not written.",
        "Name a new or empty folder.",
    ),
    "site-language": (
        "The site is not translated into a language, or the course is not.",
        "Translate both; as a warning it says that the language was left out.",
    ),
    "site-missing": (
        "noroom site needs site/site.yaml and site/stories.yaml in the course's folder.",
        "Write them as courses/no-room has them.",
    ),
    "site-page": (
        "Pages of the site lead to each other by their ids.",
        "Name a page that is there, and keep home, stories and help.",
    ),
    "site-signals": (
        "Everybody reads the site, so each signal on it is chosen by its id.",
        "Write `shows: signals` and `signals:` together.",
    ),
    "stories-draft": (
        "Nobody who has lived through it has read the stories: no release with them.",
        "Have survivors read them, or build with --allow-draft.",
    ),
}

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
        yield from _refusal(lambda: read_public_register(path))


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
    yield from _refusal(lambda: release_problems(site, [], None, day, allow_draft=False))
    (folder / "other").mkdir()
    (folder / "other" / "notes.txt").touch()
    yield from _refusal(lambda: write_folder(folder / "other", {}))
    (site.locale / "fr.po").unlink(missing_ok=True)
    yield from _refusal(lambda: translated_site(site, "fr"))
    text = file.read_text("utf-8")
    text = text.replace("on {date}.", "today.", 1).replace("[join, hr,", "[joins, hr,", 1)
    file.write_text(text.replace("        shows: signals\n", "", 1), "utf-8")
    yield from _refusal(lambda: load_site(load_course(course, [])))
    file.unlink()
    yield from _refusal(lambda: load_site(load_course(course, [])))


def _in_two_languages(file: Path) -> None:
    """Take out all languages of the site but two: the lines in the examples stay as they are."""
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^  (?!en|nl)\S+: \{ status: .*\n", "", text), "utf-8")


def _refusal(call: Callable[[], object]) -> list[Problem]:
    try:
        call()
    except InputError as error:
        return error.problems
    return []
