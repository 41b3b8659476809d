"""What a screen reader says of a screen, in order, as lines of text.

Taken from the browser's accessibility tree, in the order in which a learner reads with the arrow
keys: role, name, state, description. What is announced by itself has "says" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import CDPSession, Page

LANDMARKS = {"banner", "main", "navigation", "complementary", "region", "contentinfo", "form"}
CONTROLS = {
    "heading": "heading", "button": "button", "link": "link", "radio": "radio button",
    "checkbox": "check box", "textbox": "text field", "searchbox": "search field", "image": "image",
}  # fmt: skip
GROUPS = {"dialog": "dialog", "group": "group", "radiogroup": "radio buttons", "list": "list"}
WORDS = {
    "StaticText", "InlineTextBox", "strong", "emphasis", "LineBreak", "ListMarker", "generic",
    "none",
}  # fmt: skip
STATES = {"disabled": "dimmed", "invalid": "wrong", "focused": "focused"}
BUILD = re.compile(r"\b[0-9a-f]{8}\b")
Node = dict[str, Any]


class ScreenReader:
    """Reads the page of one window; `listen` before it is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._nodes: dict[str, Node] = {}

    def listen(self) -> None:
        """Note what the page announces, from the next page on."""
        self.page.add_init_script(_NOTE_ANNOUNCEMENTS)

    def read(self) -> list[str]:
        """Give the lines of the screen: what was announced since the last time, then all of it."""
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")
        said = self.page.evaluate("globalThis.announced?.splice(0) ?? []")
        tree = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        self._nodes = {one["nodeId"]: one for one in tree}
        lines = [*(f'says "{one}"' for one in said), *self._lines(tree[0])]
        return [BUILD.sub("(build)", line) for line in lines]

    def _children(self, node: Node) -> Iterator[Node]:
        for child in node.get("childIds", []):
            if child in self._nodes:
                yield self._nodes[child]

    def _lines(self, node: Node) -> Iterator[str]:
        role = _role(node)
        if node.get("ignored") or role in ("none", "generic", "RootWebArea"):
            yield from self._inside(node)
        elif role in CONTROLS:
            yield _control(node, role)
        elif role in GROUPS:
            yield _named(node, GROUPS[role])
            yield from (f"  {line}" for line in self._inside(node))
        elif role in LANDMARKS:
            yield _named(node, f"[{role}]")
            yield from self._inside(node)
        elif role == "LabelText" and self._labels_control(node):
            yield from (line for child in self._all(node) for line in _controls_only(child))
        elif role in ("listitem", "paragraph", "LabelText", "status"):
            yield from self._block(node, "- " if role == "listitem" else "")
        elif role == "StaticText":
            yield _name(node)
        elif role not in ("ListMarker", "InlineTextBox", "LineBreak"):
            yield from self._inside(node)

    def _inside(self, node: Node) -> Iterator[str]:
        for child in self._children(node):
            yield from self._lines(child)

    def _block(self, node: Node, mark: str) -> Iterator[str]:
        """Join the words of a block, as they are read without a pause."""
        if all(_role(one) in WORDS for one in self._all(node)):
            words = "".join(_name(one) for one in self._all(node) if _role(one) == "StaticText")
            if words.strip():
                yield f"{mark}{words.strip()}"
            return
        for number, line in enumerate(self._inside(node)):
            yield f"{mark if number == 0 else '  ' * bool(mark)}{line}"

    def _all(self, node: Node) -> Iterator[Node]:
        for child in self._children(node):
            yield child
            yield from self._all(child)

    def _labels_control(self, node: Node) -> bool:
        return any(_role(one) in CONTROLS for one in self._all(node))


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", "none"))


def _name(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))


def _named(node: Node, words: str) -> str:
    return f"{words}: {_name(node)}" if _name(node) else words


def _controls_only(node: Node) -> Iterator[str]:
    if _role(node) in CONTROLS:
        yield _control(node, _role(node))


def _control(node: Node, role: str) -> str:
    states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    level = f" {states['level']}" if "level" in states else ""
    said = [f"{CONTROLS[role]}{level}: {_name(node)}"]
    if value := node.get("value", {}).get("value"):
        said.append(f"“{value}”")
    if "pressed" in states:
        said.append("pressed" if states["pressed"] == "true" else "not pressed")
    if "checked" in states:
        said.append("checked" if states["checked"] == "true" else "not checked")
    said += [
        word for name, word in STATES.items() if states.get(name) not in (None, False, "false")
    ]
    if description := node.get("description", {}).get("value"):
        said.append(f"({description})")
    return ", ".join(said)


_NOTE_ANNOUNCEMENTS = """(() => {
  const announced = (globalThis.announced = []);
  const note = () => {
    const words = document.querySelector(".app > .only-read")?.textContent;
    if (words && announced.at(-1) !== words) announced.push(words);
  };
  new MutationObserver(note).observe(document, { childList: true, subtree: true });
})()"""
