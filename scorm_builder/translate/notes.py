"""What a translator has to know about each text: on which screen it stands, and what to keep."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_builder.course.course import Course
from scorm_builder.course.course_model import Question
from scorm_builder.course.course_records import Signal
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.nodes import (
    Bin,
    Card,
    Ending,
    Node,
    Option,
    Reply,
    ScaleCard,
    SceneObject,
    SortCard,
    Statement,
    Step,
    Turn,
)
from scorm_builder.course.page_nodes import node_lists
from scorm_builder.course.pages import AnyPage, PageNode
from scorm_builder.course.placeholders import names

_SCREENS = {
    "text": "a screen to read",
    "cards": "a screen with cards",
    "video": "a film, and the same as pictures and as words",
    "true_false": "a screen with sentences that are true or not",
    "choose_one": "a question with one right answer",
    "choose_several": "a question with several right answers",
    "order": "steps to put in order",
    "hotspot": "a picture in which to find signals",
    "signals_scale": "cards that add up: how clear is the picture?",
    "sort": "cards to sort into bins",
    "dialogue": "a conversation with several ways through it",
    "reflection": "a question to think about",
    "role": "the question what work the learner does",
    "check": "the screen that starts the check",
    "finish": "the last screen",
}
_FIELDS = {
    "title": "title",
    "text": "text",
    "question": "question",
    "feedback": "said after the answer",
    "feedback.nothing": "said to who answers “nothing special”",
    "feedback.alert": "said to who answers “stay alert”",
    "feedback.tell": "said to who answers “tell the manager”",
    "warning": "what to expect, said before the page, which may be skipped",
    "card": "the card to keep or print",
    "transcript": "what the film says and shows, for who reads it instead",
    "team": "what to talk about with the team",
    "picture.description": "what the picture shows, read out to who does not see it",
    "scene.description": "what the picture shows, read out to who does not see it",
}
_PLACEHOLDERS = {
    "manager": "the chain's word for the manager; “your manager” if it has none",
    "second_contact": "whom to tell if not the manager; “the second contact” if nobody is named",
    "emergency": "the emergency number, such as 112",
    "programme": "the name of the programme that offers the course",
    "course": "the title of the course",
}
FORMS = {
    Form.INLINE: "Markdown, one paragraph: keep **bold** and *emphasis*.",
    Form.BLOCK: "Markdown: keep **bold**, *emphasis*, lists and empty lines between paragraphs.",
}


def translator_notes(course: Course) -> dict[str, list[str]]:
    """Give {context: lines} for every text of the course."""
    places = dict(_places(course))
    found = {}
    for text in course_texts(course):
        lines = [_place(text.context, places), *_rules(text)]
        found[text.context] = [" ".join(line.split()) for line in lines]
    return found


def _place(context: str, places: dict[str, str]) -> str:
    """Give the words for a text: those of its node, and what it is on it."""
    node, fields = context, ""
    while node not in places:
        node, _, field = node.rpartition(".")
        fields = f"{field}.{fields}".rstrip(".")
    if not fields:
        return f"{places[node]}."
    return f"{places[node]}: {_FIELDS.get(fields, fields)}."


def _rules(text: Text) -> Iterator[str]:
    """Give what a translation of this text has to keep."""
    if text.form in FORMS:
        yield FORMS[text.form]
    for name in sorted(names(text.text)):
        yield f"{{{name}}} stands for {_PLACEHOLDERS[name]}. Do not translate it."
    if text.max_length:
        yield f"At most {text.max_length} characters."


def _places(course: Course) -> Iterator[tuple[str, str]]:
    """Give each node's context, or that of a whole text, with the words for its place."""
    yield "course.title", "Title of the course, as the LMS and the learner see it"
    yield "course.description", "What the course is, for the catalogue of an LMS"
    for role in course.settings.value.roles or ():
        yield f"role.{role.id}", f"Kind of work that a learner can choose, “{role.title}”"
    for profile in course.settings.value.profiles or ():
        place = f"profile.{profile.id}"
        yield place, f"Who a learner can be beside the hotel's own staff, “{profile.title}”"
        for name, stands_for in (("manager", "whom they tell"), ("second_contact", "whom else")):
            words = f"Stands for {{{name}}} for “{profile.title}”: {stands_for}"
            yield f"{place}.{name}", f"{words}. The form that stands alone (nominative)"
    for block in course.blocks:
        yield f"block.{block.value.id}", f"Part “{block.value.title}” of the course"
        for page in block.value.pages:
            yield from _page(page, block.value.title)
    for question in course.questions:
        yield from _question(question.value)
    for signal in course.signals:
        yield from _signal(signal.value)


def _page(page: AnyPage, block: str) -> Iterator[tuple[str, str]]:
    context = f"page.{page.id}"
    place = f"Part “{block}”, screen “{page.title}”"
    yield context, f"{place} ({_SCREENS[page.kind]}){_only_if(page)}"
    yield from _nodes(context, place, page)


def _question(question: Question) -> Iterator[tuple[str, str]]:
    context = f"question.{question.id}"
    place = f"Check, question {question.id}"
    yield context, f"{place} ({_SCREENS[question.kind]}){_only_if(question)}"
    yield from _nodes(context, place, question)


def _nodes(context: str, place: str, owner: Node) -> Iterator[tuple[str, str]]:
    for listed in node_lists(owner):
        for number, node in enumerate(listed.nodes, 1):
            words = _words(node, f"{number} of {len(listed.nodes)}")
            yield f"{context}.{node.id}", f"{place}, {words}{_only_if(node)}"
            yield from _nodes(f"{context}.{node.id}", f"{place}, {words}", node)


def _words(node: Node, counted: str) -> str:
    """Give what a node is; `counted` is its number and how many there are: "1 of 3"."""
    number = counted.partition(" ")[0]
    match node:
        case Card() | ScaleCard() | SortCard():
            return f"card {counted}"
        case Statement():
            return f"sentence {number}, which is {'true' if node.answer else 'not true'}"
        case Option():
            return f"answer {number}, which is {'right' if node.right else 'wrong'}"
        case Step():
            return f"step {counted}, in the right order"
        case Bin():
            return f"bin {number}: the name of where cards may go"
        case Turn():
            return f"turn “{node.title}”"
        case Reply():
            return f"choice {number}"
        case SceneObject():
            kind = "can be a signal" if node.signal else "is no signal"
            return f"thing {number} in the picture, which {kind}"
        case Ending():
            return f"{'good' if node.good else 'other'} ending {number}"
        case _:
            return f"entry {number}"


def _only_if(node: Node) -> str:
    """Give who gets a node, and when; "" for everybody and always."""
    wanted = [*node.roles, *(node.profiles if isinstance(node, PageNode) else ())]
    roles = f", only for {', '.join(wanted)}" if wanted else ""
    if node.only_if is None:
        return roles
    rule = "teaches" if node.only_if == "danger_rule" else "does not teach"
    return f"{roles}, only if the course {rule} to call the emergency number first"


def _signal(signal: Signal) -> Iterator[tuple[str, str]]:
    yield f"signal.{signal.id}", "A signal, in the list of all signals"
    for number in range(len(signal.innocent)):
        words = f"An innocent explanation, a short phrase, of the signal “{signal.text}”"
        yield f"signal.{signal.id}.innocent.{number}", words
