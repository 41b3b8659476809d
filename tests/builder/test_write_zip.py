"""The archive: what strict unpackers want, and the same bytes from the same input."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from scorm_builder.plan_package import PackageFile
from scorm_builder.write_zip import zip_bytes

MANIFEST = PackageFile("imsmanifest.xml", b"<manifest/>" * 20)
FILES = [PackageFile("index.html", b"<p>" * 50), PackageFile("course-1.js", b"x" * 9)]


def read(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_the_manifest_is_first_and_the_rest_is_sorted() -> None:
    archive = read(zip_bytes(MANIFEST, FILES))
    assert archive.namelist() == ["imsmanifest.xml", "course-1.js", "index.html"]
    assert archive.testzip() is None


def test_every_entry_is_a_plain_deflated_readable_file() -> None:
    for entry in read(zip_bytes(MANIFEST, FILES)).infolist():
        assert entry.flag_bits == 0
        assert entry.extract_version == 20
        assert entry.compress_type == zipfile.ZIP_DEFLATED
        assert entry.external_attr == 0o100644 << 16
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.create_system == 3
        assert entry.extra == b""


@given(st.permutations(FILES))
def test_the_order_of_the_files_does_not_matter(files: list[PackageFile]) -> None:
    assert zip_bytes(MANIFEST, files) == zip_bytes(MANIFEST, FILES)
