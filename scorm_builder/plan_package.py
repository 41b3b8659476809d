"""Course data and player -> PackagePlan: what a package holds, in words of no standard.

One organization with one item, which launches one SCO: LMSs that refuse more are common, and
those that follow sequencing between SCOs are rare.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scorm_builder.chain_look import NO_LOOK, Look
from scorm_builder.course_data import Listing, build_hash, course_script, texts_script
from scorm_builder.link_player import PlayerFiles
from scorm_builder.split_course import split_course

LAUNCH = "index.html"


@dataclass(frozen=True)
class PackageFile:
    """One file of a package: `path` with forward slashes, from the package's root.

    `shared` says that many packages carry it, so that it is worth compressing only once.
    """

    path: str
    content: bytes
    shared: bool = False


@dataclass(frozen=True)
class PackagePlan:
    """A package before its manifest. `files` is sorted and starts with no manifest.

    `course` is the course's id, from which every identifier is made; `pass_share` is the share
    of right answers that passes, None for a course without a check. `language` is a tag of
    BCP 47, such as "nl".
    """

    course: str
    title: str
    launch: str
    files: tuple[PackageFile, ...]
    pass_share: Fraction | None
    language: str
    listing: Listing

    def without_mastery(self) -> PackagePlan:
        """Give the plan for a manifest that leaves the verdict to the content alone."""
        return replace(self, pass_share=None)

    @property
    def manifest_id(self) -> str:
        """Identifier of the manifest, the same in every version.

        One for each language: an LMS that matches packages by it must not take the Dutch package
        for a new version of the English one.
        """
        return f"noroom-{self.course}-{self.language}"

    @property
    def organization_id(self) -> str:
        """Identifier of the only organization, the same in every version."""
        return f"ORG-{self.course}"

    @property
    def item_id(self) -> str:
        """Identifier of the only item, by which LMSs match a learner's old attempts."""
        return f"ITEM-{self.course}"

    @property
    def resource_id(self) -> str:
        """Identifier of the only resource, the SCO."""
        return f"RES-{self.course}"


def plan_package(
    data: Mapping[str, Any],
    player: PlayerFiles,
    pictures: Mapping[str, bytes],
    listing: Listing,
    look: Look = NO_LOOK,
) -> PackagePlan:
    """Plan the package of one course: assets named by their content, and the launch page.

    `data` comes from compile_course_data, whose names of pictures are the keys of `pictures`;
    `course.build` is set here, from everything else.
    """
    own = look.styles or b""
    shown = {**pictures, **dict([look.logo] if look.logo else [])}
    names = "\n".join(shown).encode()  # each names its content by a hash
    script = _hashed("player", "js", player.script, shared=True)
    screens = _hashed("screens", "js", player.screens, shared=True)
    first, later = split_course(data, player.script)
    texts = _hashed("texts", "js", texts_script(later))
    first["later"] = {"screens": screens.path, "texts": texts.path}
    build = build_hash(course_script(first), player.script, player.styles, own, names)
    first["course"] = {**data["course"], "build": build}
    styles = _hashed("player", "css", player.styles, shared=True)
    looks = [_hashed("chain", "css", own, shared=True)] if own else []
    content = _hashed("course", "js", course_script(first))
    page = _launch_page(
        data, script.path, [styles.path, *(one.path for one in looks)], content.path
    )
    media = [PackageFile(name, picture, shared=True) for name, picture in shown.items()]
    files = (content, texts, script, screens, styles, *looks, PackageFile(LAUNCH, page), *media)
    check = data["check"]
    return PackagePlan(
        course=data["course"]["id"],
        title=data["course"]["title"],
        launch=LAUNCH,
        files=tuple(sorted(files, key=lambda file: file.path)),
        pass_share=Fraction(check["pass"], check["draw"]) if check else None,
        language=data["course"]["language"],
        listing=listing,
    )


def _hashed(name: str, kind: str, content: bytes, *, shared: bool = False) -> PackageFile:
    """Name a file by its content: an LMS or its CDN may keep an old one for weeks."""
    return PackageFile(f"{name}-{build_hash(content)}.{kind}", content, shared)


def _launch_page(
    data: Mapping[str, Any], script: str, styles: list[str], course_data: str
) -> bytes:
    text = _template().render(
        language=data["course"]["language"],
        dir=data["course"]["dir"],
        title=data["course"]["title"],
        script=script,
        styles=styles,
        course_data=course_data,
        messages=data["messages"],
    )
    return f"{text.rstrip()}\n".encode()


@functools.cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("scorm_builder", "templates")
    environment = Environment(autoescape=True, undefined=StrictUndefined, loader=loader)
    return environment.get_template("index.html.jinja")
