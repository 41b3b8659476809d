"""Content -> PDF or PNG through typst. The same content gives the same bytes.

typst writes vector PDFs (PDF/UA-1, tagged) with all fonts embedded, and refuses a letter that no
font has. What does not fit its box even at its smallest size is a problem here, not a cut-off word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from programme.papers.fonts import write_fonts
from programme.problems import InputError, Problem
from programme.temporary import temporary_folder

_NO_GLYPH = "could not be displayed with font"


@dataclass(frozen=True)
class Press:
    """typst with fonts and templates in place; made by `open_press`."""

    folder: Path

    def pdf(self, template: str, content: dict[str, Any], name: str, day: date) -> bytes:
        """Give the PDF; raises InputError where a text does not fit or a letter has no glyph."""
        compiler = self._compiler(template, content)
        too_long = json.loads(compiler.query("<overflow>"))
        if too_long:
            where = ", ".join(sorted({str(one["value"]) for one in too_long}))
            what = f"a text in {content['lang']} is too long for its place: {where}"
            fix = "Shorten its translation in programme/papers/locale, or the words of the chain."
            raise InputError([Problem(name, 0, 0, "paper-too-long", what, fix)])
        stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
        try:
            made: bytes = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
        except RuntimeError as error:
            if _NO_GLYPH not in str(error):
                raise
            what = f"a letter has no shape in the fonts: {error}"
            fix = "Write it with another letter."
            raise InputError([Problem(name, 0, 0, "paper-letter", what, fix)]) from None
        return made

    def pictures(self, template: str, content: dict[str, Any], ppi: float) -> list[bytes]:
        """Give each page as PNG, `ppi` dots to the inch, without bleed."""
        made = self._compiler(template, {**content, "bleed": False}).compile(format="png", ppi=ppi)
        return list(made) if isinstance(made, list) else [made]

    def _compiler(self, template: str, content: dict[str, Any]) -> Any:
        import typst

        return typst.Compiler(
            str(self.folder / template),
            root=str(self.folder),
            font_paths=[str(self.folder)],
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(content)},
        )


@contextmanager
def open_press(pictures: Iterable[tuple[str, bytes]] = ()) -> Iterator[Press]:
    """Write fonts and templates into a temporary folder for as long as the block lasts.

    `pictures` are (name, content) of files that the papers show.
    """
    with temporary_folder("noroom-materials-") as folder:
        write_fonts(folder)
        for template in resources.files(__package__).joinpath("templates").iterdir():
            (folder / template.name).write_bytes(template.read_bytes())
        for picture, content in pictures:
            (folder / picture).write_bytes(content)
        yield Press(folder)
