"""Pictures of a course: they exist, are what their names say, and carry nothing that could run.

A picture stands on a page or a card as `picture: {file: media/door.svg, description: …}`. In a
package it is named by its content, so that no cache keeps an old one.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from programme.files import instead_of_file, read_bytes
from programme.problems import Problem
from programme.yaml_source import NodePath
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.nodes import Picture
from scorm_builder.course.pages import AnyPage

KINDS = (".svg", ".png", ".jpg", ".jpeg")
LARGE_BYTES = 200_000
MOST_BYTES = 20_000_000
UNREADABLE_MEDIA = "Check that it is a file of a sensible size, and that you may read it."
_LOADED_BYTES = 200_000_000
FOLDER = "media"

_SIGNATURES = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset(["script", "foreignObject", "iframe", "a", "animate", "set", "handler"])


def picture_problems(course: Course) -> list[Problem]:
    """Give what is wrong with the pictures of all pages and cards."""
    return [problem for placed in _pictures(course) for problem in _check(course.folder, placed)]


def picture_path(folder: Path, picture: Picture) -> str:
    """Give the name in a package, such as `door-1a2b3c4d.svg`."""
    return loaded(folder / picture.file)[0]


def picture_files(course: Course) -> dict[str, bytes]:
    """Give {name in a package: content} of every picture that is shown."""
    shown = (page for _, pages in course.blocks_left() for page in pages)
    found = {}
    for page in shown:
        for picture in pictures_on(course, page):
            name, content = loaded(course.folder / picture.file)
            found[name] = content
    return dict(sorted(found.items()))


def loaded(file: Path) -> tuple[str, bytes]:
    """Give the name in a package and the content; a file that has not changed is read only once."""
    stamp = file.stat()
    return _load(file, stamp.st_mtime_ns, stamp.st_size)


@functools.lru_cache(maxsize=128)
def _load(file: Path, _changed: int, _size: int) -> tuple[str, bytes]:
    content = read_bytes(file, _LOADED_BYTES)
    digest = hashlib.sha256(content).hexdigest()[:8]
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "picture"
    return f"{stem[:40]}-{digest}{file.suffix.lower()}", content


def pictures_on(course: Course, page: AnyPage) -> Iterator[Picture]:
    """Give the pictures of a page, its scene and its cards, as far as they apply."""
    if page.picture is not None:
        yield page.picture
    if page.kind == "hotspot":
        yield page.scene
    if page.kind in ("cards", "video"):
        for card in page.cards:
            if card.picture is not None and course.applies(card):
                yield card.picture


def _pictures(course: Course) -> Iterator[Placed[Picture]]:
    for placed in course.all_pages():
        page = placed.value
        if page.picture is not None:
            yield Placed(page.picture, placed.source, (*placed.path, "picture"))
        if page.kind == "hotspot":
            yield Placed(page.scene, placed.source, (*placed.path, "scene"))
        if page.kind in ("cards", "video"):
            for number, card in enumerate(page.cards):
                if card.picture is not None:
                    path: NodePath = (*placed.path, "cards", number, "picture")
                    yield Placed(card.picture, placed.source, path)


def _check(folder: Path, placed: Placed[Picture]) -> Iterator[Problem]:
    name = placed.value.file

    def problem(code: str, what: str, fix: str) -> Problem:
        return placed.problem(("file",), code, what, fix)

    path = PurePosixPath(name)
    if path.parts[:1] != (FOLDER,) or ".." in path.parts or "\\" in name:
        what = f'"{name}" is not in the course\'s folder {FOLDER}/'
        yield problem("path-outside", what, f"Put it there and write {FOLDER}/{path.name}.")
        return
    file = folder / name
    if leads_outside(folder, file):
        what = f'"{name}" is a link to a place outside the course'
        yield problem("path-outside", what, "Copy the file here.")
    elif file.suffix.lower() not in KINDS:
        yield problem("media-kind", f'"{name}" is not a picture', f"Known: {', '.join(KINDS)}.")
    elif other := instead_of_file(file):
        yield problem("media-missing", f'"{name}" is {other}, not a picture', _near(folder, name))
    elif not file.is_file():
        yield problem("media-missing", f'there is no file "{name}"', _near(folder, name))
    else:
        wrong = wrong_picture(file)
        content = b"" if wrong else read_bytes(file, MOST_BYTES)
        if wrong:
            yield problem("media-content", f'"{name}" {wrong[0]}', wrong[1])
        elif file.suffix.lower() == ".svg" and _has_text(content):
            what = f'"{name}" has words in it, which no translator and no screen reader reaches'
            yield problem("picture-words", what, "Delete each <text>; write the words on the page.")
        elif len(content) > LARGE_BYTES:
            what = f'"{name}" has {len(content):,} bytes'
            fix = f"Phones on a slow line wait for it; stay below {LARGE_BYTES:,} bytes."
            yield replace(problem("media-large", what, fix), severity="warning")


def _near(folder: Path, name: str) -> str:
    names = [one.relative_to(folder).as_posix() for one in (folder / FOLDER).rglob("*.*")]
    match = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f'Did you mean "{match[0]}"?' if match else f"Put the picture into {FOLDER}/."


def wrong_picture(file: Path) -> tuple[str, str] | None:
    """Give what is wrong with the content of a picture, and the cure; None if nothing."""
    try:
        content = read_bytes(file, MOST_BYTES)
    except OSError as error:
        return f"cannot be read: {error.strerror}", UNREADABLE_MEDIA
    return _wrong_svg(content) if file.suffix.lower() == ".svg" else _wrong_raster(file, content)


def _wrong_raster(file: Path, content: bytes) -> tuple[str, str] | None:
    start = content[:16]
    if start.startswith(_SIGNATURES[file.suffix.lower()]):
        return None
    real = next((kind for kind, sign in _SIGNATURES.items() if start.startswith(sign)), None)
    fix = f"Rename it to end in {real}." if real else "Export it again from your drawing program."
    return f"is not the {file.suffix.lower()[1:].upper()} that its name says", fix


def read_svg(content: bytes) -> Any:
    """Parse an SVG without network and entities; raises XMLSyntaxError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _has_text(content: bytes) -> bool:
    return next(read_svg(content).iter(f"{_SVG}text"), None) is not None


def _wrong_svg(content: bytes) -> tuple[str, str] | None:
    """Give what an SVG has that a package must not carry: scripts, links, other files."""
    from lxml import etree

    try:
        root = read_svg(content)
    except etree.XMLSyntaxError as error:
        return f"is not well-formed: {error.msg}", "Export it again from your drawing program."
    if b"<!DOCTYPE" in content:
        return "has a DOCTYPE", 'Delete the line that starts with "<!DOCTYPE".'
    if root.tag != f"{_SVG}svg":
        return "is not an SVG picture", "Its first element is <svg> in the SVG namespace."
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _ACTIVE:
            return f"has a <{name}> (line {element.sourceline})", "Delete it: a picture only shows."
        if name == "style" and _style_leads_away(element.text or ""):
            what = f"loads other files in its <style> (line {element.sourceline})"
            return what, "Delete @import and url(…) there."
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname
            if local.startswith("on") or _leads_away(local, str(value)):
                return f"has {local}= (line {element.sourceline})", "Delete it."
    return None


def _style_leads_away(css: str) -> bool:
    return "@import" in css or re.search(r"url\((?!['\"]?#)", css) is not None


def _leads_away(attribute: str, value: str) -> bool:
    if attribute == "href" and not value.startswith("#"):
        return True
    return "url(" in value and not re.search(r"url\(['\"]?#", value)
