"""A course and one translation -> an XLIFF file for a translation tool."""

from __future__ import annotations

from types import ModuleType
from typing import Literal

from programme.problems import InputError, Problem
from programme.words import is_refused_character
from scorm_builder.course import Course
from scorm_builder.course_texts import Text, course_texts
from scorm_builder.translate import xliff12, xliff20
from scorm_builder.translate.inline import matched, pieces
from scorm_builder.translate.notes import translator_notes
from scorm_builder.translate.po_units import comments, is_fuzzy, place_of
from scorm_builder.translate.update import Catalogue
from scorm_builder.translate.xliff_document import Document, State, Unit

Format = Literal["xliff12", "xliff20"]

WRITERS: dict[str, ModuleType] = {"xliff12": xliff12, "xliff20": xliff20}


def export_xliff(course: Course, catalogue: Catalogue, form: Format) -> bytes:
    """Give the XLIFF file; raises InputError for a translation that XML cannot hold."""
    content: bytes = WRITERS[form].write(document(course, catalogue))
    return content


def original(course: Course) -> str:
    """Give the name by which an XLIFF file knows its course: `<id>/<version>`."""
    return f"{course.id}/{course.settings.value.version}"


def document(course: Course, catalogue: Catalogue) -> Document:
    """Give every text of the course with its translation."""
    notes = translator_notes(course)
    problems: list[Problem] = []
    units = []
    for text in course_texts(course):
        problems += _unwritable(catalogue, text)
        units.append(_unit(course, catalogue, text, notes[text.context]))
    if problems:
        raise InputError(problems)
    return Document(original(course), course.source_language, catalogue.language, units)


def _unit(course: Course, catalogue: Catalogue, text: Text, notes: list[str]) -> Unit:
    entry = catalogue.entries[text.context]
    target = str(entry.target)
    state: State = "translated"
    if not target.strip():
        state = "untranslated"
    elif is_fuzzy(entry):
        state = "review"
    source = pieces(text.text.strip(), text.form)
    file, _, line = place_of(course, text).strip("\u2068\u2069").rpartition(":")
    return Unit(
        context=text.context,
        source=source,
        target=matched(pieces(target, text.form), source) if state != "untranslated" else [],
        state=state,
        previous=_harmless(str(entry.prev_source)) if entry.prev_msgid else "",
        notes=notes,
        comments=[_harmless(line) for line in comments(entry) if line],
        file=file,
        line=int(line),
        max_length=text.max_length,
    )


def _unwritable(catalogue: Catalogue, text: Text) -> list[Problem]:
    """Find control characters, for which XML has no place."""
    target = str(catalogue.entries[text.context].target)
    found = sorted({one for one in target if is_refused_character(one)})
    return [
        catalogue.problem(
            text.context,
            "text-character",
            f'"{text.context}" has the control character U+{ord(character):04X}',
            "Delete it; it is often invisible.",
        )
        for character in found
    ]


def _harmless(line: str) -> str:
    return "".join(one for one in line if not is_refused_character(one))
