"""Rules of roles: every role can be chosen, finishes, and takes the same check.

Roles are kinds of work (field_types.Role). A node without `roles:` is for everybody.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import chain

from programme.problems import Problem
from programme.yaml_source import NodePath
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Question
from scorm_builder.course.field_types import Role
from scorm_builder.course.nodes import Card, Node, Option, ScaleCard, SortCard, Statement, Step
from scorm_builder.course.page_nodes import NodeList, nodes_below
from scorm_builder.course.pages import AnyPage, RolePage

_FOR_EVERYBODY = ("role", "check", "finish")
_LIMITED = (Card, ScaleCard, SortCard, Statement, Option, Step)
"""What may be for some roles only on a page that is for more; scenes and talks hang together."""


def problems(course: Course) -> list[Problem]:
    """Give what keeps a role of a completely read course from a course of its own."""
    found = [*_repeated(course), *_role_page(course), *_limited_nodes(course)]
    return [*found, *_too_early(course), *_empty_blocks(course), *_unequal_checks(course)]


def unknown_roles(course: Course) -> Iterator[Problem]:
    """Complain of roles that course.yaml does not offer; right for a part of a course, too."""
    for placed in chain(course.all_pages(), course.questions):
        for path, node in _nodes(placed):
            for number, role in enumerate(node.roles):
                if role not in course.roles:
                    yield _unknown(course, placed, (*path, "roles", number), role)
        if isinstance(placed.value, RolePage) and course.roles:
            otherwise = placed.value.otherwise
            if otherwise not in course.roles:
                yield _unknown(course, placed, ("otherwise",), otherwise)


def too_few_for_a_role(course: Course, owner: Placed[Node], listed: NodeList) -> Iterator[Problem]:
    """Complain where `roles` leaves somebody fewer entries than the page needs."""
    left = {
        role: sum(course.applies(node, role) for node in listed.nodes)
        for role in course.roles_of(owner.value)
    }
    short = [role for role, number in left.items() if role and number < listed.least]
    if short:
        fewest, name = min(left[role] for role in short), listed.name
        what = f"{names_of(short)} get {fewest} {name} here; {listed.least} are needed"
        fix = f"Add {name} for them, or limit the page to the roles that it is for."
        yield owner.problem((name,), "role-leaves-too-few", what, fix)


def left_out(course: Course, owner: Node, nodes: Sequence[Node]) -> list[Role]:
    """Give the roles that get `owner` but none of `nodes`, some of which apply to somebody."""
    return [
        role
        for role in course.roles_of(owner)
        if role is not None and not any(course.applies(node, role) for node in nodes)
    ]


def names_of(roles: Sequence[Role]) -> str:
    """Give "a", "a and b" or "a, b and c"."""
    *rest, last = roles
    return f"{', '.join(rest)} and {last}" if rest else last


def _nodes(placed: Placed[AnyPage | Question]) -> Iterator[tuple[NodePath, Node]]:
    yield (), placed.value
    yield from nodes_below(placed.value)


def _unknown(course: Course, placed: Placed[object], path: NodePath, role: str) -> Problem:
    what = f'course.yaml offers no role "{role}"'
    near = difflib.get_close_matches(role, course.roles, n=1, cutoff=0.6)
    offered = ", ".join(dict.fromkeys(course.roles))
    known = f"There are: {offered}." if offered else "Add roles: to it."
    fix = f'Did you mean "{near[0]}"?' if near else known
    return placed.problem(path, "role-unknown", what, fix)


def _repeated(course: Course) -> Iterator[Problem]:
    for number, role in enumerate(course.roles):
        if role in course.roles[:number]:
            what = f'the role "{role}" stands here twice'
            yield course.settings.problem(
                ("roles", number, "id"), "id-repeated", what, "Keep one of them."
            )


def _role_page(course: Course) -> Iterator[Problem]:
    found = [page for page in course.pages() if page.value.kind == "role"]
    if not course.roles:
        for page in found:
            what = "this page asks for a role, but course.yaml has no roles"
            yield page.problem(
                ("kind",), "role-page", what, "Add roles: to course.yaml, or delete the page."
            )
    elif not found:
        what = "the course has roles, but no page where learners choose theirs"
        fix = "Add a page of kind: role before everything that is for some roles only."
        yield course.settings.problem(("roles",), "role-page", what, fix)
    for page in found[1:]:
        what, fix = "this is a second role page", "Keep one page of kind: role."
        yield page.problem(("kind",), "role-page", what, fix)


def _limited_nodes(course: Course) -> Iterator[Problem]:
    for page in course.all_pages():
        if page.value.kind in _FOR_EVERYBODY and page.value.roles:
            what = f"a page of kind {page.value.kind} cannot be for some roles only"
            yield page.problem(("roles",), "role-limited", what, "Delete the line roles: here.")
        for path, node in nodes_below(page.value):
            if node.roles and not isinstance(node, _LIMITED):
                what = f"this cannot be for some roles only: the {page.value.kind} hangs together"
                fix = "Write roles: at the page, and make another page for the other roles."
                yield page.problem((*path, "roles"), "role-limited", what, fix)


def _too_early(course: Course) -> Iterator[Problem]:
    """Before the choice everybody sees the same."""
    if not any(page.value.kind == "role" for page in course.pages()):
        return
    for page in course.pages():
        if page.value.kind == "role":
            return
        if any(node.roles for _, node in _nodes(page)):
            what = "this is for some roles only, but learners have not chosen theirs yet"
            fix = "Move the page behind the page of kind: role."
            yield page.problem((), "role-early", what, fix)


def _empty_blocks(course: Course) -> Iterator[Problem]:
    for block in course.blocks:
        pages = [page for page in block.value.pages if course.applies(page)]
        short = [
            role for role in course.roles if not any(course.applies(page, role) for page in pages)
        ]
        if pages and short:
            what = f"{names_of(short)} get no page of this block"
            fix = "Add a page for them, or one for everybody."
            yield block.problem(("pages",), "role-block-empty", what, fix)


def _unequal_checks(course: Course) -> Iterator[Problem]:
    """One standard for all: a role with fewer must-pass questions would have an easier check."""
    must = {
        role: sum(question.value.must_pass for question in course.pool(role))
        for role in course.roles
    }
    if course.settings.value.check is None or len(set(must.values())) < 2:
        return
    most = max(must.values())
    fewer = [role for role, number in must.items() if number < most]
    what = f"{names_of(fewer)} get fewer must_pass questions than the {most} of other roles"
    fix = "Give every role the same number of questions with must_pass: true."
    yield course.settings.problem(("check",), "role-check", what, fix)
