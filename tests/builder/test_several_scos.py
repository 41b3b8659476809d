"""One SCO per block: the manifest, what is refused, and what an update may change."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from scorm_builder.package.split_scos import scos_of, split
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import ROOT, Noroom
from tests.builder.schemas import schema

OPTION = "options: { scos: per_block }\n"
EDITIONS = ("scorm2004-3", "scorm2004-4")


def chain(programme: Path, text: str = OPTION) -> None:
    (programme / "chains" / "zeta" / "chain.yaml").write_text(f"name: Zeta\n{text}", "utf-8")


@pytest.fixture
def build(course: Path, noroom: Noroom, programme: Path) -> Any:
    def run(out: str, *options: str | Path) -> Any:
        where = ("--programme", programme, "--chain", "zeta", "--language", "en", "--out", out)
        return noroom("build", course, *where, *options)

    return run


def data(*blocks: tuple[str, str]) -> dict[str, Any]:
    return {
        "standard": "scorm2004-4",
        "messages": {"next": "Next", "part_next": "Next part"},
        "blocks": [
            {"id": name, "title": name.upper(), "pages": [{"id": f"{name}-1", "kind": kind}]}
            for name, kind in blocks
        ],
    }


def test_the_last_part_has_the_check_and_all_that_follows() -> None:
    made = split(data(("a", "text"), ("b", "order"), ("c", "check"), ("d", "finish")), "per_block")
    assert made["scos"] == [["a"], ["b"], ["c", "d"]]
    assert [one.waits_for for one in scos_of(made)] == [(), (), ("a", "b")]
    assert made["messages"]["part_next"] == "Next part"


def test_without_a_check_the_last_block_ends_the_course() -> None:
    made = split(data(("a", "text"), ("b", "finish")), "per_block")
    assert made["scos"] == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("given", "standard", "scos"),
    [
        (data(("a", "text"), ("b", "check")), "scorm12", "per_block"),
        (data(("a", "text"), ("b", "check")), "cmi5", "per_block"),
        (data(("a", "text"), ("b", "check")), "scorm2004-4", "one"),
        (data(("a", "check"), ("b", "finish")), "scorm2004-4", "per_block"),
    ],
)
def test_what_stays_one_sco(given: dict[str, Any], standard: str, scos: str) -> None:
    made = split({**given, "standard": standard}, scos)
    assert "scos" not in made
    assert made["messages"] == {"next": "Next"}, "words that nobody would read are left out"


@pytest.mark.parametrize("standard", EDITIONS)
def test_the_manifest_is_valid_and_as_reviewed(
    build: Any, programme: Path, standard: str, update_golden: bool
) -> None:
    chain(programme)
    built = build("dist", "--standard", standard)
    assert built.exit_code == 0, built.stderr
    assert set(_codes(built.stderr)) == {"items-several", "sequencing-ignored"}
    (package,) = Path("dist/zeta").glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        manifest, names = archive.read("imsmanifest.xml"), archive.namelist()
        page = archive.read("part-act.html").decode()
    schema(standard).assertValid(etree.fromstring(manifest))
    assert '<body data-sco="act">' in page
    assert len([name for name in names if name.endswith((".js", ".css"))]) == 5
    golden = ROOT / "tests" / "golden" / standard / "parts.xml"
    shown = _without_hashes(manifest)
    if update_golden:
        golden.write_text(shown, encoding="utf-8")
    assert etree.canonicalize(shown, strip_text=True) == etree.canonicalize(
        golden.read_text(encoding="utf-8"), strip_text=True
    )


def test_other_standards_are_built_as_ever(build: Any, programme: Path) -> None:
    chain(programme, "")
    assert build("one").exit_code == 0
    chain(programme)
    assert build("parts").exit_code == 0
    same = [one for one in STANDARDS if one not in EDITIONS]
    for standard in STANDARDS:
        (before,) = Path("one/zeta").glob(f"*-{standard}-en.zip")
        (after,) = Path("parts/zeta").glob(f"*-{standard}-en.zip")
        assert (before.read_bytes() == after.read_bytes()) == (standard in same), standard


def test_an_lms_that_ignores_sequencing_is_refused(build: Any, programme: Path) -> None:
    chain(programme, f"preset: moodle\n{OPTION}")
    built = build("dist", "--standard", "scorm2004-4")
    assert built.exit_code == 1
    assert "chain.yaml:3:18: error[scos-ignored]: Moodle ignores sequencing" in built.stderr
    assert not Path("dist").exists()


def test_inspect_tells_the_parts(build: Any, programme: Path, noroom: Noroom) -> None:
    chain(programme)
    build("dist", "--standard", "scorm2004-4")
    (package,) = Path("dist/zeta").glob("*.zip")
    told = noroom("inspect", package, "--json")
    found = json.loads(told.stdout)
    assert [one["title"] for one in found["launches"]] == ["Look", "Act"]
    assert not [one for one in found["findings"] if one["grade"] == "rejected"]


def _rewrite(file: str, find: str, put: str) -> None:
    path = Path("course") / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), encoding="utf-8")


def test_from_one_sco_to_several_is_no_update(build: Any, programme: Path) -> None:
    chain(programme, "")
    build("old", "--standard", "scorm2004-4")
    (old,) = Path("old/zeta").glob("*.zip")
    chain(programme)
    built = build("new", "--standard", "scorm2004-4", "--against", old)
    assert built.exit_code == 1
    assert "error[update-identifiers]" in built.stderr


def test_a_new_part_makes_the_finished_unfinished(build: Any, programme: Path) -> None:
    chain(programme)
    build("old", "--standard", "scorm2004-4")
    (old,) = Path("old/zeta").glob("*.zip")
    block = "id: more\ntitle: More\nminutes: '1:00'\npages:\n  - id: more-1\n    kind: text\n"
    text = block + "    title: More\n    text: More.\n"
    (Path("course") / "blocks" / "9-more.yaml").write_text(text, encoding="utf-8")
    _rewrite("course.yaml", "  - blocks/1-act", "  - blocks/9-more.yaml\n  - blocks/1-act")
    _rewrite("course.yaml", "version: 1.0.0", "version: 1.1.0")
    _rewrite("course.yaml", 'minutes: "6:00"', 'minutes: "7:00"')
    built = build("new", "--standard", "scorm2004-4", "--against", old)
    assert built.exit_code == 1
    assert "error[update-parts]: the LMS gets a new part (more)" in built.stderr


def _codes(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if "[" in line and "]: " in line:
            yield line.split("[")[1].split("]")[0]


def _without_hashes(manifest: bytes) -> str:
    root = etree.fromstring(manifest)
    for file in root.iter("{*}file"):
        name = file.get("href") or ""
        kind, _, rest = name.partition("-")
        if kind in ("course", "texts", "player", "screens", "picture"):
            file.set("href", f"{kind}.{rest.rpartition('.')[2]}")
    for resource in root.iter("{*}resource"):
        files = sorted(resource.iterfind("{*}file"), key=lambda one: one.get("href") or "")
        resource[: len(files)] = files  # hashes decide the order, and change with the player
    return etree.tostring(root, encoding="unicode")


def test_a_choice_of_language_in_each_part_is_said(build: Any, programme: Path) -> None:
    chain(programme, "options: { scos: per_block }\nlanguages_in: one\n")
    both = ("--standard", "scorm2004-4", "--language", "nl")
    result = build("out", *both)
    assert result.exit_code == 0
    assert "warning[scos-languages]" in result.stderr
    assert "asks for the language anew" in result.stderr
    with zipfile.ZipFile(next(Path("out").rglob("*-multi.zip"))) as package:
        assert sum(name.startswith("part-") for name in package.namelist()) == 2
    chain(programme)
    assert "scos-languages" not in build("again", *both).stderr


def test_a_course_of_one_part_is_said_to_be_one_sco(
    course: Path, build: Any, programme: Path
) -> None:
    chain(programme)
    text = (course / "course.yaml").read_text("utf-8")
    assert "  - blocks/0-look.yaml\n" in text
    (course / "course.yaml").write_text(text.replace("  - blocks/0-look.yaml\n", ""), "utf-8")
    signals = (course / "signals.yaml").read_text("utf-8")
    (course / "signals.yaml").write_text(signals.replace("required: true", "required: false"))
    result = build("out", "--standard", "scorm2004-4")
    assert "warning[option-without-effect]: scos has no effect" in result.stderr, result.stderr
