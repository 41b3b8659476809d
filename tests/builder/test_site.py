"""The public site: whole, linked, asking nobody else, and careful about what everybody may read."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from programme.contacts.read_contacts import country_file
from programme.public_register import PublicCertificate
from scorm_builder.checks.readability.formulas import reading_ease
from scorm_builder.checks.readability.sentences import sentences
from scorm_builder.course.load_course import load_course
from scorm_builder.site.load_site import load_site
from scorm_builder.site.site_parts import newest
from tests.builder.conftest import ROOT, Noroom

NO_ROOM = ROOT / "courses" / "no-room"
SOON, LONG_AGO = "2999-12-31", "2020-01-01"
CHAIN = "name: Strand & Zee\nlrs: { endpoint: 'https://lrs.example/xAPI/', key: 'a:b' }\n"


class Page(HTMLParser):
    """One parsed page: its links, ids, headings and attributes of the root."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.refs: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.root: dict[str, str | None] = {}
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a test asks for."""
        given = dict(attrs)
        self.root = given if tag == "html" else self.root
        self.refs += [(tag, given[one] or "") for one in ("href", "src") if one in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.inline += [one for one in given if one == "style" or one.startswith("on")]
        self.inline += [tag] if tag == "script" and "src" not in given else []


def entry(number: str, **changes: object) -> dict[str, object]:
    """Give one entry of a register.json."""
    return {
        "number": number, "hotel": "strand-1", "name": "Hotel <Strand>", "chain": "strand",
        "chain_name": "Strand & Zee", "valid_from": LONG_AGO, "valid_until": SOON,
        "status": "valid", **changes,
    }  # fmt: skip


REGISTER = {
    "format": 1,
    "programme": "No Room",
    "updated_on": "2026-11-22",
    "certificates": [
        entry("2020-0001", valid_until="2021-01-01", status="expired"),
        entry("2020-0002", hotel="strand-2", name="Hotel Lost", status="revoked"),
        entry("2020-0003"),
        entry("2020-0004", hotel="strand-3", name="Een hotel", valid_until=None),
    ],
}


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme with a chain that has hotels without an LMS, and its register."""
    folder = tmp_path_factory.mktemp("programme")
    (folder / "chains" / "strand").mkdir(parents=True)
    (folder / "chains" / "strand" / "chain.yaml").write_text(CHAIN, "utf-8")
    (folder / "programme.yaml").write_text(
        "name: Rooms & Co\niri: https://id.noroom.example\ncontact: Jo, jo@noroom.example\n"
        "language: nl\nrule: { threshold: 75, operator: gt }\n",
        "utf-8",
    )
    (folder / "hotels.csv").write_text("hotel,name,chain\nstrand-1,Strand,strand\n", "utf-8")
    (folder / "register.json").write_text(json.dumps(REGISTER), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, programme: Path) -> Path:
    """The site of the real course, in all its languages, with a course and a register."""
    from click.testing import CliRunner

    import cli

    out = tmp_path_factory.mktemp("site") / "public"
    register = programme / "register.json"
    arguments = ["site", NO_ROOM, "--programme", programme, "--out", out, "--register", register]
    arguments += ["--chain", "strand", "--allow-draft"]
    result = CliRunner().invoke(cli.main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return out


def pages(site: Path) -> dict[str, Page]:
    """Give every page of the site itself, by its path, without the course."""
    return {
        file.relative_to(site).as_posix(): Page(file.read_text("utf-8"))
        for file in site.rglob("*.html")
        if file.relative_to(site).parts[0] != "course"
    }


def test_every_language_has_the_same_pages_and_says_what_it_is(site: Path) -> None:
    found = pages(site)
    languages = {path.partition("/")[0] for path in found if "/" in path}
    assert {"en", "nl"} <= languages
    names = {tag: {one.name for one in (site / tag).iterdir()} for tag in languages}
    assert len({frozenset(one) for one in names.values()}) == 1
    assert {"index.html", "help.html", "hotels.html", "story-only-business.html"} <= names["en"]
    for path, page in found.items():
        tag = path.partition("/")[0] if "/" in path else "nl"
        assert page.root == {"lang": tag, "dir": "rtl" if tag == "ar" else "ltr"}, path


DIALLED = {one.dial for one in country_file("NL")[1].contacts}
"""Numbers, and chats of those who help: the only links that lead away."""


def test_every_link_of_the_site_leads_somewhere_and_stays_at_home(site: Path) -> None:
    checked = 0
    for path, page in pages(site).items():
        for tag, ref in page.refs:
            parts = urlsplit(ref)
            if ref in DIALLED or ref == "about:blank":
                continue
            assert parts.scheme == parts.netloc == "", f"{path}: {ref}"
            assert not ref.startswith("/"), f"{path}: {tag} {ref} works at the root only"
            target = (site / path).parent / unquote(parts.path) if parts.path else site / path
            assert target.is_file(), f"{path}: {ref}"
            if parts.fragment:
                assert parts.fragment in Page(target.read_text("utf-8")).ids, f"{path}: {ref}"
            checked += 1
    assert checked > 500


def test_ids_are_unique_and_headings_skip_no_level(site: Path) -> None:
    for path, page in pages(site).items():
        assert [one for one, count in Counter(page.ids).items() if count > 1] == [], path
        assert page.headings[0] == 1, path
        assert page.headings.count(1) == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), path


def test_nothing_on_a_page_needs_more_than_the_strictest_policy(site: Path) -> None:
    for path, page in pages(site).items():
        text = (site / path).read_text("utf-8")
        assert page.inline == [], path
        policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        assert policy in html.unescape(text)
        assert 'name="referrer" content="no-referrer"' in text
        assert "cookie" not in text or path.endswith("about.html")
    for file in (site / "assets").iterdir():
        assert not re.search(rb"https?://(?!www\.w3\.org/2000/svg)|url\(", file.read_bytes())


def test_each_page_has_the_way_out_and_the_way_to_help(site: Path) -> None:
    for path, page in pages(site).items():
        assert ("a", "about:blank") in page.refs, path
        assert any(ref.endswith("help.html") for _, ref in page.refs), path


def test_the_languages_are_plain_links_to_the_same_page(site: Path) -> None:
    assert ("a", "../nl/join.html") in pages(site)["en/join.html"].refs
    assert ("link", "../nl/join.html") in pages(site)["en/join.html"].refs
    assert ("a", "nl/index.html") in pages(site)["index.html"].refs


def test_a_story_has_its_warning_first_and_contacts_beside(site: Path) -> None:
    text = (site / "en" / "story-under-the-smile.html").read_text("utf-8")
    order = [text.index(one) for one in ("Before you read", "invented", "I met Ruben", "tel:112")]
    assert order == sorted(order)
    overview = (site / "en" / "stories.html").read_text("utf-8")
    assert overview.index("a man is forced to have sex") < overview.index("story-under-the-smile")
    assert "I met Ruben" not in overview


def test_the_public_reads_only_signals_that_have_been_public_before(site: Path) -> None:
    """People who exploit others read it too: no more signals, no strength, no roles, no place."""
    course = load_course(NO_ROOM, [])
    text = (site / "en" / "signals.html").read_text("utf-8")
    shown = {one.value.id for one in course.signals if one.value.text in text}
    assert shown == {one.value.id for one in course.signals if one.value.required}
    everything = "".join((site / path).read_text("utf-8") for path in pages(site))
    for signal in course.signals:
        assert signal.value.required or signal.value.text not in everything
    assert not re.search("strength|strong signal|weak signal", everything)


def test_the_rule_is_told_as_the_programme_has_it(site: Path) -> None:
    assert "When more than 75% of the employees" in (site / "en/index.html").read_text("utf-8")
    assert "Als meer dan 75% van de medewerkers" in (site / "nl/index.html").read_text("utf-8")
    assert "Contact: Jo, jo@noroom.example." in (site / "en/join.html").read_text("utf-8")
    assert "Rooms &amp; Co" in (site / "en/join.html").read_text("utf-8")


def test_the_list_names_hotels_with_a_valid_certificate_and_nobody_else(site: Path) -> None:
    text = (site / "en" / "hotels.html").read_text("utf-8")
    assert "The list on 22 November 2026" in text
    assert text.count("Hotel &lt;Strand&gt;") == 1
    assert "Certificate valid until 31 December 2999" in text
    assert text.index("Een hotel") < text.index("Hotel &lt;Strand&gt;")
    assert "Hotel Lost" not in text
    assert "2020-0003" not in text


def test_the_certificate_that_holds_longest_is_the_one_that_is_shown() -> None:
    early = PublicCertificate.model_validate(entry("1", valid_until="2027-01-01"))
    late = PublicCertificate.model_validate(entry("2", valid_until="2028-01-01"))
    assert newest([early, late], "2026-11-22") == newest([late, early], "2026-11-22") == [late]
    assert newest([early, late], "2027-12-31") == [late]
    assert newest([early, late], "2028-01-02") == []


def test_the_course_is_the_package_for_the_web(site: Path) -> None:
    launch = [ref for _, ref in pages(site)["en/course.html"].refs if "course/strand" in ref]
    assert launch == ["../course/strand/no-room-multi/index.html"]
    assert "Open the course for Strand &amp; Zee" in (site / "en/course.html").read_text("utf-8")
    course = Page((site / "course/strand/no-room-multi/index.html").read_text("utf-8"))
    for _, ref in course.refs:
        assert (site / "course/strand/no-room-multi" / ref).is_file()


def test_what_a_site_no_longer_has_is_removed_and_other_files_are_not_touched(
    noroom: Noroom, tmp_path: Path, programme: Path
) -> None:
    out = tmp_path / "public"
    register = ("--register", programme / "register.json")
    build = ("site", NO_ROOM, "--allow-draft", "--out", out, "--programme", programme)
    assert noroom(*build, *register, "--language", "en").exit_code == 0
    first = {one: one.read_bytes() for one in out.rglob("*") if one.is_file()}
    (out / "robots.txt").write_text("User-agent: *\n", "utf-8")
    assert noroom(*build, *register, "--language", "en").exit_code == 0
    assert {one: one.read_bytes() for one in first} == first
    assert noroom(*build, "--language", "en").exit_code == 0
    assert not (out / "en" / "hotels.html").exists()
    assert "hotels.html" not in (out / "en" / "join.html").read_text("utf-8")
    assert (out / "robots.txt").is_file()


def test_a_list_of_files_that_was_tampered_with_removes_nothing_outside(
    noroom: Noroom, tmp_path: Path
) -> None:
    out, precious = tmp_path / "public", tmp_path / "precious.txt"
    precious.touch()
    out.mkdir()
    (out / "SHA256SUMS").write_text(f"0  ../precious.txt\n0  {precious}\n", "utf-8")
    build = ("site", NO_ROOM, "--allow-draft", "--out", out, "--language", "en")
    assert noroom(*build).exit_code == 0
    assert precious.is_file()


@pytest.mark.parametrize("name", ["file", "folder"])
def test_somebody_elses_folder_is_left_alone(noroom: Noroom, tmp_path: Path, name: str) -> None:
    out = tmp_path / "public"
    if name == "folder":
        out.mkdir()
        (out / "thesis.txt").touch()
    else:
        out.touch()
    result = noroom("site", NO_ROOM, "--allow-draft", "--out", out)
    assert result.exit_code == 1
    assert "error[site-folder]" in result.stderr
    assert not out.is_dir() or [one.name for one in out.iterdir()] == ["thesis.txt"]


def test_a_release_refuses_drafts_and_a_draft_says_so(
    noroom: Noroom, tmp_path: Path, site: Path
) -> None:
    result = noroom("site", NO_ROOM, "--out", tmp_path / "public")
    assert result.exit_code == 1
    assert "error[language-draft]" in result.stderr
    assert "error[stories-draft]" in result.stderr
    assert not (tmp_path / "public").exists()
    for path in pages(site):
        text = (site / path).read_text("utf-8")
        assert 'name="robots" content="noindex"' in text
        assert 'class="draft"' in text


def test_a_half_translated_language_is_refused_with_its_lines(
    noroom: Noroom, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    shutil.copytree(NO_ROOM, course)
    po = course / "site" / "locale" / "nl.po"
    po.write_text(po.read_text("utf-8").replace("Eén signaal", "Een signaal {x}", 1), "utf-8")
    result = noroom("site", course, "--allow-draft", "--out", tmp_path / "public")
    assert result.exit_code == 1
    assert "nl.po" in result.stderr
    assert "error[translation-placeholder]" in result.stderr
    checked = noroom("check", course)
    assert checked.exit_code == 1
    assert "error[translation-placeholder]" in checked.stderr


def test_every_text_is_for_the_translators(noroom: Noroom) -> None:
    template = noroom("translate", "extract", NO_ROOM, "--site").stdout
    contexts = re.findall('^msgctxt "(.*)"$', template, re.MULTILINE)
    site = load_site(load_course(NO_ROOM, []))
    assert contexts == [text.context for text in site.texts()]
    assert len(contexts) == len(set(contexts)) > 120
    assert "Page “Signals, and what they do not say” of the public site" in template
    status = noroom("translate", "status", NO_ROOM, "--site").stdout
    assert f"nl  draft: {len(contexts)} of {len(contexts)} texts translated" in status


def test_the_texts_are_plain_and_none_promises_what_nobody_decided() -> None:
    site = load_site(load_course(NO_ROOM, []))
    read = [(text, one) for text in site.texts() for one in sentences(text.text)]
    assert [one.text for _, one in read if len(one.words) > 25] == []
    ease = reading_ease([one for _, one in read], "en")
    assert ease is not None
    assert ease.level in ("A1", "A2", "B1")


def test_paths_are_plain_enough_for_any_host(site: Path) -> None:
    for file in site.rglob("*"):
        name = PurePosixPath(file.relative_to(site)).as_posix()
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name


def help_page(noroom: Noroom, tmp_path: Path, *more: str) -> str:
    out = tmp_path / "public"
    built = noroom("site", NO_ROOM, "--out", out, "--language", "en", *more)
    assert built.exit_code == 0, built.output
    return (out / "en" / "help.html").read_text("utf-8")


def test_a_reader_opens_the_country_on_the_page_itself(noroom: Noroom, tmp_path: Path) -> None:
    text = help_page(noroom, tmp_path, "--allow-draft", "--country", "NL", "--country", "uk")
    assert [one for one in Page(text).ids if one.startswith("country-")] == [
        "country-nl", "country-gb",
    ]  # fmt: skip
    assert (
        text.count('<details class="country"') == 2 and "<summary>United Kingdom</summary>" in text
    )
    assert 'href="tel:08000121700"' in text.partition('id="country-gb"')[2]
    assert "112 (Netherlands) / 999 (United Kingdom)" in text


def test_a_site_shows_no_number_that_nobody_has_checked(
    noroom: Noroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = tmp_path / "no-room"
    shutil.copytree(NO_ROOM, course)
    for file in (course / "course.yaml", course / "site" / "site.yaml"):
        reviewed = "en: { status: reviewed, reviewed_by: T. Ester, reviewed_on: 2026-11-01 }"
        text = file.read_text("utf-8").replace("en: { status: draft }", reviewed)
        file.write_text(text, "utf-8")
    stories = course / "site" / "stories.yaml"
    read = "review: { status: reviewed, survivors: T. Ester }"
    text = stories.read_text("utf-8").replace("review: { status: draft, survivors: null }", read)
    stories.write_text(text, "utf-8")
    monkeypatch.setattr("tests.builder.test_site.NO_ROOM", course)
    text = help_page(noroom, tmp_path, "--country", "BE")
    dialled = {ref for _, ref in Page(text).refs if ref.startswith(("tel:", "https:"))}
    assert dialled == {"tel:112"}
    assert "There are people who can help you." in text
