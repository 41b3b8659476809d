"""A translation that nobody has to write: every Latin letter becomes an Arabic one.

Placeholders, markup, digits and the length stay, so that a page from right to left can be looked at
before anybody has translated it.
"""

from __future__ import annotations

import re
import string
from pathlib import Path

from scorm_builder.course.course_texts import Text
from scorm_builder.course.load_course import load_course
from scorm_builder.translate.po_units import po_bytes, quoted
from scorm_builder.translate.translatable import Translatable, of_course, of_site
from scorm_builder.translate.update import updated

_LETTERS = dict(zip(string.ascii_lowercase, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", strict=False))
_KEPT = re.compile(r"(\{[a-z_]*\})")


def pseudo(text: Text) -> str:
    """Give a text in Arabic letters, each word as long as it was."""
    pieces = _KEPT.split(text.text.strip())
    pieces[::2] = [
        "".join(_LETTERS.get(one.lower(), one) for one in piece) for piece in pieces[::2]
    ]
    return "".join(pieces)


def translate_into_arabic(course: Path) -> None:
    """Write ar.po of a course and its site, and make ar a language of the course."""
    loaded = load_course(course, [])
    for subject in (of_course(loaded), of_site(loaded)):
        _write(subject)
    if "ar" not in loaded.languages:
        file = course / "course.yaml"
        added = r"\1  ar: { status: draft }\n"
        text = re.sub(r"(languages:\n  en: .*\n)", added, file.read_text("utf-8"), count=1)
        file.write_text(text, "utf-8")


def _write(subject: Translatable) -> None:
    path = subject.locale / "ar.po"
    path.unlink(missing_ok=True)
    catalogue = updated(subject, "ar")
    for text in subject.texts:
        catalogue.entries[text.context].msgstr = quoted(pseudo(text))
    path.write_bytes(po_bytes(catalogue.units))
