"""Archive -> findings: what unpackers, servers and phones make of its entries and their names."""

from __future__ import annotations

import itertools
import posixpath
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from scorm_builder.inspect.findings import Finding, Grade, counted, quoted, some
from scorm_builder.inspect.read_archive import (
    MOST_BYTES,
    MOST_RATIO,
    RATIO_MATTERS,
    Archive,
    Entry,
    UnreadableEntryError,
)

MEGABYTE = 1024 * 1024
LONGEST_NAME = 180
REFUSED = frozenset(
    {"asp", "aspx", "br", "cgi", "dat", "exe", "htaccess", "jsp", "php", "php3", "php4", "php5",
     "phtml", "pl", "py", "rb", "sh", "shtml"}
)  # fmt: skip
PROGRAMS = frozenset({"bat", "cmd", "dll", "jar", "map", "msi", "ps1", "vbs"})
"""Nobody has documented that an LMS refuses these, but no course needs them."""
ARCHIVES = frozenset(["7z", "bz2", "gz", "rar", "tar", "tgz", "xz", "zip"])
NO_MEDIA_TYPE = frozenset(["avif", "json", "mjs", "wasm", "webmanifest", "webp", "woff", "woff2"])
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
_ODD_SIGNS = re.compile(r"[^A-Za-z0-9._/-]")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED, _DESCRIPTOR, _ZIP64_VERSION = 0x1, 0x8, 45
_READABLE = 0o044


def archive_findings(archive: Archive, *, verify: bool) -> Iterator[Finding]:
    """Give what is wrong with the zip as a zip; `verify` reads every entry to its end."""
    yield from _names(archive.entries)
    yield from _packing(archive.entries)
    limits = list(_limits(archive))
    yield from limits
    if verify and not limits:
        yield from _damage(archive)
    yield from _kinds(archive)
    yield from _sizes(archive)


def extension(name: str) -> str:
    """Give the extension in lower case; `.htaccess` has `htaccess`."""
    base = posixpath.basename(name)
    return base.rpartition(".")[2].lower() if "." in base else ""


def _names(entries: tuple[Entry, ...]) -> Iterator[Finding]:
    names = [one.name for one in entries]
    for name in names:
        yield from _unsafe(name)
    repeated = [name for name, times in Counter(names).items() if times > 1]
    yield from _one(
        "rejected", "name-repeated", repeated, "stands in the zip more than once",
        "Make the zip anew: programs differ in which of the two they take.",
    )  # fmt: skip
    folded = Counter(name.casefold() for name in set(names))
    clashing = [name for name in set(names) if folded[name.casefold()] > 1]
    yield from _one(
        "rejected", "name-clash", clashing, "differs from another name in nothing but case",
        "Rename one: on Windows servers the second file replaces the first.",
    )  # fmt: skip
    odd = [name for name in names if _ODD_SIGNS.search(name) and not _is_unsafe(name)]
    abroad = [name for name in odd if not name.isascii()]
    yield from _one(
        "rejected", "name-characters", abroad, "has characters outside ASCII in its name",
        "Rename it with a-z, 0-9, hyphen and underscore, also where it is referred to.",
    )  # fmt: skip
    yield from _one(
        "warning", "name-characters", set(odd) - set(abroad),
        "has blanks or special characters in its name",
        "Rename it with a-z, 0-9, hyphen and underscore, also where it is referred to.",
    )  # fmt: skip
    trailing = [name for name in names if re.search(r"[. ](/|$)", name) and not _is_unsafe(name)]
    yield from _one(
        "warning", "name-end", trailing, "ends with a dot or a blank",
        "Rename it: Windows servers drop that character.",
    )  # fmt: skip
    long = [name for name in names if len(name) > LONGEST_NAME]
    yield from _one(
        "warning", "name-long", long, f"has a name of more than {LONGEST_NAME} characters",
        "Use shorter names and fewer folders: servers limit the length of a path.",
    )  # fmt: skip


def _is_unsafe(name: str) -> bool:
    return next(_unsafe(name), None) is not None


def _unsafe(name: str) -> Iterator[Finding]:
    """Give what makes a name dangerous to unpack."""
    steps = name.replace("\\", "/").split("/")
    outside = steps[0] == "" or ".." in steps or _DRIVE.match(name)
    hidden = [sign for sign in name if not sign.isprintable()]
    if not name or outside:
        what = f'"{quoted(name)}" would be written outside the course\'s folder'
        fix = "Do not upload this package; ask its maker how that name came into it."
        yield Finding("rejected", "name-outside", quoted(name), what, fix)
    elif "\\" in name:
        what = f'"{quoted(name)}" has a backslash; most LMSs then find no such file'
        fix = "Make the zip with a program that writes / between folders."
        yield Finding("rejected", "name-backslash", quoted(name), what, fix)
    elif hidden:
        what = f'"{quoted(name)}" has an invisible character in its name'
        fix = "Rename the file and make the zip anew."
        yield Finding("rejected", "name-control", quoted(name), what, fix)


def _packing(entries: tuple[Entry, ...]) -> Iterator[Finding]:
    links = [one.name for one in entries if stat.S_ISLNK(one.mode)]
    yield from _one(
        "rejected", "file-link", links, "is a symbolic link, not a file",
        "Do not upload this package; its maker should put the file itself into it.",
    )  # fmt: skip
    encrypted = [one.name for one in entries if one.flags & _ENCRYPTED]
    yield from _one(
        "rejected", "zip-encrypted", encrypted, "is encrypted", "Make the zip without a password."
    )
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    rare = [one.name for one in entries if one.method not in methods]
    yield from _one(
        "rejected", "zip-method", rare, "is packed in a way that few LMSs can unpack",
        'Make the zip with the method "deflate", which is what most programs use.',
    )  # fmt: skip
    late = [one for one in entries if one.flags & _DESCRIPTOR and not one.flags & _ENCRYPTED]
    stored = [one.name for one in late if one.method == zipfile.ZIP_STORED and one.size]
    yield from _one(
        "rejected", "zip-descriptor", stored, "is stored with its size behind it",
        "Make the zip with another program: Java's unpacker stops here.",
    )  # fmt: skip
    if late and not stored:
        what = f"{counted(len(late), 'entry').replace('entrys', 'entries')} with the size behind it"
        fix = "Nothing to do, unless an LMS says that it cannot read the zip."
        yield Finding("note", "zip-descriptor", "", what, fix)
    large = [one.name for one in entries if one.version >= _ZIP64_VERSION]
    yield from _one(
        "warning", "zip-new", large, "needs a newer unpacker (zip64, or a method of its own)",
        "Make the zip anew without zip64.",
    )  # fmt: skip
    closed = [
        one.name
        for one in entries
        if stat.S_IMODE(one.mode) and not one.is_folder and not one.mode & _READABLE
    ]
    yield from _one(
        "warning", "file-mode", closed, "may be read by its owner alone",
        "Make the zip with files that everybody may read: some servers keep this setting.",
    )  # fmt: skip


def _limits(archive: Archive) -> Iterator[Finding]:
    if archive.unpacked > MOST_BYTES:
        what = f"unpacked, this package would have {archive.unpacked // MEGABYTE:,} MB"
        fix = "Do not upload it before its maker has explained that; nothing was unpacked."
        yield Finding("rejected", "zip-bomb", "", what, fix)
    swollen = [
        one.name
        for one in archive.entries
        if one.size > RATIO_MATTERS and one.size > MOST_RATIO * max(one.packed, 1)
    ]
    yield from _one(
        "rejected", "zip-bomb", swollen, f"unpacks to more than {MOST_RATIO} times its size",
        "Do not upload it before its maker has explained that; nothing was unpacked.",
    )  # fmt: skip
    spans = sorted((one.offset, one.offset + one.packed) for one in archive.entries)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(spans)):
        what = "entries of this zip lie on top of each other, as only a made-up zip has them"
        fix = "Do not upload it before its maker has explained that; nothing was unpacked."
        yield Finding("rejected", "zip-bomb", "", what, fix)


def _damage(archive: Archive) -> Iterator[Finding]:
    """Read every entry to its end, a piece at a time; encrypted and rare ones are known already."""
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    for name, entry in archive.files.items():
        if entry.flags & _ENCRYPTED or entry.method not in methods:
            continue
        try:
            for _ in archive.stream(name):
                pass
        except UnreadableEntryError as error:
            what = f"{quoted(name)} cannot be unpacked: {error}"
            fix = "Download or export the package again."
            yield Finding("rejected", "zip-damaged", quoted(name), what, fix)


def _kinds(archive: Archive) -> Iterator[Finding]:
    junk = [name for name in archive.files if _JUNK.search(name)]
    yield from _one(
        "warning", "file-junk", junk, "was left by the system that made the zip",
        "Delete it, and zip the files, not the folder.",
    )  # fmt: skip
    files = [name for name in archive.files if name not in set(junk)]
    yield from _one(
        "rejected", "file-kind", [one for one in files if extension(one) in REFUSED],
        "is of a kind that LMSs refuse",
        "Delete it, if the course does not need it, or have it made without.",
    )  # fmt: skip
    yield from _one(
        "warning", "file-kind", [one for one in files if extension(one) in PROGRAMS],
        "is a program or a developer's file, which a filter may stop",
        "Delete it: no course needs it.",
    )  # fmt: skip
    yield from _one(
        "rejected", "file-nested", [one for one in files if extension(one) in ARCHIVES],
        "is an archive in the archive",
        "Take it out, or put its files into the package.",
    )  # fmt: skip
    yield from _one(
        "rejected", "file-empty", [one for one in files if archive.files[one].size == 0],
        "has no bytes",
        "Delete it, or put a comment into it.",
    )  # fmt: skip
    yield from _one(
        "warning", "file-media-type", [one for one in files if extension(one) in NO_MEDIA_TYPE],
        "is of a kind that some LMSs serve with the wrong type or not at all",
        "Have the course keep working without it, or use .js, .png, .jpg, .svg and .mp4.",
    )  # fmt: skip
    hidden = [
        one for one in files if re.search(r"(^|/)\.[^/.]", one) and extension(one) not in REFUSED
    ]
    yield from _one(
        "warning", "file-hidden", hidden, "has a name that starts with a dot",
        "Delete it: servers do not serve such files.",
    )  # fmt: skip


_SIZES = (
    (1024, "warning", "more than Oracle Learning and Docebo (xAPI) take: 1 GB"),
    (750, "warning", "more than Cornerstone's Content Uploader takes: 750 MB"),
    (250, "warning", "more than Cornerstone's Course Publisher takes: 250 MB"),
    (100, "warning", "more than 100 MB, which is what every LMS should take"),
    (50, "note", "more than 50 MB, which is much for a phone"),
)


def _sizes(archive: Archive) -> Iterator[Finding]:
    for megabytes, grade, what in _SIZES:
        if archive.packed > megabytes * MEGABYTE:
            said = f"the package has {archive.packed / MEGABYTE:,.0f} MB, {what}"
            fix = "Shrink its pictures and films, or ask the LMS's vendor for the limit."
            yield Finding("note" if grade == "note" else "warning", "size-large", "", said, fix)
            return


def _one(grade: Grade, code: str, names: Iterable[str], what: str, fix: str) -> Iterator[Finding]:
    """Give one finding for all names: a package of 3,000 files should not give 3,000 lines."""
    found = sorted(set(names))
    if len(found) == 1:
        yield Finding(grade, code, quoted(found[0]), f"this file {what}", fix)
    elif found:
        said = f"{counted(len(found), 'file')}, each of which {what}: {some(found)}"
        yield Finding(grade, code, "", said, fix)
