"""A package of ours -> Published: what progress, LMS and programme hang on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from programme.files import open_file
from programme.problems import InputError, Problem
from scorm_builder.inspect import our_course
from scorm_builder.inspect.archive_rules import extension
from scorm_builder.inspect.findings import Finding
from scorm_builder.inspect.read_archive import Archive, UnreadableEntryError, open_archive
from scorm_builder.inspect.read_xml import attribute, descendants, read_xml

_STATE_FORMAT = re.compile(rb'"(nr\d+)"')
_MANIFESTS = {
    "imsmanifest.xml": ("identifier", ("manifest", "organization", "item", "resource")),
    "cmi5.xml": ("id", ("course", "block", "au")),
    "tincan.xml": ("id", ("activity",)),
}


@dataclass(frozen=True)
class Published:
    """One language of a package; `data` is its course data, docs/contracts.md section 5.

    `identifiers` are those by which an LMS finds a learner's old attempts; `state_format` names
    the format in which the player stores progress; `together` counts the package's languages.
    """

    path: str
    standard: str
    data: dict[str, Any]
    identifiers: frozenset[str]
    state_format: str
    together: int = 1

    @property
    def course(self) -> dict[str, Any]:
        """Give {id, version, title, language, …} of the course."""
        course: dict[str, Any] = self.data["course"]
        return course

    @property
    def language(self) -> str:
        """Give the language tag."""
        return str(self.course.get("language", ""))

    @property
    def tracking(self) -> dict[str, Any]:
        """Give where and as whom statements go; empty if they go nowhere."""
        return self.data.get("tracking") or {}


def read_olds(paths: Sequence[Path]) -> list[Published]:
    """Read packages that are in use.

    Raises:
        InputError: one of them cannot be read, or noroom has not made it.
    """
    found, problems = [], []
    for path in paths:
        try:
            with open_file(path) as stream:
                olds = _read(stream, str(path))
        except OSError as error:
            what, fix = f"this cannot be read: {error.strerror}", "Check the name after --against."
            problems.append(Problem(str(path), 0, 0, "package-unreadable", what, fix))
            continue
        found += olds
        if not olds:
            what = "this is no package that noroom has made"
            fix = "Name the .zip that is in use; noroom inspect says what this one is."
            problems.append(Problem(str(path), 0, 0, "against-foreign", what, fix))
    if problems:
        raise InputError(problems)
    return found


def read_new(name: str, package: Path) -> list[Published]:
    """Read a package that has just been built, one for each language in it.

    `name` is where the package will stand; `package` is where it stands now.
    """
    with package.open("rb") as stream:
        return _read(stream, name)


def _read(stream: BinaryIO, path: str) -> list[Published]:
    archive = open_archive(stream)
    if isinstance(archive, Finding):
        return []
    identifiers, state_format = _identifiers(archive), _state_format(archive)
    found = [one for one in our_course.course_data(archive).values() if _is_whole(one)]
    return [
        Published(path, str(one.get("standard", "")), one, identifiers, state_format, len(found))
        for one in found
    ]


def _is_whole(data: dict[str, Any]) -> bool:
    """Tell whether the parts that an update is judged by have the shape that noroom gives them.

    Somebody may have edited the package; guessing at its check would be a promise to learners.
    """
    tracking, check = data.get("tracking"), data.get("check")
    if not isinstance(tracking, dict | None) or not isinstance(check, dict | None):
        return False
    if check is None:
        return True
    questions = check.get("questions")
    numbers = [check.get("draw"), check.get("pass")]
    return (
        all(type(one) is int and one > 0 for one in numbers)
        and isinstance(questions, list)
        and all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in questions)
    )


def _identifiers(archive: Archive) -> frozenset[str]:
    found: set[str] = set()
    for name, (key, elements) in _MANIFESTS.items():
        content = _content(archive, name)
        xml = read_xml(name, content)[0] if content else None
        if xml is not None:
            named = (xml.root, *descendants(xml.root, *elements))
            found |= {attribute(one, key) or "" for one in named}
    return frozenset(found - {""})


def _state_format(archive: Archive) -> str:
    for name in archive.files:
        if extension(name) == "js":
            found = _STATE_FORMAT.search(_content(archive, name))
            if found:
                return found[1].decode("ascii")
    return ""


def _content(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name) if name in archive.files else b""
    except UnreadableEntryError:
        return b""
