"""The pictures of the documentation, from the real course and from `make demo`: `make pictures`."""

from __future__ import annotations

import base64
import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scorm_builder.package.build_packages import BuildRequest, build_packages  # noqa: E402
from scorm_builder.preview.server import PreviewServer  # noqa: E402
from tests.browser.browsers import launch_chromium  # noqa: E402
from tests.lms.host import LmsHost  # noqa: E402
from tests.lms.learner import LearnerSession  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DEMO = ROOT / "build" / "demo"
PHONE: ViewportSize = {"width": 360, "height": 700}
STYLE = (
    "body{margin:0;padding:24px;display:flex;align-items:start;gap:24px;background:#e9e4da;width:max-content}"
    "img{width:300px;border-radius:18px;box-shadow:0 4px 18px #0003}"
)


def main() -> None:
    """Write docs/pictures/*.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        _phone(browser)
        _preview(browser)
        _report(browser)
    _certificate()


def _phone(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as out:
        request = BuildRequest(
            ROOT / "courses" / "no-room", Path(out), ["scorm12"], ["en"], allow_draft=True
        )
        built, _ = build_packages(request)
        with LmsHost(Path(built[0].path)) as lms:
            context = browser.new_context(
                viewport=PHONE, device_scale_factor=2, reduced_motion="reduce"
            )
            session = LearnerSession(context.new_page(), lms.launch_url("picture")).open()
            shots = list(_three_screens(session))
            context.close()
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots
    )
    page = browser.new_page(device_scale_factor=1.5)
    page.set_content(f"<!DOCTYPE html><style>{STYLE}</style><body>{images}</body>")
    page.locator("body").screenshot(path=PICTURES / "course-phone.png")


def _three_screens(session: LearnerSession) -> Iterator[bytes]:
    session.take(until="welcome-start")
    yield session.page.screenshot()
    session.take(until="look-room")
    session.answer_shown(right=True)
    session.frame.evaluate("scrollTo(0, 0)")
    yield session.page.screenshot()
    session.press_next()
    session.take()
    yield session.page.screenshot()


def _preview(browser: Browser) -> None:
    with contextlib.chdir(ROOT), PreviewServer(Path("courses/no-room"), None, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(server.address)
        course = page.frame_locator("#device iframe")
        course.locator(".next").click()  # the third page asks for a choice
        page.get_by_label("Commit fails").check()
        course.locator(".next").click()
        course.locator('[data-kind="not-saved"]').wait_for()
        page.screenshot(path=PICTURES / "preview.png")
        page.close()
        server.shutdown()
        server.close()


def _report(browser: Browser) -> None:
    """The report of the demo in the language of the README."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        words = ["report", "--programme", str(DEMO / "programme"), "--format", "html",
                 "--language", "en", "--out", str(file)]  # fmt: skip
        subprocess.run([sys.executable, str(ROOT / "cli.py"), *words], check=True)
        page = browser.new_page(viewport={"width": 1100, "height": 1300})
        page.goto(file.as_uri())
        page.screenshot(path=PICTURES / "report.png")


def _certificate() -> None:
    """The first certificate of the demo, with its signature as a code."""
    first = min((DEMO / "programme" / "certificates").glob("*/certificate-*.pdf"))
    with contextlib.closing(pypdfium2.PdfDocument(first)) as document:
        document[0].render(scale=1.5).to_pil().save(PICTURES / "certificate.png", optimize=True)


if __name__ == "__main__":
    main()
