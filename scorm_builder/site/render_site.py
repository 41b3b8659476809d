"""The site in all its languages -> {path: content}, relative links only.

`index.html` offers the languages; `<language>/` holds the pages of one; `assets/` the look, named
by its content so that a host may keep it for long. No page asks any other host for anything, and
each works without its script, which only makes leaving quicker.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from programme.look import TOKENS
from scorm_builder.course.site_records import SitePage, SiteSection
from scorm_builder.link.data_scripts import build_hash
from scorm_builder.link.launch_page import own_name
from scorm_builder.site.site_contacts import contacts
from scorm_builder.site.site_edition import SiteEdition
from scorm_builder.site.site_parts import (
    Json,
    Surroundings,
    part,
    stories,
)

FIRST, HELP, STORIES = "home", "help", "stories"
BESIDE_STORIES = ("emergency", "victim_support", "victim_chat", "child")
"""Kinds of contacts beside a story; the others are for reporting."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def site_pages(
    editions: Sequence[SiteEdition], around: Surroundings, drafts: Mapping[str, bool]
) -> dict[str, bytes]:
    """Give every file of the site; `drafts` says of each language whether it is one."""
    assets = look()
    found = dict(assets)
    languages = [
        {"tag": one.language, "name": own_name(one.language), "dir": one.direction}
        for one in editions
    ]
    common = {"languages": languages, "policy": POLICY, "assets": _by_stem(assets)}
    for edition in editions:
        draft = drafts[edition.language]
        shared = {**common, **_frame(edition, around), "is_draft": draft}
        for name, view in _views(edition, around):
            content = _render("page", {**shared, **view, "file": name, "up": "../"})
            found[f"{edition.language}/{name}"] = content
    frame = _frame(_of_programme(editions), around)
    view = {**common, **frame, "is_draft": any(drafts.values()), "up": "", "file": ""}
    found["index.html"] = _render("languages", view)
    return found


def _of_programme(editions: Sequence[SiteEdition]) -> SiteEdition:
    """Give the edition in the programme's own language, the first where there is none."""
    programme = editions[0].programme
    own = programme.settings.language if programme else ""
    return next((one for one in editions if one.language == own), editions[0])


def address(page: str) -> str:
    """Give the file of a page."""
    return "index.html" if page == FIRST else f"{page}.html"


def look() -> dict[str, bytes]:
    """Give the files of the look: the colours and type of the player, and what a site adds."""
    root = resources.files("scorm_builder")
    folder = root.joinpath("site", "look")
    parts = {
        "site.css": TOKENS.read_bytes() + folder.joinpath("site.css").read_bytes(),
        "leave.js": folder.joinpath("leave.js").read_bytes(),
        "icon.svg": folder.joinpath("icon.svg").read_bytes(),
        "doors.svg": folder.joinpath("doors.svg").read_bytes(),
    }
    return {_hashed(name, content): content for name, content in parts.items()}


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.partition(".")
    return f"assets/{stem}-{build_hash(content)}.{kind}"


def _by_stem(assets: Mapping[str, bytes]) -> dict[str, str]:
    """Give {"site": "assets/site-….css", …}."""
    return {name.removeprefix("assets/").partition("-")[0]: name for name in assets}


def _frame(edition: SiteEdition, around: Surroundings) -> Json:
    """Give what stands on every page of one language."""
    return {
        "lang": edition.language,
        "dir": edition.direction,
        "word": edition.word,
        "site_name": _name(edition),
        "made": edition.word("made", programme=_name(edition)),
        "menu": [
            {"file": address(page.id), "title": edition.text(f"site.{page.id}.menu")}
            for page in _shown(edition, around)
        ],
        "help_file": address(HELP),
    }


def _name(edition: SiteEdition) -> str:
    """Give the name of the programme, the title of the course without one."""
    programme = edition.programme
    return programme.settings.name if programme else edition.text("course.title")


def _shown(edition: SiteEdition, around: Surroundings) -> list[SitePage]:
    """Give the pages that there are: the list of hotels only where it is published."""
    return [
        page
        for page in edition.site.settings.value.pages
        if around.register is not None or not _lists_hotels(page)
    ]


def _lists_hotels(page: SitePage) -> bool:
    return any(section.shows == "hotels" for section in page.sections)


def _views(edition: SiteEdition, around: Surroundings) -> list[tuple[str, Json]]:
    """Give file name and content of each page of one language."""
    pages = {page.id: page for page in _shown(edition, around)}
    found = [(address(page.id), _page(edition, page, pages, around)) for page in pages.values()]
    beside = contacts(edition, around.today, BESIDE_STORIES)
    for story in stories(edition):
        view = {
            "kind": "story",
            "title": story["title"],
            "lead": story["who"],
            "story": story,
            "beside": beside if story["help"] else [],
            "back": {"file": address(STORIES), "title": edition.text("site.stories.title")},
            "notice": edition.text("stories.notice"),
        }
        found.append((story["file"], view))
    return found


def _page(
    edition: SiteEdition, page: SitePage, pages: Mapping[str, SitePage], around: Surroundings
) -> Json:
    context = f"site.{page.id}"
    applies = edition.site.applies
    return {
        "kind": page.id,
        "title": edition.text(f"{context}.title"),
        "lead": edition.text(f"{context}.lead"),
        "sections": [
            _section(edition, f"{context}.{section.id}", section, pages, around)
            for section in page.sections
            if applies(section)
        ],
        "notice": edition.text("stories.notice"),
    }


def _section(
    edition: SiteEdition,
    context: str,
    section: SiteSection,
    pages: Mapping[str, SitePage],
    around: Surroundings,
) -> Json:
    return {
        "id": section.id,
        "title": edition.text(f"{context}.title"),
        "text": edition.text(f"{context}.text"),
        "after": edition.text(f"{context}.after"),
        "facts": [
            {
                "figure": edition.text(f"{context}.{fact.id}.figure"),
                "text": edition.text(f"{context}.{fact.id}.text"),
                "source": edition.word(
                    "source", source=edition.text(f"{context}.{fact.id}.source")
                ),
            }
            for fact in section.facts
            if fact.review_by >= around.today
        ],
        "links": [
            {
                "file": address(one),
                "title": edition.text(f"site.{one}.title"),
                "lead": edition.text(f"site.{one}.lead"),
            }
            for one in section.links
            if one in pages
        ],
        "shows": part(edition, section, around),
    }


def _render(name: str, view: Mapping[str, Any]) -> bytes:
    text: str = _template(f"{name}.html.jinja").render(**view)
    return f"{text.rstrip()}\n".encode()


@functools.cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("scorm_builder", "site/templates")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=loader, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)
