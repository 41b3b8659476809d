"""Texts + their PO file -> the PO file as it should be, matched by msgctxt.

An entry whose text has not changed keeps every line of the translator. A reworded text keeps its
translation, marked fuzzy, with the text that it was made from in `#|`. What has gone stays as
obsolete lines (`#~`) at the end and comes back with its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from translate.storage import pypo

from programme.files import is_there
from programme.problems import InputError, Problem
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.po_file import PoFile, parse_po, parse_units
from scorm_builder.course.translations import header_findings
from scorm_builder.translate.po_units import (
    context_of,
    header_fields,
    header_unit,
    is_header,
    is_obsolete,
    new_unit,
    place_of,
    po_bytes,
    quoted,
    set_comments,
    set_fuzzy,
    set_previous,
    set_source,
)
from scorm_builder.translate.translatable import Translatable

_FORMS = re.compile(r"nplurals\s*=\s*([0-9]+)")


@dataclass
class Catalogue:
    """One language's PO file in memory, up to date with the course.

    `units` holds all entries in the order of the file, `entries` those of the texts by context.
    `known` are the placeholders that may stand in a text (None: those of its source). `old` is
    what stands on disk, `po` the same parsed; None where there is no file yet.
    """

    language: str
    path: Path
    known: tuple[str, ...] | None = None
    old: bytes | None = None
    po: PoFile | None = None
    units: list[pypo.pounit] = field(default_factory=list)
    entries: dict[str, pypo.pounit] = field(default_factory=dict)
    added: int = 0
    reworded: int = 0
    gone: int = 0

    def content(self) -> bytes:
        """Give the file as it should be."""
        return po_bytes(self.units)

    def problem(self, context: str, code: str, what: str, fix: str) -> Problem:
        """Make a Problem at one entry of the file."""
        if self.po is None or context not in self.po.entries:
            return Problem(str(self.path), 0, 0, code, what, fix)
        return self.po.problem(self.po.entries[context], code, what, fix)

    def needs_writing(self) -> bool:
        """Tell whether the file on disk is not yet what it should be."""
        return self.content() != self.old


def po_path(subject: Translatable, language: str) -> Path:
    """Give the place of a translation; raises InputError if it leads out of the course."""
    path = subject.locale / f"{language}.po"
    if leads_outside(subject.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        raise InputError([Problem(str(path), 0, 0, "path-outside", what, fix)])
    return path


def template(subject: Translatable) -> bytes:
    """Give the POT file: every text of the course with its place and notes, no translation."""
    notes = subject.notes()
    units = [header_unit(header_fields(subject, None))]
    for text in subject.texts:
        unit = new_unit(text.context, text.text.strip())
        set_comments(unit, notes[text.context], place_of(subject, text))
        units.append(unit)
    return po_bytes(units)


def updated(subject: Translatable, language: str) -> Catalogue:
    """Merge the course into one language's PO file, in memory; raises InputError."""
    path = po_path(subject, language)
    if not is_there(path):
        return _merged(subject, Catalogue(language, path, subject.placeholders), [])
    po, problems = parse_po(path)
    problems += [po.problem(None, *found) for found in header_findings(po, language, None)]
    if problems:
        raise InputError(problems)
    catalogue = Catalogue(language, path, subject.placeholders, path.read_bytes(), po)
    units = parse_units(path)
    return _merged(subject, catalogue, _without_header(po, units, catalogue, subject))


def _without_header(
    po: PoFile, units: list[pypo.pounit], catalogue: Catalogue, subject: Translatable
) -> list[pypo.pounit]:
    """Take the header over, completed; give the other units."""
    if units and is_header(units[0]):
        header = units.pop(0)
        _complete(header, po.header, header_fields(subject, catalogue.language))
        catalogue.units.append(header)
    return units


def _complete(header: pypo.pounit, given: dict[str, str], wanted: dict[str, str]) -> None:
    """Add missing fields; correct the version, the charset and a wrong number of plural forms."""
    fields = dict(given)
    spelled = {key.lower(): key for key in given}
    for key, value in wanted.items():
        name = spelled.get(key.lower(), key)
        old = fields.setdefault(name, value)
        ours = key in ("Project-Id-Version", "Content-Type")
        if ours or (key == "Plural-Forms" and _count(old) != _count(value)):
            fields[name] = value
    if fields != given:
        header.msgstr = quoted("".join(f"{key}: {value}\n" for key, value in fields.items()))


def _count(forms: str) -> str | None:
    found = _FORMS.search(forms)
    return found[1] if found else None


def _merged(subject: Translatable, catalogue: Catalogue, there: list[pypo.pounit]) -> Catalogue:
    """Put the course's texts in their order, then what has gone."""
    if not catalogue.units:
        catalogue.units.append(header_unit(header_fields(subject, catalogue.language)))
    living = {context_of(unit): unit for unit in there if not is_obsolete(unit)}
    retired = {context_of(unit): unit for unit in there if is_obsolete(unit)}
    notes = subject.notes()
    used = set()
    for text in subject.texts:
        unit = living.get(text.context) or retired.get(text.context)
        source = text.text.strip()
        if unit is None:
            unit = new_unit(text.context, source)
            catalogue.added += 1
        else:
            used.add(id(unit))
            if is_obsolete(unit):
                unit.resurrect()
                catalogue.added += 1
            catalogue.reworded += _reword(unit, source)
        set_comments(unit, notes[text.context], place_of(subject, text))
        catalogue.entries[text.context] = unit
        catalogue.units.append(unit)
    for unit in there:
        if id(unit) not in used:
            _retire(unit, catalogue)
    return catalogue


def _reword(unit: pypo.pounit, source: str) -> bool:
    """Bring one entry's msgid up to date; tells whether its text has changed."""
    old = str(unit.source)
    if old.strip() == source:
        return False
    set_source(unit, source)
    if str(unit.target).strip():
        made_from = str(unit.prev_source) if unit.prev_msgid else old
        set_fuzzy(unit, True)
        set_previous(unit, "" if made_from.strip() == source else made_from)
    return True


def _retire(unit: pypo.pounit, catalogue: Catalogue) -> None:
    """Keep what somebody has written as an obsolete entry; forget an entry nobody filled."""
    if not is_obsolete(unit) and unit.msgid:
        catalogue.gone += 1
        if not str(unit.target).strip() and not unit.othercomments:
            return
        unit.makeobsolete()
    catalogue.units.append(unit)
