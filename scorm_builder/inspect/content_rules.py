"""Pages, scripts and styles -> findings: what browsers and LMSs do to such content."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorm_builder.inspect.archive_rules import extension
from scorm_builder.inspect.findings import Finding, Grade, counted, quoted, some
from scorm_builder.inspect.read_archive import Archive, UnreadableEntryError

LONGEST_FILE = 2 * 1024**2
MOST_BYTES = 40 * 1024**2
DATA = "data"
"""Stands for the extension of files with our course data: no code, but HTML in strings."""
_TEXT = ("html", "htm", "xhtml", "js", "css", "svg")


@dataclass(frozen=True)
class Rule:
    """What to look for: in files of `kinds` (all if empty) that have one of `words`.

    The words, in lower case, are looked for first: this takes microseconds where a pattern takes
    milliseconds.
    """

    code: str
    pattern: re.Pattern[bytes]
    words: tuple[bytes, ...]
    kinds: tuple[str, ...] = ()


_LOADED = (
    rb"(?:\b(?:src|poster)\s*=\s*\\?[\"']?|<link\b[^<>]*?href\s*=\s*[\"']?"
    rb"|url\(\s*[\"']?|@import\s+[\"'])\s*"
)
_LOADING = (b"src", b"poster", b"<link", b"url(", b"@import")
_PAGES = ("html", "htm", "xhtml")
_SCRIPTS = ("js", *_PAGES)
_HEX_RUN = b"0" * 40
_HEX_AS_0 = bytes(ord("0") if chr(code) in "0123456789abcdef" else 32 for code in range(256))


def _rule(code: str, pattern: bytes, *words: bytes, kinds: tuple[str, ...] = ()) -> Rule:
    return Rule(code, re.compile(pattern, re.IGNORECASE), words, kinds)


_RULES = (
    _rule("http-address", _LOADED + rb"(http://[^\s\"'<>)\\]+)", *_LOADING),
    _rule("remote-address", _LOADED + rb"((?:https:)?//[^\s\"'<>)\\]+)", *_LOADING),
    _rule("root-address", _LOADED + rb"(/(?!/)[^\s\"'<>)\\]+)", *_LOADING),
    _rule(
        "module-script", rb"<script\b[^<>]*?\btype\s*=\s*[\"']?(module)\b", b"module", kinds=_PAGES
    ),
    Rule(
        "script-eval",
        re.compile(rb"(?<![\w$.])(eval\s*\(|new\s+Function\s*\()"),
        (b"eval", b"function"),
        _SCRIPTS,
    ),
    _rule(
        "inline-handler",
        rb"<[a-z][^<>]*?\s(on[a-z]{3,20})\s*=\s*\\?[\"']",
        b"<",
        kinds=(*_PAGES, "svg", DATA),
    ),
    _rule(
        "unload-listener",
        rb"(addEventListener\(\s*[\"']unload[\"']|\bonunload\b\s*=)",
        b"unload",
        kinds=_SCRIPTS,
    ),
    Rule(
        "secret-inside",
        re.compile(
            rb"\b((?:Basic|Bearer)\s+(?=[A-Za-z+/_.=-]*(?:[0-9=]|[a-z][A-Z]))"
            rb"[A-Za-z0-9+/_.=-]{16,})"
        ),
        (b"basic", b"bearer"),
    ),
)
_HEX = re.compile(rb"[0-9a-f]{40,}")
_APIS = {"scorm12": (b"LMSInitialize", b"LMSSetValue"), "scorm2004": (b"API_1484_11",)}

_SAID: dict[str, tuple[Grade, str, str]] = {
    "http-address": (
        "changed", "loads something over http://",
        "Have it put into the package: an LMS is on https, and browsers then block http.",
    ),
    "remote-address": (
        "warning", "loads something from another server",
        "Have it put into the package: networks in hotels block other servers, and it tells"
        " that server who follows the course.",
    ),
    "root-address": (
        "changed", "loads something by an address that starts with /",
        "Have it written without the /: a course lies in a folder of the LMS.",
    ),
    "module-script": (
        "warning", "has a script of type=module",
        "Test it in your LMS: some serve scripts with a type that modules refuse.",
    ),
    "script-eval": (
        "note", "makes code from text (eval)",
        "Nothing to do, unless your LMS sends a content security policy.",
    ),
    "inline-handler": (
        "note", "has scripts in attributes, such as onclick",
        "Nothing to do, unless your LMS sends a content security policy.",
    ),
    "unload-listener": (
        "warning", "saves when the page is unloaded, which phones and Chrome no longer promise",
        "Test it on a phone: close the course in the middle, and see whether progress is kept.",
    ),
    "secret-inside": (
        "warning", "has something that looks like a password or a key",
        "Ask its maker: every learner can read what is in a package.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """What one file has: (code, what was found) for each rule, and the run-time APIs it names."""

    found: tuple[tuple[str, str], ...]
    apis: frozenset[str]


Scans = dict[tuple[int, int, str], Scan]
"""Scans by CRC-32, size and kind: enough to know files again that we have made ourselves."""


def content_findings(
    archive: Archive, *, calls: str, public: Mapping[str, Sequence[bytes]], scans: Scans | None
) -> Iterator[Finding]:
    """Give what the files of a package do.

    `calls` is the run-time API that the manifest asks for: scorm12, scorm2004, or "" for none.
    `public` are the files of course data, each with what may stand there once though it looks
    like a secret: the publishable key and the salt of a chain. `scans` of earlier packages, if
    given, are used and added to.
    """
    hits: dict[str, dict[str, str]] = defaultdict(dict)
    apis: set[str] = set()
    read = 0
    for name, entry in archive.files.items():
        kind = extension(name)
        if kind not in _TEXT:
            continue
        key = (entry.crc, entry.size, kind)
        known = scans.get(key) if scans and name not in public else None
        if known is None:
            try:
                content = archive.read(name, min(LONGEST_FILE, MOST_BYTES - read))
            except UnreadableEntryError:
                calls = ""  # the call may stand in what cannot be read
                continue
            read += len(content)
            known = scan(_without(content, public.get(name, ())), DATA if name in public else kind)
        if scans is not None and name not in public:
            scans[key] = known
        apis |= known.apis
        for code, found in known.found:
            hits[code].setdefault(name, found)
    for code, names in hits.items():
        yield _finding(code, names)
    if calls:
        yield from _api(calls, apis)


def scan(content: bytes, kind: str) -> Scan:
    """Look through a file; `kind` is its extension in lower case, or DATA."""
    found = []
    lower = content.lower()
    has = functools.cache(lambda words: any(word in lower for word in words))
    for rule in _RULES:
        if rule.kinds and kind not in rule.kinds:
            continue
        if has(rule.words) and (hit := rule.pattern.search(content)):
            found.append((rule.code, quoted(hit[1].decode("utf-8", "replace"))))
    if _HEX_RUN in content.translate(_HEX_AS_0):
        found += [("secret-inside", hit[0].decode()) for hit in [_HEX.search(content)] if hit]
    apis = set()
    if kind != DATA:
        apis = {name for name, words in _APIS.items() if any(word in content for word in words)}
    return Scan(tuple(found), frozenset(apis))


def _without(content: bytes, values: Sequence[bytes]) -> bytes:
    for value in values:
        content = content.replace(value, b"", 1)
    return content


def _finding(code: str, names: dict[str, str]) -> Finding:
    grade, what, fix = _SAID[code]
    name, found = next(iter(names.items()))
    if code == "secret-inside":
        found = f"{found[:10]}…"
    if len(names) == 1:
        return Finding(grade, code, quoted(name), f"this file {what}: {found}", fix)
    said = f"{counted(len(names), 'file')}, each of which {what}: {some(names)}"
    return Finding(grade, code, "", said, fix)


def _api(calls: str, apis: set[str]) -> Iterator[Finding]:
    if not apis:
        what = "no script in this package speaks to an LMS, so no completion would be recorded"
        fix = "Ask its maker for an export with tracking; the LMS may complete it by itself."
        yield Finding("changed", "api-absent", "", what, fix)
    elif calls not in apis:
        names = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}
        what = f"the manifest says {names[calls]}, but the scripts speak only to {names[min(apis)]}"
        fix = f"Have it exported again, as {names[min(apis)]}."
        yield Finding("changed", "api-other", "", what, fix)
