"""imsmanifest.xml -> what a SCORM package is: edition, titles, SCOs, pass mark, sequencing.

Spec: SCORM 1.2 CAM, section 2.3; SCORM 2004 CAM, sections 3 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scorm_builder.inspect.described import Described, Launch
from scorm_builder.inspect.files import resolve, resource_base
from scorm_builder.inspect.findings import Finding, counted, quoted
from scorm_builder.inspect.read_archive import Archive
from scorm_builder.inspect.read_xml import (
    XmlFile,
    attribute,
    children,
    descendants,
    first,
    namespace,
    text_of,
)
from scorm_builder.inspect.scorm_files import file_findings
from scorm_builder.inspect.scorm_rules import structure_findings
from scorm_builder.inspect.sequencing_rules import sequencing_findings

_VERSIONS = {
    "1.2": "scorm12",
    "1.3": "scorm2004-2",
    "CAM 1.3": "scorm2004-2",
    "2004 3rd Edition": "scorm2004-3",
    "2004 4th Edition": "scorm2004-4",
}
_NAMESPACES = {
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scorm12",
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "scorm12",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "scorm2004",
    "http://www.imsglobal.org/xsd/imscp_v1p1": "scorm2004",
}


def describe_scorm(xml: XmlFile, archive: Archive, folder: str) -> Described:
    """Describe a package by its imsmanifest.xml, which lies in `folder` ("" for the root)."""
    kind, findings = _kind(xml)
    described = Described(kind, xml.name, findings=findings)
    if kind == "unknown":
        return described
    organizations = descendants(xml.root, "organization")
    described.titles = [text_of(first(one, "title")) for one in organizations]
    described.launches = list(_launches(xml.root, folder))
    described.sequencing = _sequencing(xml.root, described)
    described.findings += structure_findings(xml, kind)
    described.findings += file_findings(xml, archive, folder, kind)
    described.findings += sequencing_findings(xml, kind)
    return described


def _kind(xml: XmlFile) -> tuple[str, list[Finding]]:
    """Tell the edition as an LMS would: by schemaversion, else by the namespaces."""
    version = first(xml.root, "metadata", "schemaversion")
    said = text_of(version)
    used = {_NAMESPACES.get(namespace(one)) for one in xml.root.iter("*")}
    used |= {_NAMESPACES.get(str(iri)) for one in xml.root.iter("*") for iri in one.nsmap.values()}
    if said in _VERSIONS:
        kind = _VERSIONS[said]
        return kind, list(_mixed(xml, kind, used))
    if "scorm12" not in used and "scorm2004" not in used:
        what = "this manifest is of some other kind of content package, not of SCORM"
        fix = "Ask its maker for a SCORM 1.2 export."
        return "unknown", [xml.finding("rejected", "manifest-foreign", xml.root, what, fix)]
    kind = "scorm2004-3" if "scorm2004" in used else "scorm12"
    shown = f'"{quoted(said)}" is no version of SCORM' if said else "the version is missing"
    what = f"{shown}; some LMSs then take the package for SCORM 1.2"
    fix = 'Write <schemaversion> as 1.2, "2004 3rd Edition" or "2004 4th Edition".'
    place = xml.root if version is None else version
    return kind, [xml.finding("changed", "schema-version", place, what, fix)]


def _mixed(xml: XmlFile, kind: str, used: set[str | None]) -> Iterator[Finding]:
    wanted = "scorm12" if kind == "scorm12" else "scorm2004"
    other = ({"scorm12", "scorm2004"} - {wanted}).pop()
    if other in used:
        what = "elements of SCORM 1.2 and of SCORM 2004 stand in one manifest"
        fix = "Have it exported again for one version: LMSs ignore what is of the other."
        yield xml.finding("changed", "namespace-mixed", xml.root, what, fix)


def _launches(root: etree._Element, folder: str) -> Iterator[Launch]:
    """Give the items that start a resource, in order."""
    resources = {attribute(one, "identifier"): one for one in descendants(root, "resource")}
    for item in descendants(root, "item"):
        resource = resources.get(attribute(item, "identifierref"))
        if resource is None:
            continue
        href = attribute(resource, "href") or ""
        target = resolve(folder, resource_base(resource), href)
        mark = text_of(first(item, "masteryscore")) or _measure(item)
        title = text_of(first(item, "title"))
        yield Launch(attribute(item, "identifier") or "", title, target or href, mark)


def _measure(item: etree._Element) -> str:
    """Give minNormalizedMeasure of an item's primary objective, if the LMS decides by it."""
    objective = first(item, "sequencing", "objectives", "primaryObjective")
    if objective is None or attribute(objective, "satisfiedByMeasure") != "true":
        return ""
    return text_of(first(objective, "minNormalizedMeasure")) or "1.0"


def _sequencing(root: etree._Element, described: Described) -> str:
    """Say in words how the LMS leads through the package."""
    number = len(described.launches)
    rules = descendants(root, "sequencingRules", "rollupRules", "limitConditions")
    asked = descendants(root, "prerequisites")
    used = [children(one, "preConditionRule", "postConditionRule") for one in rules]
    parts = []
    if number > 1:
        parts.append(f"{counted(number, 'part')} that a learner starts one by one")
    if rules:
        parts.append(f"sequencing with {counted(sum(map(len, used)), 'rule')}")
    if asked:
        parts.append("prerequisites between parts")
    return ", ".join(parts) or "none: one part, started as a whole"
