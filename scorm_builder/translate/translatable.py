"""What `noroom translate` works on: the texts of a course, or noroom's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from programme.directory import CHAIN_FILE, ProgrammeDirectory
from programme.languages import LanguageStatus
from programme.papers import words as papers
from programme.problems import InputError
from programme.yaml_source import Source
from scorm_builder.chain.chain_course import course_for
from scorm_builder.chain.chain_pages import LANGUAGES_KEY, ChainPages, block_texts, chain_pages
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Block
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.field_types import Form
from scorm_builder.course.load_course import FILE, load_course
from scorm_builder.course.placeholders import KNOWN
from scorm_builder.course.wording import HERE, LOCALE, SHOWN, SOURCE_LANGUAGE, own_texts
from scorm_builder.lms.lms_presets import preset_names, preset_source
from scorm_builder.lms.preset_texts import preset_notes, preset_texts
from scorm_builder.site.load_site import SITE, load_site
from scorm_builder.site.site_edition import translated_site
from scorm_builder.translate.notes import translator_notes
from scorm_builder.translate.site_notes import site_notes

OWN_WORDS, OWN_PAPERS = "noroom", "noroom+papers"


@dataclass(frozen=True)
class Statuses:
    """Where people say how far each language is: under `key` of `source`, which is `file`.

    `require_right` raises InputError where a language has problems: nobody can have reviewed it.
    """

    source: Source
    file: Path
    key: str
    of: str
    require_right: Callable[[str], object]


@dataclass(frozen=True)
class Translatable:
    """Texts with one PO file per language in `locale`.

    `id` and `version` name it in PO and XLIFF files; `root` is what places of texts are relative
    to; `folder` is what no file may lie outside of. `notes` gives {context: lines} for
    translators, `placeholders` those that may stand in a text (None: those of its source).
    `course`, whose terms the translations use, and `statuses` are None for noroom's own words;
    nobody has reviewed a language of them yet.
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
    statuses: Statuses | None = None


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
        statuses=Statuses(
            course.settings.source, course.folder / FILE, "languages", "the course",
            lambda language: load_course(course.folder, [language]),
        ),
    )  # fmt: skip


def of_chain(course: Course, programme: ProgrammeDirectory, chain_id: str) -> Translatable:
    """Give what is to be translated of a chain's own pages; raises InputError."""
    pages = chain_pages(course, programme, chain_id)
    alone, blocks = _alone(pages)
    return Translatable(
        id=f"{course.id}+{chain_id}",
        version=course.settings.value.version,
        root=pages.folder,
        folder=pages.folder,
        locale=pages.folder / "locale",
        source_language=pages.source_language,
        languages=pages.languages,
        texts=block_texts(course, blocks),
        notes=lambda: translator_notes(alone),
        placeholders=KNOWN,
        course=alone if pages.source_language == course.source_language else None,
        statuses=Statuses(
            pages.source, pages.folder / CHAIN_FILE, LANGUAGES_KEY, f"the pages of {chain_id}",
            lambda language: course_for(course, programme, chain_id, language),
        ),
    )  # fmt: skip


def of_site(course: Course) -> Translatable:
    """Give what is to be translated of a course's public site; raises InputError.

    Signals, contacts and kinds of work are translated with the course.
    """
    site = load_site(course)
    settings = site.settings
    return Translatable(
        id=f"{course.id}+site",
        version=course.settings.value.version,
        root=site.folder,
        folder=course.folder,
        locale=site.locale,
        source_language=course.source_language,
        languages=settings.value.languages,
        texts=tuple(site.texts()),
        notes=lambda: site_notes(site),
        placeholders=None,
        course=course,
        statuses=Statuses(
            settings.source, site.folder / SITE, "languages", "the site",
            lambda language: translated_site(site, language),
        ),
    )  # fmt: skip


def _alone(pages: ChainPages) -> tuple[Course, tuple[Placed[Block], ...]]:
    """Give the course as if a chain's blocks were all of it, and these blocks."""
    blocks = tuple(pages.block(n, pages.source_language) for n in pages.in_first_language())
    if not blocks:
        what = f"{pages.chain_id} has no pages of its own to translate"
        fix = "Add extra_pages: with a file in the language in which they are written."
        raise InputError([pages.source.problem((), "chain-language", what, fix)])
    return replace(pages.course, blocks=blocks, questions=(), signals=()), blocks


def own_papers() -> Translatable:
    """Give the words of the papers that noroom prints and writes for HR (programme/papers).

    With what these say of each LMS (lms/presets).
    """
    from importlib.metadata import version

    texts = tuple(_paper_texts())
    spoken = sorted(file.stem for file in papers.LOCALE.glob("*.po"))
    return Translatable(
        id=OWN_PAPERS,
        version=version("noroom"),
        root=Path("programme"),
        folder=papers.LOCALE.parent,
        locale=papers.LOCALE,
        source_language=papers.SOURCE_LANGUAGE,
        languages={one: LanguageStatus(status="draft") for one in spoken},
        texts=texts,
        notes=lambda: {text.context: _own_notes(text) for text in texts} | preset_notes(),
        placeholders=None,
    )


def _paper_texts() -> Iterator[Text]:
    for paper in papers.PAPERS:
        source, words = papers.paper_source(paper)
        for key, text in words.items():
            yield Text(f"{paper}.{key}", text, Form.PLAIN, source, (key,))
    for name in preset_names():
        source = preset_source(name)
        for one in preset_texts(name):
            yield Text(one.key, one.text, Form.PLAIN, source, one.paths[0])


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
