"""What the options of the building half share."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path)
"""A folder; what stands there instead is said by whoever reads it."""
