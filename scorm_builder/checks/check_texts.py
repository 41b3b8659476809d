"""Rules of single texts: placeholders, braces, Markdown, control characters."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator

from programme.problems import Problem
from programme.words import is_refused_character
from scorm_builder.course.course import Course
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.placeholders import KNOWN, has_lone_brace, names
from scorm_builder.course.rich_text import refused_markup

Finding = tuple[str, str, str, int]
"""code, what, fix, line inside the text (from 0)"""

_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with the texts of the course's own files."""
    return [
        text.problem(code, what, fix, line)
        for text in course_texts(course)
        for code, what, fix, line in text_findings(text.text, text.form, _known(text))
    ]


def _known(text: Text) -> tuple[str, ...]:
    """Give the placeholders that `text` may have: the title cannot stand in itself."""
    return tuple(name for name in KNOWN if (name, text.context) != ("course", "course.title"))


def text_findings(text: str, form: Form, known: tuple[str, ...] | None = KNOWN) -> list[Finding]:
    """Give what is wrong with one text; with `known` None any placeholder may stand in it."""
    found = [*_characters(text), *_entities(text)]
    if not text.strip():
        found.append(("text-empty", "this text is empty", "Write the text.", 0))
    if known is not None:
        found += _placeholders(text, known)
    for refused in refused_markup(text, form):
        found.append(("text-markup", refused.what, refused.fix, refused.line))
    return found


def _characters(text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n")):
        if line.isprintable():  # as nearly every line is; asking each character takes long
            continue
        for character in sorted({one for one in line if is_refused_character(one)}):
            what = f"the text has the control character U+{ord(character):04X}"
            yield "text-character", what, "Delete it; it is often invisible.", number


def _entities(text: str) -> Iterator[Finding]:
    """Refuse &amp; and its like: plain texts would show them, and Markdown hide a brace."""
    if "&" not in text:
        return
    for number, line in enumerate(text.split("\n")):
        for entity in sorted(set(_ENTITY.findall(line))):
            character = html.unescape(entity)
            if character != entity:
                shown = f'"{character}"' if character.isprintable() else "the character itself"
                what = f"the HTML entity {entity} is not read here"
                yield "text-markup", what, f"Write {shown} instead.", number


def _placeholders(text: str, known: tuple[str, ...]) -> Iterator[Finding]:
    if "{" not in text and "}" not in text:
        return
    for number, line in enumerate(text.split("\n")):
        for name in names(line):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                everything = ", ".join(f"{{{one}}}" for one in known)
                hint = f"Did you mean {{{near[0]}}}?" if near else f"Known: {everything}."
                what = f"there is no placeholder {{{name}}}"
                yield "placeholder-unknown", what, f"{hint} For a brace write {{{{ or }}}}.", number
        if has_lone_brace(line):
            what = "a { or } stands alone"
            yield "brace-alone", what, "For a brace in the text write {{ or }}.", number
