"""Zstandard (RFC 8878): Python 3.14 brings it, before that the same module as a package."""

from __future__ import annotations

import re
import sys
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports import zstd
else:
    from compression import zstd

MAGIC = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
"""A frame of data, or a skippable one, with which tools that work in parallel begin."""

__all__ = ["MAGIC", "ZstdError", "open_zstd", "zstd"]

ZstdError = zstd.ZstdError


def open_zstd(stream: IO[bytes]) -> IO[bytes]:
    """Give the content of a compressed stream; reading raises ZstdError or EOFError.

    Frames that were made with more than 128 MB of look-back (`zstd --long=28` and above) are
    refused, so that no file decides how much memory is taken.
    """
    return cast(IO[bytes], zstd.ZstdFile(stream))
