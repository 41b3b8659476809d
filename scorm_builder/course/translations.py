"""locale/<language>.po -> {context: text}, compared with the texts that it translates.

An entry counts only if it is complete, not fuzzy, and its msgid is still the source text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from programme.files import is_there
from programme.plain_po import PoEntry
from programme.problems import InputError, Problem
from scorm_builder.checks.check_texts import text_findings
from scorm_builder.course.course import Course
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.placeholders import KNOWN, names
from scorm_builder.course.po_file import PoFile, parse_po
from scorm_builder.course.rich_text import structure
from scorm_builder.translate.plural_forms import plural_count, plural_forms

_NPLURALS = re.compile(r"nplurals\s*=\s*([0-9]{1,3})")

Findings = Iterator[tuple[str, str, str]]


def read_course_translation(course: Course, language: str) -> tuple[dict[str, str], list[Problem]]:
    """Read the course's texts in one language: {context: text}, and what is wrong with them."""
    path = course.folder / "locale" / f"{language}.po"
    if leads_outside(course.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        return {}, [Problem(str(path), 0, 0, "path-outside", what, fix)]
    if not is_there(path):
        what = f"{language} is a language of the course, but {path} is missing"
        fix = f"Write the translation, or take {language} out of languages."
        place = ("languages", language, "@key")
        return {}, [course.settings.problem(place, "translation-file", what, fix)]
    status = course.languages[language].status
    return read_po(path, course_texts(course), language, status, KNOWN)


def read_po(
    path: Path,
    texts: Iterable[Text],
    language: str,
    status: str | None,
    known: tuple[str, ...] | None,
    shown: str | None = None,
) -> tuple[dict[str, str], list[Problem]]:
    """Match a PO file against `texts`: {context: translation} and all problems.

    `status` is what the header X-Status has to say (None: anything); `known` are the
    placeholders that may stand in the texts (None: any that the source has). `shown` is what
    problems call the file.
    """
    try:
        po, problems = parse_po(path, shown)
    except InputError as error:
        return {}, error.problems
    problems += [po.problem(None, *found) for found in header_findings(po, language, status)]
    problems += _plural_problems(po, language)
    translated = {}
    left = dict(po.entries)
    for text in texts:
        entry = left.pop(text.context, None)
        problems += [po.problem(entry, *found) for found in _entry(text, entry, known)]
        if entry is not None:
            translated[text.context] = entry.target
    for context, entry in left.items():
        what = f'nothing in the course has the context "{context}"'
        found = po.problem(entry, "translation-unknown", what, "Delete the entry, or correct it.")
        problems.append(replace(found, severity="warning"))
    return translated, problems


def header_findings(po: PoFile, language: str, status: str | None) -> Findings:
    """Compare the header with the language of the file and with its status in course.yaml."""
    said = po.header.get("Language", "").replace("_", "-")
    if said != language:
        what = f'the header says Language: "{said}", but the file is for {language}'
        yield "translation-language", what, f'Write "Language: {language}\\n" in the header.'
    given = po.header.get("X-Status")
    if status is not None and given is not None and given != status:
        what = f'the header says X-Status: {given}, but course.yaml says "{status}"'
        yield "translation-status", what, "Bring the two together."


def _plural_problems(po: PoFile, language: str) -> Iterator[Problem]:
    """Compare the header and the plural entries with the plural forms that the language has."""
    count = plural_count(language)
    if count is None:
        return
    said = _NPLURALS.search(po.header.get("Plural-Forms", ""))
    if said and int(said[1]) != count:
        what = f"the header says nplurals={said[1]}, but {language} has {count} plural forms"
        fix = f'Write "Plural-Forms: {plural_forms(language)}\\n" in the header.'
        yield po.problem(None, "translation-plural", what, fix)
    for context, entry in po.entries.items():
        written = entry.plural_forms
        if written is not None and written != tuple(range(count)):
            given = f"{len(written)} plural form{'' if len(written) == 1 else 's'}"
            what = f'"{context}" has {given}, but {language} has {count}'
            fix = f"Write msgstr[0] to msgstr[{count - 1}]."
            yield po.problem(entry, "translation-plural", what, fix)


def _entry(text: Text, entry: PoEntry | None, known: tuple[str, ...] | None) -> Findings:
    """Compare one entry with its source text."""
    named = f'"{text.context}"'
    if entry is None:
        what = f"{named} is not translated: “{_shown(text.text)}”"
        fix = f"Add an entry with msgctxt {named}."
        yield "translation-missing", what, fix
        return
    source, target = text.text.strip(), entry.target.strip()
    if not target:
        yield "translation-empty", f"{named} has no translation yet", "Write it into msgstr."
        return
    if entry.is_fuzzy:
        what = f"{named} is marked fuzzy: nobody has confirmed it"
        yield "translation-fuzzy", what, 'Check it, then delete the word "fuzzy" above it.'
    if entry.source.strip() == source:
        yield from content_findings(text, target, known)
        return
    what = f"{named} was translated from another text; the course now says “{_shown(source)}”"
    yield "translation-stale", what, "Translate the new text, and copy it into msgid."


def _shown(text: str) -> str:
    """Give the start of a text in one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


def content_findings(text: Text, target: str, known: tuple[str, ...] | None) -> Findings:
    """Compare placeholders, markup and length of a translation with those of its source."""
    named = f'"{text.context}"'
    ours, theirs = set(names(text.text)), set(names(target))
    if lost := sorted(ours - theirs):
        what = f"{named} has lost {', '.join(f'{{{name}}}' for name in lost)}"
        yield "translation-placeholder", what, "Write it in the translation, unchanged."
    if added := sorted(theirs - ours):
        what = f"{named} has {', '.join(f'{{{name}}}' for name in added)}, the source has not"
        yield "translation-placeholder", what, "Delete it, or write the source's placeholder."
    wanted, given = structure(text.text, text.form), structure(target, text.form)
    for thing, number in wanted.items():
        if given[thing] != number:
            what = f"{named} differs in {thing}: {given[thing]} here, {number} in the source"
            yield "translation-markup", what, "Mark up the same things as the source."
    if text.max_length and len(target) > text.max_length:
        what = f"{named} has {len(target)} characters"
        yield "translation-length", what, f"Write at most {text.max_length} characters."
    for code, what, fix, _ in text_findings(target, text.form, known):
        if code != "placeholder-unknown":
            yield code, f"{named}: {what}", fix
