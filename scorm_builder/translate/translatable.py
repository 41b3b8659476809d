"""What `noroom translate` works on: the texts of a course, or noroom's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scorm_builder.course import Course
from scorm_builder.course_model import LanguageStatus
from scorm_builder.course_texts import Text, course_texts
from scorm_builder.placeholders import KNOWN
from scorm_builder.translate.notes import translator_notes
from scorm_builder.wording import HERE, LOCALE, SHOWN, SOURCE_LANGUAGE, own_texts

OWN_WORDS = "noroom"


@dataclass(frozen=True)
class Translatable:
    """Texts with one PO file per language in `locale`.

    `id` and `version` name it in PO and XLIFF files; `root` is what places of texts are relative
    to; `folder` is what no file may lie outside of. `notes` gives {context: lines} for
    translators, `placeholders` those that may stand in a text (None: those of its source).
    `course` is None for noroom's own words; nobody has reviewed a language of them yet.
    """

    id: str
    version: str
    root: Path
    folder: Path
    locale: Path
    source_language: str
    languages: Mapping[str, LanguageStatus]
    texts: tuple[Text, ...]
    notes: Callable[[], dict[str, list[str]]]
    placeholders: tuple[str, ...] | None
    course: Course | None = None


def of_course(course: Course) -> Translatable:
    """Give what is to be translated of a course."""
    return Translatable(
        id=course.id,
        version=course.settings.value.version,
        root=course.folder,
        folder=course.folder,
        locale=course.folder / "locale",
        source_language=course.source_language,
        languages=course.languages,
        texts=tuple(course_texts(course)),
        notes=lambda: translator_notes(course),
        placeholders=KNOWN,
        course=course,
    )


def own_words() -> Translatable:
    """Give noroom's own words: the player's messages and the nouns for placeholders."""
    from importlib.metadata import version

    texts = tuple(own_texts())
    return Translatable(
        id=OWN_WORDS,
        version=version("noroom"),
        root=Path(SHOWN),
        folder=HERE,
        locale=LOCALE,
        source_language=SOURCE_LANGUAGE,
        languages={one: LanguageStatus(status="draft") for one in _spoken()},
        texts=texts,
        notes=lambda: {text.context: _own_notes(text) for text in texts},
        placeholders=None,
    )


def _own_notes(text: Text) -> list[str]:
    """Give what stands above the words in the YAML file, which says where learners see them."""
    line, _ = text.source.place(text.path)
    above = [one.strip() for one in text.source.lines[: line - 1]]
    while above and above[-1] and not above[-1].startswith("#"):
        above.pop()
    return [above[-1].lstrip("# ")] if above and above[-1].startswith("#") else []


def _spoken() -> list[str]:
    return sorted(file.stem for file in LOCALE.glob("*.po"))
