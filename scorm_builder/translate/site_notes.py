"""What a translator has to know about each text of the public site."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_builder.course.course_texts import Text
from scorm_builder.course.placeholders import names
from scorm_builder.site.load_site import Site
from scorm_builder.site.placeholders import MEANINGS
from scorm_builder.translate.notes import FORMS

_FIELDS = {
    "menu": "its name in the menu",
    "title": "title",
    "lead": "first sentences below the title",
    "text": "text",
    "after": "text below the list",
    "figure": "a figure, as your language writes numbers; the text goes on after it",
    "source": "the source of the figure",
    "who": "who tells the story",
    "warning": "what happens in the story, said before it",
    "notice": "stands above all stories",
}


def site_notes(site: Site) -> dict[str, list[str]]:
    """Give {context: lines} for every text of the site."""
    titles = {f"site.{page.id}": page.title for page in site.settings.value.pages}
    titles |= {f"stories.{story.id}": story.title for story in site.stories.value.stories}
    return {text.context: [_place(text, titles), *_rules(text)] for text in site.texts()}


def _place(text: Text, titles: dict[str, str]) -> str:
    """Give the words for where a text stands."""
    parts = text.context.split(".")
    field = _FIELDS.get(parts[-1], parts[-1])
    if parts[1] == "words":
        return f"Word of the site: {_comment(text)}."
    if parts[0] == "stories":
        title = titles.get(".".join(parts[:2]))
        return f"Story “{title}”: {field}." if title else f"Page with the stories: {field}."
    below = f", part {parts[2]}" if len(parts) > 3 else ""
    return f"Page “{titles['.'.join(parts[:2])]}” of the public site{below}: {field}."


def _comment(text: Text) -> str:
    """Give what stands above one of the site's own words in site.yaml."""
    line, _ = text.source.place(text.path)
    above = text.source.lines[line - 2].strip() if line > 1 else ""
    return above.lstrip("# ") if above.startswith("#") else str(text.path[-1])


def _rules(text: Text) -> Iterator[str]:
    """Give what a translation of this text has to keep."""
    if text.form in FORMS:
        yield FORMS[text.form]
    for name in sorted(names(text.text)):
        yield f"{{{name}}} stands for {MEANINGS[name]}. Do not translate it."
    if text.max_length:
        yield f"At most {text.max_length} characters."
