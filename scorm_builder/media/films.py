"""Films of `video` pages, with captions in every language: `film: night.mp4`.

The film is media/<language>/night.mp4 where there is one, else media/night.mp4; its captions are
media/<language>/night.vtt. They go into the course data: a browser loads no `<track>` from disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from programme.files import instead_of_file, is_there
from programme.problems import InputError, Problem
from programme.yaml_source import problem_at, read_text
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.pages import VideoPage
from scorm_builder.media.cut_off import EBML
from scorm_builder.media.media_file import MediaKind, faults, is_mp4
from scorm_builder.media.pictures import FOLDER, loaded
from scorm_builder.media.web_vtt import read_captions

_PUT_IT_THERE = f"Put it into {FOLDER}/."
LARGE_BYTES = 8_000_000
"""90 seconds at 480 lines and 600 kbit/s, with room."""
MOST_BYTES = 95_000_000
"""Every LMS should take a package of 100 MB."""

KIND = MediaKind(
    begins={".mp4": is_mp4, ".webm": lambda start: start.startswith(EBML)},
    called={".mp4": "MP4", ".webm": "WebM"},
    program="film",
    large_bytes=LARGE_BYTES,
    lighter="Save it with 480 lines and 600 kbit/s",
)


def film_problems(course: Course, languages: Collection[str]) -> list[Problem]:
    """Give what is wrong with the films, and with their captions in `languages`."""
    found: list[Problem] = []
    for placed in course.all_pages():
        if isinstance(placed.value, VideoPage):
            page = Placed(placed.value, placed.source, placed.path)
            found += [*_stills(page), *_film(course, page, languages)]
    return found


def film_files(course: Course, language: str) -> dict[str, bytes]:
    """Give {name in a package: content} of the films that are shown in one language."""
    pages = [placed.value for placed in course.pages() if placed.value.kind == "video"]
    return dict(loaded(film_file(course, page.film, language)) for page in pages)


def film_data(course: Course, name: str, language: str) -> dict[str, Any]:
    """Give src, bytes and captions ([start, end, words], in seconds) of a film without problems."""
    src, content = loaded(film_file(course, name, language))
    captions = _captions_file(course, name, language)
    cues, _ = read_captions(read_text(captions, str(captions)))
    listed = [[cue.start, cue.end, cue.text] for cue in cues]
    return {"src": src, "bytes": len(content), "captions": listed}


def film_file(course: Course, name: str, language: str) -> Path:
    """Give the file of a film in a language: its own, else the one for all."""
    own = course.folder / FOLDER / language / name
    return own if own.is_file() else course.folder / FOLDER / name


def _captions_file(course: Course, name: str, language: str) -> Path:
    return course.folder / FOLDER / language / Path(name).with_suffix(".vtt")


def _stills(page: Placed[VideoPage]) -> Iterator[Problem]:
    for number, card in enumerate(page.value.cards):
        if card.picture is None:
            what = "who does not take the film sees no picture here"
            yield page.problem(("cards", number), "still-picture", what, "Add picture:.")


def _film(course: Course, page: Placed[VideoPage], languages: Collection[str]) -> Iterator[Problem]:
    name = page.value.film

    def problem(code: str, what: str, fix: str) -> Problem:
        return page.problem(("film",), code, what, fix)

    if "/" in name or "\\" in name:
        fix = f"Write the file's name alone; it lies in {FOLDER}/ or {FOLDER}/<language>/."
        yield problem("path-outside", f'"{name}" names a folder', fix)
        return
    if Path(name).suffix.lower() not in KIND.begins:
        yield problem("media-kind", f'"{name}" is not a film', f"Known: {', '.join(KIND.begins)}.")
        return
    files = {language: film_file(course, name, language) for language in languages}
    for file in sorted(set(files.values())):
        shown = file.relative_to(course.folder).as_posix()
        if other := instead_of_file(file):
            yield problem("media-missing", f'"{shown}" is {other}, not a film', _PUT_IT_THERE)
            continue
        if not file.is_file():
            yield problem("media-missing", f'there is no file "{shown}"', _PUT_IT_THERE)
            continue
        for code, what, fix in faults(course.folder, file, KIND):
            found = problem(code, f'"{shown}" {what}', fix)
            is_large = code == "media-large" and file.stat().st_size <= MOST_BYTES
            yield replace(found, severity="warning") if is_large else found
    for language in languages:
        yield from _captions(course, page, language)


def _captions(course: Course, page: Placed[VideoPage], language: str) -> Iterator[Problem]:
    file = _captions_file(course, page.value.film, language)
    shown = file.relative_to(course.folder).as_posix()
    if leads_outside(course.folder, file):
        what = f'"{shown}" is a link to a place outside the course'
        yield page.problem(("film",), "path-outside", what, "Copy the file here.")
        return
    if not is_there(file):
        what = f'"{page.value.film}" has no captions in {language}'
        fix = f"Write {shown}: a line WEBVTT, then what is said and heard, with its times."
        yield page.problem(("film",), "captions-missing", what, fix)
        return
    named = f"{course.folder}/{shown}"
    try:
        text = read_text(file, named)
    except InputError as error:
        yield from error.problems
        return
    lines = tuple(text.split("\n"))
    for fault in read_captions(text)[1]:
        found = problem_at(named, lines, fault.line, 1, fault.code, fault.what, fault.fix)
        yield replace(found, severity="warning") if fault.warning else found
