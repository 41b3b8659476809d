"""locale/<language>.po -> {context: text}, with every problem at the line of its entry.

gettext PO, UTF-8. `msgctxt` is the text's stable name (course_texts.py), `msgid` the source text
that was translated, `msgstr` the translation. An entry counts only if it is complete, not fuzzy,
and its msgid is still the source text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from translate.storage import pypo
from translate.storage.poparser import PoParseError

from programme.problems import InputError, Problem
from programme.yaml_source import problem_at, read_text
from scorm_builder.checks.check_texts import text_findings
from scorm_builder.course.course import Course
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.course_texts import Text, contact_texts, texts_to_translate
from scorm_builder.course.placeholders import KNOWN, names
from scorm_builder.course.rich_text import structure
from scorm_builder.translate.plural_forms import plural_forms

_NPLURALS = re.compile(r"nplurals\s*=\s*([0-9]{1,3})")
_CHARSET = re.compile(r"charset=([\w-]+)")

Findings = Iterator[tuple[str, str, str]]


@dataclass(frozen=True)
class PoFile:
    """One parsed PO file: `entries` by context, `lines` for the excerpts of problems.

    `units` is everything in the order of the file: header, entries, obsolete ones.
    """

    file: str
    lines: tuple[str, ...]
    header: dict[str, str]
    entries: dict[str, pypo.pounit]
    units: tuple[pypo.pounit, ...]

    def problem(self, unit: pypo.pounit | None, code: str, what: str, fix: str) -> Problem:
        """Make a Problem at a unit's msgctxt line; at the file if there is no unit."""
        if unit is None:
            return Problem(self.file, 0, 0, code, what, fix)
        start = max(unit.line_number or 1, 1)
        span = range(start, min(start + 40, len(self.lines) + 1))
        keywords = ("msgctxt", "msgid")
        line = next((n for n in span if self.lines[n - 1].startswith(keywords)), start)
        return problem_at(self.file, self.lines, line, 1, code, what, fix)


def read_course_translation(course: Course, language: str) -> tuple[dict[str, str], list[Problem]]:
    """Read the course's texts in one language: {context: text}, and what is wrong with them."""
    path = course.folder / "locale" / f"{language}.po"
    if leads_outside(course.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        return {}, [Problem(str(path), 0, 0, "path-outside", what, fix)]
    if not path.is_file():
        what = f"{language} is a language of the course, but {path} is missing"
        fix = f"Write the translation, or take {language} out of languages."
        place = ("languages", language, "@key")
        return {}, [course.settings.problem(place, "translation-file", what, fix)]
    status = course.languages[language].status
    found, problems = read_po(path, texts_to_translate(course), language, status, KNOWN)
    theirs, wrong = _neighbour_translation(course, language)
    return {**found, **theirs}, [*problems, *wrong]


def _neighbour_translation(course: Course, language: str) -> tuple[dict[str, str], list[Problem]]:
    """Read the translations of contacts that a neighbouring course lends; {} for own contacts."""
    folder = course.contacts_of
    if folder is None:
        return {}, []
    path = folder / "locale" / f"{language}.po"
    if leads_outside(folder, path) or not path.is_file():
        what = f"the contacts are those of {folder}, which has no {language}.po"
        fix = f"Translate them there, or take {language} out of languages."
        return {}, [course.settings.problem(("contacts",), "translation-file", what, fix)]
    found, problems = read_po(path, contact_texts(course), language, None, KNOWN)
    # All else in that file belongs to the other course.
    return found, [problem for problem in problems if problem.code != "translation-unknown"]


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
        unit = left.pop(text.context, None)
        problems += [po.problem(unit, *found) for found in _entry(text, unit, known)]
        if unit is not None:
            translated[text.context] = str(unit.target)
    for context, unit in left.items():
        what = f'nothing in the course has the context "{context}"'
        found = po.problem(unit, "translation-unknown", what, "Delete the entry, or correct it.")
        problems.append(replace(found, severity="warning"))
    return translated, problems


def parse_po(path: Path, shown: str | None = None) -> tuple[PoFile, list[Problem]]:
    """Parse a PO file, with the problems of single entries; raises InputError if it is none."""
    file = shown or str(path)
    text = read_text(path, file)
    lines = tuple(text.split("\n"))
    problems = list(_other_charset(file, lines))
    try:
        as_utf8 = _CHARSET.sub("charset=UTF-8", text, count=1).encode("utf-8")
        store = pypo.pofile.parsestring(as_utf8)  # type: ignore[no-untyped-call]
    except PoParseError as error:
        said = re.search(r"on line ([0-9]+)", str(error))
        line = int(said[1]) if said else 1
        what = "this line is not gettext PO"
        fix = "Compare the quotes and keywords with the entries around it."
        problem = problem_at(file, lines, line, 1, "translation-syntax", what, fix)
        raise InputError([problem]) from None
    po = PoFile(file, lines, _parsed_header(store), {}, tuple(store.units))
    for unit in store.units:
        if unit.isheader() or unit.isobsolete():
            continue
        context = str(unit.getcontext())
        if context in po.entries:
            what = f'the context "{context}" stands here a second time'
            fix = "Keep one of the two entries."
            problems.append(po.problem(unit, "translation-repeated", what, fix))
        po.entries.setdefault(context, unit)
    return po, problems


def _other_charset(file: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Complain about a header that names another charset than the one that is read."""
    for number, line in enumerate(lines, 1):
        if said := _CHARSET.search(line):
            if said[1].upper() not in ("UTF-8", "UTF8", "CHARSET"):
                what = f"the header says charset={said[1]}, but the file is read as UTF-8"
                fix = "Save as UTF-8 and write charset=UTF-8."
                place = (number, said.start() + 1)
                yield problem_at(file, lines, *place, "translation-charset", what, fix)
            return


def _parsed_header(store: pypo.pofile) -> dict[str, str]:
    header = store.parseheader()  # type: ignore[no-untyped-call]
    return {str(key): str(value) for key, value in (header or {}).items()}


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
    forms = plural_forms(language)
    if forms is None:
        return
    said = _NPLURALS.search(po.header.get("Plural-Forms", ""))
    if said and int(said[1]) != forms.count:
        what = f"the header says nplurals={said[1]}, but {language} has {forms.count} plural forms"
        fix = f'Write "Plural-Forms: {forms}\\n" in the header.'
        yield po.problem(None, "translation-plural", what, fix)
    for context, unit in po.entries.items():
        written = unit.msgstr if isinstance(unit.msgstr, dict) else {}
        if unit.hasplural() and sorted(written) != list(range(forms.count)):  # type: ignore[no-untyped-call]
            given = f"{len(written)} plural form{'' if len(written) == 1 else 's'}"
            what = f'"{context}" has {given}, but {language} has {forms.count}'
            fix = f"Write msgstr[0] to msgstr[{forms.count - 1}]."
            yield po.problem(unit, "translation-plural", what, fix)


def _entry(text: Text, unit: pypo.pounit | None, known: tuple[str, ...] | None) -> Findings:
    """Compare one entry with its source text."""
    named = f'"{text.context}"'
    if unit is None:
        what = f"{named} is not translated: “{_shown(text.text)}”"
        fix = f"Add an entry with msgctxt {named}."
        yield "translation-missing", what, fix
        return
    source, target = text.text.strip(), str(unit.target).strip()
    if not target:
        yield "translation-empty", f"{named} has no translation yet", "Write it into msgstr."
        return
    if unit.isfuzzy():  # type: ignore[no-untyped-call]
        what = f"{named} is marked fuzzy: nobody has confirmed it"
        yield "translation-fuzzy", what, 'Check it, then delete the word "fuzzy" above it.'
    if str(unit.source).strip() == source:
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
