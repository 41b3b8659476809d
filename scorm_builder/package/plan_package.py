"""Course data and player -> PackagePlan: what a package holds, in words of no standard.

One organization, and by default one item, which launches one SCO: LMSs that refuse more are common,
and those that follow sequencing between SCOs are rare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scorm_builder.chain.chain_look import NO_LOOK, Look
from scorm_builder.link.course_data import Listing
from scorm_builder.link.data_scripts import build_hash, course_script, texts_script
from scorm_builder.link.launch_page import launch_page
from scorm_builder.link.link_player import PlayerFiles
from scorm_builder.link.split_course import split_course
from scorm_builder.package.split_scos import Part, scos_of

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
class Sco:
    """One SCO: the item by which LMSs match a learner's old attempts, its resource, its page.

    `objective` is what the SCO satisfies when it is done, None where nobody waits for it;
    `waits_for` are the objectives of others that have to be satisfied before it opens.
    """

    item_id: str
    resource_id: str
    title: str
    launch: str
    objective: str | None = None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackagePlan:
    """A package before its manifest. `files` is sorted and starts with no manifest.

    `course` is the course's id, from which every identifier is made; `pass_share` is the share
    of right answers that passes, None for a course without a check. `languages` are tags of
    BCP 47, such as "nl"; in the first of them are title and listing. `parts` are the SCOs of a
    course that is cut into several; `profiles`, for whom it is if not for the course's first.
    """

    course: str
    title: str
    launch: str
    files: tuple[PackageFile, ...]
    pass_share: Fraction | None
    languages: tuple[str, ...]
    listing: Listing
    parts: tuple[Sco, ...] = ()
    profiles: tuple[str, ...] = ()

    def without_mastery(self) -> PackagePlan:
        """Give the plan for a manifest that leaves the verdict to the content alone."""
        return replace(self, pass_share=None)

    @property
    def language(self) -> str:
        """Language of the title, the manifest and the launch page."""
        return self.languages[0]

    @property
    def manifest_id(self) -> str:
        """Identifier of the manifest, the same in every version.

        One for each language, and one for all: an LMS that matches packages by it must not take
        the Dutch package for a new version of the English one, nor the students' for the staff's.
        """
        whom = "".join(f"-{one}" for one in self.profiles)
        return f"noroom-{self.course}-{language_part(self.languages)}{whom}"

    @property
    def organization_id(self) -> str:
        """Identifier of the only organization, the same in every version."""
        return f"ORG-{self.course}"

    @property
    def scos(self) -> tuple[Sco, ...]:
        """Give the SCOs in their order; identifiers are the same in every version."""
        whole = Sco(f"ITEM-{self.course}", f"RES-{self.course}", self.title, self.launch)
        return self.parts or (whole,)

    @property
    def shared_id(self) -> str:
        """Identifier of the resource that holds what all SCOs share, where there are several."""
        return f"RES-{self.course}-shared"


def language_part(languages: Sequence[str]) -> str:
    """Give what stands for the languages in names: the tag of the only one, or `multi`."""
    return languages[0] if len(languages) == 1 else "multi"


def plan_package(
    editions: Sequence[Mapping[str, Any]],
    player: PlayerFiles,
    pictures: Mapping[str, bytes],
    listing: Listing,
    look: Look = NO_LOOK,
    profiles: Sequence[str] = (),
) -> PackagePlan:
    """Plan the package of one course: assets named by their content, and the launch page.

    `editions` come from compile_course_data, whose names of pictures are the keys of `pictures`:
    one for each language, the first of which names the package; `course.build` is set here, from
    everything else.
    """
    data = editions[0]
    own = look.styles or b""
    shown = {**pictures, **dict([look.logo] if look.logo else [])}
    names = "\n".join(shown).encode()  # each names its content by a hash
    script = _hashed("player", "js", player.script, shared=True)
    screens = _hashed("screens", "js", player.screens, shared=True)
    spoken = [_spoken(one, player.script, screens, several=len(editions) > 1) for one in editions]
    drafts = [course_script(one.first) for one in spoken]
    build = build_hash(*drafts, player.script, player.styles, own, names)
    contents = [one.course_file(build) for one in spoken]
    styles = _hashed("player", "css", player.styles, shared=True)
    looks = [_hashed("chain", "css", own, shared=True)] if own else []
    sheets = [styles.path, *(one.path for one in looks)]
    names_of_data = [one.path for one in contents]
    parts = scos_of(data)
    pages = [
        PackageFile(launch, launch_page(editions, names_of_data, script.path, sheets, sco))
        for launch, sco in [(one.launch, one.id) for one in parts] or [(LAUNCH, "")]
    ]
    media = [PackageFile(name, picture, shared=True) for name, picture in shown.items()]
    texts = [one.texts for one in spoken]
    files = (*contents, *texts, script, screens, styles, *looks, *pages, *media)
    check = data["check"]
    return PackagePlan(
        course=data["course"]["id"],
        title=data["course"]["title"],
        launch=pages[0].path,
        files=tuple(sorted(files, key=lambda file: file.path)),
        pass_share=Fraction(check["pass"], check["draw"]) if check else None,
        languages=tuple(one["course"]["language"] for one in editions),
        listing=listing,
        parts=tuple(_planned(data["course"]["id"], one) for one in parts),
        profiles=tuple(profiles),
    )


def _planned(course: str, part: Part) -> Sco:
    """Give the SCO of a part. Its ids are made from the id of its first block."""
    return Sco(
        item_id=f"ITEM-{course}-{part.id}",
        resource_id=f"RES-{course}-{part.id}",
        title=part.title,
        launch=part.launch,
        objective=None if part.waits_for else f"DONE-{part.id}",
        waits_for=tuple(f"DONE-{one}" for one in part.waits_for),
    )


@dataclass(frozen=True)
class _Spoken:
    """The course data of one language: the first file still without the build, and the texts."""

    name: str
    first: dict[str, Any]
    texts: PackageFile

    def course_file(self, build: str) -> PackageFile:
        content = course_script({**self.first, "course": {**self.first["course"], "build": build}})
        return _hashed(f"course{self.name}", "js", content)


def _spoken(
    data: Mapping[str, Any], script: bytes, screens: PackageFile, *, several: bool
) -> _Spoken:
    """Split the data of one language; file names tell the language where there are several."""
    name = f"-{data['course']['language'].lower()}" if several else ""
    first, later = split_course(data, script)
    texts = _hashed(f"texts{name}", "js", texts_script(later))
    return _Spoken(name, {**first, "later": {"screens": screens.path, "texts": texts.path}}, texts)


def _hashed(name: str, kind: str, content: bytes, *, shared: bool = False) -> PackageFile:
    """Name a file by its content: an LMS or its CDN may keep an old one for weeks."""
    return PackageFile(f"{name}-{build_hash(content)}.{kind}", content, shared)
