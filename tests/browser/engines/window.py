"""The part of Playwright's interface that a learner's session uses, over any WebDriver.

Playwright drives the Chromium of the system, and no other browser of the system. A `Window` gives
the same calls over an `Engine`, so that `tests/lms/learner.py` plays one story in every browser.
Clicks are those of a person: the element is scrolled into sight and hit where it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

WAIT_SECONDS = 20.0
PAUSE_SECONDS = 0.02
VISIBLE = """(selector, index) => {
  const found = document.querySelectorAll(selector)[index];
  return Boolean(found) && found.getClientRects().length > 0;
}"""

FramePath = tuple[int, ...]
"""Where a frame stands: the number of its iframe in the page, then in that frame, and so on."""


class Engine(Protocol):
    """A browser with one window."""

    def goto(self, url: str) -> None:
        """Open an address and wait until it was loaded."""

    def evaluate(self, path: FramePath, function: str, arguments: Sequence[object]) -> Any:
        """Call a JavaScript function in a frame; its answer must be JSON. LookupError: no frame."""

    def click(self, path: FramePath, selector: str, index: int) -> None:
        """Click the middle of an element, as a person does. LookupError: there is none."""

    def close(self) -> None:
        """End the browser."""


class Locator:
    """The elements of a frame that match a selector, looked up anew by every call."""

    def __init__(self, frame: Frame, selector: str, index: int = 0) -> None:
        self._frame, self._selector, self._index = frame, selector, index

    @property
    def first(self) -> Locator:
        """Give the first of them."""
        return Locator(self._frame, self._selector)

    @property
    def last(self) -> Locator:
        """Give the last of them; the first while there is none."""
        return Locator(self._frame, self._selector, max(self.count() - 1, 0))

    def nth(self, index: int) -> Locator:
        """Give one of them."""
        return Locator(self._frame, self._selector, index)

    def count(self) -> int:
        """Give how many there are now."""
        counted = "(selector) => document.querySelectorAll(selector).length"
        return int(self._frame.call(counted, self._selector))

    def wait_for(self) -> None:
        """Wait until it can be seen."""
        _until(lambda: bool(self._frame.call(VISIBLE, self._selector, self._index)), self._selector)

    def click(self) -> None:
        """Wait for it, then click it."""
        self.wait_for()
        self._frame.click(self._selector, self._index)

    def check(self) -> None:
        """Click a box or a choice that is not marked yet."""
        self.wait_for()
        if not self._read("found.checked"):
            self._frame.click(self._selector, self._index)

    def fill(self, words: str) -> None:
        """Put words into a field."""
        self.wait_for()
        put = """(selector, index, words) => {
          const found = document.querySelectorAll(selector)[index];
          found.focus();
          found.value = words;
          found.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
        self._frame.call(put, self._selector, self._index, words)

    def inner_text(self) -> str:
        """Wait for it and give its words."""
        self.wait_for()
        return str(self._read("found.innerText"))

    def get_attribute(self, name: str) -> str | None:
        """Wait for it and give an attribute."""
        self.wait_for()
        found: str | None = self._read(f"found.getAttribute({name!r})")
        return found

    def evaluate_all(self, function: str) -> Any:
        """Give what a function of all of them answers."""
        called = f"(selector) => ({function})([...document.querySelectorAll(selector)])"
        return self._frame.call(called, self._selector)

    def _read(self, expression: str) -> Any:
        function = f"""(selector, index) => {{
          const found = document.querySelectorAll(selector)[index];
          return found ? {expression} : null;
        }}"""
        return self._frame.call(function, self._selector, self._index)


class Frame:
    """One frame of a window."""

    def __init__(self, engine: Engine, path: FramePath) -> None:
        self._engine, self._path = engine, path

    @property
    def url(self) -> str:
        """Give its address."""
        return str(self.call("() => location.href"))

    def locator(self, selector: str) -> Locator:
        """Give the elements that match a selector."""
        return Locator(self, selector)

    def evaluate(self, expression: str) -> Any:
        """Give the value of an expression."""
        return self.call(f"() => ({expression})")

    def wait_for_function(self, function: str) -> None:
        """Wait until a function of this frame answers true."""
        _until(lambda: bool(self.call(function)), function)

    def call(self, function: str, *arguments: object) -> Any:
        """Call a function in this frame."""
        return self._engine.evaluate(self._path, function, arguments)

    def click(self, selector: str, index: int) -> None:
        """Click an element."""
        self._engine.click(self._path, selector, index)

    def children(self) -> Iterator[Frame]:
        """Give the frames below it, deepest last."""
        number = int(self.call("() => document.querySelectorAll('iframe').length"))
        for index in range(number):
            child = Frame(self._engine, (*self._path, index))
            yield child
            yield from child.children()


class Window:
    """The window of a browser."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.main_frame = Frame(engine, ())

    @property
    def frames(self) -> list[Frame]:
        """Give every frame, the page itself first."""
        return [self.main_frame, *self.main_frame.children()]

    def goto(self, url: str) -> None:
        """Open an address."""
        self._engine.goto(url)

    def wait_for_function(self, function: str) -> None:
        """Wait until a function of the page itself answers true."""
        _until(lambda: bool(self.main_frame.call(function)), function)


def _until(holds: Callable[[], bool], what: str) -> None:
    """Ask until the answer is yes: a browser has no event that tells it of any page."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        with _frames_may_go():
            if holds():
                return
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(PAUSE_SECONDS)


@contextmanager
def _frames_may_go() -> Iterator[None]:
    try:
        yield
    except LookupError:
        return
