"""The first screen on a slow phone, beside a plain page with the same words: the least there is.

Chromium, slow 3G (400 kbit/s, 2 s of latency) and a processor four times slower, cold cache. The
package runs in a frame of an LMS whose API answers from memory. Both are timed from the start of
the frame to the frame's first picture with a heading. Also printed: requests, bytes of script, and
the calls to the LMS until then.

Run: python benchmarks/first_screen.py [--runs N] [--language TAG]
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
from urllib.parse import urlsplit

from machine import machine_facts, spread
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
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

WATCH = """if (window !== top) new MutationObserver((_, observer) => {
  if (!document.querySelector("h1")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const files = performance.getEntriesByType("resource");
    window.firstCalls = { ...parent.calls };
    window.firstFiles = files.filter((one) => one.responseEnd < performance.now());
    window.firstScreen = performance.now();
  }));
}).observe(document, { childList: true, subtree: true });"""

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


def launch(browser: Browser, origin: str, address: str, *, whole: bool) -> dict[str, Any]:
    """Open `address` in the LMS's frame, cache cold; `whole`: wait for the second part too."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{origin}/lms.html")
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
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        host = Host()
        origin = f"http://127.0.0.1:{host.server_port}"
        with zipfile.ZipFile(build(Path(folder), given.language)) as package:
            host.files |= {f"/course/{name}": package.read(name) for name in package.namelist()}
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        seen = launch(browser, origin, "/course/index.html", whole=True)
        host.files["/plain/index.html"] = plain_page(seen["words"])
        ours, plain = [], []
        for _ in range(given.runs):
            page = launch(browser, origin, "/course/index.html", whole=False)
            ours.append(page["ms"] / 1000)
            plain.append(launch(browser, origin, "/plain/index.html", whole=False)["ms"] / 1000)
        browser.close()
        host.shutdown()
        host.server_close()
    report(seen, page, ours, plain)


def report(
    seen: dict[str, Any], page: dict[str, Any], ours: list[float], plain: list[float]
) -> None:
    """Print what was measured, with the budget beside it."""
    scripts = sum(size for name, size in page["files"] if name.endswith(".js"))
    later = sum(size for name, size in seen["all"] if name.endswith(".js")) - scripts
    calls = seen["calls"]
    print(machine_facts())
    print(f"first screen, our package {spread(ours)}")
    print(f"first screen, plain page  {spread(plain)}")
    print(f"ratio {statistics.median(ours) / statistics.median(plain):.2f}")
    print(f"requests {1 + len(page['files'])} for the first screen, "
          f"{1 + len(seen['all'])} in all (budget 8)")  # fmt: skip
    print(f"script {scripts:,} bytes for the first screen (budget 60,000), {later:,} after it")
    print(f"LMS calls: {calls.get('GetValue', 0)} get (budget 15), {calls.get('SetValue', 0)} set "
          f"(4), {calls.get('Commit', 0)} commit (1)")  # fmt: skip


if __name__ == "__main__":
    main()
