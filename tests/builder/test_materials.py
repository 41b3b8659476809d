"""Papers that hang in a staff room: no unchecked number, no cut-off word, fit to print."""

from __future__ import annotations

import datetime
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PageObject, PdfReader
from pypdf.generic import StreamObject

from cli import main
from programme.contacts.read_contacts import FILE, countries, country_file
from programme.directory import read_programme
from programme.papers import words
from programme.problems import InputError
from scorm_builder.course.course import Course
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.load_course import load_course
from scorm_builder.materials.contents import MINUTES
from scorm_builder.materials.kinds import KINDS
from scorm_builder.materials.make_materials import MaterialsRequest, languages_of, make_materials
from scorm_builder.materials.occasion import Occasion
from scorm_builder.materials.print_papers import Press, open_press
from tests.builder.sample_words import SENTENCES, sample

COURSE = Path(__file__).parents[2] / "courses" / "no-room"
DAY = datetime.date(2026, 11, 22)
MM = 72 / 25.4
SIZES = {"a4": (210, 297), "a3": (297, 420), "screen": (320, 180)}
PROGRAMME = "name: No Room\niri: https://id.noroom.example\n"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(COURSE)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with open_press() as opened:
        yield opened


@pytest.fixture
def speak(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Course]]:
    """Give papers and course in a language of which only the length is real."""
    locale = tmp_path / "locale"
    shutil.copytree(words.LOCALE, locale)
    monkeypatch.setattr(words, "LOCALE", locale)

    def made(language: str) -> Course:
        write_po(locale / f"{language}.po", language)
        forget()
        said = enumerate(course_texts(course))
        texts = {one.context: sample(language, one.text, turn) for turn, one in said}
        return replace(course, translations={**(course.translations or {}), language: texts})

    forget()
    yield made
    monkeypatch.undo()
    forget()


def forget() -> None:
    for cached in (words.paper_languages, words._translated, words._entries, words.is_draft):
        cached.cache_clear()


def write_po(file: Path, language: str, **instead: str) -> None:
    """Write a PO file with sample sentences; `instead` replaces single ones by key."""
    from babel.messages import Catalog
    from babel.messages.pofile import write_po as write

    catalogue = Catalog(locale=language)
    for paper in words.PAPERS:
        for turn, (key, text) in enumerate(words.paper_source(paper)[1].items()):
            said = instead.get(key) or sample(language, text, turn)
            catalogue.add(text, said, context=f"{paper}.{key}")
    with file.open("wb") as stream:
        write(stream, catalogue)


def programme_with(folder: Path, checked: str, name: str = "No Room") -> Path:
    (folder / "programme.yaml").write_text(PROGRAMME.replace("No Room", name), encoding="utf-8")
    (folder / FILE).write_text(checked, encoding="utf-8")
    return folder


def printed(press: Press, kind: str, occasion: Occasion, size: str) -> PdfReader:
    chosen = KINDS[kind]
    content = {**chosen.content(occasion), "factor": chosen.formats[size]}
    made = press.pdf(chosen.template, content, f"{kind}.pdf", occasion.day)
    return PdfReader(io.BytesIO(made))


def look_at(read: PdfReader, size: str, *, bleed: bool) -> None:
    """Look at each page: its size, its fonts, and that no word stands outside of it."""
    width, height = (side * MM for side in SIZES[size])
    more = 10 * MM if bleed else 0
    for page in read.pages:
        assert float(page.trimbox.width) == pytest.approx(width, abs=1)
        assert float(page.trimbox.height) == pytest.approx(height, abs=1)
        assert float(page.mediabox.width) == pytest.approx(width + 2 * more, abs=1)
        assert fonts_of(page) and all(fonts_of(page).values()), fonts_of(page)
        for text, x, y in words_on(page):
            assert more <= x <= more + width and more <= y <= more + height, (text, x, y)


def fonts_of(page: PageObject) -> dict[str, bool]:
    """Give for each font of a page whether it is in the file."""
    found = {}
    for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
        inner = font.get_object()
        for part in inner.get("/DescendantFonts", [inner]):
            described = part.get_object()["/FontDescriptor"].get_object()
            name = str(inner["/BaseFont"])
            found[name] = bool({"/FontFile2", "/FontFile3"} & described.keys())
    return found


def words_on(page: PageObject) -> list[tuple[str, float, float]]:
    """Give what is written on a page, and where it begins, in points from the lower left."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x, y))

    page.extract_text(visitor_text=visit)
    return found


def text_of(read: PdfReader) -> str:
    return " ".join("".join(page.extract_text() for page in read.pages).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_fit_to_print(press: Press, course: Course, kind: str) -> None:
    size = next(iter(KINDS[kind].formats))
    bleed = kind in ("poster", "manager-card")
    look_at(printed(press, kind, Occasion(course, "nl", "NL", DAY, bleed=bleed), size),
            size, bleed=bleed)  # fmt: skip


def test_a_paper_from_right_to_left(press: Press, speak: Callable[[str], Course]) -> None:
    arabic = speak("ar")
    read = printed(press, "poster", Occasion(arabic, "ar", "NL", DAY, unverified=True), "a4")
    look_at(read, "a4", bleed=False)
    starts = [x for text, x, _ in words_on(read.pages[0]) if text in ("1", "2", "3")]
    assert len(starts) == 3 and min(starts) > 105 * MM


@pytest.mark.parametrize("language", ["de", "pl"])
def test_the_guide_does_not_end_with_a_page_of_a_few_lines(press: Press, language: str) -> None:
    spoken = load_course(COURSE, [language])
    read = printed(press, "team-talk", Occasion(spoken, language, "NL", DAY), "a4")
    assert len(read.pages) == 3
    assert len(read.pages[-1].extract_text().split()) > 100


def test_the_words_above_the_cards_stand_clear_of_the_marks(press: Press, course: Course) -> None:
    read = printed(press, "role-cards", Occasion(course, "en", "NL", DAY), "a4")
    starts = [x for text, x, y in words_on(read.pages[0]) if y > 285 * MM]
    assert starts and min(starts) > 16 * MM and max(starts) < 101 * MM


@pytest.mark.slow
@pytest.mark.parametrize("language", [*SENTENCES, "en", "nl"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_in_every_language_and_size(
    press: Press, course: Course, speak: Callable[[str], Course], kind: str, language: str
) -> None:
    spoken = speak(language) if language in SENTENCES else course
    for size in KINDS[kind].formats:
        for bleed in (False, True):
            for unverified in (False, True):
                made = Occasion(spoken, language, "NL", DAY, unverified=unverified, bleed=bleed)
                look_at(printed(press, kind, made, size), size, bleed=bleed)


@pytest.mark.slow
def test_every_language_that_there_is_and_every_country(press: Press, course: Course) -> None:
    for kind in KINDS:
        for language in languages_of(course, KINDS[kind]):
            wanted = countries() if kind == "manager-card" else ["NL", "FR"]
            for country in wanted:
                for unverified in (False, True):
                    made = Occasion(course, language, country, DAY, unverified=unverified)
                    size = next(iter(KINDS[kind].formats))
                    look_at(printed(press, kind, made, size), size, bleed=False)


@pytest.mark.parametrize("country", countries())
def test_no_number_that_nobody_has_checked_is_on_any_paper(course: Course, country: str) -> None:
    numbers = [one.number for one in country_file(country)[1].contacts]
    for kind in KINDS.values():
        for language in ("en", "nl"):
            said = json.dumps(
                kind.content(Occasion(course, language, country, DAY)), ensure_ascii=False
            )
            said = said.replace("\u00a0", " ")
            assert not [number for number in numbers if f'"{number}"' in said]
            assert not [n for n in numbers if len(n) < 6 and f" {n}." in said]
            assert "not yet checked" in said or "nog niet gecontroleerd" in said


def test_a_checked_number_is_shown_with_the_day_of_its_check(
    press: Press, course: Course, tmp_path: Path
) -> None:
    person = "verified_by: A. de Vries"
    lines = [f"nl-emergency: {{ verified_on: 2026-11-03, {person} }}",
             f"nl-comensha: {{ verified_on: 2026-11-21, {person} }}",
             f"nl-police: {{ verified_on: 2025-11-03, {person} }}"]  # fmt: skip
    programme = read_programme(programme_with(tmp_path, "\n".join(lines) + "\n"))
    occasion = Occasion(course, "en", "NL", DAY, programme)
    read = text_of(printed(press, "manager-card", occasion, "a4"))
    assert "033-448 11 86" in read and "call 112." in read
    assert "0900-8844" not in read, "the check of the police has run out"
    assert "Contacts checked between 3 November 2026 and 21 November 2026" in read
    assert "not checked" not in read
    alone = KINDS["poster-all"].content(occasion)["small_print"]
    assert "Contacts checked on 3 November 2026" in alone


def test_a_draft_says_so_and_unchecked_numbers_are_marked(course: Course) -> None:
    shown = KINDS["role-cards"].content(Occasion(course, "en", "GB", DAY, unverified=True))
    assert "Draft: nobody has reviewed this language yet" in shown["small_print"]
    assert "Contacts not yet checked: draft" in shown["small_print"]
    assert [one["number"] for one in shown["help"]] == [
        "08000\u00a0121\u00a0700",
        "0800\u00a0808\u00a03733",
    ]
    assert all("not checked" in one["more"] for one in shown["help"])
    assert "call 999" in shown["words"]["danger"]


def test_a_chain_gives_its_colour_titles_and_number(course: Course, tmp_path: Path) -> None:
    folder = programme_with(tmp_path, "{}\n") / "chains" / "acme"
    folder.mkdir(parents=True)
    lines = ["name: Acme", "colours: { accent: '#7a1f5c' }", "country: BE",
             "manager_title: { en: the duty manager }", "second_contact: { en: the line }",
             "property_contact: { name: { en: Desk }, number: '9', dial: 'tel:9' }"]  # fmt: skip
    (folder / "chain.yaml").write_text("\n".join(lines), encoding="utf-8")
    programme = read_programme(tmp_path)
    made = Occasion(course, "en", "BE", DAY, programme, programme.chains["acme"])
    poster = KINDS["poster"].content(made)
    assert poster["accent"] == "#7a1f5c" and poster["house_number"] == "9"
    assert poster["words"]["tell"] == "Tell the duty manager."
    assert poster["words"]["second"].startswith("The duty manager is away")
    assert "PAG-ASA" in KINDS["manager-card"].content(made)["words"]["route"]


def test_a_chains_logo_is_on_its_papers_as_vector(tmp_path: Path) -> None:
    folder = programme_with(tmp_path, "{}\n") / "chains" / "acme"
    folder.mkdir(parents=True)
    (folder / "chain.yaml").write_text("name: Acme\nlogo: logo.svg\n", encoding="utf-8")
    shape = '<path d="M0 0h90v30h-90z" fill="#7a1f5c"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{shape}</svg>'
    (folder / "logo.svg").write_text(svg, encoding="utf-8")
    for kind in ("poster", "role-cards", "manager-card", "team-talk", "poster-all"):
        request = MaterialsRequest(COURSE, ("en",), (kind,), "acme", programme=tmp_path)
        reader = PdfReader(io.BytesIO(next(make_materials(request)).content))
        assert not any(page.images for page in reader.pages), kind
        assert any(b"0.47843" in one for one in streams(reader)), kind


def streams(reader: PdfReader) -> Iterator[bytes]:
    """Give what the pages and their parts draw."""
    for number in sorted({one for table in reader.xref.values() for one in table}):
        found = reader.get_object(number)
        if isinstance(found, StreamObject):
            yield found.get_data()


def test_each_role_gets_what_it_can_see(course: Course) -> None:
    cards = KINDS["role-cards"].content(Occasion(course, "en", "NL", DAY))["roles"]
    assert [one["id"] for one in cards] == list(course.roles)
    texts = {one.value.text: one.value for one in course.signals}
    for card in cards:
        assert 4 <= len(card["signals"]) <= 6, card["id"]
        assert all(card["id"] in texts[text].roles for text in card["signals"])
    housekeeping = next(one for one in cards if one["id"] == "housekeeping")
    assert any("towels" in text for text in housekeeping["signals"])


def test_the_talk_takes_an_hour(course: Course) -> None:
    parts = KINDS["team-talk"].content(Occasion(course, "en", "NL", DAY))["words"]["parts"]
    assert len(parts) == len(MINUTES) and sum(MINUTES) == 60
    assert all(part["title"] and part["say"] and part["do"] for part in parts)


@pytest.mark.parametrize(
    ("rule", "first"),
    [("call_emergency_then_manager", "call the emergency number. Then tell your manager."),
     ("off", "tell your manager at once.")],
)  # fmt: skip
def test_the_talk_says_of_danger_what_the_poster_says(
    course: Course, rule: str, first: str
) -> None:
    settings = course.settings.value.model_copy(update={"danger_rule": rule})
    ruled = replace(course, settings=replace(course.settings, value=settings))
    occasion = Occasion(ruled, "en", "NL", DAY)
    said = KINDS["team-talk"].content(occasion)["words"]["parts"][4]["say"]
    danger = KINDS["poster"].content(occasion)["words"]["danger"]
    assert said.endswith(f"film or search. Immediate danger? {danger}")
    assert danger.endswith(f"{first} Do not go in.")


def test_the_same_paper_twice_is_the_same_bytes(press: Press, course: Course) -> None:
    kind, occasion = KINDS["manager-card"], Occasion(course, "en", "NL", DAY)
    once, again = (press.pdf(kind.template, kind.content(occasion), "x.pdf", DAY) for _ in range(2))
    assert once == again


def test_a_text_that_does_not_fit_is_a_problem_and_not_cut_off(
    press: Press, speak: Callable[[str], Course]
) -> None:
    german = speak("de")
    write_po(words.LOCALE / "de.po", "de", headline="Menschenhandelsbekämpfung" * 8)
    forget()
    with pytest.raises(InputError) as refused:
        printed(press, "poster", Occasion(german, "de", "NL", DAY), "a4")
    (problem,) = refused.value.problems
    assert problem.code == "paper-too-long" and "poster.headline" in problem.what


def test_a_letter_that_no_font_has_is_a_problem(
    press: Press, course: Course, tmp_path: Path
) -> None:
    programme = read_programme(programme_with(tmp_path, "{}\n", name="漢字"))
    with pytest.raises(InputError) as refused:
        printed(press, "poster", Occasion(course, "en", "NL", DAY, programme), "a4")
    assert [problem.code for problem in refused.value.problems] == ["paper-letter"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["materials", str(COURSE), *arguments])


def test_the_command_writes_papers_and_pictures(tmp_path: Path) -> None:
    out = tmp_path / "print"
    made = run("--out", str(out), "--language", "nl", "--kind", "signage", "--png", "--bleed")
    assert made.exit_code == 0, made.output
    names = ["signage-nl-screen.pdf", *(f"signage-nl-screen-{n}.png" for n in (1, 2, 3))]
    assert sorted(file.name for file in (out / "nl").iterdir()) == sorted(names)
    assert made.stdout.split() == [str(out / "nl" / name) for name in names]
    picture = (out / "nl" / "signage-nl-screen-1.png").read_bytes()
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [1920, 1080]


def test_a_language_without_words_is_refused_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "print"
    made = run("--out", str(out), "--language", "sv", "--language", "en", "--kind", "poster")
    assert made.exit_code == 1 and "error[paper-language]" in made.stderr
    assert "noroom translate update --own-papers --language sv" in made.stderr
    assert not out.exists()
