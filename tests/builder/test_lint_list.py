"""The list of what stops a build: each rule broken alone, in packages of ours, for its standard.

The zip, names, manifests, what decides, what lies inside. test_lint.py has the rules on content
once more, by what people hand in; test_against.py has the ids of earlier builds, and
test_check_whole.py the worst case.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from scorm_builder.lint.lint_package import lint_package
from scorm_builder.package.build_packages import BuildRequest, build_packages
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import TINY
from tests.builder.packages import Files, zipped
from tests.builder.test_lint import contents

Change = Callable[[Files], None]
MANIFESTS = {"cmi5": "cmi5.xml", "xapi": "tincan.xml"}
DIRECTORY, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small course in every standard that has a manifest."""
    out = tmp_path_factory.mktemp("lint")
    standards = [one for one in STANDARDS if one != "web"]
    built, _ = build_packages(BuildRequest(TINY, out, standards, ["en"], [], allow_draft=True))
    return {one.standard: Path(one.path) for one in built}


def found_in(content: bytes, folder: Path) -> dict[str, str]:
    file = folder / "linted.zip"
    file.write_bytes(content)
    return {one.code: one.severity for one in lint_package("p.zip", file)}


def manifest(*changes: tuple[str, str]) -> Change:
    """Give the change of texts in the manifest; every one must hit."""

    def change(files: Files) -> None:
        name = next(iter(files))
        text = bytes(files[name]).decode()  # type: ignore[arg-type]
        for find, put in changes:
            assert find in text, find
            text = text.replace(find, put, 1)
        files[name] = text

    return change


def raw(start: bytes) -> Change:
    """Give the change that puts bytes in front of the manifest."""

    def change(files: Files) -> None:
        name = next(iter(files))
        files[name] = start + bytes(files[name])  # type: ignore[arg-type]

    return change


def launch_page(html: str) -> Change:
    def change(files: Files) -> None:
        text = bytes(files["index.html"]).decode()  # type: ignore[arg-type]
        files["index.html"] = text.replace("</body>", f"{html}</body>")

    return change


def script(code: str) -> Change:
    def change(files: Files) -> None:
        name = next(one for one in files if one.startswith("player-") and one.endswith(".js"))
        files[name] = bytes(files[name]) + code.encode()  # type: ignore[arg-type]

    return change


def without(prefix: str) -> Change:
    def change(files: Files) -> None:
        del files[next(one for one in files if one.startswith(prefix))]

    return change


BOTH_2004 = ("scorm2004-3", "scorm2004-4")
OLD = '<metadata xmlns:old="http://www.adlnet.org/xsd/adlcp_rootv1p2">'
S12, S3, S4, CMI5 = "scorm12", "scorm2004-3", "scorm2004-4", "cmi5"
LIST: list[tuple[str, str, Change]] = [
    (S12, "file-absent", without("texts-")),
    (S12, "file-case", manifest(('<file href="index', '<file href="Index'))),
    (S12, "identifier-form", manifest(('identifier="ORG', 'identifier="1 ORG'))),
    (S12, "identifier-repeated", manifest(('identifier="ORG', 'identifier="ITEM-tiny" x="'))),
    (S12, "identifier-unknown", manifest(('identifierref="', 'identifierref="X'))),
    (S12, "xml-mark", raw(b"\xef\xbb\xbf")),
    (S12, "xml-doctype", manifest(("<manifest", "<!DOCTYPE manifest>\n<manifest"))),
    (S12, "xml-syntax", manifest(("</manifest>", ""))),
    (S12, "schema-version", manifest((">1.2<", ">SCORM 1.2<"))),
    (S12, "scorm-type", manifest(("scormtype", "scormType"))),
    (S3, "scorm-type", manifest(("scormType", "scormtype"))),
    (S3, "schema-version", manifest(("2004 3rd Edition", "2004 3rd edition"))),
    (S4, "namespace-mixed", manifest(("<metadata>", OLD))),
    *((one, "delivery-controls", manifest((f' {name}="true"', ""))) for one in BOTH_2004
        for name in ("completionSetByContent", "objectiveSetByContent")),
    *((one, "global-objectives", manifest(('System="false"', 'System="true"')))
        for one in BOTH_2004),
    *((one, "flow-missing", manifest((' flow="true"', ""))) for one in BOTH_2004),
    (CMI5, "au-moveon", manifest((' moveOn="', ' x="'))),
    (CMI5, "mastery-score", manifest(('masteryScore="0.5"', 'masteryScore="0.50001"'))),
    (CMI5, "mastery-score", manifest(('masteryScore="0.5"', 'masteryScore="1.5"'))),
    (CMI5, "pass-mark-differs", manifest((' masteryScore="0.5"', ""))),
    (CMI5, "au-langstring", manifest(("<langstring", "<string"), ("</langstring", "</string"))),
    *((one, "pass-mark-differs", manifest(("Measure>0.5<", "Measure>0.6<"))) for one in BOTH_2004),
    (CMI5, "pass-mark-differs", manifest(('masteryScore="0.5"', 'masteryScore="0.6"'))),
    (S12, "module-script", launch_page('<script type="module" src="a.js"></script>')),
    (S12, "http-address", launch_page('<link rel="stylesheet" href="http://a.example/x.css">')),
    (S12, "root-address", launch_page('<img src="/x.png">')),
    (S12, "inline-handler", launch_page('<p onclick="x()">')),
    (S12, "unload-listener", script('addEventListener("unload", x);')),
    (S12, "script-eval", script("eval(x);")),
    (S12, "secret-inside", script('x="Basic YWNtZTpzM2NyZXQxMjM0NTY=";')),
]  # fmt: skip


@pytest.mark.parametrize(
    ("standard", "code", "change"),
    LIST,
    ids=[f"{standard} {code} {n}" for n, (standard, code, _) in enumerate(LIST)],
)
def test_each_stops_a_build(
    packages: dict[str, Path], tmp_path: Path, standard: str, code: str, change: Change
) -> None:
    files = contents(packages[standard])
    change(files)
    assert found_in(zipped(files), tmp_path).get(code) == "error"


@pytest.mark.parametrize("standard", [one for one in STANDARDS if one != "web"])
def test_nothing_of_the_list_is_found_in_what_we_build(
    packages: dict[str, Path], tmp_path: Path, standard: str
) -> None:
    assert found_in(packages[standard].read_bytes(), tmp_path) == {}
    assert found_in(zipped(contents(packages[standard])), tmp_path) == {}
    name = MANIFESTS.get(standard, "imsmanifest.xml")
    assert next(iter(contents(packages[standard]))) == name


def patched(content: bytes, offset: int, value: int, size: str = "<H") -> bytes:
    """Change a field of every entry, in the directory and, where it has one, in its own header."""
    changed = bytearray(content)
    for mark, shift in ((DIRECTORY, 0), (LOCAL, -2)):
        at = changed.find(mark)
        while at >= 0 and (mark == DIRECTORY or offset < 12):
            struct.pack_into(size, changed, at + offset + shift, value)
            at = changed.find(mark, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("offset", "value", "size"),
    [
        (6, 45, "<H"),  # the version that is needed to unpack
        (8, 0x8, "<H"),  # sizes behind the data
        (8, 0x2, "<H"),  # another level of compression
        (38, 0o100600 << 16, "<L"),  # a mode that lets nobody else read
        (38, 0, "<L"),  # no mode at all
    ],
)
def test_a_zip_of_another_form_stops_a_build(
    packages: dict[str, Path], tmp_path: Path, offset: int, value: int, size: str
) -> None:
    content = patched(packages[S12].read_bytes(), offset, value, size)
    assert found_in(content, tmp_path).get("package-form") == "error"


def test_the_manifest_stands_first_and_at_the_top(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    files = contents(packages[S12])
    moved = {f"course/{name}": content for name, content in files.items()}
    assert found_in(zipped(moved), tmp_path)["manifest-folder"] == "error"
    last = {name: files[name] for name in sorted(files, key="imsmanifest.xml".__eq__)}
    assert found_in(zipped(last), tmp_path)["package-form"] == "error"
