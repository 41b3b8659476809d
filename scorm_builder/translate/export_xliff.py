"""A course and one translation -> an XLIFF file for a translation tool."""

from __future__ import annotations

from types import ModuleType
from typing import Literal

from programme.problems import InputError, Problem
from programme.words import is_refused_character
from scorm_builder.course.course_texts import Text
from scorm_builder.translate import xliff12, xliff20
from scorm_builder.translate.inline import matched, pieces
from scorm_builder.translate.po_units import comments, is_fuzzy, place_of
from scorm_builder.translate.translatable import Translatable
from scorm_builder.translate.update import Catalogue
from scorm_builder.translate.xliff_document import Document, State, Unit

Format = Literal["xliff12", "xliff20"]

WRITERS: dict[str, ModuleType] = {"xliff12": xliff12, "xliff20": xliff20}


def export_xliff(subject: Translatable, catalogue: Catalogue, form: Format) -> bytes:
    """Give the XLIFF file; raises InputError for a translation that XML cannot hold."""
    content: bytes = WRITERS[form].write(document(subject, catalogue))
    return content


def original(subject: Translatable) -> str:
    """Give the name by which an XLIFF file knows its course: `<id>/<version>`."""
    return f"{subject.id}/{subject.version}"


def document(subject: Translatable, catalogue: Catalogue) -> Document:
    """Give every text of the course with its translation."""
    notes = subject.notes()
    problems: list[Problem] = []
    units = []
    for text in subject.texts:
        problems += _unwritable(catalogue, text)
        units.append(_unit(subject, catalogue, text, notes[text.context]))
    if problems:
        raise InputError(problems)
    return Document(original(subject), subject.source_language, catalogue.language, units)


def _unit(subject: Translatable, catalogue: Catalogue, text: Text, notes: list[str]) -> Unit:
    entry = catalogue.entries[text.context]
    target = str(entry.target)
    state: State = "translated"
    if not target.strip():
        state = "untranslated"
    elif is_fuzzy(entry):
        state = "review"
    source = pieces(text.text.strip(), text.form)
    file, _, line = place_of(subject, text).strip("\u2068\u2069").rpartition(":")
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
