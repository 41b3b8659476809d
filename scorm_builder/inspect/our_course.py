"""The course data of a package that noroom made -> OurCourse, and whether its parts agree.

The shape is docs/contracts.md section 5. A package of an older or newer noroom, or one that
somebody has edited, may lack anything.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import posixpath
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

from scorm_builder.inspect.described import Launch, OurCourse
from scorm_builder.inspect.findings import Finding, quoted
from scorm_builder.inspect.numbers import number
from scorm_builder.inspect.read_archive import Archive, UnreadableEntryError

_NAME = re.compile(r"course-[A-Za-z0-9-]*\.js")
_DATA = re.compile(
    rb"\A(?:\xef\xbb\xbf)?globalThis\.noroomCourse\s*=\s*(\{.*\})\s*;\s*\Z", re.DOTALL
)
_PERCENT, _WHOLE = 100, 1
_WITHOUT_PASS_MARK = ("xapi",)
"""Kinds whose manifest has no place for one."""
_ALWAYS_PASS_MARK = ("cmi5",)
"""Kinds whose manifest has to name it, as docs/contracts.md, section 5, says of `mastery`."""

Json = dict[str, Any]


def course_data(archive: Archive) -> dict[str, Json]:
    """Give {file name: course data} of a package of ours; empty for anybody else's."""
    found = {}
    for name in sorted(archive.files):
        if not _NAME.fullmatch(posixpath.basename(name)):
            continue
        try:
            shaped = _DATA.match(archive.read(name))
            data = json.loads(shaped[1]) if shaped else None
        except (UnreadableEntryError, ValueError, RecursionError):
            continue
        if isinstance(data, dict) and isinstance(data.get("course"), dict):
            found[name] = data
    return found


def describe_course(data: Json) -> OurCourse:
    """Give who the course is, for whom it was built, and the ids that progress hangs on."""
    course, tracking = _dict(data.get("course")), _dict(data.get("tracking"))
    return OurCourse(
        course=_text(course.get("id")),
        version=_text(course.get("version")),
        build=_text(course.get("build")),
        language=_text(course.get("language")),
        draft=course.get("draft") is True,
        chain=_text(tracking.get("homePage")).rpartition("/chain/")[2],
        hotel=_text(tracking.get("hotel")).rpartition("/hotel/")[2],
        reports_to=_host(_text(tracking.get("endpoint"))),
        keys={name: list(ids) for name, ids in progress_ids(data).items()},
    )


def progress_ids(data: Json) -> dict[str, list[str]]:
    """Give the ids that suspend_data stores by their keys: {pages, statements, questions}."""
    pages = pages_of(data)
    statements = [
        f"{_text(page.get('id'))}/{_text(one.get('id'))}"
        for page in pages
        for one in _dicts(page.get("statements"))
    ]
    questions = _dicts(_dict(data.get("check")).get("questions"))
    return {
        "pages": [_text(page.get("id")) for page in pages],
        "statements": statements,
        "questions": [_text(one.get("id")) for one in questions],
    }


def pages_of(data: Json) -> list[Json]:
    """Give the pages in the order in which learners walk."""
    return [page for block in _dicts(data.get("blocks")) for page in _dicts(block.get("pages"))]


def parts_of(data: Json) -> dict[str, str]:
    """Give {page: first block of its SCO}; empty where the course is one SCO, or malformed."""
    scos = data.get("scos")
    owners = {
        _text(block): _text(blocks[0])
        for blocks in (scos if isinstance(scos, list) else [])
        if isinstance(blocks, list) and blocks
        for block in blocks
    }
    return {
        _text(page.get("id")): owners[_text(block.get("id"))]
        for block in _dicts(data.get("blocks"))
        if _text(block.get("id")) in owners
        for page in _dicts(block.get("pages"))
    }


def pass_share(data: Json) -> Fraction | None:
    """Give the share of right answers that passes; None without a check, or with a broken one."""
    check = _dict(data.get("check"))
    wanted, drawn = check.get("pass"), check.get("draw")
    if isinstance(wanted, int) and isinstance(drawn, int) and drawn > 0:
        return Fraction(wanted, drawn)
    return None


def threshold_findings(
    data: Json, launches: list[Launch], kind: str, manifest: str
) -> Iterator[Finding]:
    """Compare the pass mark in the manifest, if it has one, with the player's own."""
    if kind in _WITHOUT_PASS_MARK:
        return
    share = pass_share(data)
    scale = _PERCENT if kind == "scorm12" else _WHOLE
    for launch in launches:
        said = number(launch.pass_mark)
        if said is None and (kind not in _ALWAYS_PASS_MARK or share is None):
            continue
        if share is None or said is None or not _is_same(share, said, scale):
            here = f"{launch.pass_mark or 'none'} in {manifest}"
            there = "none" if share is None else f"{share.numerator} of {share.denominator} right"
            what = f"two pass marks: {here}, {there} in the course"
            fix = "Build the package again: an LMS decides by the first, the player by the second."
            yield Finding("changed", "pass-mark-differs", manifest, what, fix)


def public_values(data: Json) -> list[bytes]:
    """Give what stands in the data once for everybody to read: the publishable key, the salt."""
    tracking = _dict(data.get("tracking"))
    found = [tracking.get("authorization"), tracking.get("salt")]
    return [value.encode() for value in found if isinstance(value, str) and value]


def public_key(data: Json) -> str:
    """Give the name of the key that the package sends statements with; "" if it sends none."""
    value = str(_dict(data.get("tracking")).get("authorization") or "")
    try:
        decoded = base64.b64decode(value.removeprefix("Basic "), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return quoted(decoded.decode("utf-8", "replace").partition(":")[0])


def _is_same(share: Fraction, said: Decimal, scale: int) -> bool:
    """Manifests round down: to whole percent in SCORM 1.2, to four places elsewhere."""
    steps = _PERCENT if scale == _PERCENT else 10_000
    return Fraction(said) / scale == Fraction(math.floor(share * steps), steps)


def _host(address: str) -> str:
    try:
        return quoted(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def _text(value: object) -> str:
    return quoted(value) if isinstance(value, str) else ""


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
