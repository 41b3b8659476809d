"""Somebody who takes the course with the keyboard alone, and looks where the focus is.

`KeyboardLearner(page).reach(selector)` presses Tab until that element has the focus. At every stop
the focus has to be on something, to be visible, and not to be covered.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screen_checks import FOCUSED

MAX_STOPS = 60


class KeyboardLearner:
    """`stops` are the stops so far; AssertionError names one where the focus is lost or hidden."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops: list[str] = []

    def reach(self, selector: str, key: str = "Tab") -> KeyboardLearner:
        """Press `key` until the first element that matches has the focus."""
        for _ in range(MAX_STOPS):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return self
            self.page.keyboard.press(key)
            self.look()
        raise AssertionError(f"{key} does not reach {selector}: {self.stops[-MAX_STOPS:]}")

    def press(self, selector: str, key: str = "Enter") -> KeyboardLearner:
        """Reach an element and press a key there; something has the focus afterwards."""
        self.reach(selector).page.keyboard.press(key)
        self.page.locator(FOCUSED).wait_for(state="attached")
        return self

    def type(self, selector: str, words: str) -> KeyboardLearner:
        """Reach a field and write into it."""
        self.reach(selector).page.keyboard.type(words)
        return self

    def look(self) -> None:
        """Look at the stop: named, visible, uncovered. After the last one Tab leaves the page."""
        stop = self.page.evaluate(_STOP)
        self.stops.append(stop["name"])
        if stop["left"]:
            return
        assert not stop["wrong"], f"{stop['wrong']}: {stop['name']} on {stop['screen']}"


# An answer shows the focus on its whole tile. Of what is higher than the window, a part is enough.
_STOP = """() => {
  const one = document.activeElement;
  const screen = document.querySelector(".app")?.dataset.screen;
  if (one === document.body) return { name: "body", screen, left: true, wrong: "" };
  const name = `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`;
  const tile = one.closest("label.option") ?? one;
  const style = getComputedStyle(tile);
  const box = tile.getBoundingClientRect();
  const x = (box.left + box.right) / 2;
  const inside = (share) => {
    const y = box.top + box.height * share;
    const met = document.elementFromPoint(x, y);
    return met !== null && (tile.contains(met) || met.contains(tile));
  };
  const seen = [0.1, 0.5, 0.9].some(inside);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const wrong = [drawn ? "" : "no outline", seen ? "" : "covered"].filter(Boolean).join(", ");
  return { name, screen, left: false, wrong };
}"""
