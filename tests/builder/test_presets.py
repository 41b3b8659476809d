"""Presets: data that reads, options that arrive, guides that are current."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from programme.lms_options import DEFAULTS, LmsOptions, merge
from scorm_builder.inspect.families import minders
from scorm_builder.lms.lms_guides import lms_guides
from scorm_builder.lms.lms_presets import minded, options_of, others, presets, size_problem
from scorm_builder.lms.option_effects import ACTS_IN
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import ROOT, Noroom
from tests.builder.messages_doc import DOCUMENT


def chain(programme: Path, text: str) -> None:
    (programme / "chains" / "zeta" / "chain.yaml").write_text(f"name: Zeta\n{text}", "utf-8")


def data_of(package: Path) -> Any:
    with zipfile.ZipFile(package) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("course-")]
        text = archive.read(name).decode("utf-8-sig")
    return json.loads(text.removeprefix("globalThis.noroomCourse=").rstrip(";\n"))


def test_every_fact_says_where_it_comes_from() -> None:
    for name, preset in presets().items():
        assert re.fullmatch("[a-z0-9]+", name)
        for fact in [*preset.facts.values(), *([preset.update] if preset.update else [])]:
            assert "excerpt" not in fact.source or not fact.confirmed, (name, fact.text)


def test_lms_guides_are_current(update_golden: bool) -> None:
    file = ROOT / "docs" / "lms-guides.md"
    if update_golden:
        file.write_text(lms_guides(), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == lms_guides()


def test_later_layers_win_and_nothing_is_left_open() -> None:
    options = merge(LmsOptions(revisit="reset", force_score=True), LmsOptions(force_score=False))
    assert options == DEFAULTS.model_copy(update={"revisit": "reset"})
    assert options_of(None) == DEFAULTS


def test_a_preset_chooses_standards_options_and_mastery(
    course: Path, noroom: Noroom, programme: Path
) -> None:
    chain(programme, "preset: portable12\n")
    built = noroom("build", course, "--programme", programme, "--chain", "zeta", "--out", "dist")
    assert built.exit_code == 0, built.stderr
    packages = sorted(Path("dist/zeta").glob("*.zip"))
    assert [one.name for one in packages] == [
        "tiny-1.0.0-scorm12-en.zip",
        "tiny-1.0.0-scorm12-nl.zip",
    ]
    assert data_of(packages[0])["options"].items() >= {("pass_status", "completed")}
    with zipfile.ZipFile(packages[0]) as archive:
        assert b"masteryscore" not in archive.read("imsmanifest.xml")


def test_a_chain_overrides_its_preset(course: Path, noroom: Noroom, programme: Path) -> None:
    chain(
        programme,
        "preset: portable12\nstandards: [scorm12]\nlanguages: [en]\n"
        "options: { pass_status: passed, mastery: true, interactions: full }\n",
    )
    built = noroom("build", course, "--programme", programme, "--chain", "zeta", "--out", "dist")
    assert "chain.yaml:5:62: warning[answers-told]" in built.stderr
    (package,) = Path("dist/zeta").glob("*.zip")
    assert data_of(package)["options"] == {
        "fail_status": "incomplete", "pass_status": "passed", "revisit": "keep",
        "exit_unfinished": "suspend", "also_passed": False, "force_score": False,
        "interactions": "full",
    }  # fmt: skip
    with zipfile.ZipFile(package) as archive:
        assert b"masteryscore" in archive.read("imsmanifest.xml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "preset: mooddle\n",
            'chain.yaml:2:9: error[preset-unknown]: there is no preset "mooddle"',
        ),
        ("standards: [scorm13]\n", "chain.yaml:2:13: error[standard-unknown]"),
        ("languages: [pl]\n", "chain.yaml:2:13: error[language-unknown]"),
        ("options: { revisit: never }\n", "chain.yaml:2:21: error[wrong-value]"),
    ],
)
def test_what_is_unknown_is_refused(
    course: Path, noroom: Noroom, programme: Path, text: str, said: str
) -> None:
    chain(programme, text)
    built = noroom("build", course, "--programme", programme, "--out", "dist")
    assert built.exit_code == 1
    assert said in built.stderr
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("options", "standards", "said"),
    [
        (
            "{ interactions: safe }",
            "scorm12, cmi5, xapi",
            "",
        ),
        ("{ interactions: safe }", "cmi5, xapi", "interactions has no effect in cmi5, xapi"),
        ("{ fail_status: failed }", "cmi5", "fail_status has no effect in cmi5"),
        ("{ revisit: reset }", "scorm12", "revisit has no effect in scorm12"),
        ("{ scos: per_block }", "scorm12", "scos has no effect in scorm12"),
        ("{ also_passed: true }", "scorm12", "also_passed has no effect in a course with a check"),
        ("{ mastery: false }", "scorm12", ""),
        ("{ interactions: off, revisit: keep }", "cmi5", ""),
    ],
)
def test_an_option_that_does_nothing_is_named(
    course: Path, noroom: Noroom, programme: Path, options: str, standards: str, said: str
) -> None:
    chain(programme, f"standards: [{standards}]\nlanguages: [en]\noptions: {options}\n")
    built = noroom("build", course, "--programme", programme, "--chain", "zeta", "--out", "dist")
    assert built.exit_code == 0, built.stderr
    assert (f"warning[option-without-effect]: {said}" in built.stderr) == bool(said)
    assert ("option-without-effect" in built.stderr) == bool(said)


def test_an_option_that_the_preset_sets_is_not_the_chains_doing(
    course: Path, noroom: Noroom, programme: Path
) -> None:
    chain(programme, "preset: workday\nlanguages: [en]\n")
    built = noroom("build", course, "--programme", programme, "--chain", "zeta", "--out", "dist")
    assert built.exit_code == 0
    assert "option-without-effect" not in built.stderr


def test_every_option_has_its_place_in_the_table_of_effects() -> None:
    assert set(ACTS_IN) == set(LmsOptions.model_fields)
    assert {one for acts in ACTS_IN.values() for one in acts} <= set(STANDARDS)


def test_families_mind_findings_that_exist() -> None:
    codes = DOCUMENT.codes()
    for family, minds in minded():
        assert {*minds.seen, *minds.documented, *minds.unconfirmed} <= codes, family
    assert {one.name for one in presets().values()} <= {family for family, _ in minded()}
    assert [str(one) for one in minders("manifest-folder")] == [
        "the ADL test suite (seen)", "Oracle Learning (its help pages)",
        "TalentLMS (its help pages)",
    ]  # fmt: skip


def test_facts_of_lms_without_a_preset_are_marked_too() -> None:
    for family in others():
        assert family.facts or family.minds != type(family.minds)(), family.name
        for fact in family.facts:
            assert "excerpt" not in fact.source or not fact.confirmed, fact.text


def test_sizes_are_warned_of_by_the_limits_of_the_lms() -> None:
    preset = presets()["oracle"]
    assert size_problem("a.zip", 1_000_000, preset) is None
    warned = size_problem("a.zip", 61_000_000, preset)
    refused = size_problem("a.zip", 1_200_000_000, preset)
    assert warned and "50 MB that phones" in warned.what
    assert refused and "1000 MB that Oracle Learning takes" in refused.what
