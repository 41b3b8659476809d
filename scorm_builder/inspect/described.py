"""What a package says of itself, in words that fit every standard."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from scorm_builder.inspect.findings import GRADES, Finding, in_order

KINDS = {
    "scorm12": "SCORM 1.2",
    "scorm2004-2": "SCORM 2004 2nd edition",
    "scorm2004-3": "SCORM 2004 3rd edition",
    "scorm2004-4": "SCORM 2004 4th edition",
    "cmi5": "cmi5",
    "xapi": "xAPI (tincan.xml)",
    "aicc": "AICC",
    "web": "a web site, for hotels without an LMS",
    "unknown": "unknown: no manifest could be read",
}
"""The kinds of package, named as `noroom build --standard` names its own."""


@dataclass(frozen=True)
class Launch:
    """One thing that an LMS starts: a SCO, an AU or an activity.

    `file` is a name in the package or an address; `pass_mark` and `move_on` stand as in the
    manifest, "" where it says nothing.
    """

    id: str
    title: str
    file: str
    pass_mark: str = ""
    move_on: str = ""


@dataclass
class Described:
    """What the file of one standard says, and what is wrong with it."""

    kind: str
    manifest: str = ""
    titles: list[str] = field(default_factory=list)
    launches: list[Launch] = field(default_factory=list)
    sequencing: str = ""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class OurCourse:
    """What a package of noroom's own says: one language of one course, for one chain or nobody.

    `keys` are {pages | statements | questions: [id]}, the ids by which progress is stored.
    """

    course: str
    version: str
    build: str
    language: str
    draft: bool
    chain: str
    hotel: str
    reports_to: str
    keys: dict[str, list[str]]


@dataclass(frozen=True)
class Report:
    """All that `noroom inspect` knows; sizes in bytes, `largest` as [(name, bytes)]."""

    package: str
    kind: str
    also: tuple[str, ...]
    manifest: str
    titles: tuple[str, ...]
    launches: tuple[Launch, ...]
    sequencing: str
    ours: tuple[OurCourse, ...]
    files: int
    bytes: int
    unpacked: int
    largest: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]

    @property
    def is_rejected(self) -> bool:
        """Tell whether an LMS would reject the package."""
        return any(one.grade == "rejected" for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Give the facts, the findings worst first, and how many there are of each grade."""
        facts = asdict(self)
        facts["kind_name"] = KINDS[self.kind]
        facts["largest"] = [{"name": name, "bytes": size} for name, size in self.largest]
        facts["findings"] = [one.as_json() for one in in_order(self.findings)]
        facts["counts"] = {
            grade: sum(one.grade == grade for one in self.findings) for grade in GRADES
        }
        return facts
