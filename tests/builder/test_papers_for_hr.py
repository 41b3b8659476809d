"""The upload guide and the IT sheet: HR's own language whole, then English, and nothing mixed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from programme.directory import require_programme
from programme.papers import words
from scorm_builder.course.load_course import load_course
from scorm_builder.course.placeholders import names
from scorm_builder.course.wording import player_messages
from scorm_builder.documents.handover import Handover, PackageFacts
from scorm_builder.documents.it_sheet import it_sheet
from scorm_builder.documents.upload_guide import upload_guide
from scorm_builder.lms.lms_presets import preset_names, read_preset
from scorm_builder.lms.preset_texts import preset_in, preset_texts

PAPERS = {"upload_guide": upload_guide, "it_sheet": it_sheet}
LANGUAGES = sorted(file.stem for file in words.LOCALE.glob("*.po"))
QUOTED = re.compile("[“„«”](.+?)[”“»]")
PACKAGES: list[PackageFacts] = [
    ("a.zip", "scorm12", ("nl", "en"), 1_234_567, "a" * 64),
    ("b.zip", "scorm2004-4", ("ar",), 900, "b" * 64),
    ("c.zip", "web", ("uk",), 900, "c" * 64),
]


def handover(course: Path, programme: Path, language: str, preset: str = "moodle") -> Handover:
    """Packages for a chain whose HR reads `language`, with everything that papers can speak of."""
    chain = programme / "chains" / "acme" / "chain.yaml"
    lines = f"preset: {preset}\noptions: {{ scos: per_block }}\n"
    chain.write_text(chain.read_text("utf-8") + lines, "utf-8")
    settings = programme / "programme.yaml"
    settings.write_text(settings.read_text("utf-8") + f"language: {language}\n", "utf-8")
    found = require_programme(programme)
    return Handover(load_course(course), found, "acme", found.chains["acme"], PACKAGES)


def parsed(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode("utf-8"))


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the papers' words, to change."""
    folder = tmp_path / "locale"
    shutil.copytree(words.LOCALE, folder)
    forget()
    monkeypatch.setattr(words, "LOCALE", folder)
    yield folder
    forget()


def forget() -> None:
    for cached in (words.paper_languages, words._translated, words._entries, preset_in):
        cached.cache_clear()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hr_reads_its_own_language_and_english_beside(
    course: Path, programme: Path, paper: str, language: str
) -> None:
    page = parsed(PAPERS[paper](handover(course, programme, language)))
    own, english = page.findall(".//article")
    direction = "rtl" if language == "ar" else "ltr"
    assert (page.get("lang"), page.get("dir")) == (language, direction)
    assert (own.get("lang"), own.get("dir")) == (language, direction)
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")
    assert [one.text for one in page.iterfind(".//nav/a")][1] == "English"
    assert page.find(".//title").text_content().startswith("Acme: ")
    assert own.findall("p[@class='draft']") and not english.findall("p[@class='draft']")
    assert own.text_content().count("{") == english.text_content().count("{")
    assert not own.xpath("descendant::li[@lang='en']")
    shape = [one.tag for one in own.iter() if one.tag in ("h2", "li", "td", "code")]
    assert shape == [one.tag for one in english.iter() if one.tag in ("h2", "li", "td", "code")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_keep_what_is_filled_in(language: str) -> None:
    """Every text of the papers and of each preset is there, with the same braces."""
    for paper in PAPERS:
        english, said = (words.paper_words(paper, one) for one in ("en", language))
        for key, text in english.items():
            assert set(names(said[key])) == set(names(text)), key
            assert not re.search("[<>&]", said[key]), key
    for name in preset_names():
        assert preset_in(name, language)[1] == language, name


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_guide_says_what_the_course_says(language: str) -> None:
    """What people see on the screen stands in the guide as it stands there."""
    message = player_messages(language)
    said = QUOTED.search(words.paper_words("upload_guide", language)["trouble_connection"])
    assert said and message["no_lms"].startswith(said[1].strip())
    stop = preset_in("successfactors", language)[0].guide.test[0]
    assert message["exit"] in stop


def test_a_preset_without_words_is_english_and_says_so(
    course: Path, programme: Path, locale: Path
) -> None:
    file = locale / "ar.po"
    text = file.read_text("utf-8").replace(
        'msgctxt "lms.moodle.facts.frame"', '#, fuzzy\nmsgctxt "lms.moodle.facts.frame"'
    )
    file.write_text(text, "utf-8")
    forget()
    own, english = parsed(upload_guide(handover(course, programme, "ar"))).findall(".//article")
    steps = own.xpath("descendant::li[@lang='en' and @dir='ltr']")
    guide = read_preset("moodle").guide
    assert [one.text for one in steps] == [*guide.upload, *guide.settings, *guide.test]
    facts = own.xpath("descendant::bdi[@lang='en']")
    assert "The embedded frame was 650 by 666 pixels" in "".join(one.text for one in facts)
    assert not english.xpath("descendant::*[@lang='en']")
    assert preset_in("totara", "ar")[1] == "ar"


def test_a_language_that_is_missing_is_named(course: Path, programme: Path, locale: Path) -> None:
    (locale / "pl.po").unlink()
    forget()
    given = handover(course, programme, "pl")
    for paper in PAPERS.values():
        page = parsed(paper(given))
        assert [one.get("lang") for one in page.iterfind(".//article")] == ["en"]
        assert "This paper is not available in Polish yet." in page.text_content()
        assert page.find(".//nav") is None


def test_an_english_chain_gets_english_alone(course: Path, programme: Path) -> None:
    page = parsed(upload_guide(handover(course, programme, "en")))
    assert [one.get("lang") for one in page.iterfind(".//article")] == ["en"]
    assert "not available" not in page.text_content()


def test_names_from_files_are_text(course: Path, programme: Path) -> None:
    """A chain called like a tag or like a placeholder is only a name."""
    given = handover(course, programme, "nl")
    nasty = given.chain.model_copy(update={"name": "<b>{asker}</b> & {0}"})
    shown = Handover(given.course, given.programme, "acme", nasty, PACKAGES)
    for paper in PAPERS.values():
        content = paper(shown)
        assert b"<b>" not in content
        assert "<b>{asker}</b> & {0}" in parsed(content).text_content()


@pytest.mark.parametrize("name", preset_names())
def test_keys_of_a_preset_are_its_own(name: str) -> None:
    """Each text has one key, and what is shown of a preset is all among them."""
    texts = preset_texts(name)
    assert len({one.key for one in texts}) == len(texts)
    preset = read_preset(name)
    facts = [*preset.facts.values(), *([preset.update] if preset.update else [])]
    guide = preset.guide
    shown = {*guide.upload, *guide.settings, *guide.test}
    shown |= {one.text for one in facts} | {one.source for one in facts}
    assert {one.text for one in texts} - {preset.name} == shown
