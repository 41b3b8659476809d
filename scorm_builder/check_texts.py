"""Rules of single texts: placeholders, braces, Markdown, control characters."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

from programme.problems import Problem
from scorm_builder.course import Course
from scorm_builder.course_model import Form
from scorm_builder.course_texts import course_texts
from scorm_builder.placeholders import KNOWN, has_lone_brace, names
from scorm_builder.rich_text import refused_markup

Finding = tuple[str, str, str, int]
"""code, what, fix, line inside the text (from 0)"""


def problems(course: Course) -> list[Problem]:
    """Give what is wrong with the texts of the course's own files."""
    return [
        text.problem(code, what, fix, line)
        for text in course_texts(course)
        for code, what, fix, line in text_findings(text.text, text.form)
    ]


def text_findings(text: str, form: Form, known: tuple[str, ...] | None = KNOWN) -> list[Finding]:
    """Give what is wrong with one text; with `known` None any placeholder may stand in it."""
    found = list(_characters(text, form))
    if not text.strip():
        found.append(("text-empty", "this text is empty", "Write the text.", 0))
    if known is not None:
        found += _placeholders(text, known)
    for refused in refused_markup(text, form):
        found.append(("text-markup", refused.what, refused.fix, refused.line))
    return found


def is_refused_character(character: str) -> bool:
    """Tell whether XML 1.0 (section 2.2) or a screen has no place for this character."""
    if character in "\n\t":
        return False
    noncharacter = (ord(character) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return noncharacter or unicodedata.category(character) in ("Cc", "Cs")


def _characters(text: str, form: Form) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n")):
        for character in sorted({one for one in line if is_refused_character(one)}):
            what = f"the text has the control character U+{ord(character):04X}"
            yield "text-character", what, "Delete it; it is often invisible.", number


def _placeholders(text: str, known: tuple[str, ...]) -> Iterator[Finding]:
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
