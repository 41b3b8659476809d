"""A course in one language, and for whom its packages are."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from programme.directory import ProgrammeDirectory
from programme.settings import Chain
from scorm_builder.chain.chain_look import NO_LOOK, Look
from scorm_builder.course.course import Course
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.field_types import Form, Role
from scorm_builder.course.nodes import Picture
from scorm_builder.course.rich_text import to_html
from scorm_builder.media.films import film_files
from scorm_builder.media.picture_size import picture_size
from scorm_builder.media.pictures import loaded, picture_files, picture_path
from scorm_builder.media.sounds import sound_file, sound_files


@dataclass(frozen=True)
class Audience:
    """For whom a package is built: `chain` is an id of `programme.chains`, None for anybody.

    With a `role` it is for that role only, and asks nobody what work they do. `unverified` shows
    contacts that nobody has checked, marked as such.
    """

    programme: ProgrammeDirectory | None = None
    chain: str | None = None
    look: Look = NO_LOOK
    role: Role | None = None
    unverified: bool = False

    @property
    def settings(self) -> Chain | None:
        """Give the chain's settings, None for anybody."""
        return self.programme.chains[self.chain] if self.programme and self.chain else None


class Edition:
    """A course in one language: its texts as HTML, rendered once for all chains and standards."""

    def __init__(self, course: Course, language: str) -> None:
        self.course, self.language = course, language
        translation = (course.translations or {}).get(language, {})
        self._texts = {
            text.context: (translation.get(text.context, text.text), text.form)
            for text in course_texts(course)
        }

    @functools.cached_property
    def pictures(self) -> dict[str, bytes]:
        """Give {name in a package: content} of pictures, recordings and films, read once."""
        of_language = sound_files(self.course, self.language) | film_files(
            self.course, self.language
        )
        return picture_files(self.course) | of_language

    def audio(self, name: str | None) -> dict[str, str]:
        """Give {"audio": name in a package}, or nothing where there is no recording."""
        file = sound_file(self.course, name, self.language)
        return {"audio": loaded(file)[0]} if file else {}

    @functools.cache  # noqa: B019 - an edition lives as long as the build that made it
    def picture_name(self, picture: Picture) -> str:
        """Give the name of a picture in a package; its file is read once."""
        return picture_path(self.course.folder, picture)

    def picture_size(self, picture: Picture) -> tuple[int, int] | None:
        """Give its width and height, where its file says them."""
        return picture_size(self.course.folder / picture.file)

    @functools.cache  # noqa: B019 - an edition lives as long as the build that made it
    def html(self, context: str) -> str:
        """Give the text of `context` with its placeholders still open; "" if there is none."""
        text, form = self._texts.get(context, ("", Form.PLAIN))
        return to_html(text, form)

    def plain(self, context: str) -> str:
        """Give a plain text as it stands; "" if there is none."""
        return self._texts.get(context, ("", Form.PLAIN))[0]

    def is_plain(self, context: str) -> bool:
        """Tell whether the text of `context` is plain text, not HTML."""
        return self._texts.get(context, ("", Form.PLAIN))[1] is Form.PLAIN
