"""How far a translation is, who stands behind it, and whether it uses the agreed terms."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scorm_builder.course.load_course import load_course
from scorm_builder.translate.glossary import glossary_warnings
from tests.builder.conftest import ROOT, Noroom
from tests.builder.test_translate_update import edit

GLOSSARY = "locale/glossary.csv"


def status(noroom: Noroom, course: Path) -> dict[str, Any]:
    result = noroom("translate", "status", course, "--json")
    assert result.exit_code == 0, result.stderr
    return {one["language"]: one for one in json.loads(result.stdout)["languages"]}


def test_status_counts_every_text_once(course: Path, noroom: Noroom) -> None:
    po = course / "locale" / "nl.po"
    edit(po, 'msgstr "Drie signalen"', 'msgstr ""')
    edit(po, 'msgctxt "page.cards.cash.title"', '#, fuzzy\nmsgctxt "page.cards.cash.title"')
    edit(course / "blocks/0-look.yaml", "title: Silence", "title: A long silence")
    found = status(noroom, course)["nl"]
    counts = {key: found[key] for key in ("translated", "fuzzy", "stale", "missing")}
    assert counts == {"translated": found["texts"] - 3, "fuzzy": 1, "stale": 1, "missing": 1}
    assert found["words_left"] == len(["Three", "signals", "Cash", "A", "long", "silence"])
    shown = noroom("translate", "status", course).stdout
    assert "1 fuzzy, 1 stale, 1 missing; 6 words to do" in shown
    assert "reviewed by T. Ester on 2026-11-02" in shown


def test_status_knows_languages_without_a_file_and_files_without_a_language(
    course: Path, noroom: Noroom
) -> None:
    edit(course / "course.yaml", "\nminutes:", "\n  uk: { status: draft }\nminutes:")
    noroom("translate", "update", course, "--language", "pl")
    found = status(noroom, course)
    assert found["uk"]["missing"] == found["uk"]["texts"]
    assert found["pl"]["status"] is None
    assert "pl  not in course.yaml: 0 of" in noroom("translate", "status", course).stdout


def test_a_second_reading_is_shown_and_raises_nothing(course: Path, noroom: Noroom) -> None:
    edit(course / "course.yaml", "  nl: { status: reviewed, reviewed_by: T. Ester, "
         "reviewed_on: 2026-11-02 }", "  nl:\n    status: draft\n    second_reading:\n"
         "      by: a careful machine\n      on: 2026-11-21")  # fmt: skip
    edit(course / "locale" / "nl.po", "X-Status: reviewed", "X-Status: draft")
    found = status(noroom, course)["nl"]
    assert found["status"] == "draft"
    assert found["second_reading"] == {"by": "a careful machine", "on": "2026-11-21"}
    assert "second reading by a careful machine" in noroom("translate", "status", course).stdout
    result = noroom("build", course, "--out", "dist", "--language", "nl")
    assert "error[language-draft]" in result.stderr


@pytest.mark.parametrize(
    "written",
    [
        "  nl: { status: draft } # eerst lezen\n",
        "  nl: # lang\n    status: draft # zo\n    # hier nog iets\n",
        '  nl:\n    status: "draft"\n    second_reading: { by: x, on: 2026-01-01 } # y\n',
        "  nl:\n    second_reading:\n      by: x\n      on: 2026-01-01\n    status: draft\n",
    ],
)
@pytest.mark.parametrize("name", ["Anna de Vries", "O'Neil: #1", "Ümit", "True", "2026-01-01"])
def test_a_review_changes_its_keys_and_nothing_else(
    course: Path, noroom: Noroom, written: str, name: str
) -> None:
    file = course / "course.yaml"
    line = "  nl: { status: reviewed, reviewed_by: T. Ester, reviewed_on: 2026-11-02 }\n"
    edit(file, line, written)
    edit(course / "locale" / "nl.po", "X-Status: reviewed", "X-Status: draft")
    before = file.read_text(encoding="utf-8")
    arguments = ("--language", "nl", "--reviewer", name, "--date", "2026-11-22")
    early = noroom("translate", "review", course, *arguments, "--status", "approved")
    assert "error[review-missing]" in early.stderr
    assert file.read_text(encoding="utf-8") == before
    for verb in ("reviewed", "approved"):
        result = noroom("translate", "review", course, *arguments, "--status", verb)
        assert result.exit_code == 0, result.stderr
        given = load_course(course).languages["nl"]
        assert (given.status, given.reviewed_by, given.reviewed_on) == (verb, name, "2026-11-22")
    assert given.approved_by == name
    after = file.read_text(encoding="utf-8")
    assert re.findall("# .*", before) == re.findall("# .*", after)
    assert "X-Status: approved" in (course / "locale" / "nl.po").read_text(encoding="utf-8")


def test_a_review_keeps_windows_line_ends(course: Path, noroom: Noroom) -> None:
    file = course / "course.yaml"
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    arguments = ("--language", "en", "--status", "reviewed", "--reviewer", "Jo")
    assert noroom("translate", "review", course, *arguments, "--date", "2026-12-01").exit_code == 0
    old = b"approved, reviewed_by: T. Ester, reviewed_on: 2026-11-01"
    new = before.replace(old, b"reviewed, reviewed_by: Jo, reviewed_on: 2026-12-01")
    assert new != before
    assert file.read_bytes() == new


def test_a_translation_with_problems_cannot_be_reviewed(course: Path, noroom: Noroom) -> None:
    edit(course / "locale" / "nl.po", 'msgstr "Drie signalen"', 'msgstr ""')
    before = (course / "course.yaml").read_bytes()
    result = noroom("translate", "review", course, "--language", "nl", "--status", "reviewed",
                    "--reviewer", "A", "--date", "2026-11-22")  # fmt: skip
    assert result.exit_code == 1
    assert "translation-empty" in result.stderr
    assert (course / "course.yaml").read_bytes() == before


def test_the_source_language_is_reviewed_too(course: Path, noroom: Noroom) -> None:
    arguments = ("--language", "en", "--status", "reviewed", "--reviewer", "Jo")
    assert noroom("translate", "review", course, *arguments, "--date", "2026-12-01").exit_code == 0
    assert load_course(course).languages["en"].reviewed_by == "Jo"


def warnings(course: Path, *rows: str) -> list[str]:
    (course / GLOSSARY).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return [problem.what for problem in glossary_warnings(load_course(course))]


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("signal,signaal", 0),
        ("signal,teken", 6),
        ("signal,teken|signaal", 0),
        ("see,zien", 0),
        ("one signal,één signaal", 0),
        ("cash,contant geld", 4),
        ("cash,", 0),
        ("manager,chef", 0),
        ("elephant,olifant", 0),
        ("!,?", 0),
    ],
)
def test_a_term_is_found_in_every_form(course: Path, row: str, texts: int) -> None:
    found = warnings(course, "en,nl,note", row)
    assert (f", {texts} text" in found[0]) if texts else found == []


def test_a_warning_names_the_term_and_the_texts(course: Path, noroom: Noroom) -> None:
    (course / GLOSSARY).write_text("en;nl;note\ncash;baar geld;x\n", encoding="utf-8-sig")
    result = noroom("check", course)
    assert result.exit_code == 0
    assert (
        "course/locale/glossary.csv:2:1: warning[glossary-term]: in nl, 4 texts say “cash” without "
        "“baar geld”: page.cards.cash.title, page.cards.cash.text, question.q-cash.text and 1 more"
    ) in result.stderr
    (finding,) = status(noroom, course)["nl"]["glossary"]
    assert finding["source"] == "cash"
    assert len(finding["texts"]) == 4


def test_arabic_prefixes_and_other_scripts_count_as_the_term(course: Path) -> None:
    from scorm_builder.translate.glossary import Glossary, Term, glossary_findings

    loaded = load_course(course, ())
    term = Term(2, {"en": ("cash",), "ar": ("نقد",), "ja": ("現金",)})
    glossary = Glossary("g", (), (term,))
    texts = {"page.cards.cash.title": "والنقدية"}
    assert glossary_findings(loaded, glossary, "ar", texts) == []
    assert (
        glossary_findings(loaded, glossary, "ja", {"page.cards.cash.title": "多くの現金で"}) == []
    )
    assert glossary_findings(loaded, glossary, "ja", texts)[0].contexts == (
        "page.cards.cash.title",
    )


def test_the_real_course_uses_its_glossary() -> None:
    assert glossary_warnings(load_course(ROOT / "courses" / "no-room")) == []
