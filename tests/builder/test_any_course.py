"""Whatever an author may write: it compiles, and every package is whole."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from lxml import etree

from scorm_builder.checks.check_whole import worst_suspend_data
from scorm_builder.course.load_course import load_course
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.package.build_packages import package_bytes
from scorm_builder.standards import STANDARDS
from tests.builder.schemas import schema
from tests.strategies import courses, write_course


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses())
def test_compiles_into_packages_whose_manifest_lists_every_file(files: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as home:
        write_course(Path(home), files)
        course = load_course(Path(home))
    edition = Edition(course, "en")
    for standard in STANDARDS:
        archive = zipfile.ZipFile(io.BytesIO(package_bytes(edition, standard, Audience())))
        names = archive.namelist()
        if standard == "web":
            folder = f"{course.id}-en/"
            assert names[0] == f"{folder}index.html"
            assert all(name.startswith(folder) for name in names)
            check_data(archive, files, folder)
            continue
        root = etree.fromstring(archive.read(names[0]))
        assert schema(standard).validate(root)
        if names[0] == "imsmanifest.xml":
            assert [file.get("href") for file in root.iter("{*}file")] == names[1:]
        launched = [found.get("href") for found in root.iter("{*}resource")]
        launched += [found.text for found in root.iter("{*}url", "{*}launch")]
        assert launched == ["index.html"]
        assert "index.html" in names
        check_data(archive, files)
    assert worst_suspend_data(course) < 1500


def check_data(archive: zipfile.ZipFile, files: dict[str, Any], folder: str = "") -> None:
    """The course script holds the pages, and the page links it and nothing else."""
    (name,) = [name for name in archive.namelist() if name.startswith(f"{folder}course-")]
    script = archive.read(name)
    data = json.loads(script.partition(b"=")[2].rstrip(b";\n"))
    kinds = [page["kind"] for block in data["blocks"] for page in block["pages"]]
    assert kinds[-1] == "finish"
    assert (data["check"] is None) == ("check" not in kinds)
    assert len(data["course"]["build"]) == 8
    page = archive.read(f"{folder}index.html").decode("utf-8")
    assert name.removeprefix(folder) in page
    keys = [page["key"] for block in data["blocks"] for page in block["pages"]]
    assert len(set(keys)) == len(keys)
