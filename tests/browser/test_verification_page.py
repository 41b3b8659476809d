"""The published verification page in Chromium: what it answers, and that it asks nobody else."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.browsers import launch_chromium
from tests.browser.published import TODAY, Published, serve_published
from tests.often import often
from tests.reports.invented import programme
from tests.reports.signing import announce, signer
from xapi_lrs_reports.certificates.facts import read_facts, signed_code
from xapi_lrs_reports.certificates.jws import base64url, compact_json, from_base64url
from xapi_lrs_reports.certificates.publish import publish

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
NO_ED25519 = """
const real = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
  if (algorithm.name === "Ed25519") return Promise.reject(new Error("NotSupportedError"));
  return real.call(this, format, key, algorithm, ...rest);
};
"""
NO_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with serve_published(tmp_path_factory.mktemp("published")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch_chromium(playwright)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a phone that notes what goes wrong, at noon, even if midnight passes meanwhile."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="en-GB")
    context.clock.set_fixed_time(datetime.datetime.combine(TODAY, datetime.time(12)))
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
    expect(said).to_contain_text(f"Judged for {TODAY:%B} {TODAY.day}, {TODAY.year}.")
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


def test_a_browser_without_ed25519_answers_all_the_same(published: Published, page: Page) -> None:
    page.add_init_script(NO_ED25519)
    good, revoked, *_ = published.codes
    page.goto(f"{published.origin}/public/en.html#{good}")
    expect(page.locator("#answer")).to_contain_text("Genuine. It holds today.")
    expect(page.locator("#answer")).to_contain_text("by the register of")
    assert "the programme took it back" in answer(page, revoked)
    assert "Not genuine. Something was changed" in answer(page, changed(good, name="Other Hotel"))


def test_a_register_that_the_programme_did_not_sign_is_not_believed(
    published: Published, page: Page
) -> None:
    """Somebody put an old register.json back, in which nothing was revoked, or wrote one."""
    _, revoked, *_ = published.codes
    page.goto(f"{published.origin}/forged/en.html#{revoked}")
    said = page.locator("#answer")
    expect(said).to_contain_text("Genuine. It holds today.")
    expect(said).to_contain_text("not the one that the programme signed")
    expect(said).to_have_class("open")
    assert "by the register of" not in said.inner_text()


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


def test_opened_from_a_disk_it_says_why_it_is_silent(
    browser: Browser, published: Published
) -> None:
    """As a copy that somebody kept: browsers give files no modules and no register."""
    page = browser.new_page()
    page.goto(f"{(published.folder / 'public' / 'en.html').as_uri()}#{published.codes[0]}")
    assert "Opened as a file from a disk, it can check nothing" in page.inner_text("main")
    assert page.locator("#answer").is_hidden() and page.locator("#form").is_hidden()
    page.close()


@pytest.mark.parametrize("scheme", often(["dark", "light"]))
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
