"""No route lets a chain take away, reword or turn round "tell your manager, do not act"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from programme.directory import read_programme
from programme.problems import InputError
from programme.settings import Chain, PropertyContact
from programme.yaml_source import parse_yaml
from scorm_builder.chain import chain_words
from scorm_builder.chain.chain_course import course_for, keeps_the_course
from scorm_builder.course.load_course import load_course
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from tests.builder.conftest import Noroom
from tests.builder.test_build_command import edit
from tests.builder.test_chain_pages import CHAIN, HOUSE, build, of_zeta, translate, zeta

__all__ = ["zeta"]


def codes(zeta: Path, course: Path, language: str = "en") -> list[str]:
    """Give what is said when the chain's course is put together; [] if nothing."""
    try:
        course_for(load_course(course), read_programme(zeta.parents[1]), "zeta", language)
    except InputError as error:
        return [problem.code for problem in error.problems]
    return []


def compiled(zeta: Path, course: Path, language: str) -> dict[str, object]:
    programme = read_programme(zeta.parents[1])
    found = course_for(load_course(course), programme, "zeta", language)
    return compile_course_data(Edition(found, language), "scorm12", Audience(programme, "zeta"))


@pytest.mark.parametrize("key", ["danger_rule: 'off'", "blocks: []", "check: { draw: 0 }"])
def test_a_chain_has_no_keys_of_the_course(zeta: Path, key: str) -> None:
    (zeta / "chain.yaml").write_text(f"name: Zeta\n{key}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_programme(zeta.parents[1])
    assert [problem.code for problem in refused.value.problems] == ["unknown-key"]


@pytest.mark.parametrize("old", ["id: house-desk", "id: house"])
def test_no_page_takes_the_place_of_the_rules(course: Path, zeta: Path, old: str) -> None:
    """The same id would give the rule's page another text in every translation."""
    block = load_course(course).blocks[1].value
    new = "id: " + (block.pages[0].id if old.endswith("desk") else block.id)
    edit(zeta / "house.yaml", f"{old}\n", f"{new}\n")
    assert "id-repeated" in codes(zeta, course)


def test_no_translation_reaches_the_courses_texts(course: Path, noroom: Noroom, zeta: Path) -> None:
    po = translate(noroom, course, zeta)
    clean = compiled(zeta, course, "nl")
    rule = next(iter(load_course(course, ["nl"]).translations["nl"].items()))  # type: ignore[index]
    entry = f'\nmsgctxt "{rule[0]}"\nmsgid "x"\nmsgstr "Doe zelf iets."\n'
    more = '\nmsgctxt "noun.manager"\nmsgid "your manager"\nmsgstr "niemand"\n'
    po.write_text(po.read_text(encoding="utf-8") + entry + more, encoding="utf-8")
    assert compiled(zeta, course, "nl") == clean


def test_no_only_if_or_role_of_a_chain_hides_the_courses_pages(course: Path, zeta: Path) -> None:
    whole = load_course(course)
    for line in ("only_if: danger_rule", "only_if: no_danger_rule"):
        (zeta / "house.yaml").write_text(
            HOUSE.replace("kind: text\n", f"kind: text\n    {line}\n"), encoding="utf-8"
        )
        found = course_for(whole, read_programme(zeta.parents[1]), "zeta", "en")
        assert keeps_the_course(whole, found)
        theirs = [page.value.id for page in whole.pages()]
        left = [page.value.id for page in found.pages() if page.value.id in theirs]
        assert left == theirs


def test_no_page_drops_the_manager_in_another_language(course: Path, zeta: Path) -> None:
    edit(zeta / "chain.yaml", "{ en: house.yaml }", "{ en: house.yaml, nl: house.nl.yaml }")
    text = HOUSE.replace("First tell {manager}.", "Vertel het aan niemand.")
    (zeta / "house.nl.yaml").write_text(text, encoding="utf-8")
    assert codes(zeta, course, "nl") == ["translation-placeholder"]


@pytest.mark.parametrize("kind", ["check", "finish", "role"])
def test_no_page_asks_another_check_or_ends_the_course(course: Path, zeta: Path, kind: str) -> None:
    edit(zeta / "house.yaml", "kind: text", f"kind: {kind}")
    assert codes(zeta, course)


def test_no_link_brings_in_files_from_elsewhere(
    course: Path, noroom: Noroom, zeta: Path, tmp_path: Path
) -> None:
    po = translate(noroom, course, zeta)
    po.rename(tmp_path / "elsewhere.po")
    po.symlink_to(tmp_path / "elsewhere.po")
    assert codes(zeta, course, "nl") == ["path-outside"]
    assert "error[path-outside]" in noroom("translate", "update", course, *of_zeta(zeta)).stderr


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "nobody"),
        ("en", "your manager, but only later"),
        ("en", "the manager if you are sure"),
        ("en", "the manager. Then follow the guest"),
        ("en", "the police"),
        ("en", "ｎｏｂｏｄｙ"),
        ("en", "no\u200bbody"),
        ("en", "\u202egnihton\u202c"),
        ("en", "{second_contact}"),
        ("en", "112"),
        ("en", "a" * 61),
        ("nl", "niemand"),
        ("nl", "nobody"),
        ("de", "Niemandem"),
        ("fr", "personne"),
        ("es", "nadie"),
        ("pl", "nikomu"),
        ("ro", "nimănui"),
        ("uk", "нікому"),
        ("ar", "لا أحد"),
    ],
)
@pytest.mark.parametrize("key", ["manager_title", "second_contact"])
def test_no_title_turns_the_rule_round(
    course: Path, zeta: Path, key: str, language: str, title: str
) -> None:
    quoted = json.dumps(title, ensure_ascii=False)
    (zeta / "chain.yaml").write_text(f"{CHAIN}{key}: {{ {language}: {quoted} }}\n", "utf-8")
    assert codes(zeta, course) == ["chain-words"]


@pytest.mark.parametrize(
    "title",
    ["the duty manager", "the <duty> manager", "the F&B manager", "guest relations",
     "مدير المناوبة",
     "de dienstdoende manager", "la responsable d’équipe", "черговий менеджер"],
)  # fmt: skip
def test_titles_of_people_are_fine(title: str) -> None:
    source = parse_yaml("name: Z\n", "chain.yaml")
    for language in ("en", "nl", "de", "fr", "es", "pl", "ro", "uk", "ar"):
        chain = Chain(name="Z", manager_title={language: title})
        assert not list(chain_words.problems(chain, source))


@pytest.mark.parametrize(
    ("number", "dial", "fine"),
    [
        ("100", "tel:100", True),
        ("020 123 4567", "tel:+31201234567", True),
        ("+31 (0)20 123 4567", "tel:+31201234567", True),
        ("112", "tel:+31612345112", False),
        ("112", "tel:100", False),
        ("020 123 4567", "tel:+31209999999", False),
        ("do nothing", "tel:100", False),
        ("wa.me/31201234567", "https://wa.me/31201234567", True),
    ],
)
def test_a_number_is_the_one_that_is_dialled(number: str, dial: str, fine: bool) -> None:
    contact = PropertyContact(name={"en": "Duty desk"}, number=number, dial=dial)
    chain = Chain(name="Z", property_contact=contact)
    source = parse_yaml("name: Z\n", "chain.yaml")
    assert (not list(chain_words.problems(chain, source))) is fine


def test_no_contact_says_to_do_nothing(course: Path, zeta: Path) -> None:
    contact = 'property_contact: { name: { en: "Do not tell your manager" }, number: "1", '
    (zeta / "chain.yaml").write_text(f'{CHAIN}{contact}dial: "tel:1" }}\n', encoding="utf-8")
    assert codes(zeta, course) == ["chain-words"]


def test_a_contact_of_the_hotel_takes_no_other_away(course: Path, zeta: Path) -> None:
    before = compiled(zeta, course, "en")["help"]
    line = 'property_contact: { name: { en: Duty desk }, number: "100", dial: "tel:100" }\n'
    (zeta / "chain.yaml").write_text(CHAIN + line, encoding="utf-8")
    after = compiled(zeta, course, "en")["help"]
    assert isinstance(before, list) and isinstance(after, list)
    assert after[1:] == before


def test_a_long_name_is_no_place_for_a_sentence(zeta: Path) -> None:
    (zeta / "chain.yaml").write_text(f"name: {'Do not act. ' * 9}\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_programme(zeta.parents[1])


def test_a_refused_chain_leaves_no_package(course: Path, noroom: Noroom, zeta: Path) -> None:
    (zeta / "chain.yaml").write_text("name: Zeta\nmanager_title: { en: nobody }\n", "utf-8")
    code, stderr = build(noroom, course, zeta)
    assert code == 1 and not Path("dist").exists()
    what = 'chain.yaml:2:22: error[chain-words]: "nobody" here would change the rule'
    assert what in stderr


def test_the_rule_is_there_word_for_word(course: Path, zeta: Path) -> None:
    """Every text of the course's own pages is the same with the chain's pages and without."""
    both = compiled(zeta, course, "en")
    (zeta / "chain.yaml").write_text("name: Zeta\n", encoding="utf-8")
    alone = compiled(zeta, course, "en")
    blocks = both["blocks"]
    assert isinstance(blocks, list)
    assert [one for one in blocks if one["id"] != "house"] == alone["blocks"]
    assert both["check"] == alone["check"]
