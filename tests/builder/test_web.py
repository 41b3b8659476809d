"""The web site: one folder, its policy, whom it asks what; and the picker of shared packages."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from programme.directory import read_programme
from programme.personal_codes import hotel_code
from programme.problems import InputError
from scorm_builder.course.load_course import load_course
from scorm_builder.link import entry_data
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.package.build_packages import package_bytes
from tests.builder.conftest import TINY, Noroom

LRS = 'lrs: { endpoint: "https://lrs.example/x/", key: "a:b" }\n'


@pytest.fixture
def acme(programme: Path) -> Path:
    """The programme, `acme` with two hotels and no hotel of its own."""
    chain = programme / "chains" / "acme" / "chain.yaml"
    chain.write_text(f"name: Acme\n{LRS}", "utf-8")
    hotels = "hotel,name,chain\nzon,Zon,acme\nanker,Anker,acme\nother,Other,zeta\n"
    (programme / "hotels.csv").write_text(hotels, "utf-8")
    return programme


def package(programme: Path, standard: str, chain: str | None = "acme") -> zipfile.ZipFile:
    edition = Edition(load_course(TINY), "en")
    made = package_bytes(edition, standard, Audience(read_programme(programme), chain))
    return zipfile.ZipFile(io.BytesIO(made))


def course_data(archive: zipfile.ZipFile) -> dict[str, Any]:
    (name,) = [one for one in archive.namelist() if re.search(r"(^|/)course-[^/]*\.js$", one)]
    found: dict[str, Any] = json.loads(archive.read(name).partition(b"=")[2].rstrip(b";\n"))
    return found


def test_a_site_is_one_folder_without_any_address_of_its_own(acme: Path) -> None:
    archive = package(acme, "web")
    assert {name.split("/")[0] for name in archive.namelist()} == {"tiny-en"}
    page = archive.read("tiny-en/index.html").decode()
    assert "connect-src https://lrs.example;" in page
    assert not re.search(r'(?:src|href)="(?:/|[a-z]+:)', page)


def test_a_site_for_nobody_sends_nowhere_and_asks_for_nothing(programme: Path) -> None:
    for chain in (None, "zeta"):
        archive = package(programme, "web", chain)
        assert "connect-src 'none'" in html.unescape(archive.read("tiny-en/index.html").decode())
        assert course_data(archive)["hotels"] == []


def test_a_site_knows_the_hotels_of_its_chain_by_name_and_code(acme: Path) -> None:
    codes = {one: hotel_code(f"https://id.noroom.example/hotel/{one}") for one in ("zon", "anker")}
    assert course_data(package(acme, "web"))["hotels"] == [
        {"id": "anker", "name": "Anker", "code": codes["anker"]},
        {"id": "zon", "name": "Zon", "code": codes["zon"]},
    ]


def test_the_words_of_a_site_are_in_sites_alone(acme: Path) -> None:
    keys = course_data(package(acme, "scorm12"))["messages"].keys()
    assert not any(key.startswith("web_") for key in keys)
    assert any(key.startswith("hotel_") for key in keys)


@pytest.mark.parametrize(
    ("chain", "roster", "asked"),
    [
        ("", "", True),
        ("", "zon,1\nanker,2\n", False),
        ("", "zon,1\n", True),
        ("hotel_picker: true\n", "zon,1\nanker,2\n", True),
        ("hotel_picker: false\n", "", False),
        ("hotel_picker: true\none_hotel: zon\n", "", False),
    ],
)
def test_a_shared_package_asks_for_the_hotel_unless_the_roster_knows(
    acme: Path, chain: str, roster: str, asked: bool
) -> None:
    with (acme / "chains" / "acme" / "chain.yaml").open("a", encoding="utf-8") as file:
        file.write(chain)
    if roster:
        (acme / "roster.csv").write_text(f"hotel,employee\n{roster}", "utf-8")
    assert bool(course_data(package(acme, "cmi5"))["hotels"]) is asked


def test_two_hotels_with_one_code_are_refused(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_data, "hotel_code", lambda _: "00000")
    with pytest.raises(InputError, match="hotel-code"):
        package(acme, "web")


def test_a_site_that_nobody_hears_of_or_can_enter_is_warned_of(
    course: Path, programme: Path, noroom: Noroom
) -> None:
    acme, zeta = (programme / "chains" / one / "chain.yaml" for one in ("acme", "zeta"))
    acme.write_text(f"name: Acme\nstandards: [web]\n{LRS}", "utf-8")
    zeta.write_text("name: Zeta\nstandards: [web]\n", "utf-8")
    (programme / "hotels.csv").write_text("hotel,name,chain\n", "utf-8")
    result = noroom(
        "build",
        course,
        "--out",
        "dist",
        "--programme",
        programme,
        "--language",
        "en",
        "--allow-draft",
    )
    assert result.exit_code == 0, result.stderr
    assert "acme/chain.yaml:2:13: warning[web-hotels]" in result.stderr
    assert "zeta/chain.yaml:2:13: warning[web-unheard]" in result.stderr
    assert "hotels.csv: warning[hotels-none]: there is no hotel of zeta" in result.stderr
