"""The resources of imsmanifest.xml against the files that the package really holds.

Spec: SCORM 1.2 CAM, section 2.3.5; SCORM 2004 CAM, section 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from scorm_builder.inspect.archive_rules import extension
from scorm_builder.inspect.files import is_address, resolve, resource_base
from scorm_builder.inspect.findings import Finding, Grade, counted, quoted, some
from scorm_builder.inspect.read_archive import Archive
from scorm_builder.inspect.read_xml import XmlFile, attribute, children, descendants, text_of

_SCHEMA_FILES = ("xsd", "dtd")
_IGNORED = re.compile(r"__MACOSX|\.\.|\\")
"""Names about which archive_rules says something worse."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_REPACK = "Put the file into the package, with exactly this name, or have it exported again."


def file_findings(xml: XmlFile, archive: Archive, folder: str, kind: str) -> Iterator[Finding]:
    """Give references that lead nowhere, files that nothing refers to, and wrong kinds."""
    listed: set[str] = set()
    started = {attribute(one, "identifierref") for one in descendants(xml.root, "item")}
    for resource in descendants(xml.root, "resource"):
        is_started = attribute(resource, "identifier") in started
        yield from _resource(xml, resource, kind, is_started=is_started)
        for one in (resource, *children(resource, "file")):
            href = attribute(one, "href")
            if href is not None:
                target = resolve(folder, resource_base(one), href)
                listed |= {target} if target else set()
                yield from _reference(xml, one, href, target, archive)
    for location in descendants(xml.root, "location"):
        listed.add(resolve(folder, "", text_of(location)) or "")
    yield from _scos(xml)
    yield from _unlisted(xml, archive, listed)
    yield from _schemas(xml, archive, folder, kind)


def _resource(
    xml: XmlFile, resource: etree._Element, kind: str, *, is_started: bool
) -> Iterator[Finding]:
    grade: Grade = "rejected" if is_started else "warning"
    wanted = "scormtype" if kind == "scorm12" else "scormType"
    other = "scormType" if kind == "scorm12" else "scormtype"
    value = attribute(resource, wanted)
    if value is None and attribute(resource, other) is not None:
        what = f"the attribute {other} is written {wanted} in this version of SCORM"
        fix = "Have it exported again: LMSs take the course for a mere file without tracking."
        yield xml.finding(grade, "scorm-type", resource, what, fix)
    elif value is None and attribute(resource, "href") is not None:
        what = f"a resource does not say {wanted}, so an LMS does not know whether it tracks"
        yield xml.finding(grade, "scorm-type", resource, what, "Have it exported again.")
    elif value not in (None, "sco", "asset"):
        what = f'{wanted} is "{quoted(value or "")}", not sco or asset'
        yield xml.finding("rejected", "scorm-type", resource, what, "Have it exported again.")


def _reference(
    xml: XmlFile, element: etree._Element, href: str, target: str | None, archive: Archive
) -> Iterator[Finding]:
    shown = quoted(href)
    if is_address(href):
        what = f'"{shown}" is outside the package'
        fix = "Ask for a package that holds everything; some LMSs refuse to show other servers."
        yield xml.finding("changed", "external-launch", element, what, fix)
    elif not target:
        yield xml.finding("rejected", "href-form", element, f'"{shown}" names no file', _REPACK)
    elif "\\" in href or href.startswith("/") or target.startswith("../"):
        what = f'"{shown}" has a backslash, starts with / or leaves the package'
        fix = "Write names with /, from the manifest's own folder."
        yield xml.finding("rejected", "href-form", element, what, fix)
    elif target in archive.files:
        return
    elif near := archive.by_lower_case.get(target.lower()):
        what = f'"{shown}" is called {quoted(near)} in the package'
        fix = "Write the name with the same capitals: most LMSs run on servers that care."
        yield xml.finding("rejected", "file-case", element, what, fix)
    else:
        what = f'"{shown}" is not in the package'
        yield xml.finding("rejected", "file-absent", element, what, _REPACK)


def _scos(xml: XmlFile) -> Iterator[Finding]:
    resources = {attribute(one, "identifier"): one for one in descendants(xml.root, "resource")}
    started = [
        resources.get(attribute(one, "identifierref")) for one in descendants(xml.root, "item")
    ]
    found = [one for one in started if one is not None]
    for one in found:
        if attribute(one, "href") is None:
            what, fix = "what an item starts has no file to start", "Have it exported again."
            yield xml.finding("rejected", "href-form", one, what, fix)
    types = [attribute(one, "scormType") or attribute(one, "scormtype") for one in found]
    if found and "sco" not in types and all(types):
        what = "no part is a SCO: an LMS shows the course but records nothing"
        yield xml.finding(
            "changed", "sco-missing", found[0], what, "Have it exported with tracking."
        )
    if len(found) > 1:
        what = f"the course has {len(found)} parts, of which each is started and recorded alone"
        fix = "Test it in your LMS: some refuse more than one, some report only the whole."
        yield xml.finding("warning", "items-several", found[1], what, fix)


def _unlisted(xml: XmlFile, archive: Archive, listed: set[str]) -> Iterator[Finding]:
    ignored = {*listed, xml.name}
    extra = [
        name
        for name in archive.files
        if name not in ignored
        and extension(name) not in _SCHEMA_FILES
        and not _IGNORED.search(name)
    ]
    if extra:
        what = f"{counted(len(extra), 'file')} the manifest does not list: {some(extra)}"
        fix = "List every file as <file href>: an LMS may leave out what is not listed."
        yield xml.finding("warning", "file-unlisted", None, what, fix)


def _schemas(xml: XmlFile, archive: Archive, folder: str, kind: str) -> Iterator[Finding]:
    """Compare xsi:schemaLocation with the XSDs at the root (ADL 2004 test suite, check 5)."""
    pairs = [str(one.get(f"{_XSI}schemaLocation") or "").split() for one in xml.root.iter("*")]
    named = {name for pair in pairs for name in pair[1::2] if not is_address(name)}
    missing = sorted(name for name in named if resolve(folder, "", name) not in archive.files)
    if missing:
        what = f"xsi:schemaLocation names files that are not in the package: {some(missing)}"
        fix = "Nothing to do for an LMS; ADL's own checker refuses it."
        yield xml.finding("warning", "schema-absent", xml.root, what, fix)
    elif not named and kind != "scorm12":
        what = "the package carries no XSDs, which ADL's own checker asks for"
        yield xml.finding("note", "schema-absent", xml.root, what, "Nothing to do for an LMS.")
