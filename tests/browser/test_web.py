"""A hotel without an LMS: codes from a sheet, one device for many, the LRS near and far."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from programme.directory import read_programme
from programme.personal_codes import code_pseudonym, hotel_code, printed
from programme.pseudonym import ANONYMOUS
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.web_host import WebHost
from tests.reports.programme_files import unprinted
from xapi_lrs_reports.people.hotel_codes.issue import issue_codes
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.rule.parameters import today
from xapi_lrs_reports.statements.reading import import_path
from xapi_lrs_reports.store.opening import open_store

pytestmark = pytest.mark.browser

TINY = Path(__file__).parents[1] / "courses" / "tiny"
IRI = "https://id.noroom.example"
ZON, HARBOUR = (hotel_code(f"{IRI}/hotel/{hotel}") for hotel in ("zon", "harbour"))
ANNA, BORIS = "GAFQCZ25", "FZRQZMVM"


def build(folder: Path, standard: str, endpoint: str, hotels: int = 2, **chain: str) -> Path:
    """Build the small course for a chain with hotels of its own."""
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "programme.yaml").write_text(f"name: Test\niri: {IRI}\n", "utf-8")
    lines = [f"name: Acme\nlrs: {{ endpoint: '{endpoint}', key: 'key:secret' }}\n"]
    lines += [f"{key}: {value}\n" for key, value in chain.items()]
    (folder / "chains" / "acme" / "chain.yaml").write_text("".join(lines), "utf-8")
    rows = ["hotel,name,chain,headcount", "zon,Hotel De Zon,acme,5", "harbour,Harbour Inn,acme,5"]
    rows += [f"more-{n},Hôtel Été {n},acme,9" for n in range(hotels - 2)]
    (folder / "hotels.csv").write_text("\n".join(rows) + "\n", "utf-8")
    out = folder / "out"
    languages = ["en", "nl"] if "languages_in" in chain else ["en"]
    request = BuildRequest(TINY, out, [standard], languages, ["acme"], folder, allow_draft=True)
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.fixture
def site(tmp_path: Path, lrs: RecordingLrs) -> Iterator[WebHost]:
    """The small course on a web server, under a path, reporting to `lrs`."""
    with WebHost(build(tmp_path, "web", lrs.endpoint)) as host:
        yield host


class Guest(LearnerSession):
    """Somebody with a sheet."""

    def arrive(self) -> Guest:
        """Open the address, and wait for the first screen, whatever it asks."""
        self.page.goto(self.url)
        self.page.wait_for_selector(".app h1")
        return self

    def begin(self, hotel: str = printed(ZON), personal: str = printed(ANNA)) -> Guest:
        """Type the codes and press Start."""
        self.page.fill("#code-hotel", hotel)
        self.page.fill("#code-personal", personal)
        self.page.get_by_role("button", name="Start", exact=True).click()
        return self

    def started(self) -> Guest:
        """Wait for the course itself."""
        self.page.wait_for_selector(".place-button")
        self.wait_until_shown()
        return self

    def press(self, words: str) -> Guest:
        """Press a button by its words."""
        self.page.get_by_role("button", name=words).click()
        return self


def guest(page: Page, site: WebHost) -> Guest:
    return Guest(page, site.url).arrive()


def actors(lrs: RecordingLrs, verb: str) -> list[str]:
    """Give the pseudonyms that a verb was said of, each statement once."""
    said = {one["id"]: one for one in lrs.statements if one["verb"]["id"].endswith(verb)}
    return [one["actor"]["account"]["name"] for one in said.values()]


def test_codes_open_the_course_and_the_completion_names_hotel_and_pseudonym(
    site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    anna = guest(page, site)
    assert anna.screen == "web-codes"
    anna.begin(printed(ZON).lower(), printed(ANNA).lower().replace("-", " ").replace("0", "o"))
    anna.started().take().exit()
    assert lrs.verbs() == ["initialized", "completed", "passed", "terminated"]
    for statement in lrs.statements:
        name = statement["actor"]["account"]["name"]
        assert name == code_pseudonym(ZON, ANNA, "acme")
        context = statement["context"]
        assert context["platform"] == "web"
        assert {"id": f"{IRI}/hotel/zon"} in context["contextActivities"]["grouping"]
        assert context["extensions"] == {f"{IRI}/extension/hotel-source": "learner"}
    kept = str(page.evaluate("Object.entries(localStorage)"))
    assert ANNA not in kept
    assert printed(ANNA) not in kept


def test_a_typing_mistake_is_told_at_once_and_nothing_begins(
    site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    anna = guest(page, site)
    anna.begin(personal=printed(ANNA)[:-1] + "9")
    assert "small mistake" in page.inner_text("#code-personal-said")
    assert page.evaluate("document.activeElement.id") == "code-personal"
    anna.begin(hotel=printed(hotel_code(f"{IRI}/hotel/nobody")))
    assert "do not know this hotel code" in page.inner_text("#code-hotel-said")
    page.fill("#code-hotel", printed(HARBOUR))
    assert page.inner_text("#code-hotel-said") == "Harbour Inn"
    assert lrs.statements == []


def test_without_a_personal_code_the_completion_is_anonymous_and_that_is_said(
    site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    anna = guest(page, site)
    page.fill("#code-hotel", printed(ZON))
    anna.press("I have no personal code")
    assert "not count for your hotel" in page.inner_text(".sheet")
    anna.press("Start without a code").started().take().exit()
    assert set(actors(lrs, "passed")) == {ANONYMOUS}
    grouping = lrs.statements[-1]["context"]["contextActivities"]["grouping"]
    assert {"id": f"{IRI}/hotel/zon"} in grouping


def test_two_people_on_one_device_keep_their_places_apart(
    site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    anna = guest(page, site).begin().started()
    anna.take(until="which")
    anna.reload()
    assert anna.screen == "which"
    anna.exit()
    anna.press("Start with another code")
    page.wait_for_selector("[data-screen=web-last]")
    assert printed(ANNA)[-3:] in page.inner_text(".sheet")
    boris = guest(page, site).press("No, type another code")
    boris.begin(personal=printed(BORIS)).started()
    assert boris.screen == boris.pages()[0]["id"]
    boris.take().exit()
    anna = guest(page, site).press("No, type another code").begin().started()
    assert anna.screen == "which"
    anna.take().exit()
    people = [code_pseudonym(ZON, one, "acme") for one in (BORIS, ANNA)]
    assert actors(lrs, "passed") == people


def test_a_result_that_could_not_be_sent_goes_out_when_the_next_person_comes(
    site: WebHost, lrs: RecordingLrs, context: BrowserContext
) -> None:
    lrs.status = 500
    first = context.new_page()
    anna = guest(first, site).begin().started()
    anna.take().exit()
    assert "not sent yet" in first.inner_text(".sheet")
    tried = {one["id"]: one for one in lrs.statements}
    lrs.batches.clear()
    lrs.status = 200
    second = context.new_page()
    boris = guest(second, site).press("No, type another code")
    boris.begin(personal=printed(BORIS)).started().take().exit()
    lrs.wait_for(lambda: len(actors(lrs, "passed")) == 2, "both results")
    sent = {one["id"]: one for one in lrs.statements}
    assert all(sent[key] == one for key, one in tried.items())
    lrs.batches.clear()
    guest(context.new_page(), site).press("Yes, go on").started().exit()
    assert lrs.verbs() == ["initialized", "terminated"]


def test_a_browser_that_keeps_nothing_plays_the_course_all_the_same(
    site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no'); } });"
    )
    anna = guest(page, site).begin().started()
    assert page.locator(".notice").count() == 1
    assert "does not keep your place" in page.inner_text(".notice")
    anna.take().exit()
    assert actors(lrs, "passed") == [code_pseudonym(ZON, ANNA, "acme")]


def test_the_site_works_from_disk(tmp_path: Path, lrs: RecordingLrs, page: Page) -> None:
    package = build(tmp_path, "web", lrs.endpoint, one_hotel="zon")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "disk")
    anna = Guest(page, (tmp_path / "disk" / "tiny-en" / "index.html").as_uri()).arrive()
    assert page.locator("#code-hotel").count() == 0
    page.fill("#code-personal", printed(ANNA))
    anna.press("Start").started().take().exit()
    assert actors(lrs, "passed") == [code_pseudonym(ZON, ANNA, "acme")]
    extensions = lrs.statements[-1]["context"]["extensions"]
    assert extensions == {f"{IRI}/extension/hotel-source": "package"}


def test_the_report_counts_who_was_given_a_code_and_nobody_else(
    tmp_path: Path, site: WebHost, lrs: RecordingLrs, page: Page
) -> None:
    (tmp_path / "programme.yaml").write_text(
        f"name: Test\niri: {IRI}\nrule: {{ accepted_courses: [{{ course: tiny }}] }}\n", "utf-8"
    )
    programme = read_programme(tmp_path)
    sheet = issue_codes(programme, "zon", 2, today("Europe/Amsterdam"), unprinted)
    guest(page, site).begin(personal=printed(sheet.personal_codes[0])).started().take().exit()
    invented = guest(page, site).press("No, type another code")
    invented.begin(personal=printed(BORIS)).started().take().exit()
    file = tmp_path / "statements.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in lrs.statements * 2), "utf-8")
    with open_store(tmp_path) as store:
        import_path(store, programme, file)
    zon = next(one for one in decide(programme).hotels if one.hotel == "zon")
    assert (zon.completed, zon.headcount) == (1, 5)
    assert zon.excluded is not None
    assert zon.excluded.unmatched == 1


def test_a_shared_package_asks_for_the_hotel_once_and_lets_it_be_changed(
    tmp_path: Path, lrs: RecordingLrs, page: Page
) -> None:
    with LmsHost(build(tmp_path, "scorm12", lrs.endpoint, hotels=12)) as lms:
        anna = Guest(page, lms.launch_url("E-1001"))
        page.goto(anna.url)
        page.frame_locator("iframe").locator("#hotel-search").wait_for()
        anna.locate("#hotel-search").fill("hotel ete 3")
        anna.locate(".hotel-button:visible").click()
        anna.locate(".place-button").wait_for()
        anna.wait_until_shown()
        anna.take(until="which")
        anna.reload()
        assert anna.screen == "which"
        anna.locate(".place-button").click()
        assert "Hôtel Été 3" in anna.locate(".hotel-note").inner_text()
        anna.locate(".hotel-note button").click()
        anna.locate('[data-hotel="harbour"]').click()
        anna.locate(".place-button").wait_for()
        anna.wait_until_shown()
        anna.take().exit()
    passed = next(one for one in lrs.statements if one["verb"]["id"].endswith("passed"))
    grouping = passed["context"]["contextActivities"]["grouping"]
    assert grouping[-1] == {"id": f"{IRI}/hotel/harbour"}
    assert passed["context"]["extensions"] == {f"{IRI}/extension/hotel-source": "learner"}
