"""The requirements of cmi5 on cmi5.xml and its zip, by the numbers of the CATAPULT test suite.

Each is broken alone; docs of a live session are judged by tests/lms/cmi5_rules.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scorm_builder.inspect.inspect_package import inspect_package
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.builder.conftest import ROOT
from tests.builder.packages import CMI5, GOOD, changed, zipped

AU = "https://id.example.org/course/fire/au"
SECOND = f"""\
  <au id="{AU}" moveOn="Completed">
    <title><langstring lang="en">Two</langstring></title>
    <description><langstring lang="en">Two</langstring></description>
    <url>index.html</url>
  </au>
</courseStructure>"""


def url(text: str) -> Callable[[], bytes]:
    return changed("cmi5", ("<url>index.html</url>", f"<url>{text}</url>"))


def in_a_folder() -> bytes:
    return zipped({f"course/{name}": content for name, content in GOOD["cmi5"].items()})


REQUIREMENTS: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("13.1.4.0-1", "an id twice", changed("cmi5", ("</courseStructure>", SECOND)), "au-id"),
    ("13.1.4.0-1", "no IRI", changed("cmi5", (f'au id="{AU}"', 'au id="fire"')), "au-id"),
    *(
        ("8.1.0.0-6", name, url(f"index.html?{name}=x"), "au-url")
        for name in ("endpoint", "fetch", "actor", "registration", "activityId")
    ),
    ("8.1.0.0-6", "behind another", url("index.html?lang=en&amp;fetch=x"), "au-url"),
    ("8.1.0.0-6", "without a value", url("index.html?actor"), "au-url"),
    ("14.1.0.0-2", "not at the root", in_a_folder, "manifest-folder"),
    ("14.1.0.0-3", "not in the zip", url("other.html"), "file-absent"),
    ("14.1.0.0-3", "outside the zip", url("../index.html"), "au-url"),
    ("14.1.0.0-3", "no url", url(""), "au-url"),
    ("14.1.0.0-4", "on a server", url("https://example.org/index.html"), "external-launch"),
]


@pytest.mark.parametrize(
    ("number", "how", "make", "code"),
    REQUIREMENTS,
    ids=[f"{number} {how}" for number, how, _, _ in REQUIREMENTS],
)
def test_a_broken_requirement_is_found(
    tmp_path: Path, number: str, how: str, make: Callable[[], bytes], code: str
) -> None:
    package = tmp_path / "package.zip"
    package.write_bytes(make())
    found = inspect_package(package).findings
    assert {one.code for one in found if one.grade in ("rejected", "changed")} == {code}


def test_what_is_allowed_is_left_alone(tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    package.write_bytes(url("index.html?lang=en&amp;activity=1")())
    assert "https://id.example.org" in CMI5
    assert [one for one in inspect_package(package).findings if one.grade == "rejected"] == []


def test_our_own_package_meets_them_all(tmp_path: Path) -> None:
    tiny = ROOT / "tests" / "courses" / "tiny"
    request = BuildRequest(tiny, tmp_path, ["cmi5"], ["en"], [], None, allow_draft=True)
    packages, _ = build_packages(request)
    found = inspect_package(Path(packages[0].path)).findings
    assert [one.code for one in found if one.grade in ("rejected", "changed")] == []
