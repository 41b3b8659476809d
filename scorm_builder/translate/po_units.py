"""Single entries of PO files: made, filled, quoted.

translate-toolkit's units keep every line that nobody touches as it stands. What is written anew
is quoted here, one line of the text on one line of the file, so that a diff shows what changed
and the bytes depend on no wrapping algorithm.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from translate.storage import pypo

from scorm_builder.course.course_texts import Text
from scorm_builder.translate.plural_forms import plural_forms
from scorm_builder.translate.translatable import Translatable


def quoted(text: str) -> list[str]:
    """Give a text as the quoted lines of an entry."""
    lines = text.split("\n")
    whole = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    rows = [f'"{pypo.escapeforpo(part)}"' for line in whole for part in _parts(line)]
    return rows if len(rows) == 1 else ['""', *rows]


def _parts(line: str) -> list[str]:
    """Split a line that starts like a KDE comment (`_:`), which PO readers would take out."""
    return [line[:1], line[1:]] if line.startswith("_:") else [line]


def new_unit(context: str, source: str, target: str = "") -> pypo.pounit:
    """Make an entry."""
    unit = pypo.pounit()
    unit.msgctxt = quoted(context)
    set_source(unit, source)
    set_target(unit, target)
    return unit


def context_of(unit: pypo.pounit) -> str:
    """Give msgctxt."""
    return str(unit.getcontext())  # type: ignore[no-untyped-call]


def is_header(unit: pypo.pounit) -> bool:
    """Tell whether this is the entry that holds the header."""
    return bool(unit.isheader())  # type: ignore[no-untyped-call]


def is_obsolete(unit: pypo.pounit) -> bool:
    """Tell whether an entry is kept for a text that the course no longer has."""
    return bool(unit.isobsolete())  # type: ignore[no-untyped-call]


def is_fuzzy(unit: pypo.pounit) -> bool:
    """Tell whether nobody has confirmed the translation."""
    return bool(unit.isfuzzy())  # type: ignore[no-untyped-call]


def set_source(unit: pypo.pounit, source: str) -> None:
    """Write msgid; a course's text has no plural, so that of an odd entry goes."""
    if unit.msgid_plural:
        first = str(unit.target)
        unit.msgid_plural = []
        set_target(unit, first)
    unit.source = source
    unit.msgid = quoted(source)


def set_target(unit: pypo.pounit, target: str) -> None:
    """Write msgstr, the only one."""
    unit.msgid_plural = []
    unit.target = target
    unit.msgstr = quoted(target)


def set_previous(unit: pypo.pounit, source: str) -> None:
    """Write the `#|` lines: the source text that the translation was made from; "" removes them."""
    unit.prev_msgctxt = []
    unit.prev_msgid_plural = []
    unit.prev_msgid = quoted(source) if source else []


def set_fuzzy(unit: pypo.pounit, fuzzy: bool) -> None:
    """Mark as not confirmed, or take the mark away together with the previous source."""
    unit.markfuzzy(fuzzy)
    if not fuzzy:
        set_previous(unit, "")


def set_comments(unit: pypo.pounit, notes: Iterable[str], place: str) -> None:
    """Write the `#.` and `#:` lines, which are ours; translators' comments stay."""
    unit.automaticcomments = [f"#. {line}\n" for line in notes]
    unit.sourcecomments = [f"#: {place}\n"]


def comments(unit: pypo.pounit) -> list[str]:
    """Give the translators' comments, one for each line."""
    return [str(line).strip().removeprefix("#").strip() for line in unit.othercomments]


def add_comments(unit: pypo.pounit, lines: Iterable[str]) -> None:
    """Add translators' comments that are not there yet."""
    there = set(comments(unit))
    for line in lines:
        if line.strip() and line.strip() not in there:
            there.add(line.strip())
            unit.othercomments.append(f"# {line.strip()}\n")


def place_of(subject: Translatable, text: Text) -> str:
    """Give `blocks/3-look.yaml:41`; a name with spaces stands between isolates, as in gettext."""
    line, _ = text.source.place(text.path)
    file = Path(text.source.file)
    inside = file.relative_to(subject.root) if file.is_relative_to(subject.root) else file
    place = f"{inside.as_posix()}:{line}"
    return f"\u2068{place}\u2069" if " " in place else place


def header_fields(subject: Translatable, language: str | None) -> dict[str, str]:
    """Give the header that a new file gets; without a language, that of a template."""
    fields = {
        "Project-Id-Version": f"{subject.id} {subject.version}",
        "Language": language or "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    forms = plural_forms(language) if language else None
    if forms:
        fields["Plural-Forms"] = str(forms)
    if language:
        fields["X-Status"] = "draft"
    return fields


def header_unit(fields: dict[str, str]) -> pypo.pounit:
    """Make the entry that holds the header."""
    unit = pypo.pounit()
    unit.msgid = ['""']
    unit.msgstr = quoted("".join(f"{key}: {value}\n" for key, value in fields.items()))
    return unit


def po_bytes(units: Iterable[pypo.pounit]) -> bytes:
    """Give the file: UTF-8, LF, an empty line between entries."""
    return "\n".join(str(unit) for unit in units).encode("utf-8")
