"""Debian's Firefox, driven by WebDriver BiDi, which it speaks itself: no driver stands between."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines.window import FramePath

PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.prefetch-next": False,
    "remote.active-protocols": 1,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
SCROLL = """(selector, index) => {
  const found = document.querySelectorAll(selector)[index];
  found.scrollIntoView({ block: "center", behavior: "instant" });
  return found;
}"""


class Firefox:
    """One headless Firefox with one window of a phone's size; an `Engine`."""

    def __init__(self, profile: Path, *, width: int = 360, height: int = 640) -> None:
        found = shutil.which("firefox-esr") or shutil.which("firefox")
        assert found, (
            "These tests need Firefox. Install it, on Debian with: apt-get install firefox-esr"
        )
        lines = [
            f"user_pref({json.dumps(key)}, {json.dumps(value)});"
            for key, value in PREFERENCES.items()
        ]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        self._process = subprocess.Popen(
            [found, "--headless", "--no-remote", "--profile", str(profile),
             "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._numbers = itertools.count(1)
        self._socket = websocket.create_connection(
            f"{self._address()}/session", timeout=60, suppress_origin=True
        )
        self._ask("session.new", capabilities={})
        self._context: str = self._tree()[0]["context"]
        size = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    def goto(self, url: str) -> None:
        """Open an address and wait until it was loaded."""
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, path: FramePath, function: str, arguments: Sequence[object]) -> Any:
        """Call a JavaScript function in a frame."""
        given = ", ".join(json.dumps(argument) for argument in arguments)
        wrapped = f"async () => JSON.stringify((await ({function})({given})) ?? null)"
        answer = self._call(path, wrapped)
        return json.loads(answer["value"])

    def click(self, path: FramePath, selector: str, index: int) -> None:
        """Click the middle of an element."""
        function = f"() => ({SCROLL})({json.dumps(selector)}, {index})"
        element = self._call(path, function)
        origin = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}}
        self._ask(
            "input.performActions",
            context=self._frame(path),
            actions=[{**finger, "actions": [move, *press]}],
        )

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stderr
        self._process.stderr.close()

    def _address(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            found = LISTENING.search(line)
            if found:
                return found.group(1)
        raise AssertionError("Firefox ended before it listened")

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") != number:
                continue
            if answer["type"] == "error":
                raise LookupError(f"{method}: {answer['error']}: {answer['message']}")
            result: dict[str, Any] = answer["result"]
            return result

    def _call(self, path: FramePath, function: str) -> dict[str, Any]:
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=function,
            target={"context": self._frame(path)},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise LookupError(answer["exceptionDetails"]["text"])
        result: dict[str, Any] = answer["result"]
        return result

    def _tree(self) -> list[dict[str, Any]]:
        tree: list[dict[str, Any]] = self._ask("browsingContext.getTree")["contexts"]
        return tree

    def _frame(self, path: FramePath) -> str:
        node = next(one for one in self._tree() if one["context"] == self._context)
        for index in path:
            node = node["children"][index]
        return str(node["context"])
