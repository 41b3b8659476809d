"""An author's Markdown -> safe HTML: paragraphs, lists, bold, emphasis, line breaks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scorm_builder.course.field_types import Form

_EDGES = " \t\n"
"""Markdown's own white space: a no-break space is kept, and hides no markup from the checks."""

_SPACES = re.compile(f"[{_EDGES}]+")
_NO_MARKUP = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:!?(){}/%'’“”–…-])*")
"""One line that starts with a letter and has no sign that Markdown knows: most texts are so."""

_ONE_LINE = (("paragraph_open", 0), ("inline", 0), ("text", 0), ("paragraph_close", 0))
_ALLOWED = frozenset(
    [
        "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
        "ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close",
        "inline", "text", "text_special", "softbreak", "hardbreak",
        "strong_open", "strong_close", "em_open", "em_close",
    ]
)  # fmt: skip

_REFUSED = {
    "html_block": ("HTML", "Write plain Markdown; for a < sign alone, put a space after it."),
    "html_inline": ("HTML", "Write plain Markdown; for a < sign alone, put a space after it."),
    "link_open": ("a link", "Write the words without a link; learners stay in the course."),
    "image": ("a picture", "Delete it; pictures cannot stand in a text."),
    "heading_open": ("a heading", "Use the title of the page, or **bold** words."),
    "code_inline": ("code (`…`)", "Delete the backticks."),
    "fence": ("code (```)", "Delete the backticks."),
    "code_block": ("a line indented by four spaces", "Indent it like the lines around it."),
    "blockquote_open": ("a quotation (>)", "Delete the > and use quotation marks."),
    "hr": ("a horizontal line", "Delete the line with --- or ***."),
}


@dataclass(frozen=True)
class Refused:
    """Markup that a text may not have; `line` counts from 0 inside the text."""

    what: str
    fix: str
    line: int


@functools.cache
def _parser() -> MarkdownIt:
    """HTML is parsed only to be found and refused; CommonMark has no other extensions."""
    return MarkdownIt("commonmark")


def to_html(text: str, form: Form) -> str:
    """Render a checked text: HTML for Markdown, the text itself with single spaces for plain.

    INLINE gives the content of its one paragraph, so that it can stand in a label.
    """
    if form is Form.PLAIN:
        return _SPACES.sub(" ", text.strip(_EDGES))
    source = text.strip(_EDGES)
    if _NO_MARKUP.fullmatch(source):
        return source if form is Form.INLINE else f"<p>{source}</p>"
    html = _parser().renderInline(source) if form is Form.INLINE else _parser().render(source)
    return str(html).strip()


def refused_markup(text: str, form: Form) -> Iterator[Refused]:
    """Give everything in a Markdown text that is not allowed there."""
    if form is Form.PLAIN:
        return
    kinds = _kinds(text)
    for kind, line in dict.fromkeys(kinds):
        if kind not in _ALLOWED and not kind.endswith("_close"):
            words, fix = _REFUSED.get(kind, (kind.removesuffix("_open"), "Delete it."))
            yield Refused(f"{words} is not allowed in a text", fix, line)
    paragraphs = [kind for kind, _ in kinds if kind == "paragraph_open"]
    lists = [kind for kind, _ in kinds if kind.endswith("list_open")]
    if form is Form.INLINE and (len(paragraphs) > 1 or lists):
        what = "this text has to be one paragraph"
        yield Refused(what, "Shorten it, or move the rest to the page's text.", 0)


def structure(text: str, form: Form) -> dict[str, int]:
    """Count what a translation has to keep: bold and soft passages and list items."""
    if form is Form.PLAIN:
        return {}
    kinds = [kind for kind, _ in _kinds(text)]
    return {
        "bold passages": kinds.count("strong_open"),
        "emphasised passages": kinds.count("em_open"),
        "list items": kinds.count("list_item_open"),
    }


@functools.lru_cache(maxsize=4096)
def _kinds(text: str) -> tuple[tuple[str, int], ...]:
    """Give the type of every token with its line; several checks ask for the same text."""
    if _NO_MARKUP.fullmatch(text):
        return _ONE_LINE
    return tuple(_kinds_of(_parser().parse(text)))


def _kinds_of(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    for token in tokens:
        line = token.map[0] if token.map else 0
        yield token.type, line
        for child in token.children or []:
            yield child.type, line
            line += child.type in ("softbreak", "hardbreak")
