"""Rules of the pages on which learners practise: the scale, the bins, the ways of a dialogue."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from programme.problems import Problem
from scorm_builder.checks.check_roles import left_out, names_of
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.nodes import Ending, Node, ScaleCard, Turn
from scorm_builder.course.pages import DialoguePage, PageNode, SignalsScalePage, SortPage

DEEPEST = 8
"""Turns from the first one to an ending: a conversation has to fit into a few minutes."""

_NEVER_SKIPPED = ("check", "finish")


def practice_problems(course: Course, placed: Placed[Node]) -> Iterator[Problem]:
    """Give what is wrong with one page or question, as far as it is of these kinds."""
    page = placed.value
    if isinstance(page, PageNode) and page.warning is not None:
        yield from _warning(placed)
    if isinstance(page, SignalsScalePage):
        yield from _scale(course, placed, page)
    elif isinstance(page, SortPage):
        yield from _sort(course, placed, page)
    elif isinstance(page, DialoguePage):
        yield from _dialogue(course, placed, page)


def _warning(placed: Placed[Node]) -> Iterator[Problem]:
    kind = getattr(placed.value, "kind", "")
    if kind in _NEVER_SKIPPED:
        what = f"a page of the kind {kind} cannot be skipped, so it cannot have a warning"
        yield placed.problem(("warning",), "warning-place", what, "Move it to the page before.")


def _scale(course: Course, placed: Placed[Node], page: SignalsScalePage) -> Iterator[Problem]:
    strong = {one.value.id for one in course.signals if one.value.strength == "strong"}
    for number, card in enumerate(page.cards):
        shown = [signal for signal in card.signals if signal in strong]
        if shown and "tell" not in card.fits:
            what = f'the signal "{shown[0]}" is strong, but "tell" does not fit here'
            fix = "Add tell to fits:, since a strong signal counts at once."
            yield placed.problem(("cards", number, "fits"), "scale-strong", what, fix)
    yield from _answers_left_out(course, placed, page)
    for role in course.roles_of(page):
        cards = [card for card in page.cards if course.applies(card, role)]
        always = sorted(set.intersection(*(_fits(card) for card in cards))) if cards else []
        if always:
            who = f" for {role}" if role else ""
            what = f'the answer "{always[0]}" fits every card{who}, so there is nothing to weigh'
            fix = "Add a card on which another answer fits."
            yield replace(placed.problem(("cards",), "scale-same", what, fix), severity="warning")
            return


def _answers_left_out(
    course: Course, placed: Placed[Node], page: SignalsScalePage
) -> Iterator[Problem]:
    """Complain where a role never meets an answer that the page teaches the others."""
    cards = [card for card in page.cards if course.applies(card)]
    for answer in ("nothing", "alert", "tell"):
        fitting = [card for card in cards if answer in card.fits]
        short = left_out(course, page, fitting) if fitting else []
        if short:
            what = f'there is no card for {names_of(short)} on which "{answer}" fits'
            fix = "Add such a card for them, or limit the page to the roles that it is for."
            yield placed.problem(("cards",), "role-answer", what, fix)


def _fits(card: ScaleCard) -> set[str]:
    return set(card.fits)


def _sort(course: Course, placed: Placed[Node], page: SortPage) -> Iterator[Problem]:
    bins = [one.id for one in page.bins if course.applies(one)]
    used = set()
    for number, card in enumerate(page.cards):
        if not course.applies(card):
            continue
        used.add(card.bin)
        if card.bin not in bins:
            place = ("cards", number, "bin")
            what = f'there is no bin "{card.bin}" on this page'
            yield placed.problem(place, "sort-bin", what, _known(card.bin, bins))
    for number, one in enumerate(page.bins):
        if one.id not in bins:
            continue
        own = [card for card in page.cards if card.bin == one.id and course.applies(card)]
        short = left_out(course, page, own)
        if one.id not in used:
            what, fix = f'no card goes into the bin "{one.id}"', "Add such a card, or delete it."
            yield placed.problem(("bins", number), "sort-bin-empty", what, fix)
        elif short:
            what = f'there is no card for {names_of(short)} in the bin "{one.id}"'
            fix = "Add such a card for them, or limit the page to the roles that it is for."
            yield placed.problem(("bins", number), "role-bin", what, fix)


def _known(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(names)}."


def _dialogue(course: Course, placed: Placed[Node], page: DialoguePage) -> Iterator[Problem]:
    turns = {turn.id: turn for turn in page.turns if course.applies(turn)}
    endings = {one.id: one for one in page.endings if course.applies(one)}
    wrong = [*_shared_ids(placed, page), *_ways(course, placed, page, [*turns, *endings])]
    yield from wrong
    if wrong or not turns:
        return
    graph = {turn.id: _targets(course, turn) for turn in turns.values()}
    circle = _circle(graph)
    if circle:
        what = f"the conversation goes round in a circle: {' -> '.join(circle)}"
        fix = "Let one of these choices lead on, or to an ending."
        yield placed.problem(_turn_path(page, circle[0]), "dialogue-circle", what, fix)
        return
    yield from _unreached(placed, page, graph, {**turns, **endings})
    deepest = _depth(graph, next(iter(graph)))
    if deepest > DEEPEST:
        what = f"the longest way has {deepest} turns; the limit is {DEEPEST}"
        yield placed.problem(("turns",), "dialogue-deep", what, "Lead some choices to an ending.")


def _shared_ids(placed: Placed[Node], page: DialoguePage) -> Iterator[Problem]:
    turns = {turn.id for turn in page.turns}
    for number, ending in enumerate(page.endings):
        if ending.id in turns:
            what = f'"{ending.id}" is a turn and an ending; "to" could mean either'
            yield placed.problem(("endings", number, "id"), "id-repeated", what, "Rename one.")


def _ways(
    course: Course, placed: Placed[Node], page: DialoguePage, known: list[str]
) -> Iterator[Problem]:
    """Every choice leads somewhere, and somewhere is a good ending."""
    for number, turn in enumerate(page.turns):
        for count, choice in enumerate(turn.choices):
            applies = course.applies(turn) and course.applies(choice)
            if applies and choice.to not in known:
                place = ("turns", number, "choices", count, "to")
                what = f'there is no turn or ending "{choice.to}" on this page'
                yield placed.problem(place, "dialogue-way", what, _known(choice.to, known))
    if not any(one.good for one in page.endings if course.applies(one)):
        fix = "Write good: true at the ending that the course wants to teach."
        yield placed.problem(("endings",), "dialogue-good", "no ending is a good one", fix)


def _targets(course: Course, turn: Turn) -> list[str]:
    return [choice.to for choice in turn.choices if course.applies(choice)]


def _circle(graph: dict[str, list[str]]) -> list[str]:
    """Give the turns of one circle, the first one again at the end; [] if there is none."""
    done: set[str] = set()

    def walk(turn: str, way: list[str]) -> list[str]:
        if turn in way:
            return [*way[way.index(turn) :], turn]
        if turn in done or turn not in graph:
            return []
        for target in graph[turn]:
            found = walk(target, [*way, turn])
            if found:
                return found
        done.add(turn)
        return []

    return next(filter(None, (walk(turn, []) for turn in graph)), [])


def _unreached(
    placed: Placed[Node],
    page: DialoguePage,
    graph: dict[str, list[str]],
    nodes: dict[str, Turn | Ending],
) -> Iterator[Problem]:
    reached: set[str] = set()
    waiting = [next(iter(graph))]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph.get(name, [])
    for name, node in nodes.items():
        if name not in reached:
            kind = "turn" if isinstance(node, Turn) else "ending"
            what, fix = f'no choice leads to the {kind} "{name}"', f"Write to: {name} at a choice."
            place = _turn_path(page, name) if kind == "turn" else _ending_path(page, name)
            yield placed.problem(place, "dialogue-unreached", what, fix)


def _depth(graph: dict[str, list[str]], turn: str) -> int:
    """Give the turns on the longest way from `turn` to an ending; the graph has no circle."""
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in graph:
            return 0
        if name not in depths:
            depths[name] = 1 + max((depth(target) for target in graph[name]), default=0)
        return depths[name]

    return depth(turn)


def _turn_path(page: DialoguePage, name: str) -> tuple[str, int, str]:
    return "turns", next(n for n, turn in enumerate(page.turns) if turn.id == name), "id"


def _ending_path(page: DialoguePage, name: str) -> tuple[str, int, str]:
    return "endings", next(n for n, one in enumerate(page.endings) if one.id == name), "id"
