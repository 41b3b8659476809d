"""A course shows whom to call where its learners work: checked numbers, and the one for danger."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from programme.contacts.read_contacts import countries, country_file, known_country
from programme.directory import read_programme
from programme.problems import InputError
from scorm_builder.course.contact_lines import longest_referral, referral
from scorm_builder.course.load_course import load_course
from scorm_builder.course.wording import contact_words
from scorm_builder.link.course_data import compile_course_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.entry_data import for_standard
from scorm_builder.standards import STANDARDS
from tests.builder.conftest import ROOT, TINY, Noroom
from tests.checked_contacts import check_contacts

REAL = ROOT / "courses" / "no-room"
LANGUAGES = ("en", "nl", "de", "fr", "es", "pl", "ro", "uk", "ar")


def data(
    country: str, programme: Path | None = None, *, unverified: bool = False, language: str = "en"
) -> dict[str, Any]:
    course = load_course(REAL, [language]).in_country(country)
    directory = read_programme(programme) if programme else None
    audience = Audience(directory, unverified=unverified)
    return compile_course_data(Edition(course, language), "scorm12", audience)


def numbers(found: dict[str, Any]) -> list[str]:
    return [one["number"] for one in found["help"]]


@pytest.mark.parametrize("country", countries())
def test_without_a_check_there_are_calm_words_and_the_number_for_danger(country: str) -> None:
    found = data(country)
    (only,) = found["help"]
    assert only["number"] == known_country(country, None).emergency.contact.number
    assert "not checked" not in only["note"]
    assert found["messages"]["help_intro"] == contact_words("en")["only_emergency"]


@pytest.mark.parametrize("country", countries())
def test_a_draft_shows_all_of_them_marked(country: str) -> None:
    found = data(country, unverified=True)
    staff = [one for one in country_file(country)[1].contacts if "staff" in one.use]
    assert numbers(found) == [one.number for one in staff] and len(staff) > 1
    assert all("not checked" in one["note"] for one in found["help"])
    assert found["messages"]["help_intro"] != contact_words("en")["only_emergency"]


def test_what_was_checked_is_shown_without_a_mark(programme: Path) -> None:
    check_contacts(programme, "BE", only="victim_support")
    found = data("BE", programme)
    helping = [one for one in found["help"] if one["name"].startswith("Help for victims · ")]
    assert len(helping) > 1 and len(found["help"]) == len(helping) + 1
    assert not any("not checked" in one["note"] for one in found["help"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_follows_a_report_in_every_country(language: str) -> None:
    said = {referral(country, "staff", language) for country in countries()}
    assert len(said) == len(countries())
    assert longest_referral("staff", language) in said
    for country in countries():
        assert referral(country, "manager", language)


def test_the_page_after_telling_has_the_route_of_the_country() -> None:
    for country, words in (("NL", "CoMensha"), ("GB", "A hotel cannot"), ("PL", "KCIK")):
        (page,) = (
            page
            for block in data(country)["blocks"]
            for page in block["pages"]
            if page["id"] == "act-after"
        )
        assert page["html"].endswith("</p>") and words in page["html"].rpartition("<p>")[2]


@pytest.mark.parametrize(("country", "number"), [("US", "911"), ("UA", "102"), ("NL", "112")])
def test_texts_name_the_number_of_the_country(country: str, number: str) -> None:
    texts = json.dumps(data(country)["check"])
    assert f"Call {number}" in texts
    assert "Call 112" not in texts or number == "112"


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_command_takes_the_country_of_the_chain_or_the_one_that_is_named(
    course: Path, noroom: Noroom, programme: Path, standard: str
) -> None:
    check_contacts(programme, "NL", "GB", "US")
    chain = programme / "chains" / "zeta" / "chain.yaml"
    chain.write_text("name: Zeta\ncountry: UK\n", encoding="utf-8")
    arguments = ("build", course, "--programme", programme, "--standard", standard, "--language",
                 "en", "--country", "US", "--out", "dist")  # fmt: skip
    built = noroom(*arguments)
    assert built.exit_code == 0, built.output
    assert '"tel:999"' in script("zeta", standard) and '"tel:911"' not in script("zeta", standard)
    assert '"tel:911"' in script("acme", standard) and '"tel:112"' not in script("acme", standard)


def script(chain: str, standard: str) -> str:
    """Give the course's first data file of a package."""
    with zipfile.ZipFile(f"dist/{chain}/tiny-1.0.0-{standard}-en.zip") as archive:
        (name,) = (one for one in archive.namelist() if "course-" in one)
        return archive.read(name).decode("utf-8-sig")


def test_a_release_names_what_it_leaves_out(
    course: Path, noroom: Noroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = noroom("build", course, "--standard", "scorm12", "--language", "en", "--country", "BE",
                   "--out", "dist")  # fmt: skip
    assert built.exit_code == 0
    assert "programme/contacts/be.yaml: warning[contact-unverified]" in built.stderr
    assert "be-payoke" in built.stderr


def test_a_country_without_contacts_stops_the_build(course: Path, noroom: Noroom) -> None:
    built = noroom("build", course, "--country", "XX", "--out", "dist")
    assert built.exit_code == 1 and "error[country-unknown]" in built.stderr
    assert not Path("dist").exists()


def test_tiny_has_no_contacts_of_its_own() -> None:
    assert not list(TINY.glob("contacts.yaml")) and not list(REAL.glob("contacts.yaml"))


def several(programme: Path, more: str = "", rows: str = "") -> tuple[Any, Audience]:
    """Give the real course and a chain with hotels in the Netherlands, Belgium and Britain."""
    chain = programme / "chains" / "zeta" / "chain.yaml"
    lrs = 'lrs: { endpoint: "https://lrs.noroom.example/xAPI/", key: "a:b" }\n'
    chain.write_text(f"name: Zeta\n{lrs}{more}", encoding="utf-8")
    hotels = rows or "z-1,Amstel,zeta,\nz-2,Schelde,zeta,BE\nz-3,Thames,zeta,uk\n"
    (programme / "hotels.csv").write_text(f"hotel,name,chain,country\n{hotels}", encoding="utf-8")
    return load_course(REAL, ["en"]), Audience(read_programme(programme), "zeta", unverified=True)


def compiled(found: tuple[Any, Audience], standard: str = "scorm12") -> dict[str, Any]:
    course, audience = found
    data = compile_course_data(Edition(course, "en"), standard, audience)
    return for_standard(data, standard, audience)


@pytest.mark.parametrize("standard", ["scorm12", "web"])
def test_hotels_in_several_countries_bring_the_contacts_of_each(
    programme: Path, standard: str
) -> None:
    found = compiled(several(programme), standard)
    assert {one["id"]: one.get("country") for one in found["hotels"]} == {
        "z-1": None, "z-2": "BE", "z-3": "GB",
    }  # fmt: skip
    assert found["country"] == "NL"
    assert {one["country"] for one in found["help"]} == {"NL", "BE", "GB"}
    texts = json.dumps(found)
    assert '<span data-country=\\"GB\\">999</span>' in texts
    assert '<p data-country=\\"BE\\">Does your hotel call the police?' in texts


@pytest.mark.parametrize(
    ("more", "rows", "country"),
    [
        ("one_hotel: z-2\n", "", "BE"),
        ("hotel_picker: false\n", "", "NL"),
        ("country: BE\nhotel_picker: false\n", "", "BE"),
        ("", "z-2,Schelde,zeta,BE\nz-4,Maas,zeta,BE\n", "BE"),
    ],
)
def test_one_country_is_enough_where_nobody_is_asked(
    programme: Path, more: str, rows: str, country: str
) -> None:
    found = compiled(several(programme, more, rows))
    assert "country" not in found and "data-country" not in json.dumps(found)
    staff = [one for one in country_file(country)[1].contacts if "staff" in one.use]
    assert numbers(found) == [one.number for one in staff]


def test_a_hotel_in_a_country_without_contacts_is_refused(programme: Path) -> None:
    with pytest.raises(InputError) as refused:
        compiled(several(programme, rows="z-1,Amstel,zeta,XX\n"))
    assert [one.code for one in refused.value.problems] == ["country-unknown"]
