"""WebKit, the engine of iPhones: Debian's WebKitGTK, driven by its WebDriver under Xvfb."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.window import FramePath

CALL = "return Promise.resolve((%s)(...arguments)).then((it) => JSON.stringify(it ?? null))"
FIND = """(selector, index) => {
  const found = document.querySelectorAll(selector)[index];
  found.scrollIntoView({ block: "center", behavior: "instant" });
  return found;
}"""


class WebKit:
    """One WebKit with one window of a phone's size, on a screen of its own; an `Engine`."""

    def __init__(self, *, width: int = 360, height: int = 640) -> None:
        self._screen, display = _start_screen()
        try:
            self._driver = _start_driver(display)
        except BaseException:
            self._stop_screen()
            raise
        self._driver.set_window_size(width, height)

    def goto(self, url: str) -> None:
        """Open an address and wait until it was loaded."""
        self._driver.switch_to.default_content()
        self._driver.get(url)

    def evaluate(self, path: FramePath, function: str, arguments: Sequence[object]) -> Any:
        """Call a JavaScript function in a frame."""
        with self._frame(path):
            answer = self._driver.execute_script(CALL % function, *arguments)
        return json.loads(answer)

    def click(self, path: FramePath, selector: str, index: int) -> None:
        """Click the middle of an element."""
        with self._frame(path):
            element = self._driver.execute_script(f"return ({FIND})(...arguments)", selector, index)
            element.click()

    def close(self) -> None:
        """End the browser and its screen."""
        self._driver.quit()
        self._stop_screen()

    def _stop_screen(self) -> None:
        self._screen.terminate()
        self._screen.wait(20)

    @contextmanager
    def _frame(self, path: FramePath) -> Iterator[None]:
        try:
            self._driver.switch_to.default_content()
            for index in path:
                self._driver.switch_to.frame(index)
            yield
        except WebDriverException as error:
            raise LookupError(str(error)) from error


def _start_driver(display: str) -> webdriver.WebKitGTK:
    options = Options()
    options.binary_location = str(_mini_browser())
    options.add_argument("--automation")
    environment = {
        **os.environ,
        "DISPLAY": display,
        # The sandbox needs rights that a container does not give; the pages are our own.
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
    service = Service(_found("WebKitWebDriver"), env=environment)
    with warnings.catch_warnings():
        # Selenium's own class for WebKitGTK calls its own connection in a way it deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        return webdriver.WebKitGTK(options=options, service=service)


def _start_screen() -> tuple[subprocess.Popen[bytes], str]:
    """Start an X server without a screen on a free number, which it tells when it is ready."""
    read, write = os.pipe()
    process = subprocess.Popen(
        [_found("Xvfb"), "-displayfd", str(write), "-screen", "0", "1000x1000x24",
         "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "the X server did not start"
    return process, f":{number}"


def _found(program: str) -> str:
    found = shutil.which(program)
    assert found, (
        f"These tests need {program}. Install it, on Debian with: "
        "apt-get install webkit2gtk-driver xvfb"
    )
    return found


def _mini_browser() -> Path:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    assert found, (
        "These tests need WebKit's MiniBrowser, on Debian: apt-get install webkit2gtk-driver"
    )
    return found[-1]
