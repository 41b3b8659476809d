"""locale/glossary.csv -> the terms that a course agreed on, and the texts that do not use them.

One column for each language, the course's own first, and `note` for people. A cell may allow
several words, with | between them. Endings may differ: a word counts as the term when it starts
alike, or holds it whole (as Dutch compounds and Arabic prefixes do).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from programme.files import is_there
from programme.problems import InputError, Problem
from programme.yaml_source import problem_at, read_text
from scorm_builder.course.course import Course
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.course_texts import course_texts

_WORD = re.compile(r"\w[\w'’-]*")
_PLACEHOLDER = re.compile(r"\{[A-Za-z0-9_.-]*\}")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_ENDING = 3
"""Letters by which a form of a word may differ at its end."""


@dataclass(frozen=True)
class Term:
    """One row: what each language says, [] where a language says nothing yet."""

    line: int
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Glossary:
    """The file with its rows; `lines` for the excerpts of problems."""

    file: str
    lines: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class GlossaryFinding:
    """Texts that have a term in the source, but none of its words in the translation."""

    term: Term
    source: str
    wanted: tuple[str, ...]
    contexts: tuple[str, ...]

    def problem(self, glossary: Glossary, language: str) -> Problem:
        """Make the warning, at the term's row."""
        number = len(self.contexts)
        listed = ", ".join(self.contexts[:3]) + (f" and {number - 3} more" if number > 3 else "")
        words = " or ".join(f"“{word}”" for word in self.wanted)
        texts = "1 text says" if number == 1 else f"{number} texts say"
        what = f"in {language}, {texts} “{self.source}” without {words}: {listed}"
        fix = "Use the term; or, if another word is right too, add it to the cell after a |."
        place = (self.term.line, 1)
        found = problem_at(glossary.file, glossary.lines, *place, "glossary-term", what, fix)
        return replace(found, severity="warning")


def read_glossary(course: Course) -> Glossary | None:
    """Read a course's glossary; None if it has none; raises InputError."""
    path = course.folder / "locale" / "glossary.csv"
    if leads_outside(course.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        raise InputError([Problem(str(path), 0, 0, "path-outside", what, fix)])
    if not is_there(path):
        return None
    return _parse(path, course.source_language)


def glossary_findings(
    course: Course, glossary: Glossary, language: str, translated: Mapping[str, str]
) -> list[GlossaryFinding]:
    """Compare translated texts, {context: text}, with the glossary, in its order."""
    source = course.source_language
    texts = [
        (text.context, _words(text.text), translated[text.context])
        for text in course_texts(course)
        if translated.get(text.context, "").strip()
    ]
    plain = {context: _plain(target) for context, _, target in texts}
    found = []
    for term in glossary.terms:
        wanted = term.words.get(language, ())
        names = [_words(word) for word in term.words[source]]
        contexts = tuple(
            context
            for context, words, _ in texts
            if any(_says(words, name) for name in names)
            and not any(_uses(plain[context], word) for word in wanted)
        )
        if wanted and contexts:
            found.append(GlossaryFinding(term, term.words[source][0], wanted, contexts))
    return found


def glossary_warnings(course: Course) -> list[Problem]:
    """Give the warnings for all translations that the course was loaded with."""
    glossary = read_glossary(course)
    if glossary is None:
        return []
    return [
        finding.problem(glossary, language)
        for language, texts in (course.translations or {}).items()
        for finding in glossary_findings(course, glossary, language, texts)
    ]


def _plain(text: str) -> str:
    """Take case, accents and placeholders away."""
    letters = unicodedata.normalize("NFD", _PLACEHOLDER.sub(" ", text).replace("’", "'"))
    return "".join(one for one in letters if unicodedata.category(one) != "Mn").casefold()


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _says(words: list[str], term: list[str]) -> bool:
    """Tell whether `words` have the term's words in a row, endings apart."""
    return any(
        all(_has_ending(word, part) for word, part in zip(words[start:], term, strict=False))
        for start in range(len(words) - len(term) + 1)
        if term and _has_ending(words[start], term[0])
    )


def _has_ending(word: str, part: str) -> bool:
    return word.startswith(part) and len(word) <= len(part) + _ENDING


def _uses(text: str, term: str) -> bool:
    """Tell whether a translation has every word of the term, in whatever order and form."""
    words = _WORD.findall(text)
    return all(part in text or any(_alike(word, part) for word in words) for part in _words(term))


def _alike(word: str, part: str) -> bool:
    stem = part[: max(_ENDING, len(part) - _ENDING)]
    return len(part) > _ENDING and word.startswith(stem)


def _parse(path: Path, source_language: str) -> Glossary:
    file = str(path)
    text = _some_text(path, file)
    lines = tuple(text.split("\n"))
    first = lines[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    header: list[str] = []
    terms: list[Term] = []
    problems: list[Problem] = []
    line = 1

    def complain(code: str, what: str, fix: str) -> None:
        problems.append(problem_at(file, lines, line, 1, code, what, fix))

    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not header:
                header = cells
                for code, what, fix in _wrong_header(cells, source_language):
                    complain(code, what, fix)
                if problems:
                    break
            elif any(cells):
                known = {term.words[source_language] for term in terms}
                term = Term(line, _row(cells, header))
                if wrong := _wrong_row(cells, header, term.words[source_language] in known):
                    complain("glossary-row", *wrong)
                else:
                    terms.append(term)
            line = reader.line_num + 1
    except csv.Error:
        what = "from this row on the file is not CSV: a quote has no partner"
        complain("glossary-row", what, 'Close it; a quote inside a cell is written "".')
    if problems:
        raise InputError(problems)
    return Glossary(file, lines, tuple(terms))


def _some_text(path: Path, file: str) -> str:
    text = read_text(path, file)
    if not text.strip():
        what, fix = "this file is empty", "Write a first row of languages, or delete the file."
        raise InputError([Problem(file, 0, 0, "glossary-header", what, fix)])
    return text


def _wrong_header(cells: list[str], source_language: str) -> list[tuple[str, str, str]]:
    found = []
    if cells[:1] != [source_language]:
        what = f'the first column is "{cells[0][:40] if cells else ""}"'
        fix = f'Start the first row with the language of the course, "{source_language}".'
        found.append(("glossary-header", what, fix))
    for number, name in enumerate(cells):
        if name != "note" and not _TAG.fullmatch(name):
            what = f'the column "{name[:40]}" is neither a language nor note'
            fix = "Write a language tag such as nl, or note."
            found.append(("glossary-header", what, fix))
        elif name in cells[:number]:
            what = f'the column "{name[:40]}" stands here twice'
            found.append(("glossary-header", what, "Keep one of the two."))
    return found


def _row(cells: list[str], header: list[str]) -> dict[str, tuple[str, ...]]:
    """Give {language: words} of one row."""
    return {
        name: tuple(word.strip() for word in cell.split("|") if word.strip())
        for name, cell in zip(header, cells, strict=False)
        if name != "note"
    }


def _wrong_row(cells: list[str], header: list[str], repeated: bool) -> tuple[str, str] | None:
    if any(cells[len(header) :]):
        what = f"this row has {len(cells)} cells, the header {len(header)}"
        return what, 'Put a cell that has a comma or semicolon in quotes: "…".'
    if not cells[0].strip("| "):
        return "the first cell of this row is empty", "Write the term there, or delete the row."
    if repeated:
        return f'"{cells[0]}" has a row already', "Keep one of the two."
    return None
