"""site/site.yaml and site/stories.yaml -> Site, or all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from programme.files import is_there
from programme.problems import InputError, Problem
from programme.validate import Model, validate
from programme.yaml_source import read_yaml
from scorm_builder.course.course import Course, Placed
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.course.course_texts import Text, texts_of
from scorm_builder.course.site_records import SiteFile, SiteSection, StoriesFile

FOLDER, SITE, STORIES = "site", "site.yaml", "stories.yaml"


@dataclass(frozen=True)
class Site:
    """The public site of a course, in its source language."""

    course: Course
    settings: Placed[SiteFile]
    stories: Placed[StoriesFile]

    @property
    def folder(self) -> Path:
        """The folder of the site's files."""
        return self.course.folder / FOLDER

    @property
    def locale(self) -> Path:
        """The folder of its translations."""
        return self.folder / "locale"

    def texts(self) -> Iterator[Text]:
        """Give every text in the order of the files, under contexts `site.…` and `stories.…`.

        `site.words.<key>`, `site.<page>.<field>`, `site.<page>.<section>.<field>`,
        `site.<page>.<section>.<fact>.<field>`; `stories.notice`, `stories.<story>.<field>`.
        """
        words = Placed(self.settings.value.words, self.settings.source, ("words",))
        yield from texts_of(words, "site.words")
        yield from texts_of(self.settings, "site", without="words")
        yield from texts_of(self.stories, "stories")

    def applies(self, section: SiteSection) -> bool:
        """Tell whether a section belongs to the site, as the course is set."""
        if section.only_if is None:
            return True
        danger_rule = self.course.settings.value.danger_rule != "off"
        return (section.only_if == "danger_rule") == danger_rule

    def translated(self) -> list[str]:
        """Give the languages that there are PO files for."""
        return sorted(file.stem for file in self.locale.glob("*.po"))


def has_site(course: Course) -> bool:
    """Tell whether a course has a public site."""
    return is_there(course.folder / FOLDER / SITE)


def load_site(course: Course) -> Site:
    """Read and check the site of a course; raises InputError with every problem."""
    from scorm_builder.site.check_site import site_problems

    folder = course.folder / FOLDER
    if not has_site(course):
        what = "this course has no public site"
        fix = f"Write {FOLDER}/{SITE} and {FOLDER}/{STORIES}, as courses/no-room has them."
        raise InputError([Problem(str(folder / SITE), 0, 0, "site-missing", what, fix)])
    problems: list[Problem] = []
    settings = _read(course, folder / SITE, SiteFile, problems)
    stories = _read(course, folder / STORIES, StoriesFile, problems)
    if settings is None or stories is None or problems:
        raise InputError(problems)
    site = Site(course, settings, stories)
    if found := site_problems(site):
        raise InputError(found)
    return site


def _read(
    course: Course, path: Path, model: type[Model], problems: list[Problem]
) -> Placed[Model] | None:
    if leads_outside(course.folder, path):
        what, fix = "this is a link to a place outside the course", "Copy the file here."
        problems.append(Problem(str(path), 0, 0, "path-outside", what, fix))
        return None
    try:
        source = read_yaml(path)
    except InputError as error:
        problems += error.problems
        return None
    found, wrong = validate(model, source)
    problems += wrong
    return None if found is None else Placed(found, source)
