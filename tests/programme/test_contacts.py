"""Numbers that nobody has checked are shown to nobody; those that were, while the check holds."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from programme.contacts.read_contacts import (
    FILE,
    KnownContact,
    countries,
    country_file,
    known_country,
)
from programme.papers.words import paper_source
from programme.problems import InputError
from scorm_builder.course.wording import contact_words

DAY = datetime.date(2026, 11, 22)
ASKED_FOR = {"NL", "BE", "DE", "FR", "ES", "PL", "RO", "UA", "GB", "US", "EU"}


def contact(country: str, name: str, programme: Path | None) -> KnownContact:
    (found,) = (one for one in known_country(country, programme).contacts if one.contact.id == name)
    return found


def says(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_each_country_has_an_emergency_number_help_a_route_and_sources() -> None:
    assert set(countries()) >= ASKED_FOR
    words = paper_source("referral")[1]
    ids = []
    for country in countries():
        file = country_file(country)[1]
        assert file.country == country
        kinds = {one.kind for one in file.contacts}
        assert "emergency" in kinds and kinds & {"victim_support", "victim_chat", "police"}
        assert {f"{country.lower()}_route", f"{country.lower()}_victims"} <= words.keys()
        assert f"after_{country.lower()}" in contact_words("en")
        assert all(one.id.startswith(f"{country.lower()}-") for one in file.contacts)
        ids += [one.id for one in file.contacts]
    assert len(set(ids)) == len(ids)
    assert "first responders" in words["gb_route"]


def test_no_words_name_a_number_that_could_not_be_switched_off() -> None:
    """A number in the words of a route would be shown without any check."""
    words = paper_source("referral")[1] | contact_words("en")
    for key, text in words.items():
        assert set(re.findall(r"[0-9]+", text)) <= {"18"}, key


def test_what_a_phone_dials_is_what_is_printed() -> None:
    for country in countries():
        for one in country_file(country)[1].contacts:
            scheme, _, dialled = one.dial.partition(":")
            if scheme not in ("tel", "sms") or any(sign.isalpha() for sign in one.number):
                continue
            printed = "".join(sign for sign in one.number if sign.isdigit())
            digits = "".join(sign for sign in dialled if sign.isdigit())
            assert digits.endswith(printed.lstrip("0")), one.id


def test_nothing_is_shown_until_somebody_has_checked_it(tmp_path: Path) -> None:
    everything = [one for name in countries() for one in known_country(name, None).contacts]
    assert len(everything) > 50 and not any(one.is_shown(DAY) for one in everything)
    says(tmp_path, "nl-police: { verified_on: 2026-11-01, verified_by: A. de Vries }\n")
    police = contact("NL", "nl-police", tmp_path)
    assert police.state(DAY) == "checked" and police.is_shown(DAY)
    assert contact("NL", "nl-comensha", tmp_path).state(DAY) == "unchecked"
    assert police.state(datetime.date(2027, 11, 1)) == "checked"
    assert police.state(datetime.date(2027, 11, 2)) == "due"
    assert not police.is_shown(datetime.date(2027, 11, 2))


def test_a_review_comes_when_the_programme_wants_it_and_never_later_than_a_year(
    tmp_path: Path,
) -> None:
    line = "nl-police: {{ verified_on: 2026-11-01, verified_by: A, review_by: {} }}\n"
    says(tmp_path, line.format("2026-11-21"))
    assert contact("NL", "nl-police", tmp_path).state(DAY) == "due"
    says(tmp_path, line.format("2036-11-21"))
    assert contact("NL", "nl-police", tmp_path).review_by == datetime.date(2027, 11, 1)


def test_a_programme_can_switch_an_unchecked_number_on(tmp_path: Path) -> None:
    says(tmp_path, "be-payoke: { show_unverified: true }\n")
    payoke = contact("BE", "be-payoke", tmp_path)
    assert payoke.is_shown(DAY) and payoke.state(DAY) == "unchecked"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nl-polize: { show_unverified: true }\n", "contact-unknown"),
        ("nl-police: { verified_on: 2026-11-01 }\n", "contact-half-verified"),
        ("nl-police: { verified_on: yesterday, verified_by: A }\n", "wrong-value"),
        ("nl-police: { verified: 2026-11-01 }\n", "unknown-key"),
    ],
)
def test_what_is_wrong_in_the_programmes_file_is_said(tmp_path: Path, text: str, code: str) -> None:
    says(tmp_path, text)
    with pytest.raises(InputError) as refused:
        known_country("NL", tmp_path)
    assert code in {problem.code for problem in refused.value.problems}


def test_the_command_lists_what_is_left_to_check(tmp_path: Path) -> None:
    says(tmp_path, "gb-police: { verified_on: 2026-11-01, verified_by: A. de Vries }\n")
    arguments = ["contacts", "--country", "UK", "--programme", str(tmp_path), "--json"]
    run = CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": "1795305600"})
    rows = {row["id"]: row for row in json.loads(run.stdout)["contacts"]}
    assert rows["gb-police"]["state"] == "checked"
    assert rows["gb-police"]["review_by"] == "2027-11-01"
    assert rows["gb-modern-slavery"]["number"] == "08000 121 700"
    assert rows["gb-modern-slavery"]["source"].startswith("https://")
    left = CliRunner().invoke(main, [*arguments[:-1], "--to-check"],
                              env={"SOURCE_DATE_EPOCH": "1795305600"})  # fmt: skip
    assert "gb-police" not in left.stdout and "gb-crimestoppers" in left.stdout
    wrong = CliRunner().invoke(main, ["contacts", "--country", "XX"])
    assert wrong.exit_code == 1 and "error[country-unknown]" in wrong.stderr
