"""A screen as a picture in both directions: what is drawn must be mirrored, not only its boxes.

Letters, icons and scenes are left out: they are the same in both directions, by intention. What
remains are papers, lines, shadows, bars and marks, each of which has two sides.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.screen_checks import Shown

BOXES_ONLY = """
*, *::before, *::after {
  color: transparent !important; caret-color: transparent !important;
  text-shadow: none !important; transition: none !important; animation: none !important;
}
svg, img, video, .icon, .scene-view, .scene-view * { visibility: hidden !important; }
/* Dashes begin at a corner, and not at the mirrored one. */
.keep-card, .step-place, .thing.is-innocent { border-style: solid !important; }
"""
VISIBLE = 40  # of 255 steps: an edge between two pixels is drawn a little otherwise when mirrored
STRAY = 0.001  # of all pixels: round corners

# A style element, which Playwright would add, breaks the page's Content-Security-Policy.
_BOXES_ONLY = """(words) => {
  const style = new CSSStyleSheet();
  style.replaceSync(words);
  document.adoptedStyleSheets = [style];
}"""
_TURN = "document.documentElement.dir = document.documentElement.dir === 'rtl' ? 'ltr' : 'rtl'"


def picture_not_mirrored(page: Page, session: Shown) -> list[str]:
    """Give where the picture of this screen differs from the mirrored one the other way round."""
    session.frame.evaluate(_BOXES_ONLY, BOXES_ONLY)
    page.mouse.move(0, 0)  # off every button: the pointer does not change sides
    here = _picture(page)
    session.frame.evaluate(_TURN)
    there = ImageOps.mirror(_picture(page))
    session.frame.evaluate(_TURN)
    session.frame.evaluate("document.adoptedStyleSheets = []")
    if here.size != there.size:
        return [f"the picture is {here.size}, and {there.size} the other way"]
    differs = _difference(here, there).point(lambda step: 255 * (step > VISIBLE))
    stray = differs.histogram()[255] / (here.width * here.height)
    return [f"{stray:.2%} differ, in {differs.getbbox()}"] if stray > STRAY else []


def _difference(here: Image.Image, there: Image.Image) -> Image.Image:
    """Give the difference, where an edge may stand one pixel to either side: it is rounded."""
    moved = [ImageChops.offset(there, step, 0) for step in (-1, 0, 1)]
    return functools.reduce(ImageChops.darker, [ImageChops.difference(here, one) for one in moved])


def _picture(page: Page) -> Image.Image:
    shot = page.screenshot(full_page=True, animations="disabled")
    return Image.open(io.BytesIO(shot)).convert("L")
