"""A chain's own pages: translated, reviewed and timed like those of a course."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from programme.directory import read_programme
from scorm_builder.chain.chain_course import course_for
from scorm_builder.course.load_course import load_course
from tests.builder.conftest import Noroom
from tests.builder.test_build_command import edit

HOUSE = """id: house
title: In our hotels
minutes: "0:30"
pages:
  - id: house-desk
    kind: text
    title: Our safety desk
    text: You can also call the safety desk. First tell {manager}.
"""
REVIEWED = "{ status: reviewed, reviewed_by: T. Ester, reviewed_on: 2026-11-01 }"
CHAIN = f"""name: Zeta
languages: [en, nl]
extra_pages: [{{ after: look, files: {{ en: house.yaml }} }}]
page_languages:
  en: {REVIEWED}
  nl: {{ status: draft }}
"""
DUTCH = {
    "In our hotels": "In onze hotels",
    "Our safety desk": "Onze veiligheidsbalie",
    "You can also call the safety desk. First tell {manager}.": "Vertel het eerst aan {manager}.",
}


@pytest.fixture
def zeta(programme: Path, course: Path) -> Path:
    """The folder of a chain with one page, to be translated into Dutch."""
    block = course / "blocks" / "0-look.yaml"
    edit(block, 'minutes: "', 'chain_pages: true\nminutes: "')
    edit(course / "course.yaml", 'minutes: "6:00"', 'minutes: "7:00"')
    folder = programme / "chains" / "zeta"
    (folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")
    (folder / "house.yaml").write_text(HOUSE, encoding="utf-8")
    return folder


def of_zeta(zeta: Path) -> tuple[str | Path, ...]:
    return ("--chain", "zeta", "--programme", zeta.parents[1])


def translate(noroom: Noroom, course: Path, zeta: Path) -> Path:
    """Start the Dutch translation and fill it in."""
    done = noroom("translate", "update", course, *of_zeta(zeta), "--language", "nl")
    assert done.exit_code == 0, done.stderr
    po = zeta / "locale" / "nl.po"
    text = po.read_text(encoding="utf-8")
    for source, target in DUTCH.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    po.write_text(text, encoding="utf-8")
    return po


def build(noroom: Noroom, course: Path, zeta: Path, *more: str | Path) -> tuple[int, str]:
    result = noroom("build", course, *of_zeta(zeta), "--standard", "scorm12", "--out", "dist",
                    "--jobs", "1", *more)  # fmt: skip
    return result.exit_code, result.stderr


def data_of(name: str) -> tuple[dict[str, object], str]:
    """Give the course data of a package, and the file of its later texts."""
    with zipfile.ZipFile(Path("dist/zeta") / name) as archive:
        names = archive.namelist()
        scripts = [archive.read(one).decode() for one in names if one.startswith("course-")]
        texts = [archive.read(one).decode() for one in names if one.startswith("texts-")]
    data = scripts[0].partition("=")[2].rstrip(";\n")
    return json.loads(data), texts[0]


def test_the_pages_have_the_route_of_a_course(course: Path, noroom: Noroom, zeta: Path) -> None:
    template = noroom("translate", "extract", course, *of_zeta(zeta)).stdout
    assert re.findall(r'msgctxt "(.*)"', template) == [
        "block.house.title", "page.house-desk.title", "page.house-desk.text",
    ]  # fmt: skip
    assert "#: house.yaml:8" in template and "{manager} stands for" in template
    translate(noroom, course, zeta)
    said = noroom("translate", "status", course, *of_zeta(zeta), "--json")
    (dutch,) = json.loads(said.stdout)["languages"]
    assert (dutch["status"], dutch["translated"], dutch["texts"]) == ("draft", 3, 3)
    code, stderr = build(noroom, course, zeta)
    assert code == 1
    assert "chain.yaml:6:17: error[language-draft]: the chain's own pages are a draft" in stderr
    assert not Path("dist").exists()
    review = ("translate", "review", course, *of_zeta(zeta), "--language", "nl",
              "--reviewer", "T. E.", "--date", "2026-11-20", "--status", "reviewed")  # fmt: skip
    assert noroom(*review).exit_code == 0
    assert "nl: { status: reviewed, reviewed_by: T. E., reviewed_on" in (
        zeta / "chain.yaml"
    ).read_text("utf-8")
    assert "X-Status: reviewed" in (zeta / "locale" / "nl.po").read_text("utf-8")
    code, stderr = build(noroom, course, zeta)
    assert code == 0, stderr
    data, texts = data_of("tiny-1.0.0-scorm12-nl.zip")
    assert "Vertel het eerst aan " in texts
    assert '"draft":true' not in json.dumps(data, separators=(",", ":"))
    assert "In onze hotels" in json.dumps(data, ensure_ascii=False)


def test_a_draft_is_marked_on_screen(course: Path, noroom: Noroom, zeta: Path) -> None:
    translate(noroom, course, zeta)
    assert build(noroom, course, zeta, "--allow-draft")[0] == 0
    whole, programme = load_course(course), read_programme(zeta.parents[1])
    for language, draft in (("en", False), ("nl", True)):
        data, _ = data_of(f"tiny-1.0.0-scorm12-{language}.zip")
        assert data["course"]["draft"] is draft  # type: ignore[index]
        found = course_for(whole, programme, "zeta", language)
        assert (found.languages[language].status == "draft") is draft


def test_xliff_loses_nothing(course: Path, noroom: Noroom, zeta: Path) -> None:
    po = translate(noroom, course, zeta)
    before = po.read_bytes()
    for form in ("xliff12", "xliff20"):
        wanted = ("--language", "nl", "--format", form, "--out", "nl.xlf")
        assert noroom("translate", "export", course, *of_zeta(zeta), *wanted).exit_code == 0
        done = noroom("translate", "import", course, "nl.xlf", *of_zeta(zeta))
        assert done.exit_code == 0, done.stderr
        assert "3 as before" in done.stdout
        assert po.read_bytes() == before
        other = noroom("translate", "import", course, "nl.xlf")
        assert "error[xliff-course]" in other.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("aan {manager}", "aan je baas"), "error[translation-placeholder]"),
        (('msgstr "Onze veiligheidsbalie"', 'msgstr ""'), "error[translation-empty]"),
        (('msgid "Our safety desk"', 'msgid "Our old desk"'), "error[translation-stale]"),
        (("X-Status: draft", "X-Status: approved"), "error[translation-status]"),
    ],
)
def test_the_rules_of_a_translation_hold(
    course: Path, noroom: Noroom, zeta: Path, change: tuple[str, str], said: str
) -> None:
    po = translate(noroom, course, zeta)
    edit(po, *change)
    code, stderr = build(noroom, course, zeta, "--allow-draft")
    assert code == 1
    assert f"{po}:" in stderr and said in stderr
    assert said in noroom("check", course, *of_zeta(zeta)).stderr
    assert not Path("dist").exists()


def test_the_glossary_of_the_course_holds(course: Path, noroom: Noroom, zeta: Path) -> None:
    translate(noroom, course, zeta)
    (course / "locale" / "glossary.csv").write_text("en,nl\nsafety desk,hulplijn\n", "utf-8")
    said = noroom("check", course, *of_zeta(zeta)).stderr
    assert "warning[glossary-term]: in nl, 2 texts say “safety desk” without “hulplijn”" in said
    status = noroom("translate", "status", course, *of_zeta(zeta)).stdout
    assert "glossary: “safety desk” without “hulplijn”: page.house-desk.title" in status


def test_a_language_without_file_or_translation_is_refused(
    course: Path, noroom: Noroom, zeta: Path
) -> None:
    code, stderr = build(noroom, course, zeta, "--allow-draft")
    assert code == 1
    assert "error[translation-file]: nl is a language of these pages, but" in stderr
    edit(zeta / "chain.yaml", "  nl: { status: draft }\n", "")
    assert "error[chain-language]" in build(noroom, course, zeta, "--allow-draft")[1]


def test_a_status_needs_its_person(course: Path, noroom: Noroom, zeta: Path) -> None:
    edit(zeta / "chain.yaml", "reviewed_by: T. Ester, ", "")
    stderr = build(noroom, course, zeta, "--language", "en")[1]
    assert "chain.yaml:5:17: error[review-missing]: en is reviewed, but reviewed_by" in stderr


def test_the_time_of_the_pages_counts(course: Path, noroom: Noroom, zeta: Path) -> None:
    translate(noroom, course, zeta)
    code, stderr = build(noroom, course, zeta, "--allow-draft")
    line = "zeta, en: 6:30 minutes, 0:30 of them on its own pages; slow readers need "
    assert code == 0 and line in stderr
    checked = noroom("check", course, *of_zeta(zeta))
    assert line in checked.stdout
    facts = json.loads(noroom("check", course, *of_zeta(zeta), "--json").stdout)
    assert [(one["language"], one["minutes"], one["own"]) for one in facts["chains"]] == [
        ("en", 390, 30), ("nl", 390, 30),
    ]  # fmt: skip
    alone = {one["language"]: one for one in facts["summary"]["times"]}
    for one in facts["chains"]:
        assert one["needed"] > sum(alone[one["language"]]["blocks"].values())
    edit(zeta / "house.yaml", 'minutes: "0:30"', 'minutes: "0:01"')
    assert "house.yaml:3:10: warning[time-block]: slow readers need" in (
        noroom("check", course, *of_zeta(zeta)).stderr
    )


def test_more_time_than_promised_stops_a_release(course: Path, noroom: Noroom, zeta: Path) -> None:
    edit(zeta / "house.yaml", 'minutes: "0:30"', 'minutes: "1:01"')
    code, stderr = build(noroom, course, zeta, "--language", "en")
    assert code == 1
    assert "chain.yaml:3:14: error[minutes-over-budget]: with these pages the course" in stderr
    assert not Path("dist").exists()
    code, stderr = build(noroom, course, zeta, "--language", "en", "--allow-draft")
    assert code == 0 and "warning[minutes-over-budget]" in stderr


def test_one_package_holds_translated_pages_in_all_languages(
    course: Path, noroom: Noroom, zeta: Path
) -> None:
    """Ids are the same by construction, so chain-pages-differ is for files alone."""
    translate(noroom, course, zeta)
    assert build(noroom, course, zeta, "--allow-draft", "--languages-in", "one")[0] == 0
    with zipfile.ZipFile("dist/zeta/tiny-1.0.0-scorm12-multi.zip") as archive:
        names = [one for one in archive.namelist() if one.startswith("course-")]
        scripts = [archive.read(one).decode() for one in names]
    pages = [re.findall('"id":"(house[a-z-]*)"', script) for script in scripts]
    assert len(pages) == 2 and pages[0] == pages[1] == ["house", "house-desk"]


def test_an_update_that_takes_pages_away_is_seen(course: Path, noroom: Noroom, zeta: Path) -> None:
    assert build(noroom, course, zeta, "--language", "en")[0] == 0
    old = Path("old.zip")
    Path("dist/zeta/tiny-1.0.0-scorm12-en.zip").rename(old)
    (zeta / "chain.yaml").write_text("name: Zeta\n", encoding="utf-8")
    result = noroom("build", course, *of_zeta(zeta), "--language", "en", "--standard", "scorm12",
                    "--out", "dist", "--against", old, "--json")  # fmt: skip
    assert "house-desk" in result.stdout
