"""The fonts of a certificate are those of every printed paper."""

from __future__ import annotations

from programme.papers.fonts import CODES, write_fonts

__all__ = ["CODES", "write_fonts"]
