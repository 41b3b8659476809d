"""The first screen on a slow phone, beside a plain page with the same words: the least there is.

Chromium, slow 3G (400 kbit/s, 2 s of latency) and a processor four times slower, cold cache; with
`--fast` neither is slowed down. The package runs in a frame of an LMS whose API answers from
memory. Each is timed from the start of the frame to the picture in which its first heading is to be
seen. Also printed: requests, bytes of script, and the calls to the LMS until then.

`--beside PACKAGE` measures a SCORM 1.2 package of another maker in the same run.

Run: python benchmarks/first_screen.py [--runs N] [--language TAG] [--beside PACKAGE] [--fast]
"""

from __future__ import annotations

import argparse
import html
import statistics
import subprocess
import sys
import tempfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from machine import machine_facts, spread
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
OURS, PLAIN = "our package", "plain page"
SLOW_3G = {"offline": False, "latency": 2_000, "downloadThroughput": 50_000,
           "uploadThroughput": 50_000}  # fmt: skip
CPU_SLOWDOWN = 4
PHONE = {"width": 360, "height": 640}
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}

LMS = """<!DOCTYPE html><title>LMS</title><script>
const core = { student_id: "anna", lesson_mode: "normal", credit: "credit", entry: "ab-initio" };
const held = new Map(Object.entries(core).map(([name, value]) => ["cmi.core." + name, value]));
const answers = {
  Initialize: () => "true", Finish: () => "true", Commit: () => "true",
  GetValue: (element) => held.get(element) ?? "",
  SetValue: (element, value) => { held.set(element, value); return "true"; },
  GetLastError: () => "0", GetErrorString: () => "", GetDiagnostic: () => "",
};
window.API = {};
window.calls = {};
for (const [name, answer] of Object.entries(answers)) {
  window.API["LMS" + name] = (...values) => {
    window.calls[name] = (window.calls[name] ?? 0) + 1;
    return answer(...values);
  };
}
</script><iframe style="width:100%;height:90vh" src="about:blank"></iframe>"""

WATCH = """if (window !== top) {
  const isSeen = (heading) => {
    const { x, y, width, height } = heading.getBoundingClientRect();
    return heading.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  };
  const look = () => {
    const headings = document.querySelectorAll("h1, [role=heading]");
    if (!Array.from(headings).some(isSeen)) return requestAnimationFrame(look);
    requestAnimationFrame(() => {
      const files = performance.getEntriesByType("resource");
      window.firstCalls = { ...parent.calls };
      window.firstFiles = files.filter((one) => one.responseEnd < performance.now());
      window.firstScreen = performance.now();
    });
  };
  requestAnimationFrame(look);
}"""

RESULT = """() => {
  const sizes = (files) => files.map((one) => [new URL(one.name).pathname, one.decodedBodySize]);
  return {
    ms: window.firstScreen,
    files: sizes(window.firstFiles),
    all: sizes(performance.getEntriesByType("resource")),
    calls: window.firstCalls,
    words: document.querySelector("main, body").innerText,
  };
}"""


class Host(ThreadingHTTPServer):
    """Serves the files of `files`, by path."""

    daemon_threads = True

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {"/lms.html": LMS.encode()}
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a window that is closed hangs up."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, or 404."""
        assert isinstance(self.server, Host)  # noqa: S101 - for the type checker
        path = urlsplit(self.path).path
        content = self.server.files.get(path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def launch(
    browser: Browser, address: str, *, slow: bool = True, whole: bool = False
) -> dict[str, Any]:
    """Open `address` in an LMS's frame, cache cold; `whole`: wait for the second part too."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(urljoin(address, "/lms.html"))
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.evaluate("(src) => { document.querySelector('iframe').src = src; }", address)
    page.wait_for_function("() => document.querySelector('iframe').contentWindow.firstScreen")
    frame = page.frames[1]
    if whole:
        frame.wait_for_function("() => globalThis.noroomTexts")
        frame.wait_for_load_state("networkidle")
    result: dict[str, Any] = frame.evaluate(RESULT)
    context.close()
    return result


def build(folder: Path, language: str) -> Path:
    """Build the real course; gives the package."""
    words = ["build", str(ROOT / "courses" / "no-room"), "--standard", "scorm12", "--language",
             language, "--allow-draft", "--out", str(folder)]  # fmt: skip
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own
    return next(folder.glob("*.zip"))


def serve(host: Host, package: Path, folder: str) -> str:
    """Serve a package below `folder`; gives the address of its launch page."""
    with zipfile.ZipFile(package) as archive:
        host.files |= {f"/{folder}/{name}": archive.read(name) for name in archive.namelist()}
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))
    page = next(one.get("href") for one in manifest.iter("{*}resource") if one.get("href"))
    return f"http://127.0.0.1:{host.server_port}/{folder}/{page}"


def plain_page(words: str) -> bytes:
    """Give a page without script or style that says the same words."""
    first, *others = [html.escape(line) for line in words.splitlines() if line.strip()]
    body = "\n".join(f"<p>{line}</p>" for line in others)
    head = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Plain</title>'
    return f"{head}<h1>{first}</h1>\n{body}\n".encode()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--language", default="en")
    options.add_argument("--beside", type=Path, metavar="PACKAGE")
    options.add_argument("--fast", action="store_true")
    given = options.parse_args()
    slow = not given.fast
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, Host() as host:
        package = build(Path(folder), given.language)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        addresses = {OURS: serve(host, package, "course")}
        seen = launch(browser, addresses[OURS], slow=slow, whole=True)
        host.files["/plain/index.html"] = plain_page(seen["words"])
        addresses[PLAIN] = urljoin(addresses[OURS], "/plain/index.html")
        if given.beside:
            addresses[given.beside.name] = serve(host, given.beside, "beside")
        rounds = [
            {name: launch(browser, address, slow=slow) for name, address in addresses.items()}
            for _ in range(given.runs)
        ]
        browser.close()
        host.shutdown()
        size = package.stat().st_size
    print(machine_facts())
    report_times(rounds)
    print(f"package {size:,} bytes (budget 200,000)")
    report_needs(seen, rounds[-1])


def report_times(rounds: list[dict[str, dict[str, Any]]]) -> None:
    """Print how long each took, and how many times as long as ours."""
    times = {name: [one[name]["ms"] / 1000 for one in rounds] for name in rounds[0]}
    ours = statistics.median(times[OURS])
    for name, spent in times.items():
        print(
            f"first screen, {name}: {spread(spent)}, {statistics.median(spent) / ours:.2f} × ours"
        )


def report_needs(seen: dict[str, Any], shown: dict[str, dict[str, Any]]) -> None:
    """Print what the first screens needed, with the budgets beside."""
    later = _scripts(seen["all"]) - _scripts(shown[OURS]["files"])
    print("budgets: 8 requests, 60,000 bytes of script, 15 get, 4 set, 1 commit")
    for name, one in shown.items():
        calls = {call: one["calls"].get(call, 0) for call in ("GetValue", "SetValue", "Commit")}
        print(
            f"{name}: {1 + len(one['files'])} requests, "
            f"{_scripts(one['files']):,} bytes of script, "
            f"{calls['GetValue']} get, {calls['SetValue']} set, {calls['Commit']} commit"
        )
    print(f"{OURS}, after it: {1 + len(seen['all'])} requests in all, {later:,} bytes of script")


def _scripts(files: list[tuple[str, int]]) -> int:
    return sum(size for name, size in files if name.endswith(".js"))


if __name__ == "__main__":
    main()
