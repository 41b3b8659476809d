"""Old package, new package -> Update: what replacing one by the other does to learners.

Progress is stored by ids (player/state/suspend_data.js): what is still there is kept, what is gone
is dropped, and a learner walks on from the first page not yet seen (player/state/course_map.js).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any, Literal

from programme.problems import Problem
from scorm_builder.inspect.findings import counted, some
from scorm_builder.inspect.our_course import parts_of, progress_ids
from scorm_builder.lint.published import Published

Verdict = Literal["same", "safe", "back", "new_version"]
_CONTENT = ("blocks", "check", "help")
_IDENTITY = ("homePage", "salt", "course", "namespace")


@dataclass(frozen=True)
class Change:
    """Ids of one sort: how many stay, which go, which come."""

    kept: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One consequence; `breaks` when learners in progress, or their records, would be harmed."""

    code: str
    what: str
    fix: str
    breaks: bool


@dataclass(frozen=True)
class Page:
    """A page to which learners go back; `number` counts from 1 in the new course."""

    number: int
    id: str


@dataclass(frozen=True)
class Update:
    """An old package with the new one that takes its place.

    `changes` has pages, statements and questions; `back_to` the pages at which learners who were
    further have to go on.
    """

    old: str
    new: str
    old_version: str
    new_version: str
    changes: dict[str, Change]
    back_to: tuple[Page, ...]
    reasons: tuple[Reason, ...]
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        """Give the facts as nested dicts and lists."""
        return asdict(self)

    def problems(self, *, major: bool) -> list[Problem]:
        """Give the consequences as problems: errors unless the update is meant to be `major`."""
        return [
            Problem(
                self.new, 0, 0, one.code, one.what, one.fix,
                "error" if one.breaks and not major else "warning",
            )
            for one in self.reasons
        ]  # fmt: skip


def likeness_of(old: Published, new: Published) -> int:
    """Tell how surely a new package replaces an old one; 0: it does not.

    Standard and language have to be the same; a package with a choice of languages replaces one
    of its kind before any other. A package that reports nowhere does not name its
    chain: then the folder, which `noroom build` names after the chain, is the next best hint.
    """
    if (new.standard, new.language) != (old.standard, old.language):
        return 0
    if _chain(old) and _chain(new) and _chain(old) != _chain(new):
        return 0
    same_folder = PurePath(old.path).parent.name == PurePath(new.path).parent.name
    same_kind = (old.together > 1) == (new.together > 1)
    return 1 + 4 * same_kind + 2 * (_chain(old) == _chain(new)) + same_folder


def compare(old: Published, new: Published) -> Update:
    """Tell what learners of `old` meet when `new` takes its place."""
    before, after = progress_ids(old.data), progress_ids(new.data)
    changes = {name: _change(before[name], after[name]) for name in before}
    back = tuple(back_to(before["pages"], after["pages"]))
    reasons = tuple(_reasons(old, new))
    is_same = old.data == new.data and old.identifiers == new.identifiers
    verdict: Verdict = "same" if is_same else "back" if back else "safe"
    if any(one.breaks for one in reasons):
        verdict = "new_version"
    was, now = (str(one.course.get("version", "")) for one in (old, new))
    return Update(old.path, new.path, was, now, changes, back, reasons, verdict)


def back_to(before: list[str], after: list[str]) -> Iterator[Page]:
    """Give the pages at which learners go on, though they have been further, in their order.

    Walks as every learner: somebody has seen the first n old pages; what is not yet seen?
    """
    places = {page: number for number, page in enumerate(after)}
    seen: set[str] = set()
    told: set[int] = set()
    for page in before:
        seen.add(page)
        next_unseen = next((n for n, one in enumerate(after) if one not in seen), len(after))
        furthest = max((places[one] for one in seen if one in places), default=-1)
        if next_unseen < furthest and next_unseen not in told:
            told.add(next_unseen)
            yield Page(next_unseen + 1, after[next_unseen])


def _chain(one: Published) -> str:
    return str(one.tracking.get("homePage", "")).rpartition("/chain/")[2]


def _change(before: list[str], after: list[str]) -> Change:
    removed = tuple(one for one in before if one not in set(after))
    added = tuple(one for one in after if one not in set(before))
    return Change(len(before) - len(removed), removed, added)


def _reasons(old: Published, new: Published) -> Iterator[Reason]:
    yield from _identity(old, new)
    yield from _version(old, new)
    yield from _parts(old, new)
    if old.course.get("id") == new.course.get("id"):
        yield from _check(old.data.get("check"), new.data.get("check"))


def _identity(old: Published, new: Published) -> Iterator[Reason]:
    before, after = old.course.get("id"), new.course.get("id")
    if before != after:
        what = f'the course was "{before}" and is now "{after}": nobody\'s progress would be found'
        fix = "Keep the id, or publish it beside the old course as another one."
        yield Reason("update-course", what, fix, True)
        return
    gone = old.identifiers - new.identifiers
    if gone:
        what = f"the manifest no longer has {some(gone)}, by which an LMS finds old attempts"
        fix = "Keep the course's id and the programme's iri, or publish it as a new course."
        yield Reason("update-identifiers", what, fix, True)
    if old.state_format != new.state_format:
        what = "the player stores progress in another form, and would not read the old one"
        fix = "Let learners finish the old package, and publish this one beside it."
        yield Reason("update-progress", what, fix, True)
    changed = [key for key in _IDENTITY if old.tracking.get(key) != new.tracking.get(key)]
    if old.tracking and new.tracking and changed:
        what = f"statements go out under another {', '.join(changed)}: learners would count twice"
        fix = "Keep iri, chain id and pseudonym_salt as they were."
        yield Reason("update-learners", what, fix, True)


def _version(old: Published, new: Published) -> Iterator[Reason]:
    before, after = old.course.get("version"), new.course.get("version")
    same = all(old.data.get(key) == new.data.get(key) for key in _CONTENT)
    same = same and old.course.get("title") == new.course.get("title")
    if before == after and not same:
        what = f"the content differs, but both are version {after}"
        fix = "Raise version: in course.yaml, so that records say who saw what."
        yield Reason("update-version", what, fix, True)


def _parts(old: Published, new: Published) -> Iterator[Reason]:
    """Look at a course of several SCOs, each of which keeps progress and status of its own."""
    before, after = parts_of(old.data), parts_of(new.data)
    if not before or not after:
        return
    added = sorted(set(after.values()) - set(before.values()))
    if added:
        what = f"the LMS gets a new part ({some(added)}): who has finished is unfinished again"
        fix = "Put the pages into a block that is there, or publish it as a new version."
        yield Reason("update-parts", what, fix, True)
    moved = [page for page in before if page in after and before[page] != after[page]]
    if moved:
        what = f"pages move to another part ({some(moved)}), where nobody has seen them yet"
        fix = "Leave them in their block, unless learners should see them again."
        yield Reason("update-parts", what, fix, False)


def _check(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Iterator[Reason]:
    if before is None or after is None:
        if before != after:
            now = "now has a check" if before is None else "no longer has a check"
            what = f"the course {now}: a completion would mean something else than before"
            fix = "Publish it as a new version of the training, beside the old one."
            yield Reason("update-check", what, fix, True)
        return
    yield from _tries(before, after)
    shares = [(one["pass"], one["draw"]) for one in (before, after)]
    if shares[0][0] * shares[1][1] != shares[1][0] * shares[0][1]:
        (was, of), (now_pass, now_of) = shares
        what = f"the pass mark was {was} of {of} and is now {now_pass} of {now_of}"
        fix = "Correct it in the LMS, too: several copy it when a package is first imported."
        yield Reason("update-pass-mark", what, fix, False)


def _tries(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Reason]:
    """Look at a learner in the middle of a try: can it still be passed with what is left of it?"""
    left = {one["id"] for one in after["questions"]}
    lost = [one["id"] for one in before["questions"] if one["id"] not in left]
    remaining = before["draw"] - min(len(lost), before["draw"])
    if remaining < after["pass"]:
        gone = f"{counted(len(lost), 'question')} gone ({some(lost)})" if lost else "a higher mark"
        what = (
            f"with {gone}, a try that has begun may keep {remaining} of {before['draw']} "
            f"questions, and {after['pass']} have to be right"
        )
        fix = "Keep more of the old questions, or publish it as a new version."
        yield Reason("update-draw", what, fix, True)
    always = {one["id"] for one in before["questions"] if one.get("must_pass")}
    new_must = [
        one["id"] for one in after["questions"] if one.get("must_pass") and one["id"] not in always
    ]
    if new_must:
        what = f"a try that has begun may not hold {some(new_must)}, which now has to be right"
        fix = "Add it without must_pass: true, or publish it as a new version."
        yield Reason("update-draw", what, fix, True)
