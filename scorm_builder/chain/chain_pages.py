"""The blocks that a chain adds, as its files hold them, and their translations.

They are written in the first language of `page_languages` (left out: of the first `files`). Another
language is either a file of its own, or `locale/<language>.po` in the chain's folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from programme.directory import CHAIN_FILE, ProgrammeDirectory
from programme.files import is_there
from programme.languages import LanguageStatus, status_problems
from programme.problems import InputError, Problem
from programme.settings import Chain
from programme.validate import validate
from programme.yaml_source import NodePath, Source, read_yaml
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_model import Block
from scorm_builder.course.course_paths import course_file, leads_outside
from scorm_builder.course.course_texts import Text, course_texts
from scorm_builder.course.placeholders import KNOWN, names

LANGUAGES_KEY = "page_languages"


@dataclass(frozen=True)
class ChainPages:
    """A chain's extra pages: its folder, its chain.yaml, and the course that they go into."""

    course: Course
    chain_id: str
    folder: Path
    chain: Chain
    source: Source

    @property
    def languages(self) -> dict[str, LanguageStatus]:
        """The languages of the pages with their status, the one they are written in first."""
        given = self.chain.page_languages
        files = [language for extra in self.chain.extra_pages for language in extra.files]
        draft = LanguageStatus(status="draft")
        return {**given, **{language: draft for language in files if language not in given}}

    @property
    def source_language(self) -> str:
        """The language in which the pages are written; "" where there are none."""
        return next(iter(self.languages), "")

    def in_first_language(self) -> list[int]:
        """Give the numbers of the extra blocks that have a file in that language."""
        extra = enumerate(self.chain.extra_pages)
        return [number for number, one in extra if self.source_language in one.files]

    def translated(self, number: int, language: str) -> bool:
        """Tell whether an extra block has no file in `language`, but can be translated into it."""
        files = self.chain.extra_pages[number].files
        known = language in self.chain.page_languages or self.po_path(language).is_file()
        return language not in files and self.source_language in files and known

    def po_path(self, language: str) -> Path:
        """Give the place of the translation into a language."""
        return self.folder / "locale" / f"{language}.po"

    def block(self, number: int, language: str) -> Placed[Block]:
        """Read an extra block in `language`; raises InputError."""
        path: NodePath = ("extra_pages", number, "files")
        files = self.chain.extra_pages[number].files
        if language not in files:
            what = f"these pages have no file in {language}"
            fix = f"Add a line {language}: with the translated file, translate the pages with "
            fix += f"noroom translate --chain, or leave {language} out."
            raise InputError([self.source.problem(path, "chain-language", what, fix)])
        file = course_file(self.folder, files[language], self.source, (*path, language))
        if isinstance(file, Problem):
            raise InputError([file])
        source = read_yaml(file)
        block, wrong = validate(Block, source)
        if block is None or wrong:
            raise InputError(wrong)
        return Placed(block, source)

    def status_problems(self) -> Iterator[Problem]:
        """Give each status without a name or date."""
        yield from status_problems(self.chain.page_languages, self.source, LANGUAGES_KEY)


def chain_pages(course: Course, programme: ProgrammeDirectory, chain_id: str) -> ChainPages:
    """Give the extra pages of a chain; raises InputError if chain.yaml cannot be read."""
    folder = programme.path / "chains" / chain_id
    source = read_yaml(folder / CHAIN_FILE)
    return ChainPages(course, chain_id, folder, programme.chains[chain_id], source)


def block_texts(course: Course, blocks: tuple[Placed[Block], ...]) -> tuple[Text, ...]:
    """Give the texts of some blocks alone."""
    alone = replace(course, blocks=blocks, questions=(), signals=())
    sources = [block.source for block in blocks]
    return tuple(text for text in course_texts(alone) if text.source in sources)


def read_translation(
    pages: ChainPages, blocks: tuple[Placed[Block], ...], language: str
) -> tuple[dict[str, str], list[Problem]]:
    """Read {context: text} of some blocks from the PO file, and what is wrong with it.

    A PO file can only say the texts of these blocks: what else stands in it is a warning.
    """
    from scorm_builder.course.translations import read_po

    path = pages.po_path(language)
    if leads_outside(pages.folder, path):
        what, fix = "this is a link to a place outside the chain's folder", "Copy the file here."
        return {}, [Problem(str(path), 0, 0, "path-outside", what, fix)]
    if not is_there(path):
        what = f"{language} is a language of these pages, but {path} is missing"
        fix = f"Write the translation, or take {language} out of {LANGUAGES_KEY}."
        place = (LANGUAGES_KEY, language, "@key")
        return {}, [pages.source.problem(place, "translation-file", what, fix)]
    status = pages.chain.page_languages.get(language)
    wanted = status.status if status else None
    return read_po(path, block_texts(pages.course, blocks), language, wanted, KNOWN)


def placeholder_problems(
    pages: ChainPages, number: int, placed: Placed[Block]
) -> Iterator[Problem]:
    """Compare a file in another language with the one that it says again: {manager} stays."""
    if pages.source_language not in pages.chain.extra_pages[number].files:
        return
    first = pages.block(number, pages.source_language)
    wanted: Mapping[str, Text] = {one.context: one for one in block_texts(pages.course, (first,))}
    for text in block_texts(pages.course, (placed,)):
        ours = wanted.get(text.context)
        if ours and set(names(ours.text)) != set(names(text.text)):
            has = ", ".join(f"{{{name}}}" for name in sorted(set(names(ours.text)))) or "none"
            what = f'the placeholders of "{text.context}" differ; the first language has {has}'
            fix = "Write the same placeholders in every language."
            yield text.problem("translation-placeholder", what, fix)
