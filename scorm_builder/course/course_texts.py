"""Course -> every text that a learner reads, each with its translation context and its place.

| Context (`msgctxt`) | Text |
|---|---|
| `course.title`, `course.description` | course.yaml |
| `role.<role>.title`, `.description` | a role |
| `profile.<profile>.title`, `.manager`, `.second_contact` | an audience profile and its own nouns |
| `block.<block>.title` | a block |
| `page.<page>.title`, `.text`, `.question`, `.feedback` | a page |
| `page.<page>.picture.description`, `page.<page>.<card>.picture.description` | a picture |
| `page.<page>.scene.description` | the picture of a hotspot page |
| `page.<page>.transcript` | what a film says and shows |
| `page.<page>.warning`, `.card`, `.team` | said before the page; to keep; to talk about |
| `page.<page>.<card, statement, option, step, bin or ending>.title`, `.text`, `.feedback` | on it |
| `page.<page>.<card>.feedback.nothing`, `.alert`, `.tell` | said to an answer on the scale |
| `page.<page>.<turn>.title`, `.text`, `.question` | a turn of a dialogue |
| `page.<page>.<turn>.<choice>.text`, `.feedback` | its choices |
| `question.<question>.text`, `.question`, `.feedback` | a question of the pool |
| `question.<question>.<option>.text`, `.feedback` | its options |
| `signal.<signal>.text`, `signal.<signal>.innocent.0` … | a signal |
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from programme.problems import Problem
from programme.yaml_source import NodePath, Source
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.field_types import Form
from scorm_builder.course.nodes import Named, Picture, ScaleFeedback


@dataclass(frozen=True)
class Text:
    """One translatable text: `context` is its stable name, `path` its place in `source`."""

    context: str
    text: str
    form: Form
    source: Source
    path: NodePath
    max_length: int | None = None

    def problem(self, code: str, what: str, fix: str, line_of_text: int = 0) -> Problem:
        """Make a Problem at this text, or at its line `line_of_text` if it is a | block."""
        line, _ = self.source.place(self.path)
        at_literal = self.source.text_at(self.path).startswith("|")
        problem = self.source.problem(self.path, code, what, fix)
        if not at_literal:
            return problem
        wanted = line + 1 + line_of_text
        excerpt = self.source.lines[wanted - 1] if wanted <= len(self.source.lines) else ""
        column = len(excerpt) - len(excerpt.lstrip()) + 1
        return Problem(problem.file, wanted, column, code, what, fix, source_line=excerpt[:160])


def course_texts(course: Course) -> Iterator[Text]:
    """Give every text of the course's files in their order, whether or not `only_if` applies."""
    yield from texts_of(course.settings, "course")
    for number, role in enumerate(course.settings.value.roles or ()):
        placed_role = Placed(role, course.settings.source, ("roles", number))
        yield from texts_of(placed_role, f"role.{role.id}")
    for number, profile in enumerate(course.settings.value.profiles or ()):
        placed_profile = Placed(profile, course.settings.source, ("profiles", number))
        yield from texts_of(placed_profile, f"profile.{profile.id}")
    for block in course.blocks:
        yield from texts_of(block, f"block.{block.value.id}", without="pages")
        for number, page in enumerate(block.value.pages):
            placed = Placed(page, block.source, (*block.path, "pages", number))
            yield from texts_of(placed, f"page.{page.id}")
    for question in course.questions:
        yield from texts_of(question, f"question.{question.value.id}")
    for signal in course.signals:
        yield from texts_of(signal, f"signal.{signal.value.id}")


def texts_of(placed: Placed[BaseModel], context: str, without: str = "") -> Iterator[Text]:
    """Walk one model: its texts, and those of the nodes in its lists."""
    for name, form, longest in _fields(type(placed.value)):
        value = getattr(placed.value, name)
        path = (*placed.path, name)
        if name == without or value is None:
            continue
        if form is not None and isinstance(value, str):
            yield Text(f"{context}.{name}", value, form, placed.source, path, longest)
        elif form is not None:
            for number, text in enumerate(value):
                place = (*path, number)
                yield Text(f"{context}.{name}.{number}", text, form, placed.source, place)
        elif isinstance(value, Picture | ScaleFeedback):
            yield from texts_of(Placed(value, placed.source, path), f"{context}.{name}")
        elif isinstance(value, list):
            for number, node in enumerate(value):
                if isinstance(node, Named):
                    below = Placed(node, placed.source, (*path, number))
                    yield from texts_of(below, f"{context}.{node.id}")


@functools.cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Form | None, int | None], ...]:
    """Give the fields of a model: name, form of its text (None: it has none), longest text."""
    return tuple(
        (
            name,
            next((mark for mark in field.metadata if isinstance(mark, Form)), None),
            next((m.max_length for m in field.metadata if hasattr(m, "max_length")), None),
        )
        for name, field in model.model_fields.items()
    )
