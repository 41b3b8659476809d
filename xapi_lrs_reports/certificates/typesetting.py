"""typst with our fonts: template and data -> PDF or PNG, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Literal

from programme.temporary import temporary_folder
from xapi_lrs_reports.certificates.fonts import write_fonts

PNG_DOTS_PER_INCH = 110.0


@dataclass(frozen=True)
class Typesetter:
    """A folder with fonts and templates; made by `open_typesetter`."""

    folder: Path

    def compile(
        self,
        template: str,
        content: Mapping[str, object],
        day: date,
        *,
        kind: Literal["pdf", "png"] = "pdf",
    ) -> bytes:
        """Typeset `template` with `content` as its JSON input `it`; `day` dates the file.

        PDFs are tagged (PDF/UA-1).
        """
        import typst

        made: bytes = typst.compile(
            str(self.folder / template),
            root=str(self.folder),
            font_paths=[str(self.folder)],
            ignore_system_fonts=True,
            format=kind,
            ppi=PNG_DOTS_PER_INCH,
            sys_inputs={"it": json.dumps(content)},
            pdf_standards=["ua-1"] if kind == "pdf" else [],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
        return made


@contextmanager
def open_typesetter(*templates: str) -> Iterator[Typesetter]:
    """Write fonts and templates into a temporary folder for as long as the block lasts."""
    with temporary_folder("noroom-certificates-") as folder:
        write_fonts(folder)
        for template in templates:
            source = resources.files(__package__).joinpath(template)
            (folder / template).write_bytes(source.read_bytes())
        yield Typesetter(folder)
