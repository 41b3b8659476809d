"""The archive: what strict unpackers want, and the same bytes from the same input."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_builder.package.build_matrix import write_parts
from scorm_builder.package.plan_package import PackageFile
from scorm_builder.package.write_zip import LARGE_BYTES, stored, zip_bytes, zip_parts

MANIFEST = PackageFile("imsmanifest.xml", b"<manifest/>" * 20)
FILES = [PackageFile("index.html", b"<p>" * 50), PackageFile("course-1.js", b"x" * 9)]


MEDIA = [
    PackageFile(f"media-{name}.png", name.encode() * LARGE_BYTES, shared=True) for name in "ba"
]


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


def test_packages_with_the_same_media_begin_with_the_same_bytes() -> None:
    """Readers go by the directory: it lists the manifest first, wherever it stands."""
    other = PackageFile("imsmanifest.xml", b"<other/>")
    one, two = (zip_bytes(first, [*FILES, *MEDIA]) for first in (MANIFEST, other))
    media = sum(entry.compress_size for entry in read(one).infolist() if "media" in entry.filename)
    assert one[:media] == two[:media]
    names = ["imsmanifest.xml", "course-1.js", "index.html", "media-a.png", "media-b.png"]
    assert read(two).namelist() == names
    assert read(two).testzip() is None
    assert read(two).read("imsmanifest.xml") == b"<other/>"


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    for number, files in enumerate([FILES, [*FILES, *MEDIA], MEDIA]):
        path = tmp_path / f"{number}.zip"
        written = write_parts(path, zip_parts(MANIFEST, files))
        content = path.read_bytes()
        assert written.sha256 == hashlib.sha256(content).hexdigest()
        assert written.bytes == len(content)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 131_070, 200_000])
def test_what_is_compressed_already_is_only_framed(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    stream = stored(content[:size])
    assert zlib.decompress(stream, -zlib.MAX_WBITS) == content[:size]
    assert len(stream) == size + 5 * max(1, -(-size // 65_535))
