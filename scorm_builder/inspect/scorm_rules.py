"""The shape of imsmanifest.xml: metadata, organizations, items, identifiers, titles.

Spec: SCORM 1.2 CAM, section 2.3; SCORM 2004 CAM, section 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from scorm_builder.inspect.findings import Finding, Grade, counted, quoted, some
from scorm_builder.inspect.read_xml import (
    XmlFile,
    attribute,
    children,
    descendants,
    first,
    local,
    text_of,
)
from scorm_builder.standards.limits import TITLE_CHARACTERS

_ID = re.compile(r"[^\W\d][\w.-]*")
_SAFE_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_IDENTIFIED = ("manifest", "organization", "item", "resource")
_LOM_12 = ("general", "lifecycle", "metametadata", "technical", "rights", "classification")
LOM_DESCRIPTION = 1000
LAUNCH_DATA = {"scorm12": 255}
LAUNCH_DATA_2004 = 4000
AGAIN = "Have the package exported again."


def structure_findings(xml: XmlFile, kind: str) -> Iterator[Finding]:
    """Give what is wrong with the manifest's own shape."""
    yield from _root(xml)
    yield from _organizations(xml)
    yield from _identifiers(xml)
    yield from _odd_identifiers(xml)
    for item in descendants(xml.root, "item"):
        yield from _item(xml, item, kind)
    for titled in descendants(xml.root, "organization", "item"):
        yield from _title(xml, titled)
    yield from _metadata(xml)


def _root(xml: XmlFile) -> Iterator[Finding]:
    root = xml.root
    if local(root) != "manifest":
        what = f"the manifest starts with <{quoted(local(root))}>, not with <manifest>"
        yield xml.finding("rejected", "manifest-shape", root, what, AGAIN)
        return
    for name in ("organizations", "resources"):
        if len(children(root, name)) != 1:
            what = f"the manifest has {len(children(root, name))} elements <{name}>, not one"
            yield xml.finding("rejected", "manifest-shape", root, what, AGAIN)
    schema = first(root, "metadata", "schema")
    if text_of(schema) != "ADL SCORM":
        what = "<metadata> does not say <schema>ADL SCORM</schema>"
        fix = "Have it exported again; some LMSs recognise SCORM by this."
        yield xml.finding("warning", "schema-name", root if schema is None else schema, what, fix)
    nested = descendants(root, "manifest")[1:]
    if nested:
        what, fix = "a manifest stands in the manifest", "Have it exported as one course."
        yield xml.finding("warning", "manifest-nested", nested[0], what, fix)


def _organizations(xml: XmlFile) -> Iterator[Finding]:
    parent = first(xml.root, "organizations")
    if parent is None:
        return
    found = children(parent, "organization")
    names = [attribute(one, "identifier") for one in found]
    if not found:
        what = "the manifest has no organization, so there is nothing to start"
        yield xml.finding("rejected", "organization-missing", parent, what, AGAIN)
    elif attribute(parent, "default") not in names:
        said = attribute(parent, "default")
        what = f'the default organization "{quoted(said)}" does not exist' if said else (
            "no organization is named as the default one")  # fmt: skip
        fix = "Name the organization's identifier in <organizations default>."
        yield xml.finding("rejected", "organization-default", parent, what, fix)
    if len(found) > 1:
        what = f"the manifest has {len(found)} organizations; most LMSs show only one"
        yield xml.finding("changed", "organizations-several", found[1], what, AGAIN)
    for one in found:
        if not descendants(one, "item"):
            what = "an organization has no item, so there is nothing to start"
            yield xml.finding("rejected", "organization-missing", one, what, AGAIN)


def _odd_identifiers(xml: XmlFile) -> Iterator[Finding]:
    found = descendants(xml.root, *_IDENTIFIED)
    names = {one: attribute(one, "identifier") or "" for one in found}
    odd = [one for one in found if _ID.fullmatch(names[one]) and not _SAFE_ID.fullmatch(names[one])]
    if odd:
        many = f"{counted(len(odd), 'identifier')} with dots, not ASCII, or over 64 characters"
        what = f"{many}: {some(names[one] for one in odd)}"
        fix = "Nothing to do, unless an LMS loses track of learners; then have it exported anew."
        yield xml.finding("note", "identifier-form", odd[0], what, fix)


def _identifiers(xml: XmlFile) -> Iterator[Finding]:
    found = descendants(xml.root, *_IDENTIFIED)
    times = Counter(attribute(one, "identifier") for one in found)
    resources = {attribute(one, "identifier") for one in descendants(xml.root, "resource")}
    for one in found:
        name = attribute(one, "identifier")
        if not name:
            what = f"<{local(one)}> has no identifier"
            yield xml.finding("rejected", "identifier-missing", one, what, AGAIN)
        elif times[name] > 1:
            what = f'the identifier "{quoted(name)}" stands {times[name]} times'
            yield xml.finding("rejected", "identifier-repeated", one, what, AGAIN)
            times[name] = 0
        elif not _ID.fullmatch(name):
            what = f'"{quoted(name)}" is no XML identifier'
            fix = "Start it with a letter, then letters, digits, - and _."
            yield xml.finding("rejected", "identifier-form", one, what, fix)
    for one in descendants(xml.root, "item", "dependency"):
        wanted = attribute(one, "identifierref")
        if wanted is not None and wanted not in resources:
            what = f'there is no resource "{quoted(wanted)}"'
            yield xml.finding("rejected", "identifier-unknown", one, what, AGAIN)


def _item(xml: XmlFile, item: etree._Element, kind: str) -> Iterator[Finding]:
    leaf = not children(item, "item")
    starts = attribute(item, "identifierref") is not None
    if leaf and not starts:
        what = "an item has nothing to start"
        grade: Grade = "changed" if kind == "scorm12" else "rejected"
        yield xml.finding(grade, "item-empty", item, what, AGAIN)
    if not leaf and starts and kind != "scorm12":
        what = "an item starts something and has items below it"
        yield xml.finding("rejected", "item-empty", item, what, AGAIN)
    if attribute(item, "parameters"):
        what = "the start of a part needs parameters, which several players drop"
        fix = "Test it in your LMS; the maker can put the settings into a file instead."
        yield xml.finding("warning", "item-parameters", item, what, fix)
    asked = first(item, "prerequisites")
    if asked is not None:
        what, fix = "a part has prerequisites, which many LMSs ignore", "Do not rely on the order."
        yield xml.finding("warning", "prerequisites-ignored", asked, what, fix)
    data = first(item, "datafromlms") if kind == "scorm12" else first(item, "dataFromLMS")
    limit = LAUNCH_DATA.get(kind, LAUNCH_DATA_2004)
    if data is not None and len(text_of(data)) > limit:
        what = f"launch data has {len(text_of(data)):,} characters; {limit:,} are sure to arrive"
        yield xml.finding("changed", "launch-data-long", data, what, "Have it shortened.")


def _title(xml: XmlFile, titled: etree._Element) -> Iterator[Finding]:
    title = first(titled, "title")
    said = text_of(title)
    place = titled if title is None else title
    if not said:
        what = f"<{local(titled)}> has no title; learners would see nothing, or a file name"
        yield xml.finding("rejected", "title-missing", place, what, "Give it a title and export.")
    elif len(said) > TITLE_CHARACTERS:
        what = f"a title has {len(said)} characters; LMSs keep {TITLE_CHARACTERS}"
        yield xml.finding("changed", "title-long", place, what, "Shorten it.")


def _metadata(xml: XmlFile) -> Iterator[Finding]:
    """Look at LOM records: a half-filled one causes import warnings, none at all does not."""
    for lom in descendants(xml.root, "lom"):
        missing = [name for name in _LOM_12 if first(lom, name) is None]
        missing = missing if "imsmd_rootv1p2" in str(lom.tag) else []
        long = [
            one for one in descendants(lom, "description") if len(text_of(one)) > LOM_DESCRIPTION
        ]
        if missing:
            what = f"the metadata lack {', '.join(missing)}"
            fix = "Nothing to do: an LMS may mention it at import. No metadata at all is simpler."
            yield xml.finding("warning", "lom-partial", lom, what, fix)
        if long:
            what = f"{counted(len(long), 'description')} over {LOM_DESCRIPTION:,} characters"
            yield xml.finding(
                "changed", "lom-partial", long[0], f"{what} would be cut", "Shorten it."
            )
