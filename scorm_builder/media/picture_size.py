"""How large a picture is, so that a page keeps its place while it comes over a slow line."""

from __future__ import annotations

import functools
from pathlib import Path

from scorm_builder.media.scenes import load_scene

_ORIENTATION = 0x0112
_TURNED = range(5, 9)
"""EXIF, 4.6.4: a browser shows such a photograph turned by a quarter."""


def picture_size(file: Path) -> tuple[int, int] | None:
    """Give width and height, of an SVG those of its viewBox; None where the file does not say."""
    stamp = file.stat()
    return _measured(file, stamp.st_mtime_ns, stamp.st_size)


@functools.lru_cache(maxsize=128)
def _measured(file: Path, _changed: int, _size: int) -> tuple[int, int] | None:
    return _of_svg(file) if file.suffix.lower() == ".svg" else _of_raster(file)


def _of_svg(file: Path) -> tuple[int, int] | None:
    try:
        picture = load_scene(file)
    except ValueError:
        return None
    return round(picture.width), round(picture.height)


def _of_raster(file: Path) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(file) as image:
            width, height = image.size
            is_turned = image.getexif().get(_ORIENTATION) in _TURNED
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    return (height, width) if is_turned else (width, height)
