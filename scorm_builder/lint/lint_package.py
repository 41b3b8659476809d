"""A finished package of ours -> problems: what an LMS could mind stops the build.

The rules are those of scorm_builder.inspect, held more strictly, and a few that only our own
packages have to keep.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from programme.problems import Problem
from scorm_builder.inspect.archive_rules import archive_findings
from scorm_builder.inspect.content_rules import Scans
from scorm_builder.inspect.described import Described
from scorm_builder.inspect.findings import Finding, some
from scorm_builder.inspect.inspect_package import describe
from scorm_builder.inspect.read_archive import Archive, open_archive

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
LONGEST_NAME = 120
WARNINGS = frozenset(
    {"file-media-type", "items-several", "lom-partial", "remote-address", "sequencing-ignored",
     "title-long"}
)  # fmt: skip
"""Findings that warn; any other than a note stops the build."""

ELSEWHERE = "size-large"
"""What build_packages says itself, by the limits of the chain's own LMS."""

STOPPING_NOTES = frozenset({"identifier-form", "inline-handler", "script-eval", "zip-descriptor"})
MOST_SCANS = 500
_scans: Scans = {}
_MODE, _VERSION, _FLAGS = 0o100644, 20, (0, 0x800)
_AGAIN = "This is a defect of ours: please report it with the course."


def lint_package(name: str, package: Path) -> tuple[Problem, ...]:
    """Give the problems of a finished package; errors must keep it from being published.

    `name` is where the package will stand; `package` is where it stands now.
    """
    with package.open("rb") as stream:
        return _lint(name, stream)


def _lint(name: str, stream: BinaryIO) -> tuple[Problem, ...]:
    archive = open_archive(stream)
    if isinstance(archive, Finding):
        return (archive.problem(name, "error"),)
    if len(_scans) > MOST_SCANS:
        _scans.clear()
    described = describe(archive, scans=_scans)
    problems = [
        *(one for part in described for one in _graded(name, part.findings)),
        *_graded(name, archive_findings(archive, verify=False)),
    ]
    for finding in _strict(archive, described[0]):
        problems.append(finding.problem(name, "error"))
    return tuple(sorted(set(problems)))


def _graded(name: str, findings: Iterator[Finding] | list[Finding]) -> Iterator[Problem]:
    for one in findings:
        if one.code == ELSEWHERE:
            continue
        if one.code in WARNINGS:
            yield one.problem(name, "warning")
        elif one.grade != "note" or one.code in STOPPING_NOTES:
            yield one.problem(name, "error")


def _strict(archive: Archive, described: Described) -> Iterator[Finding]:
    """Give what only our own zips promise: the same bytes everywhere, unpacked by anybody."""
    entries = archive.entries
    if described.kind != "web" and (not entries or entries[0].name != described.manifest):
        what = "the manifest is not the first entry of the zip"
        yield Finding("rejected", "package-form", "", what, _AGAIN)
    odd = [one.name for one in entries if not NAME.fullmatch(one.name)]
    long = [one.name for one in entries if len(one.name) > LONGEST_NAME]
    if odd or long:
        what = f"file names other than a-z, 0-9, . _ - or over {LONGEST_NAME}: {some(odd + long)}"
        fix = "Rename the files in the course's folder."
        yield Finding("rejected", "package-form", "", what, fix)
    loose = [
        one.name
        for one in entries
        if one.flags not in _FLAGS
        or one.version != _VERSION
        or one.mode != _MODE
        or one.method != zipfile.ZIP_DEFLATED
        or one.is_folder
    ]
    if loose:
        what = f"entries are not plain deflated files that everybody may read: {some(loose)}"
        yield Finding("rejected", "package-form", "", what, _AGAIN)
