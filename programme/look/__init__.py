"""The look that everything on a screen shares: colours, type and measures, as custom properties."""

from __future__ import annotations

from pathlib import Path

TOKENS = Path(__file__).parent / "tokens.css"
