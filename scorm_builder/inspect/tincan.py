"""tincan.xml -> what an xAPI package is: its activities, and the one that is launched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_builder.inspect.described import Described, Launch
from scorm_builder.inspect.files import is_address, resolve
from scorm_builder.inspect.findings import Finding, counted, quoted
from scorm_builder.inspect.read_archive import Archive
from scorm_builder.inspect.read_xml import (
    XmlFile,
    attribute,
    descendants,
    first,
    local,
    text_of,
)

NAMESPACE = "http://projecttincan.com/tincan.xsd"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
AGAIN = "Have the package exported again."


def describe_tincan(xml: XmlFile, archive: Archive, folder: str) -> Described:
    """Describe a package by its tincan.xml."""
    described = Described("xapi", xml.name)
    activities = descendants(xml.root, "activity")
    launched = [one for one in activities if first(one, "launch") is not None]
    for one in launched:
        href = text_of(first(one, "launch"))
        title = text_of(first(one, "name"))
        described.titles.append(title)
        described.launches.append(
            Launch(attribute(one, "id") or "", title, resolve(folder, "", href) or href)
        )
    parts = counted(len(activities), "activity").replace("activitys", "activities")
    described.sequencing = f"none: {parts}, of which the LMS starts {len(launched)}"
    described.findings += _findings(xml, archive, folder)
    return described


def _findings(xml: XmlFile, archive: Archive, folder: str) -> Iterator[Finding]:
    if local(xml.root) != "tincan":
        what = f"tincan.xml starts with <{quoted(local(xml.root))}>, not with <tincan>"
        yield xml.finding("rejected", "manifest-shape", xml.root, what, AGAIN)
    activities = descendants(xml.root, "activity")
    launched = [one for one in descendants(xml.root, "launch")]
    if len(launched) != 1:
        what = f"{counted(len(launched), 'activity').replace('activitys', 'activities')} to start"
        fix = "Exactly one activity has <launch>: LMSs start no other."
        place = launched[1] if launched else xml.root
        yield xml.finding("rejected", "activity-launch", place, what, fix)
    for one in activities:
        if not _IRI.fullmatch(attribute(one, "id") or ""):
            what = f'the activity id "{quoted(attribute(one, "id") or "")}" is no IRI'
            fix = "Write an absolute address; results are looked up by it."
            yield xml.finding("rejected", "activity-id", one, what, fix)
        if not text_of(first(one, "name")):
            what = "an activity has no name"
            yield xml.finding("warning", "title-missing", one, what, "Give it a name.")
    for one in launched:
        href = text_of(one)
        target = resolve(folder, "", href)
        if is_address(href):
            what = f'"{quoted(href)}" is outside the package'
            fix = "Ask for a package that holds everything."
            yield xml.finding("changed", "external-launch", one, what, fix)
        elif target not in archive.files:
            what = f'"{quoted(href)}" is not in the package'
            yield xml.finding("rejected", "file-absent", one, what, AGAIN)
