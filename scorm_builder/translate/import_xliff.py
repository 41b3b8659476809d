"""XLIFF files from translators -> the PO files, unit by unit: good ones in, the others named.

A unit is refused if its source is no longer the course's text, or if its translation has lost or
broken a placeholder or markup. Nothing else of the file has to be right for a unit to be taken.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree
from translate.storage import pypo

from programme.problems import InputError, Problem
from programme.yaml_source import problem_at
from scorm_builder.course.course_texts import Text
from scorm_builder.course.translations import content_findings
from scorm_builder.translate import xliff12, xliff20
from scorm_builder.translate.export_xliff import original
from scorm_builder.translate.inline import Piece, pieces
from scorm_builder.translate.po_units import add_comments, is_fuzzy, set_fuzzy, set_target
from scorm_builder.translate.read_xml import read_xml
from scorm_builder.translate.translatable import Translatable
from scorm_builder.translate.update import Catalogue, updated
from scorm_builder.translate.xliff_document import (
    ReadFile,
    ReadUnit,
    UnresolvedElement,
    line_of,
    local_name,
    resolved,
)

_READERS = {xliff12.NAMESPACE: xliff12, xliff20.NAMESPACE: xliff20}


@dataclass
class Received:
    """What became of the units of one file for one language."""

    file: str
    language: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    untranslated: int = 0
    for_review: int = 0
    refused: int = 0
    unknown: int = 0


@dataclass
class Import:
    """Everything that `noroom translate import` did: files to write, counts, problems."""

    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Page:
    """One XLIFF file on disk: for problems with their line."""

    file: str
    lines: tuple[str, ...]

    def problem(self, line: int, code: str, what: str, fix: str) -> Problem:
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        column = len(text) - len(text.lstrip()) + 1
        return problem_at(self.file, self.lines, line, column, code, what, fix)


def import_xliff(subject: Translatable, paths: list[Path]) -> Import:
    """Read XLIFF files into the course's translations, in memory; never raises InputError."""
    done = Import()
    texts = {text.context: text for text in subject.texts}
    for path in paths:
        try:
            page, files = _read(path)
        except InputError as error:
            done.problems += error.problems
            continue
        for file in files:
            wrong = list(_wrong_file(subject, page, file))
            done.problems += wrong
            if any(problem.severity == "error" for problem in wrong):
                continue
            _take_file(subject, texts, page, file, done)
    return done


def _read(path: Path) -> tuple[_Page, list[ReadFile]]:
    root, lines = read_xml(path)
    page = _Page(str(path), lines)
    reader = _READERS.get(etree.QName(root).namespace or "")
    if reader is None or local_name(root) != "xliff":
        what = f"this is XML, but not XLIFF 1.2 or 2.0: it starts with <{root.tag}>"
        fix = "Export it from the translation tool as XLIFF 1.2 or 2.0."
        raise InputError([page.problem(line_of(root), "xliff-kind", what, fix)])
    files: list[ReadFile] = [reader.read(file) for file in root.findall("{*}file")]
    if not files:
        what, fix = "this XLIFF has no <file> element", "Export it again."
        raise InputError([page.problem(line_of(root), "xliff-kind", what, fix)])
    return page, files


def _wrong_file(subject: Translatable, page: _Page, file: ReadFile) -> Iterator[Problem]:
    """Compare a file with the course: its id, its version, both languages."""
    given, _, version = file.original.rpartition("/")
    if given != subject.id:
        what = f'this file is for "{file.original}", but the course is "{subject.id}"'
        fix = f'Name the other course, or write original="{original(subject)}" if it is this one.'
        yield page.problem(file.line, "xliff-course", what, fix)
    elif version != subject.version:
        what = f"this file was exported from version {version}; the course is now "
        what += subject.version
        fix = "Texts that have changed since are refused below; export those again."
        problem = page.problem(file.line, "xliff-version", what, fix)
        yield replace(problem, severity="warning")
    if _tag(file.source_language) != _tag(subject.source_language):
        what = f'this file translates from "{file.source_language}", '
        what += f'but the course is written in "{subject.source_language}"'
        fix = f"Export the course again, and translate from {subject.source_language}."
        yield page.problem(file.line, "xliff-language", what, fix)
    if not _targets(subject, file.language):
        what = f'this file is for the language "{file.language}", which the course has not'
        near = difflib.get_close_matches(file.language, list(subject.languages), n=1, cutoff=0.5)
        fix = f'If it is {near[0]}, write "{near[0]}" there. ' if near else ""
        fix += "For a new language, first: noroom translate update COURSE --language TAG."
        yield page.problem(file.line, "xliff-language", what, fix)


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _targets(subject: Translatable, language: str) -> list[str]:
    """Give the course's spelling of a translation's language, [] if it has none."""
    there = [file.stem for file in sorted(subject.locale.glob("*.po"))]
    known = [one for one in (*subject.languages, *there) if one != subject.source_language]
    wanted = [one for one in known if _tag(one) == _tag(language)]
    return wanted[:1]


def _take_file(
    subject: Translatable, texts: dict[str, Text], page: _Page, file: ReadFile, done: Import
) -> None:
    (language,) = _targets(subject, file.language)
    if language not in done.catalogues:
        try:
            done.catalogues[language] = updated(subject, language)
        except InputError as error:
            done.problems += error.problems
            return
    received = Received(page.file, language)
    seen: set[str] = set()
    for unit in file.units:
        context = next((name for name in unit.names if name in texts), None)
        if context is None:
            received.unknown += 1
            done.problems.append(_unknown(page, unit))
            continue
        problems = _take(page, unit, texts[context], done.catalogues[language], received, seen)
        received.refused += bool(problems)
        done.problems += problems
    done.received.append(received)


def _unknown(page: _Page, unit: ReadUnit) -> Problem:
    name = unit.names[0] if unit.names else ""
    what = f'nothing in the course has the id "{name}"; this unit was left out'
    fix = "If a text was taken out of the course, all is well."
    return replace(page.problem(unit.line, "xliff-unknown", what, fix), severity="warning")


def _take(
    page: _Page, unit: ReadUnit, text: Text, to: Catalogue, received: Received, seen: set[str]
) -> list[Problem]:
    """Take one unit over; gives what is wrong with it if it is refused."""
    if text.context in seen:
        what = f'the unit "{text.context}" stands here a second time; this one was left out'
        return [page.problem(unit.line, "xliff-repeated", what, "Keep one of the two.")]
    seen.add(text.context)
    source = pieces(text.text.strip(), text.form)
    if not _same_source(unit, text, source):
        what = f'"{text.context}" was translated from another text than the course now has'
        fix = "Export the course again and have this text translated anew."
        return [page.problem(unit.line, "xliff-source", what, fix)]
    try:
        target = resolved(unit.target, source)
    except UnresolvedElement as missing:
        what = f'"{text.context}" has an inline element with the id "{missing}", the source has not'
        fix = "Copy the elements of the source into the translation."
        return [page.problem(unit.line, "xliff-element", what, fix)]
    entry = to.entries[text.context]
    add_comments(entry, unit.comments)
    if not target.strip():
        received.untranslated += 1
        return []
    if target != str(entry.target):
        found = list(content_findings(text, target, to.known))
        if found:
            return [page.problem(unit.line, *one) for one in found]
    _write(entry, unit, target, received)
    return []


def _write(entry: pypo.pounit, unit: ReadUnit, target: str, received: Received) -> None:
    """Write one translation; a state that the file does not tell stays as it was."""
    old = str(entry.target)
    was_fuzzy = is_fuzzy(entry)
    same = target == old
    fuzzy = unit.state == "review" or (unit.state == "unsaid" and same and was_fuzzy)
    if not same:
        set_target(entry, target)
    if fuzzy != was_fuzzy or (not fuzzy and entry.prev_msgid):
        set_fuzzy(entry, fuzzy)
    received.for_review += fuzzy
    if same:
        received.unchanged += 1
    elif old.strip():
        received.changed += 1
    else:
        received.new += 1


def _same_source(unit: ReadUnit, text: Text, source: list[Piece]) -> bool:
    try:
        given = resolved(unit.source, source)
    except UnresolvedElement:
        return False
    return given.strip() == text.text.strip()
