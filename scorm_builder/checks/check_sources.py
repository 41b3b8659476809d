"""Rules of signals, claims and country: what the course says can be traced and dialled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import chain

from programme.contacts.read_contacts import countries, unknown_country
from programme.files import is_there
from programme.problems import InputError, Problem
from programme.yaml_source import NodePath, read_text
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.field_types import SOURCES
from scorm_builder.course.nodes import Node, SceneObject, SignalNode
from scorm_builder.course.page_nodes import nodes_below

_CLAIM = re.compile(r"^(?:\|\s*`?([^\s|`]+)`?\s*\||##\s+`?([^\s`]+)`?(?:\s|$))", re.MULTILINE)


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with signals, claims and country of a completely read course."""
    return [*_signals(course), *_claims(course), *_country(course)]


def claim_ids(text: str) -> set[str]:
    """Give the claim ids of a sources.md: `| id | …` table rows and `## id` headings."""
    return {table or heading for table, heading in _CLAIM.findall(text)}


def _nodes(course: Course) -> Iterator[tuple[Placed[object], NodePath, Node, bool]]:
    """Give every page, question and what is on it: owner, path below it, node, applies."""
    for placed in chain(course.all_pages(), course.questions):
        owner: Node = placed.value
        applies = course.applies(owner)
        yield placed, (), owner, applies
        for path, node in nodes_below(owner):
            yield placed, path, node, applies and course.applies(node)


def _signals(course: Course) -> Iterator[Problem]:
    known = {placed.value.id for placed in course.signals}
    shown: set[str] = set()
    for placed, path, node, applies in _nodes(course):
        for place, signal in _named_signals(node):
            if applies:
                shown.add(signal)
            if signal not in known:
                below = (*path, *place)
                yield _unknown(placed, below, "signal", signal, known, "the signals file")
    for placed_signal in course.signals:
        signal_id = placed_signal.value.id
        if placed_signal.value.required and signal_id not in shown:
            what = f'the required signal "{signal_id}" occurs nowhere in the course'
            fix = f"Show it, and write signals: [{signal_id}] there."
            yield placed_signal.problem(("id",), "signal-missing", what, fix)


def _named_signals(node: Node) -> Iterator[tuple[NodePath, str]]:
    """Give place and id of each signal that a node names."""
    if isinstance(node, SignalNode):
        for number, signal in enumerate(node.signals):
            yield ("signals", number), signal
    elif isinstance(node, SceneObject) and node.signal is not None:
        yield ("signal",), node.signal


def _unknown(
    placed: Placed[object], path: NodePath, kind: str, name: str, known: set[str], file: str
) -> Problem:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    fix = f'Did you mean "{near[0]}"?' if near else f"Add it to {file}, or delete it here."
    return placed.problem(path, f"{kind}-unknown", f'there is no {kind} "{name}" in {file}', fix)


def _claims(course: Course) -> Iterator[Problem]:
    used = list(_used_claims(course))
    if not used:
        return
    path = course.folder / SOURCES
    if leads_outside(course.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        yield Problem(str(path), 0, 0, "path-outside", what, fix)
        return
    if not is_there(path):
        what = f"the course names claims, but there is no {SOURCES}"
        fix = "Write it, with a row | claim-id | source | for each."
        yield Problem(str(path), 0, 0, "file-missing", what, fix)
        return
    try:
        known = claim_ids(read_text(path, str(path)))
    except InputError as error:
        yield from error.problems
        return
    for placed, place, claim in used:
        if claim not in known:
            yield _unknown(placed, place, "claim", claim, known, SOURCES)


def _used_claims(course: Course) -> Iterator[tuple[Placed[object], NodePath, str]]:
    for placed in chain(course.all_pages(), course.questions):
        for number, claim in enumerate(placed.value.claims):
            yield placed, ("claims", number), claim
    for signal in course.signals:
        yield signal, ("source",), signal.value.source


def _country(course: Course) -> Iterator[Problem]:
    country = course.settings.value.country
    if course.country not in countries():
        yield course.settings.problem(("country",), "country-unknown", *unknown_country(country))
