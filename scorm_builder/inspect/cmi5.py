"""cmi5.xml -> what a cmi5 package is: AUs, launch URLs, moveOn, masteryScore.

Spec: cmi5 1.0 ("Quartz"), section 13 (course structure) and 14 (packages).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from scorm_builder.inspect.described import Described, Launch
from scorm_builder.inspect.files import is_address, resolve
from scorm_builder.inspect.findings import Finding, counted, quoted
from scorm_builder.inspect.numbers import number
from scorm_builder.inspect.read_archive import Archive
from scorm_builder.inspect.read_xml import (
    XmlFile,
    attribute,
    children,
    descendants,
    first,
    local,
    namespace,
    text_of,
)

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
_LAUNCH_METHODS = ("AnyWindow", "OwnWindow")
_ORDER = ("title", "description", "objectives", "url", "launchParameters", "entitlementKey")
_RESERVED = ("endpoint", "fetch", "actor", "registration", "activityId")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
AGAIN = "Have the package exported again."


def describe_cmi5(xml: XmlFile, archive: Archive, folder: str) -> Described:
    """Describe a package by its cmi5.xml."""
    described = Described("cmi5", xml.name)
    course = first(xml.root, "course")
    described.titles = [_words(course)] if course is not None else []
    units = descendants(xml.root, "au")
    described.launches = [_launch(unit, folder) for unit in units]
    number_of_parts = f"{counted(len(units), 'part')} that a learner starts one by one"
    described.sequencing = number_of_parts if len(units) > 1 else "none: one part"
    described.findings += _structure(xml, course, units)
    for unit in units:
        described.findings += _unit(xml, unit)
        described.findings += _url(xml, unit, archive, folder)
    return described


def _words(element: etree._Element) -> str:
    return text_of(first(element, "title", "langstring"))


def _launch(unit: etree._Element, folder: str) -> Launch:
    url = text_of(first(unit, "url"))
    return Launch(
        id=attribute(unit, "id") or "",
        title=_words(unit),
        file=resolve(folder, "", url) or url,
        pass_mark=attribute(unit, "masteryScore") or "",
        move_on=attribute(unit, "moveOn") or "NotApplicable",
    )


def _structure(
    xml: XmlFile, course: etree._Element | None, units: list[etree._Element]
) -> Iterator[Finding]:
    root = xml.root
    if local(root) != "courseStructure" or namespace(root) != NAMESPACE:
        what, fix = "this is not a cmi5 course structure", f"Its namespace is {NAMESPACE}."
        yield xml.finding("rejected", "manifest-shape", root, what, fix)
    if course is None or not units:
        what = "the course structure has no course" if units else "there is no AU to start"
        yield xml.finding("rejected", "manifest-shape", root, what, AGAIN)
    times = Counter(attribute(one, "id") for one in units)
    for one in [*([course] if course is not None else []), *descendants(root, "block"), *units]:
        name = attribute(one, "id") or ""
        if not _IRI.fullmatch(name):
            what = f'the id "{quoted(name)}" is no IRI'
            fix = "Write an absolute address, such as https://id.example.org/course/rooms."
            yield xml.finding("rejected", "au-id", one, what, fix)
        elif times[name] > 1:
            what, times[name] = f'the id "{quoted(name)}" stands {times[name]} times', 0
            yield xml.finding("rejected", "au-id", one, what, "Give each AU its own id.")
        for field in ("title", "description"):
            yield from _langstrings(xml, one, field)


def _langstrings(xml: XmlFile, element: etree._Element, name: str) -> Iterator[Finding]:
    field = first(element, name)
    strings = [] if field is None else children(field, "langstring")
    if not strings or not any(text_of(one) for one in strings):
        what = f"<{local(element)}> has no <{name}> with a <langstring>"
        yield xml.finding("rejected", "au-langstring", element, what, AGAIN)
    for one in strings:
        if attribute(one, "lang") is None:
            what = "a langstring does not say its language"
            yield xml.finding("warning", "au-langstring", one, what, 'Add lang="en".')


def _unit(xml: XmlFile, unit: etree._Element) -> Iterator[Finding]:
    move_on = attribute(unit, "moveOn")
    if move_on is None:
        what = "moveOn is missing: the LMS counts the part as done before anybody has started it"
        fix = 'Write moveOn="Completed", or "CompletedAndPassed" for a graded course.'
        yield xml.finding("changed", "au-moveon", unit, what, fix)
    elif move_on == "NotApplicable":
        what = "moveOn is NotApplicable: the LMS counts the part as done from the start"
        fix = "Right only for a part that nobody has to follow."
        yield xml.finding("changed", "au-moveon", unit, what, fix)
    elif move_on not in _MOVE_ON:
        what = f'moveOn has no value "{quoted(move_on)}"'
        yield xml.finding("rejected", "au-moveon", unit, what, f"Write {', '.join(_MOVE_ON)}.")
    score = attribute(unit, "masteryScore")
    value = None if score is None else number(score)
    places = 0 if value is None else -int(value.normalize().as_tuple().exponent)
    if score is not None and (value is None or not 0 <= value <= 1 or places > 4):
        what = f'masteryScore "{quoted(score)}" is no number from 0 to 1 with at most four places'
        yield xml.finding("rejected", "mastery-score", unit, what, "Write it as 0.8.")
    method = attribute(unit, "launchMethod")
    if method not in (None, *_LAUNCH_METHODS):
        what = f'launchMethod has no value "{quoted(method or "")}"'
        yield xml.finding(
            "rejected", "au-launch-method", unit, what, "Write AnyWindow or OwnWindow."
        )
    known = [_ORDER.index(local(one)) for one in children(unit, *_ORDER)]
    if known != sorted(set(known)):
        what = "the parts of this AU stand twice or in the wrong order"
        yield xml.finding("rejected", "au-order", unit, what, f"The order is {', '.join(_ORDER)}.")


def _url(xml: XmlFile, unit: etree._Element, archive: Archive, folder: str) -> Iterator[Finding]:
    field = first(unit, "url")
    url = text_of(field)
    place = unit if field is None else field
    target = resolve(folder, "", url)
    try:
        used = [
            name
            for name in parse_qs(urlsplit(url).query, keep_blank_values=True)
            if name in _RESERVED
        ]
    except ValueError:
        used = []
    if used:
        what = f"the url uses {', '.join(used)}, which the LMS adds itself"
        yield xml.finding("rejected", "au-url", place, what, "Take it out of the url.")
    if is_address(url):
        what = f'"{quoted(url)}" is outside the package'
        fix = "Ask for a package that holds everything, unless that server is always reachable."
        yield xml.finding("changed", "external-launch", place, what, fix)
    elif target is None or target.startswith("../"):
        what = "the AU has no url in the package"
        yield xml.finding("rejected", "au-url", place, what, AGAIN)
    elif target not in archive.files:
        near = archive.by_lower_case.get(target.lower())
        what = f'"{quoted(url)}" is ' + (f"called {quoted(near)}" if near else "not") + " in it"
        code = "file-case" if near else "file-absent"
        fix = "Write the name exactly, or put the file into the package."
        yield xml.finding("rejected", code, place, what, fix)
