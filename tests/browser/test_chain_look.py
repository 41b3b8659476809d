"""A chain's logo and colours show, in light and in dark, and nobody is shut out by them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext

from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.browser.conftest import TINY
from tests.browser.screen_checks import violations
from tests.lms.host import LmsHost
from tests.lms.learner import LearnerSession
from tests.often import often

pytestmark = pytest.mark.browser

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="48" viewBox="0 0 160 48">'
    '<rect width="160" height="48" rx="8" fill="#7a1f5c"/></svg>'
)


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course of a chain with a logo and a colour."""
    folder = tmp_path_factory.mktemp("branded")
    chain = folder / "programme" / "chains" / "acme"
    chain.mkdir(parents=True)
    (folder / "programme" / "programme.yaml").write_text(
        "name: Rooms\niri: https://id.noroom.example\n", encoding="utf-8"
    )
    (chain / "chain.yaml").write_text(
        'name: Acme Hotels\nlogo: logo.svg\ncolours: { accent: "#7a1f5c" }\n', encoding="utf-8"
    )
    (chain / "logo.svg").write_text(LOGO, encoding="utf-8")
    request = BuildRequest(
        TINY, folder / "out", ["scorm12"], ["en"], ["acme"], folder / "programme", allow_draft=True
    )
    packages, _ = build_packages(request)
    return Path(packages[0].path)


@pytest.mark.parametrize("scheme", often(["dark", "light"]))
def test_logo_and_colour_show_and_axe_finds_nothing(
    context: BrowserContext, branded: Path, scheme: Literal["light", "dark"]
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    with LmsHost(branded) as host:
        session = LearnerSession(page, host.launch_url("anna")).open()
        logo = session.locate(".brand img")
        assert logo.get_attribute("alt") == "Acme Hotels"
        assert logo.evaluate("image => image.complete && image.naturalWidth > 0")
        colour = session.locate(".next").evaluate("one => getComputedStyle(one).backgroundColor")
        if scheme == "light":
            assert colour == "rgb(122, 31, 92)"
        else:
            assert colour not in ("rgb(122, 31, 92)", "rgb(131, 207, 200)")
        assert violations(session) == []
        assert session.take().locate(".brand img").is_visible()
        assert violations(session) == []
