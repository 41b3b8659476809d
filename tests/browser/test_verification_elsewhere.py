"""The verification page in Firefox and in WebKit, the engine of iPhones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.engines.window import Window
from tests.browser.published import Published, serve_published
from tests.browser.test_verification_page import changed

pytestmark = pytest.mark.browser

SAYS = "(words) => document.querySelector('#answer').innerText.includes(words)"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with serve_published(tmp_path_factory.mktemp("published")) as found:
        yield found


def says(window: Window, words: str) -> None:
    """Wait until the answer has these words."""
    window.wait_for_function(f"() => ({SAYS})({words!r})")


def ask(window: Window, code: str, words: str) -> None:
    """Paste a code, press the button, and wait for the answer."""
    window.main_frame.locator("#code").fill(code)
    window.main_frame.locator("button").click()
    says(window, words)


def test_each_answer_is_the_right_one(window: Window, published: Published) -> None:
    good, revoked, ended, _ = published.codes
    window.goto(f"{published.origin}/public/en.html#{good.rpartition('#')[2]}")
    says(window, "Genuine. It holds today.")
    says(window, "by the register of")
    says(window, "Acme Lindengracht")
    ask(window, changed(good, name="Other Hotel"), "Not genuine. Something was changed")
    ask(window, revoked, "the programme took it back")
    ask(window, ended, "Genuine, but it ended on")
    window.goto("about:blank")
    window.goto(f"{published.origin}/forged/en.html#{revoked.rpartition('#')[2]}")
    says(window, "not the one that the programme signed")


def test_nothing_is_wider_than_the_phone(window: Window, published: Published) -> None:
    window.goto("about:blank")
    window.goto(f"{published.origin}/public/en.html#{published.codes[0].rpartition('#')[2]}")
    says(window, "Genuine. It holds today.")
    evaluate = window.main_frame.evaluate
    assert evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
