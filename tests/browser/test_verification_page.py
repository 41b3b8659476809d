"""The published verification page in Chromium: what it answers, and that it asks nobody else."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import http.server
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.browsers import launch_chromium
from tests.reports.invented import COUNTED, hotel, programme, report
from tests.reports.signing import announce, pem, signer
from xapi_lrs_reports.certificates.events import lapse, revoke
from xapi_lrs_reports.certificates.facts import read_facts, signed_code
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.jws import base64url, compact_json, from_base64url
from xapi_lrs_reports.certificates.publish import publish
from xapi_lrs_reports.certificates.register import read_register, register_path

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
TODAY = datetime.datetime.now().astimezone().date()
NO_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Published:
    """The page on a web server, and the codes of four hotels: valid, revoked, ended, renamed."""

    origin: str
    folder: Path
    codes: list[str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NOROOM_SIGNING_KEY", pem())
        home = programme(folder)
        found = report(COUNTED, *(hotel(f"Acme {name}", 6, 10) for name in "ABC"), as_of=TODAY)
        issue_certificates(home, found, today=TODAY - datetime.timedelta(days=9), hotel=None)
        revoke(home, "acme-a", "x", TODAY)
        lapse(home, "acme-b", "x", TODAY)
        publish(home, folder / "public", TODAY, with_register=True)
        publish(home, folder / "bare", TODAY, with_register=False)
    codes = [entry.code for entry in read_register(register_path(home))]
    serve = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Published(f"http://127.0.0.1:{server.server_port}", folder, codes)
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch_chromium(playwright)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a phone that notes what goes wrong and who is asked."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="en-GB")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def changed(code: str, **facts: object) -> str:
    """Change a fact of a code, and keep its signature."""
    head, body, signature = code.rpartition("#")[2].split(".")
    payload = {**json.loads(from_base64url(body)), **facts}
    return f"{head}.{base64url(compact_json(payload).encode())}.{signature}"


def answer(page: Page, code: str) -> str:
    page.locator("#code").fill(code)
    page.locator("button").click()
    expect(page.locator("#answer")).to_be_focused()
    return page.locator("#answer").inner_text()


def test_every_answer_is_the_right_one(published: Published, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    good, revoked, ended, _ = published.codes
    page.goto(f"{published.origin}/public/en.html#{good.rpartition('#')[2]}")
    said = page.locator("#answer")
    expect(said).to_contain_text("Genuine. It holds today.")
    expect(said).to_contain_text("Acme Lindengracht")
    expect(said).to_contain_text("67 %")
    expect(said).to_contain_text("by the register of")
    assert "the programme took it back" in answer(page, revoked)
    assert "Genuine, but it ended on" in answer(page, ended)
    assert "Not genuine. Something was changed" in answer(page, changed(good, name="Other Hotel"))
    facts = read_facts(good)[1]
    assert "did not sign it" in answer(page, signed_code(facts, signer(2), None))
    stranger = dataclasses.replace(signer(2), kid=signer().kid)
    assert "Something was changed" in answer(page, signed_code(facts, stranger, None))
    unknown = dataclasses.replace(facts, number="2026-0099")
    assert "the register does not know" in answer(page, signed_code(unknown, signer(), None))
    replayed = dataclasses.replace(facts, hotel="acme-c")
    assert "the register does not know" in answer(page, signed_code(replayed, signer(), None))
    over = dataclasses.replace(facts, valid_until=TODAY - datetime.timedelta(days=1))
    assert "Genuine, but it ended" in answer(page, signed_code(over, signer(), None))
    for nonsense in ("hello", "ey.ey.ey", good[:-9].replace(".", ",")):
        assert "not the code of a certificate" in answer(page, nonsense)
    assert {url.split("/")[2] for url in asked} == {published.origin.split("/")[2]}
    assert not any(good.rpartition(".")[2] in url.partition("#")[0] for url in asked)


def test_languages_are_plain_links_that_keep_the_code(published: Published, page: Page) -> None:
    page.goto(f"{published.origin}/public/#{published.codes[0]}")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator("#answer")).to_contain_text("Echt. Het geldt vandaag.")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#answer")).to_contain_text("Genuine. It holds today.")


def test_without_signatures_the_page_says_so_and_claims_nothing(
    published: Published, page: Page
) -> None:
    page.add_init_script(NO_SUBTLE)
    page.goto(f"{published.origin}/public/en.html#{published.codes[0]}")
    said = page.locator("#answer")
    expect(said).to_contain_text("cannot say whether the certificate is genuine")
    expect(said).to_contain_text("unchecked")
    assert "It holds today" not in said.inner_text()


def test_without_a_register_the_answer_says_what_it_rests_on(
    published: Published, page: Page
) -> None:
    page.goto(f"{published.origin}/bare/en.html#{published.codes[0]}")
    expect(page.locator("#answer")).to_contain_text("By its signature alone")
    assert not (published.folder / "bare" / "register.json").exists()


def test_without_javascript_it_says_why_it_is_silent(
    browser: Browser, published: Published
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{published.origin}/public/en.html")
    assert "needs JavaScript" in page.locator("main").inner_text()
    assert "The programme's public keys" in page.locator("footer").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_with_every_kind_of_answer(
    browser: Browser, published: Published, scheme: str
) -> None:
    modules = Path(os.environ.get("NOROOM_NODE_MODULES", ROOT / "node_modules"))
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{published.origin}/public/en.html")
    page.add_script_tag(path=modules / "axe-core" / "axe.min.js")
    good, revoked, ended, _ = published.codes
    for code in (good, revoked, ended):
        answer(page, code)
        found = page.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
        assert found == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320
    context.close()


def test_a_revoked_key_is_told_apart(published: Published, page: Page, tmp_path: Path) -> None:
    key = dataclasses.replace(signer().public, revoked_on=TODAY)
    home = programme(tmp_path)
    announce(tmp_path, {key.kid: key})
    publish(home, published.folder / "revoked", TODAY, with_register=False)
    page.goto(f"{published.origin}/revoked/en.html#{published.codes[0]}")
    expect(page.locator("#answer")).to_contain_text("no longer trusts")
