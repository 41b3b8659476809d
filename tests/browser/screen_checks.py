"""What has to hold on any screen, for whoever hears, zooms or taps; each gives what is wrong."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Frame, TimeoutError

from tests.lms.host import PROJECT

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
FOCUSED = ":focus"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Shown(Protocol):
    """A page that is shown somewhere, and its name for messages."""

    @property
    def frame(self) -> Frame:
        """The frame with the page."""

    @property
    def screen(self) -> str:
        """What the page is called."""


def violations(session: Shown) -> list[str]:
    """Give what axe finds on the screen that is shown."""
    return _axe(session, {"runOnly": RULES})


def low_contrast(session: Shown) -> list[str]:
    """Give what axe finds of the colours alone."""
    return _axe(session, {"runOnly": ["color-contrast"]})


def _axe(session: Shown, options: dict[str, Any]) -> list[str]:
    frame = session.frame
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE.read_text("utf-8"))  # a script element would break the page's CSP
    # What fades in has its colours at the end only.
    frame.evaluate("document.getAnimations().forEach((one) => one.finish())")
    result: dict[str, Any] = frame.evaluate(
        "(options) => axe.run(options)", options | {"resultTypes": ["violations"]}
    )
    return [
        f"{session.screen}: {one['id']} {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def small_targets(session: Shown) -> list[str]:
    """Give what can be tapped and is smaller than 44 by 44 CSS pixels."""
    return list(session.frame.evaluate(_SMALL_TARGETS))


def sticking_out(session: Shown) -> list[str]:
    """Give what is wider than the window, and words that are wider or higher than their box."""
    return list(session.frame.evaluate(_STICKING_OUT))


def missing_tools(session: Shown) -> list[str]:
    """Give what every screen of the course offers and this one does not; a dialog covers them."""
    wanted = [".tool-help", ".tool-leave", ".tool-language", ".place-button"]
    gone = session.frame.evaluate(_NOT_TO_BE_TAPPED, wanted)
    return [f"nobody can tap {one}" for one in gone]


def several_rows(session: Shown) -> list[str]:
    """Give the height of the tools at the top, where it is more than that of one row."""
    return list(session.frame.evaluate(_SEVERAL_ROWS))


def label_not_in_name(session: Shown) -> list[str]:
    """Give buttons that are called otherwise than what is written on them (WCAG 2.2, 2.5.3)."""
    return list(session.frame.evaluate(_LABEL_NOT_IN_NAME))


def lost_focus(session: Shown) -> list[str]:
    """Tell whether nothing has the focus, nor gets it in a moment."""
    try:
        session.frame.locator(FOCUSED).wait_for(state="attached", timeout=2_000)
    except TimeoutError:
        return ["nothing has the focus"]
    return []


def wait_for_focus(session: Shown, selector: str) -> None:
    """Wait until something that matches has the focus: it moves a moment after a button went."""
    session.frame.locator(f"{selector}:focus").wait_for()


def wrong_language(session: Shown, language: str) -> list[str]:
    """Give `lang` and `dir` of the page where they are not those of the language."""
    wanted = [language, "rtl" if language == "ar" else "ltr"]
    said = session.frame.evaluate(
        "[document.documentElement.lang, document.documentElement.dir || 'ltr']"
    )
    return [] if said == wanted else [f"the page says {said}"]


def not_mirrored(session: Shown) -> list[str]:
    """Turn the direction round, and give what does not stand at the mirrored place."""
    frame = session.frame
    here = frame.evaluate(_BOXES)
    turn = "document.documentElement.dir = document.documentElement.dir === 'rtl' ? 'ltr' : 'rtl'"
    frame.evaluate(turn)
    there = frame.evaluate(_BOXES)
    frame.evaluate(turn)
    width = frame.evaluate("document.documentElement.clientWidth")
    if len(here) != len(there):
        return [f"{len(here)} boxes, and {len(there)} the other way"]
    return [
        f"{one['name']}: {one['x']}, and {other['x']} the other way"
        for one, other in zip(here, there, strict=True)
        if abs(one["x"] - (width - other["x"] - other["width"])) > 1.5
    ]


_NOT_TO_BE_TAPPED = """(wanted) => {
  if (document.querySelector("dialog[open]")) return [];
  scrollTo(0, 0);
  return wanted.filter((selector) => {
    const tool = document.querySelector(selector);
    if (!tool?.checkVisibility()) return true;
    const { x, y, width, height } = tool.getBoundingClientRect();
    return !tool.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });
}"""

_SEVERAL_ROWS = """() => [...document.querySelectorAll(".tools")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.clientHeight, one.firstElementChild.clientHeight])
  .filter(([all, first]) => all > first * 1.5)
  .map(([all]) => `tools in several rows, ${all} high`)"""

_LABEL_NOT_IN_NAME = """() => [...document.querySelectorAll("button[aria-label]")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.getAttribute("aria-label"), one.innerText.trim()])
  .filter(([name, label]) => !name.toLowerCase().includes(label.toLowerCase()))
  .map(([name, label]) => `${label} is called ${name}`)"""

_SMALL_TARGETS = """() => [...document.querySelectorAll("button, label.option, a, input, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest("label.option input"))
  .filter((one) => !(one.matches("input") && one.closest("label.option")))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.height, box.width) < 43.9)
  .map(([one, box]) => `small: ${one.className} ${box.width} x ${box.height}`)"""

# A dialog scrolls; what only screen readers get is cut on purpose; a scene is as wide as the phone.
_STICKING_OUT = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth ? [`page is ${root.scrollWidth} wide`] : [];
  const boxes = "button, p, h1, h2, h3, li, label, a, span, .rich, .feedback, .card, dialog";
  const cut = [...document.querySelectorAll(boxes)].filter((one) => {
    if (!one.checkVisibility()) return false;
    if (one.closest(".only-read, .icon, .bars, .scene-view")) return false;
    const style = getComputedStyle(one);
    if (style.display === "inline" || style.clipPath.startsWith("inset(50%")) return false;
    const high = style.overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1;
    return high || one.scrollWidth > one.clientWidth + 1;
  });
  const named = cut.map((one) => `cut off: ${one.tagName} ${one.className} ${one.textContent}`);
  return [...wide, ...named];
}"""

# A scene is never mirrored, nor are the names of languages. A bubble is as wide as its words, whose
# full stop stands elsewhere in the other direction.
_BOXES = """() => {
  const found = "button, input, h1, h2, .option, .bar, .step, .card, .feedback, .counter, .bin";
  return Array.from(document.querySelectorAll(found))
    .filter((one) => one.checkVisibility() && !one.closest(".scene-view, .languages, .talk-own"))
    .map((one) => {
      const box = one.getBoundingClientRect();
      return { name: `${one.tagName}.${one.className}`, x: box.x, width: box.width };
    })
    .filter((one) => one.width > 1);
}"""
