"""Rules of the site's files: what they refer to is there, and every text is fit for a page."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator

from programme.languages import status_problems
from programme.problems import InputError, Problem
from programme.yaml_source import NodePath, read_text
from scorm_builder.checks.check_sources import claim_ids
from scorm_builder.checks.check_texts import text_findings
from scorm_builder.course.course import Placed
from scorm_builder.course.course_texts import Text
from scorm_builder.course.field_types import SOURCES
from scorm_builder.course.placeholders import names
from scorm_builder.course.site_records import SiteFile, StoriesFile
from scorm_builder.site.load_site import Site
from scorm_builder.site.placeholders import GENERAL, OF_WORDS

NEEDED_PAGES = ("home", "help", "stories")
"""Pages that others lead to: the first, the one with the contacts, the one before the stories."""

STORY, RESERVED = "story-", ("index", "words")
"""How the addresses of stories begin; what else is taken: the first page, the site's own words."""


def site_problems(site: Site) -> list[Problem]:
    """Give everything that is wrong with a site whose files have the right shape."""
    settings = site.settings
    found = list(status_problems(settings.value.languages, settings.source, "languages"))
    found += [*_ids(site), *_pages(site), *_signals(site), *_claims(site), *_texts(site)]
    return found


def _ids(site: Site) -> Iterator[Problem]:
    """Ids name addresses, anchors and translations: each stands once beside its like."""
    pages = site.settings.value.pages
    lists: list[tuple[Placed[SiteFile] | Placed[StoriesFile], NodePath, list[str]]] = [
        (site.settings, ("pages",), [page.id for page in pages]),
        (site.stories, ("stories",), [story.id for story in site.stories.value.stories]),
    ]
    for number, page in enumerate(pages):
        sections: NodePath = ("pages", number, "sections")
        lists.append((site.settings, sections, [section.id for section in page.sections]))
        for place, section in enumerate(page.sections):
            facts: NodePath = (*sections, place, "facts")
            lists.append((site.settings, facts, [fact.id for fact in section.facts]))
    for placed, path, ids in lists:
        for number, count in enumerate(_times_before(ids)):
            if count:
                what = f'the id "{ids[number]}" stands here a second time'
                fix = "Give each its own id."
                yield placed.problem((*path, number, "id"), "id-repeated", what, fix)


def _times_before(ids: Iterable[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for one in ids:
        yield seen[one]
        seen[one] += 1


def _pages(site: Site) -> Iterator[Problem]:
    known = [page.id for page in site.settings.value.pages]
    for needed in NEEDED_PAGES:
        if needed not in known:
            what = f'the page "{needed}" is missing, and every other page leads to it'
            yield site.settings.problem(("pages",), "site-page", what, "Write it.")
    for number, page in enumerate(site.settings.value.pages):
        if page.id in RESERVED or page.id.startswith(STORY):
            what = f'"{page.id}" is not free as the id of a page'
            taken = " or ".join(RESERVED)
            fix = f"Choose one that is not {taken}, and does not begin with {STORY}."
            yield site.settings.problem(("pages", number, "id"), "site-page", what, fix)
        for place, section in enumerate(page.sections):
            for link, target in enumerate(section.links):
                if target not in known:
                    path = ("pages", number, "sections", place, "links", link)
                    yield _unknown(site.settings, path, "page", target, known, "this file")


def _signals(site: Site) -> Iterator[Problem]:
    known = [placed.value.id for placed in site.course.signals]
    for number, page in enumerate(site.settings.value.pages):
        for place, section in enumerate(page.sections):
            path: NodePath = ("pages", number, "sections", place)
            for index, signal in enumerate(section.signals):
                if signal not in known:
                    below = (*path, "signals", index)
                    file = "the course's signals"
                    yield _unknown(site.settings, below, "signal", signal, known, file)
            if (section.shows == "signals") != bool(section.signals):
                what = "shows: signals and the list signals: belong together"
                fix = "Write both, or neither: everybody reads this page, so each is chosen."
                yield site.settings.problem((*path, "id"), "site-signals", what, fix)


def _claims(site: Site) -> Iterator[Problem]:
    path = site.course.folder / SOURCES
    try:
        known = sorted(claim_ids(read_text(path, str(path))))
    except InputError as error:
        yield from error.problems
        return
    for placed, place, claim in used_claims(site):
        if claim not in known:
            yield _unknown(placed, place, "claim", claim, known, SOURCES)


def used_claims(
    site: Site,
) -> Iterator[tuple[Placed[SiteFile] | Placed[StoriesFile], NodePath, str]]:
    """Give each claim of pages and stories: the file, the place in it, the id of the claim."""
    for number, page in enumerate(site.settings.value.pages):
        for place, section in enumerate(page.sections):
            path: NodePath = ("pages", number, "sections", place)
            for index, claim in enumerate(section.claims):
                yield site.settings, (*path, "claims", index), claim
            for fact_number, fact in enumerate(section.facts):
                for index, claim in enumerate(fact.claims):
                    yield site.settings, (*path, "facts", fact_number, "claims", index), claim
    for number, story in enumerate(site.stories.value.stories):
        for index, claim in enumerate(story.claims):
            yield site.stories, ("stories", number, "claims", index), claim


def _unknown(
    placed: Placed[SiteFile] | Placed[StoriesFile],
    path: NodePath,
    kind: str,
    name: str,
    known: list[str],
    file: str,
) -> Problem:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    fix = f'Did you mean "{near[0]}"?' if near else f"Add it to {file}, or delete it here."
    code = "site-page" if kind == "page" else f"{kind}-unknown"
    return placed.problem(path, code, f'there is no {kind} "{name}" in {file}', fix)


def _texts(site: Site) -> Iterator[Problem]:
    for text in site.texts():
        for code, what, fix, line in text_findings(text.text, text.form, _known(text)):
            yield text.problem(code, what, fix, line)
        for lost in _lost(text):
            what = f"{{{lost}}} is missing here: nothing would stand in its place"
            yield text.problem("placeholder-missing", what, f"Write {{{lost}}}.")


def _known(text: Text) -> tuple[str, ...]:
    key = _word(text)
    return GENERAL if key is None else OF_WORDS.get(key, ())


def _lost(text: Text) -> list[str]:
    """Give what one of the site's own words has to name and does not."""
    key = _word(text)
    wanted = OF_WORDS.get(key, ()) if key else ()
    return [name for name in wanted if name not in names(text.text)]


def _word(text: Text) -> str | None:
    """Give the key of one of the site's own words, None for a text of a page or story."""
    prefix = "site.words."
    return text.context.removeprefix(prefix) if text.context.startswith(prefix) else None
