"""A package of any tool -> Report. Never raises for what is in it, however broken or hostile."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from programme.files import open_file
from programme.problems import InputError, Problem
from scorm_builder.inspect import our_course
from scorm_builder.inspect.aicc import aicc_files, describe_aicc
from scorm_builder.inspect.archive_rules import archive_findings, extension
from scorm_builder.inspect.cmi5 import describe_cmi5
from scorm_builder.inspect.content_rules import Scans, content_findings
from scorm_builder.inspect.described import Described, Report
from scorm_builder.inspect.findings import Finding, in_order, quoted, some
from scorm_builder.inspect.grammar_rules import grammar_findings
from scorm_builder.inspect.read_archive import Archive, UnreadableEntryError, open_archive
from scorm_builder.inspect.read_xml import XmlFile, read_xml
from scorm_builder.inspect.scorm import describe_scorm
from scorm_builder.inspect.tincan import describe_tincan

LARGEST = 5
_DESCRIBERS: dict[str, Callable[[XmlFile, Archive, str], Described]] = {
    "imsmanifest.xml": describe_scorm,
    "cmi5.xml": describe_cmi5,
    "tincan.xml": describe_tincan,
}
_DECIDED_BY_SCORE = ("mastery-decides", "measure-decides")


def inspect_package(package: Path, schemas: Path | None = None) -> Report:
    """Say what a package is and what LMSs would make of it; `schemas` is a folder with XSDs.

    Raises:
        InputError: the file itself cannot be read, or `schemas` holds no XSD that is needed.
    """
    if package.is_dir():
        what, fix = "this is a folder", "Name the .zip; to try a folder, zip what is in it."
        raise InputError([Problem(str(package), 0, 0, "package-unreadable", what, fix)])
    try:
        with open_file(package) as stream:
            archive = open_archive(stream)
            if isinstance(archive, Finding):
                size = stream.seek(0, 2)
                return _report(package, size, None, [Described("unknown", findings=[archive])])
            described = describe(archive, schemas)
            described[0].findings += archive_findings(archive, verify=True)
            return _report(package, archive.packed, archive, described)
    except FileNotFoundError:
        what, fix = "there is no such file", "Check the name of the package."
        raise InputError([Problem(str(package), 0, 0, "package-unreadable", what, fix)]) from None
    except OSError as error:
        what, fix = f"this cannot be read: {error.strerror}", "Check its owner and kind."
        raise InputError([Problem(str(package), 0, 0, "package-unreadable", what, fix)]) from None


def describe(
    archive: Archive, schemas: Path | None = None, scans: Scans | None = None
) -> list[Described]:
    """Give what each of the standards in an archive says, the one that an LMS looks for first.

    `scans` may hold what is known of files from earlier packages of our own.
    """
    data = our_course.course_data(archive)
    found = [one for name in _DESCRIBERS for one in _by_manifest(archive, name, schemas)]
    if not found and aicc_files(archive):
        found = [describe_aicc(archive)]
    if not found and any(one.get("standard") == "web" for one in data.values()):
        found = [Described("web", sequencing="none: a web site of its own")]
    if not found:
        found = [_without_manifest(archive)]
    main = found[0]
    calls = "scorm2004" if main.kind.startswith("scorm2004") else main.kind
    sends = [one for one in main.findings if one.code in ("external-launch", "sco-missing")]
    needed = calls if calls in ("scorm12", "scorm2004") and main.launches and not sends else ""
    public = {name: our_course.public_values(course) for name, course in data.items()}
    main.findings += content_findings(archive, calls=needed, public=public, scans=scans)
    main.findings += _keys(data)
    for one in found:
        if data:
            one.findings = [
                finding for finding in one.findings if finding.code not in _DECIDED_BY_SCORE
            ]
        for course in data.values():
            one.findings += our_course.threshold_findings(
                course, one.launches, one.kind, one.manifest
            )
    return found


def _keys(data: dict[str, our_course.Json]) -> Iterator[Finding]:
    """Name the keys that are meant to be read: they can only append, each for its chain."""
    for name, course in data.items():
        key = our_course.public_key(course)
        if key:
            what = f'the package sends statements to the programme with the key "{key}"'
            fix = "Nothing to do: that key is public by nature, and can only append."
            yield Finding("note", "key-public", name, what, fix)


def _by_manifest(archive: Archive, name: str, schemas: Path | None) -> Iterator[Described]:
    """Describe by one kind of manifest, at the root or, with a finding, elsewhere."""
    found, misplaced = _find(archive, name)
    if found is None:
        return
    findings = list(misplaced)
    try:
        xml, wrong = read_xml(found, archive.read(found))
    except UnreadableEntryError as error:
        xml, wrong = None, [Finding("rejected", "xml-syntax", found, f"unreadable: {error}",
                                    "Download or export the package again.")]  # fmt: skip
    described = Described("unknown", found)
    if xml is not None:
        described = _DESCRIBERS[name](xml, archive, posixpath.dirname(found))
        described.findings += grammar_findings(xml, described)
        if schemas is not None:
            from scorm_builder.inspect.xsd_rules import schema_findings

            described.findings += schema_findings(xml, described.kind, schemas)
    described.findings += [*findings, *wrong]
    yield described


def _find(archive: Archive, name: str) -> tuple[str | None, list[Finding]]:
    """Give the manifest of a name, and what is wrong with its place."""
    if name in archive.files:
        return name, []
    near = [one for one in archive.files if posixpath.basename(one).lower() == name]
    near = sorted((one for one in near if "__MACOSX" not in one), key=lambda one: one.count("/"))
    if not near:
        return None, []
    found = near[0]
    if "/" not in found:
        what, fix = f"the manifest is called {found}", f"Rename it {name}, in small letters."
        return found, [Finding("rejected", "manifest-name", found, what, fix)]
    what = f"{name} lies in the folder {quoted(posixpath.dirname(found))}, not at the top"
    fix = "Zip what is in that folder, not the folder: an LMS looks only at the top."
    return found, [Finding("rejected", "manifest-folder", quoted(found), what, fix)]


def _without_manifest(archive: Archive) -> Described:
    inner = [name for name in archive.files if extension(name) == "zip"]
    pages = [name for name in archive.files if extension(name) in ("html", "htm")]
    if "index.html" in archive.files:
        described = Described("web", sequencing="none", titles=[])
        what = "this is a web site without a manifest: an LMS would not take it as a course"
        fix = "Put it on a web server, or ask its maker for SCORM 1.2."
        described.findings.append(Finding("rejected", "manifest-missing", "", what, fix))
        return described
    what = "no imsmanifest.xml, cmi5.xml or tincan.xml: this is no package for an LMS"
    fix = "Ask its maker for the package as SCORM 1.2."
    if "[Content_Types].xml" in archive.files:
        what, fix = "this is an Office document, not a package", "Ask for the package itself."
    elif inner:
        fix = f"Unpack it once: the package may be {some(inner)}, inside."
    elif pages:
        fix = f"It holds web pages ({some(pages)}); ask its maker for the SCORM 1.2 export."
    finding = Finding("rejected", "manifest-missing", "", what, fix)
    return Described("unknown", findings=[finding])


def _report(
    package: Path, size: int, archive: Archive | None, described: list[Described]
) -> Report:
    main, *others = described
    data = our_course.course_data(archive) if archive else {}
    files = archive.files.values() if archive else ()
    largest = sorted(((quoted(one.name), one.size) for one in files), key=lambda pair: -pair[1])
    return Report(
        package=str(package),
        kind=main.kind,
        also=tuple(one.kind for one in others),
        manifest=main.manifest,
        titles=tuple(quoted(title, 200) for title in main.titles),
        launches=tuple(main.launches),
        sequencing=main.sequencing,
        ours=tuple(our_course.describe_course(one) for one in data.values()),
        files=len(files),
        bytes=size,
        unpacked=archive.unpacked if archive else 0,
        largest=tuple(largest[:LARGEST]),
        findings=tuple(in_order(one for part in described for one in part.findings)),
    )
