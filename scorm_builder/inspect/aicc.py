"""Course files of AICC -> what can be told of them; few LMSs still import AICC.

Spec: AICC CMI001 4.0, appendix A.
"""

from __future__ import annotations

import csv
import posixpath
import re

from scorm_builder.inspect.archive_rules import extension
from scorm_builder.inspect.described import Described, Launch
from scorm_builder.inspect.findings import Finding
from scorm_builder.inspect.read_archive import Archive, UnreadableEntryError

_TITLE = re.compile(r"^\s*course_title\s*=\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def aicc_files(archive: Archive) -> list[str]:
    """Give the .crs and .au files that describe an AICC course; empty unless both are there."""
    found = [name for name in archive.files if extension(name) in ("crs", "au")]
    kinds = {extension(name) for name in found}
    return sorted(found) if kinds == {"crs", "au"} else []


def describe_aicc(archive: Archive) -> Described:
    """Describe a package by its .crs and .au files."""
    described = Described("aicc", sequencing="as the .cst file says")
    for name in aicc_files(archive):
        try:
            text = archive.read(name).decode("utf-8-sig", "replace")
        except UnreadableEntryError:
            continue
        if extension(name) == "crs":
            described.manifest = name
            described.titles += _TITLE.findall(text)
        else:
            described.launches += _units(text, posixpath.dirname(name))
    what = "this is an AICC course, a standard that its makers gave up in 2014"
    fix = "Ask its maker for SCORM 1.2, which every LMS takes."
    described.findings.append(Finding("warning", "aicc-old", described.manifest, what, fix))
    return described


def _units(text: str, folder: str) -> list[Launch]:
    try:
        rows = list(csv.DictReader(text.splitlines()))
    except csv.Error:
        return []
    found = []
    for row in rows:
        cells = {str(key).strip().lower(): str(value or "") for key, value in row.items()}
        file = cells.get("file_name", "")
        mark = cells.get("mastery_score", "")
        found.append(Launch(cells.get("system_id", ""), "", posixpath.join(folder, file), mark))
    return found
