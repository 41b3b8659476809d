"""The fonts of printed papers: FiraGO and Noto Sans out of the package pymupdf-fonts.

typst reads fonts from folders only, so they are written to a temporary one.
"""

from __future__ import annotations

from pathlib import Path

CODES = ("figo", "figbo", "figit", "figbi", "notos", "notosbo", "symbol1", "symbol2")
"""FiraGO regular, bold, italic, bold italic; Noto Sans regular, bold; two fonts of symbols."""


def write_fonts(folder: Path) -> None:
    """Write the font files into an existing folder."""
    import pymupdf_fonts

    for code in CODES:
        (folder / f"{code}.ttf").write_bytes(pymupdf_fonts.myfont(code))
