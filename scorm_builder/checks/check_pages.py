"""Rules of single pages and questions, and the uniqueness of every id and short key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from programme.problems import Problem
from scorm_builder.checks import check_profiles, check_roles
from scorm_builder.checks.check_practice import practice_problems
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Question
from scorm_builder.course.field_types import Role
from scorm_builder.course.nodes import Node
from scorm_builder.course.page_nodes import NodeList, node_lists, nodes_below
from scorm_builder.course.pages import ChooseOnePage, ChooseSeveralPage, TrueFalsePage
from scorm_builder.course.short_keys import block_key, page_key, question_key, statement_key

Choice = ChooseOnePage | ChooseSeveralPage | Question


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with ids, options and steps; right for a part of a course, too."""
    found = list(_repeated_ids(course))
    found += _colliding_keys(course)
    for placed in chain(course.all_pages(), course.questions):
        node = placed.value
        if isinstance(node, ChooseOnePage | ChooseSeveralPage | Question):
            found += _options(course, Placed(node, placed.source, placed.path))
        found += _too_few_left(course, placed)
        found += practice_problems(course, placed)
    found += [*check_roles.unknown_roles(course), *check_profiles.unknown_profiles(course)]
    return found


def _repeated_ids(course: Course) -> Iterator[Problem]:
    yield from _repeated("block", course.blocks)
    yield from _repeated("page", list(course.all_pages()))
    yield from _repeated("question", course.questions)
    yield from _repeated("signal", course.signals)
    for placed in chain(course.all_pages(), course.questions):
        for owner in (placed, *below(placed)):
            for listed in node_lists(owner.value):
                yield from _repeated(listed.name.removesuffix("s"), entries(owner, listed))


def below(placed: Placed[Node]) -> Iterator[Placed[Node]]:
    """Give every node on a page or question, with its place."""
    for path, node in nodes_below(placed.value):
        yield Placed(node, placed.source, (*placed.path, *path))


def entries(owner: Placed[Node], listed: NodeList) -> list[Placed[Node]]:
    """Give the nodes of one list below `owner`, with their places."""
    return [
        Placed(node, owner.source, (*owner.path, listed.name, number))
        for number, node in enumerate(listed.nodes)
    ]


def _repeated(kind: str, placed_nodes: Sequence[Placed[object]]) -> Iterator[Problem]:
    first: dict[str, Placed[object]] = {}
    for placed in placed_nodes:
        node_id = str(getattr(placed.value, "id"))  # noqa: B009 - every caller's values have one
        if node_id in first:
            where = first[node_id]
            line, _ = where.source.place((*where.path, "id"))
            what = f'the {kind} id "{node_id}" is taken (first in {where.source.file}:{line})'
            yield placed.problem(("id",), "id-repeated", what, "Give each one its own id.")
        first.setdefault(node_id, placed)


def _keys(course: Course) -> Iterator[tuple[str, str, Placed[object]]]:
    for block in course.blocks:
        yield block_key(block.value.id), f"block {block.value.id}", block
    for page in course.all_pages():
        yield page_key(page.value.id), f"page {page.value.id}", page
        if isinstance(page.value, TrueFalsePage):
            for statement in page.value.statements:
                key = statement_key(page.value.id, statement.id)
                yield key, f"statement {page.value.id}/{statement.id}", page
    for question in course.questions:
        yield question_key(question.value.id), f"question {question.value.id}", question


def _colliding_keys(course: Course) -> Iterator[Problem]:
    """Two ids with one key would share their progress in suspend_data."""
    first: dict[str, str] = {}
    for key, name, placed in _keys(course):
        other = first.setdefault(key, name)
        if other != name:
            what = f"the {name} has the same short key as the {other}"
            fix = "Change one of the two ids by a letter; learners' progress is stored by this key."
            yield placed.problem(("id",), "key-collision", what, fix)


def _options(course: Course, placed: Placed[Choice]) -> Iterator[Problem]:
    for role in course.roles_of(placed.value):
        found = list(_rights(course, placed, role))
        if found:
            yield from found
            break
    if placed.value.feedback is None:
        yield from _silent_options(placed)


def _rights(course: Course, placed: Placed[Choice], role: Role | None) -> Iterator[Problem]:
    node = placed.value
    options = [option for option in node.options if course.applies(option, role)]
    right = sum(option.right for option in options)
    who = f" for {role}" if role else ""
    if node.kind == "choose_one" and right != 1:
        what = f"{right} options are right{who}; choose_one has exactly one"
        fix = "Write right: true at one option, or use choose_several."
        yield placed.problem(("options",), "options-right", what, fix)
    elif right == 0:
        fix = "Write right: true at one option or more."
        yield placed.problem(("options",), "options-right", f"no option is right{who}", fix)
    elif right == len(options):
        fix = "Write right: false at one option or more."
        yield placed.problem(("options",), "options-wrong", f"every option is right{who}", fix)


def _silent_options(placed: Placed[Choice]) -> Iterator[Problem]:
    for number, option in enumerate(placed.value.options):
        if option.feedback is None:
            what = f'the option "{option.id}" says nothing to the learner who takes it'
            fix = "Add feedback: to the option, or one feedback: for the whole question."
            yield placed.problem(("options", number), "feedback-missing", what, fix)


def _too_few_left(course: Course, placed: Placed[Node]) -> Iterator[Problem]:
    """Complain where `only_if` and `roles` leave fewer entries than the page needs."""
    for owner in (placed, *below(placed)):
        for listed in node_lists(owner.value):
            left = sum(course.applies(node) for node in listed.nodes)
            if left < listed.least:
                what = f"with danger_rule as it is, only_if leaves {left} {listed.name}"
                what += f"; {listed.least} are needed"
                fix = f"Add {listed.name} without only_if."
                yield owner.problem((listed.name,), "only-if-leaves-too-few", what, fix)
            else:
                yield from check_roles.too_few_for_a_role(course, owner, listed)
