"""Course: everything that load_course has read, resolved and found right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from programme.contacts.read_contacts import country_code
from programme.languages import LanguageStatus
from programme.problems import Problem
from programme.yaml_source import NodePath, Source
from scorm_builder.course.course_model import (
    Block,
    CourseFile,
    ProfileChoice,
    Question,
    seconds,
)
from scorm_builder.course.course_records import Signal
from scorm_builder.course.field_types import Role
from scorm_builder.course.nodes import Node
from scorm_builder.course.pages import AnyPage, PageNode

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class Placed(Generic[Value]):
    """A value of a course file together with its place: `path` inside `source`."""

    value: Value
    source: Source
    path: NodePath = ()

    def problem(self, steps: NodePath, code: str, what: str, fix: str) -> Problem:
        """Make a Problem at `steps` below this value."""
        return self.source.problem((*self.path, *steps), code, what, fix)


@dataclass(frozen=True)
class Course:
    """A course. `translations` maps a language to {context: text}, the source language left out.

    `blocks`, `questions` and `signals` hold everything that the files hold; what `only_if` and
    `roles` leave out is filtered by `applies`. `warnings` are problems that stop nothing.
    `offered` are ids of the profiles that it is for; none: for the first one, or for everybody.
    """

    folder: Path
    settings: Placed[CourseFile]
    blocks: tuple[Placed[Block], ...]
    questions: tuple[Placed[Question], ...] = ()
    signals: tuple[Placed[Signal], ...] = ()
    translations: dict[str, dict[str, str]] | None = None
    warnings: tuple[Problem, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The course's id, stable over versions and languages."""
        return self.settings.value.id

    @property
    def languages(self) -> dict[str, LanguageStatus]:
        """The course's languages with their status, the source language first."""
        return self.settings.value.languages

    @property
    def source_language(self) -> str:
        """The language in which the YAML files are written."""
        return next(iter(self.languages))

    @property
    def country(self) -> str:
        """The country whose contacts are shown, such as "NL"."""
        return country_code(self.settings.value.country)

    def in_country(self, country: str | None) -> Course:
        """Give the course with the contacts of another country; None: with its own."""
        if country is None or country_code(country) == self.country:
            return self
        settings = self.settings.value.model_copy(update={"country": country_code(country)})
        return replace(self, settings=replace(self.settings, value=settings))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that learners can choose, in the author's order; none: all get the same."""
        every = tuple(choice.id for choice in self.settings.value.roles or ())
        own = [one.roles for one in self.profiles if one.roles is not None]
        if not own or len(own) < len(self.profiles):
            return every
        return tuple(role for role in every if any(role in roles for roles in own))

    def for_everybody(self) -> Course:
        """Give the course with the pages of all its profiles."""
        return self.for_profiles(one.id for one in self.settings.value.profiles or ())

    @property
    def profiles(self) -> tuple[ProfileChoice, ...]:
        """The profiles that the course is for, in the author's order; none: it has none."""
        every = self.settings.value.profiles or []
        wanted = self.offered or tuple(one.id for one in every[:1])
        return tuple(one for one in every if one.id in wanted)

    def for_profiles(self, offered: Iterable[str]) -> Course:
        """Give the course for these profiles; itself where that says nothing new."""
        wanted = tuple(offered)
        first = [one.id for one in (self.settings.value.profiles or [])[:1]]
        return self if not wanted or [*wanted] == first else replace(self, offered=wanted)

    def roles_of(self, node: Node) -> tuple[Role | None, ...]:
        """Give the roles that get a node; (None,) in a course without roles."""
        return tuple(role for role in self.roles if self.applies(node, role)) or (None,)

    def applies(self, node: Node, role: Role | None = None) -> bool:
        """Tell whether a node belongs to the course as it is set, and to `role` if one is named."""
        if role is not None and node.roles and role not in node.roles:
            return False
        if isinstance(node, PageNode) and node.profiles and not self._is_for(node.profiles):
            return False
        if node.only_if is None:
            return True
        return (node.only_if == "danger_rule") == (self.settings.value.danger_rule != "off")

    def _is_for(self, profiles: Iterable[str]) -> bool:
        return any(one.id in profiles for one in self.profiles)

    def blocks_left(self, role: Role | None = None) -> Iterator[tuple[Block, list[AnyPage]]]:
        """Give the blocks that have a page that applies, each with those pages, in order."""
        for placed in self.blocks:
            pages = [page for page in placed.value.pages if self.applies(page, role)]
            if pages:
                yield placed.value, pages

    def seconds(self) -> int:
        """Give the time that the blocks take."""
        return sum(seconds(block.minutes) for block, _ in self.blocks_left())

    def pages(self, role: Role | None = None) -> Iterator[Placed[AnyPage]]:
        """Give every page that applies, in the order in which learners walk."""
        return (page for page in self.all_pages() if self.applies(page.value, role))

    def all_pages(self) -> Iterator[Placed[AnyPage]]:
        """Give every page of the files, in order."""
        for block in self.blocks:
            for number, page in enumerate(block.value.pages):
                yield Placed(page, block.source, (*block.path, "pages", number))

    def pool(self, role: Role | None = None) -> list[Placed[Question]]:
        """Give the questions that apply, in the order of the file."""
        return [placed for placed in self.questions if self.applies(placed.value, role)]
