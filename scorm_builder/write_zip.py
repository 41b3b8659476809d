"""PackageFiles -> the bytes of a zip that every LMS unpacks and every rebuild repeats.

Deflate only, version 2.0, no data descriptors, no zip64, no directories, fixed date and mode:
strict unpackers refuse some of these, and a zip without them is the same on every machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from scorm_builder.plan_package import PackageFile

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_REGULAR_FILE = 0o100644 << 16


def zip_bytes(manifest: PackageFile, files: Iterable[PackageFile]) -> bytes:
    """Give the archive: the manifest first, then `files` sorted by path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", allowZip64=False) as archive:
        for file in (manifest, *sorted(files, key=lambda one: one.path)):
            info = zipfile.ZipInfo(file.path, _EPOCH)
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, file.content, compresslevel=9)
    return buffer.getvalue()
