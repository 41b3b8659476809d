"""A course asks nobody but its own host and the programme's LRS for anything, in every standard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scorm_builder.standards import STANDARDS
from tests.browser.acme_package import acme_package
from tests.browser.browsers import ARGUMENTS, chromium_path
from tests.lms.cmi5_service import Cmi5Service
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.lms.local_server import LocalServer
from tests.lms.recording_lrs import RecordingLrs
from tests.lms.tincan_service import TinCanService
from tests.lms.web_host import WebHost

pytestmark = pytest.mark.browser

REAL = Path(__file__).parents[2] / "courses" / "no-room"
WATCH = """
  globalThis.foreignAddresses = [];
  const look = (element) => {
    const hints = ["dns-prefetch", "preconnect", "prefetch", "prerender", "preload"];
    for (const hint of hints) if (element.relList?.contains(hint)) foreignAddresses.push(hint);
    for (const name of ["src", "srcset", "data", "poster", "action", "ping", "background"]) {
      const address = element.getAttribute(name);
      if (address === null || address.startsWith("data:")) continue;
      const { origin } = new URL(address, element.baseURI);
      if (origin !== location.origin) foreignAddresses.push(`${name} ${address}`);
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") look(change.target);
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        look(node);
        node.querySelectorAll("*").forEach(look);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
"""
"""What the page names without asking for it at once, such as a hint to look a name up."""

BROWSERS_OWN = {
    "accounts.google.com",
    "android.clients.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
}
"""Hosts that Chromium wants to reach by itself, whatever page is open."""

REACH_OUT = """async () => {
  const link = (rel, href) => {
    const made = document.createElement("link");
    Object.assign(made, { rel, href });
    document.head.append(made);
  };
  link("stylesheet", "http://sheet.example/a.css");
  link("dns-prefetch", "http://lookup.example/");
  const picture = new Image();
  picture.src = "https://picture.example/a.png";
  document.body.append(picture);
  navigator.sendBeacon("http://beacon.example/", "x");
  const script = document.createElement("script");
  script.src = "http://script.example/a.js";
  document.body.append(script);
  await new Promise((resolve) => (new WebSocket("wss://socket.example/").onerror = resolve));
  await fetch("http://fetched.example/").catch(() => undefined);
}"""


class Trap(LocalServer):
    """Stands where the network would be: a proxy that hears what is wanted, and hangs up."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        super().__init__(_hang_up(self))

    def host_names(self) -> set[str]:
        """Give the hosts that somebody wanted to reach."""
        return {line.split()[1].removeprefix("http://").split(":")[0].strip("/").split("/")[0]
                for line in self.wanted}  # fmt: skip


def _hang_up(trap: Trap) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            if line := self.rfile.readline(2_000).decode("latin-1"):
                trap.wanted.append(line)

    return Handler


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    with Trap() as trap:
        yield trap


@pytest.fixture(scope="module")
def blocked(trap: Trap) -> Iterator[Browser]:
    """A browser that reaches nothing but this machine."""
    arguments = [*ARGUMENTS, f"--proxy-server=127.0.0.1:{trap.port}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def window(blocked: Browser, trap: Trap) -> Iterator[BrowserContext]:
    """A fresh window that notes what its pages name; nothing has been asked for yet."""
    trap.wanted.clear()
    context = blocked.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH)
    yield context
    context.close()


def test_the_trap_catches_every_kind_of_request(window: BrowserContext, trap: Trap) -> None:
    """Else the other test would pass for the wrong reason."""
    with RecordingLrs() as server:
        page = window.new_page()
        page.goto(server.origin)
        page.evaluate(REACH_OUT)
        page.wait_for_function("foreignAddresses.length >= 3")
        kinds = ("sheet", "picture", "beacon", "script", "socket", "fetched")
        expected = {f"{kind}.example" for kind in kinds}
        trap.wait_for(lambda: expected <= trap.host_names(), "the requests")
        named = page.evaluate("foreignAddresses")
    assert "dns-prefetch" in named
    assert {"src https://picture.example/a.png", "src http://script.example/a.js"} <= set(named)


@contextmanager
def served(package: Path, standard: str) -> Iterator[tuple[str, str]]:
    """Serve a package as its standard wants it; gives a launch and the origin of the server."""
    if standard == "web":
        with WebHost(package) as site:
            yield site.url, site.origin
    elif standard == "cmi5":
        with Cmi5Service(package) as cmi5:
            yield cmi5.launch_url("anna", returnURL=None), cmi5.origin
    elif standard == "xapi":
        with TinCanService(package) as tincan:
            yield tincan.launch_url("anna"), tincan.origin
    else:
        with LmsHost(package) as lms:
            yield lms.launch_url("anna"), lms.origin


EVERY = [
    pytest.param(one, marks=[] if one == "scorm12" else [pytest.mark.slow]) for one in STANDARDS
]


@pytest.mark.parametrize("standard", EVERY)
def test_the_whole_course_asks_nobody_else_for_anything(
    window: BrowserContext, trap: Trap, lrs: RecordingLrs, tmp_path: Path, standard: str
) -> None:
    asked: set[str] = set()
    window.on("request", lambda request: asked.add(_origin(request.url)))
    with served(acme_package(tmp_path, REAL, standard, lrs.endpoint), standard) as (launch, origin):
        page = window.new_page()
        page.on("websocket", lambda socket: asked.add(_origin(socket.url)))
        session = LearnerSession(page, launch).open().take()
        named = session.frame.evaluate("foreignAddresses")
        session.exit()
    assert "passed" in lrs.verbs(), "the LRS is the one that may be asked"
    assert asked == {origin, lrs.origin}
    assert trap.host_names() - BROWSERS_OWN == set()
    assert named == []


def _origin(address: str) -> str:
    """Give scheme, host and port; an LMS's own LRS calls itself localhost."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.replace('localhost', '127.0.0.1')}"
