"""What has to hold for the letters on a screen: each is drawn, whole, joined, and in its box.

`letters` gives what a screen is written with; `undrawn` tells, for all screens at once, what no
font draws. The other checks give what is wrong on the screen that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.screen_checks import Shown

Letters = Mapping[tuple[str, str], str]
"""(font as CSS writes it, letter) -> the first screen that has it."""

PLAIN = "Aa9. Її سلام"
"""The fonts that draw this are those of the course; others come in as a last resort."""


def letters(session: Shown) -> dict[tuple[str, str], str]:
    """Give every letter that is shown, with its font, and the screen."""
    found: dict[str, str] = session.frame.evaluate(_LETTERS)
    return {(font, one): session.screen for font, written in found.items() for one in written}


def undrawn(page: Page, written: Letters) -> list[str]:
    """Give the letters that no font has, and those that only a font of last resort has.

    A letter that no font has looks as the empty box that stands for U+0378, which is no letter.
    """
    fonts = {font for font, _ in written}
    by_font = {font: [one for other, one in written if other == font] for font in fonts}
    missing: dict[str, list[str]] = page.evaluate(_MISSING, by_font)
    wrong = [(font, one, "no font has") for font, found in missing.items() for one in found]
    for font, found in by_font.items():
        drawn = [one for one in found if one not in missing[font]]
        plain = _drawn_by(page, font, PLAIN)
        if _drawn_by(page, font, "".join(drawn)) <= plain:
            continue
        strange = [one for one in drawn if not _drawn_by(page, font, one) <= plain]
        wrong += [(font, one, "a font of last resort draws") for one in strange]
    return [
        f"{written[font, one]}: {why} U+{ord(one):04X} {one} in {font}" for font, one, why in wrong
    ]


def misshapen(session: Shown) -> list[str]:
    """Give words of Arabic whose letters are pulled apart or slanted, and words that are broken.

    A word may go on in the next line behind a hyphen, a slash or a soft hyphen that stands in it,
    and the address of a page anywhere.
    """
    return list(session.frame.evaluate(_MISSHAPEN))


def outside(session: Shown) -> list[str]:
    """Give words that stand outside of the window, or of a box that they are in."""
    return list(session.frame.evaluate(_OUTSIDE))


def _drawn_by(page: Page, font: str, text: str) -> set[str]:
    """Give the names of the fonts that Chromium takes for a text."""
    page.evaluate(_WRITE, [font, text])
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "#written"})["nodeId"]
    fonts: list[dict[str, str]] = []
    while text and not fonts:  # none, as long as the text has not been painted
        page.evaluate("new Promise(requestAnimationFrame)")
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    devtools.detach()
    return {one["familyName"] for one in fonts}


# What only screen readers get is drawn nowhere.
_TEXTS = """
  const cut = (box) =>
    box && (getComputedStyle(box).clipPath === "inset(50%)" || cut(box.parentElement));
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("dialog[open]") ?? document.body,
    NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || box.closest("script, style")) continue;
    if (!box.checkVisibility({ visibilityProperty: true }) || cut(box)) continue;
    texts.push([walker.currentNode, box]);
  }
"""

_LETTERS = f"""() => {{
  {_TEXTS}
  const found = {{}};
  const add = (box, text) => {{
    const {{ fontStyle, fontWeight, fontFamily }} = getComputedStyle(box);
    const font = `${{fontStyle}} ${{fontWeight}} 32px ${{fontFamily}}`;
    found[font] = [...new Set([...(found[font] ?? ""), ...text.replace(/\\s/gu, "")])].join("");
  }};
  for (const [text, box] of texts) add(box, text.data);
  for (const box of document.querySelectorAll("input")) add(box, box.value + box.placeholder);
  return found;
}}"""

_MISSING = """(fonts) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 96;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const draw = (letter, font) => {
    context.clearRect(0, 0, 96, 96);
    context.font = font;
    context.fillText(letter, 32, 64);
    return context.getImageData(0, 0, 96, 96).data.join();
  };
  return Object.fromEntries(Object.entries(fonts).map(([font, written]) => {
    const none = draw("\\u0378", font);
    if (none === draw(" ", font)) throw new Error(`${font} draws nothing for what it lacks`);
    return [font, written.filter((letter) => draw(letter, font) === none)];
  }));
}"""

_WRITE = """([font, text]) => {
  document.querySelector("#written")?.remove();
  const box = document.body.appendChild(document.createElement("p"));
  box.id = "written";
  box.style.font = font;
  box.textContent = text;
}"""

_MISSHAPEN = f"""() => {{
  {_TEXTS}
  const wrong = [];
  const range = document.createRange();
  for (const [text, box] of texts) {{
    const {{ letterSpacing, fontStyle }} = getComputedStyle(box);
    if (/\\p{{Script=Arabic}}/u.test(text.data)) {{
      if (letterSpacing !== "normal") wrong.push(`letters apart: ${{text.data}}`);
      if (fontStyle !== "normal") wrong.push(`slanted: ${{text.data}}`);
    }}
    for (const word of text.data.matchAll(/[^\\s\\-/\\u2013\\u2014\\u00ad\\u200b]+/gu)) {{
      if (/\\p{{L}}\\.\\p{{L}}/u.test(word[0])) continue;
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((one) => one.width);
      if (lines.some((one) => Math.abs(one.top - lines[0].top) > one.height / 2)) {{
        wrong.push(`broken: ${{word[0]}} in ${{box.tagName}} ${{box.className}}`);
      }}
    }}
  }}
  return wrong;
}}"""

# A line is as high as its font, which can be more than a box of one line is; hence the slack. What
# scrolls, such as a dialog, shows the rest when it is asked to.
_OUTSIDE = f"""() => {{
  {_TEXTS}
  const wrong = [];
  const range = document.createRange();
  for (const [text, first] of texts) {{
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter((one) => one.width);
    for (let box = first; box; box = box.parentElement) {{
      const {{ display, overflowY }} = getComputedStyle(box);
      if (/auto|scroll/u.test(overflowY)) break;
      if (display === "inline") continue;
      const {{ left, right, top, bottom }} = box.getBoundingClientRect();
      const far = lines.some((one) => one.left < left - 1 || one.right > right + 1 ||
        one.top < top - 6 || one.bottom > bottom + 6);
      if (far && box !== document.documentElement) {{
        wrong.push(`outside of ${{box.tagName}} ${{box.className}}: ${{text.data}}`);
        break;
      }}
    }}
    const sides = document.documentElement.clientWidth;
    if (lines.some((one) => one.left < -1 || one.right > sides + 1)) {{
      wrong.push(`outside of the window: ${{text.data}}`);
    }}
  }}
  return wrong;
}}"""
