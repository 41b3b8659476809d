"""What docs/messages.md says of finished packages; the examples are real findings.

Most come from tests/builder/packages.BROKEN, looked at by `noroom inspect`.
"""

from __future__ import annotations

import io

from scorm_builder.inspect.archive_rules import archive_findings
from scorm_builder.inspect.findings import Finding
from scorm_builder.inspect.inspect_package import describe
from scorm_builder.inspect.read_archive import open_archive
from tests.builder.packages import BROKEN


def examples() -> dict[str, str]:
    """Give a real message for each code that a broken package shows."""
    found = {}
    for code, make in BROKEN.items():
        archive = open_archive(io.BytesIO(make()))
        findings = [archive] if isinstance(archive, Finding) else [
            *(one for part in describe(archive) for one in part.findings),
            *archive_findings(archive, verify=True),
        ]  # fmt: skip
        finding = next(one for one in findings if one.code == code)
        place = ":".join(str(one) for one in (finding.file, finding.line, finding.column) if one)
        found[code] = f"{place or 'package.zip'}: {finding.what}  [{code}]\n  {finding.fix}"
    return {**found, **OTHER_EXAMPLES}


MEANINGS = {
    "activity-id": ("Results are looked up by the activity's id.", "It has to be an address."),
    "activity-launch": ("An LMS starts the one activity with <launch>.", "Have exactly one."),
    "against-foreign": (
        "--against names something that noroom has not built.",
        "Name the .zip that the LMS has now.",
    ),
    "against-unmatched": (
        "The build has no package of the same standard, language and chain.",
        "Build it too, or leave that --against out.",
    ),
    "aicc-old": ("AICC is a standard that few LMSs still take.", "Ask for SCORM 1.2."),
    "api-absent": (
        "The manifest promises tracking, and no script does it.",
        "Ask its maker for an export with tracking.",
    ),
    "api-other": (
        "Manifest and scripts are of different versions of SCORM.",
        "Have it exported again.",
    ),
    "au-id": ("An AU or course of cmi5 has an IRI of its own.", "Give it one."),
    "au-langstring": ("cmi5 asks for a title and a description in a language.", "Add them."),
    "au-launch-method": ("There are two launch methods.", "Use one of them."),
    "au-moveon": (
        "moveOn tells the LMS when an AU is done; without it, from the start.",
        "Write it.",
    ),
    "au-order": ("The schema of cmi5 fixes the order.", "Keep it."),
    "au-url": ("The LMS adds its own words to this address.", "Leave them out."),
    "completion-threshold": (
        "The editions of SCORM 2004 write this in different ways.",
        "Have it exported again for one.",
    ),
    "delivery-controls": (
        "Without them a conformant LMS completes the course when a learner leaves it.",
        "Have it exported with them.",
    ),
    "external-launch": (
        "The package only points to another server.",
        "Ask for one that holds everything.",
    ),
    "file-absent": ("The manifest names a file that is not there.", "Put it in."),
    "file-case": ("Servers take a.js and A.js for two files.", "Write names the same way."),
    "file-empty": ("Some importers stop at a file without bytes.", "Delete it."),
    "file-hidden": ("Servers do not serve names that start with a dot.", "Delete it."),
    "file-junk": ("The system that made the zip left it.", "Delete it."),
    "file-kind": ("LMSs refuse programs and other odd kinds of files.", "Delete it."),
    "file-link": ("A link could lead to any file of the server.", "Put the file itself in."),
    "file-media-type": ("Not every server knows this kind of file.", "Test it in your LMS."),
    "file-mode": ("The zip says that only its owner may read it.", "Make the zip anew."),
    "file-nested": ("An archive in a package is never unpacked.", "Put its files in."),
    "file-unlisted": ("A manifest lists every file.", "List it, or delete it."),
    "flow-missing": ("Some players cannot start a course without it.", "Have it exported with it."),
    "global-objectives": (
        "The default of SCORM 2004 shares results with other courses.",
        "Have it switched off.",
    ),
    "hidden-button": ("There are seven buttons that a course can hide.", "Name one of them."),
    "href-form": ("A reference is relative, with /, inside the package.", "Correct it."),
    "http-address": ("Browsers load nothing over http into a page on https.", "Put it in."),
    "identifier-form": ("Identifiers are XML names.", "Use letters, digits, - and _."),
    "identifier-missing": ("An LMS finds things by their identifier.", "Add it."),
    "identifier-repeated": ("Two things have one identifier.", "Give each its own."),
    "identifier-unknown": ("Nothing has this identifier.", "Correct it."),
    "inline-handler": (
        "A content security policy stops scripts in attributes.",
        "An error only in packages of ours.",
    ),
    "item-empty": ("An item starts something, or has items below it.", "Have one of the two."),
    "item-parameters": ("Several players drop them.", "Test it in your LMS."),
    "items-several": ("Some LMSs refuse or misreport courses of several parts.", "Test it."),
    "key-public": (
        "For the record: the key that a package of ours sends statements with.",
        "It can only append, and belongs to one chain.",
    ),
    "launch-data-long": ("Launch data would be cut.", "Shorten it."),
    "lom-partial": ("Half-filled metadata cause warnings at import.", "Have all or none."),
    "manifest-folder": (
        "An LMS looks only at the top of the zip.",
        "Zip the files, not the folder.",
    ),
    "manifest-foreign": ("Another kind of content package.", "Ask for SCORM."),
    "manifest-grammar": ("The file breaks the standard's own rules.", "Have it exported again."),
    "manifest-missing": ("Nothing tells an LMS what this is.", "Ask for a package."),
    "manifest-name": ("An LMS looks for exactly this name.", "Rename it."),
    "manifest-nested": ("Manifests in manifests are no longer used.", "Have it exported flat."),
    "manifest-shape": ("A part that has to be there is not.", "Have it exported again."),
    "mastery-decides": (
        "With a mastery score the LMS overrides what the course reports.",
        "Leave it where a score decides, else take it out.",
    ),
    "mastery-score": ("It is a plain number.", "Write it so."),
    "measure-decides": (
        "With satisfiedByMeasure the LMS decides by the score alone.",
        "Leave it where a score decides, else take it out.",
    ),
    "module-script": ("Modules need the right media type.", "Test it in your LMS."),
    "name-backslash": ("Zips separate folders by /.", "Use another zip program."),
    "name-characters": ("Not every server keeps such names.", "Rename it."),
    "name-clash": ("On some servers one file replaces the other.", "Rename one."),
    "name-control": ("Such a name hides what it is.", "Rename it."),
    "name-end": ("Windows drops a dot or blank at the end.", "Rename it."),
    "name-long": ("Paths have a limit on servers.", "Shorten it."),
    "name-outside": ("The name leads out of the folder: an attack, or a bad tool.", "Beware."),
    "name-repeated": ("Which of the two counts depends on the program.", "Make the zip anew."),
    "namespace-mixed": ("Two versions of SCORM in one manifest.", "Have it exported again."),
    "objective-id": ("A shared objective needs a name.", "Have it exported again."),
    "organization-default": ("The LMS starts the default organization.", "Name one that exists."),
    "organization-missing": ("There is nothing to start.", "Have it exported again."),
    "organizations-several": ("LMSs show one.", "Have it exported as one."),
    "package-form": (
        "A zip of ours is not as every zip of ours has to be.",
        "Rename the files it names, or report it.",
    ),
    "package-unreadable": ("There is no such file, or it may not be read.", "Check the name."),
    "pass-mark-differs": (
        "The LMS would decide by another mark than the course.",
        "Build it again.",
    ),
    "prerequisites-ignored": ("Many LMSs ignore them.", "Do not rely on them."),
    "remote-address": ("Hotels' networks block other servers.", "Put it into the package."),
    "root-address": ("A course does not lie at the top of its server.", "Write it relative."),
    "schema-absent": ("ADL's own checker wants XSDs; LMSs do not.", "Nothing to do."),
    "schema-name": ("Some LMSs know SCORM by these words.", "Have it exported again."),
    "schema-version": ("An unknown version is taken for SCORM 1.2.", "Write one that exists."),
    "schemas-missing": ("--schemas names a folder without the XSDs needed.", "Name the right one."),
    "sco-missing": (
        "Nothing in the package reports to the LMS.",
        "Have it exported with tracking.",
    ),
    "scorm-type": ("scormtype in 1.2, scormType in 2004.", "Have it exported again."),
    "script-eval": (
        "A content security policy stops code made from text.",
        "An error only in packages of ours.",
    ),
    "secret-inside": (
        "Every learner can read what is in a package.",
        "Take it out, and change it where it is used.",
    ),
    "sequencing-ignored": ("Several LMSs ignore sequencing.", "Test it in your LMS."),
    "sequencing-order": ("The schema fixes the order.", "Keep it."),
    "size-large": ("LMSs have limits, and phones have slow lines.", "Shrink pictures and films."),
    "title-long": ("LMSs cut titles.", "Shorten it."),
    "title-missing": ("Learners see titles.", "Write one."),
    "unload-listener": ("Browsers no longer promise this event.", "Test it on a phone."),
    "update-check": (
        "With and without a check, a completion means different things.",
        "Publish it beside the old course, or use --major.",
    ),
    "update-course": ("Progress belongs to a course id.", "Keep the id."),
    "update-draw": (
        "Somebody in the middle of a try could no longer pass it.",
        "Keep more of the old questions, or use --major.",
    ),
    "update-identifiers": ("An LMS finds attempts by identifiers.", "Keep them."),
    "update-parts": (
        "In a course of several SCOs a part is new, or a page is now in another part.",
        "Keep blocks and their pages as they are, or use --major.",
    ),
    "update-learners": (
        "The same learner would get another pseudonym.",
        "Keep iri, chain id and pseudonym_salt.",
    ),
    "update-pass-mark": ("A warning: LMSs may have copied the old mark.", "Correct it there."),
    "update-progress": ("The new player cannot read the old progress.", "Publish it beside."),
    "update-version": ("Two different courses would have one version.", "Raise version:."),
    "xml-doctype": ("A DOCTYPE can make an importer read other files.", "Delete it."),
    "xml-encoding": ("Not every LMS reads this encoding.", "Save it as UTF-8."),
    "xml-mark": ("Some importers stop at a byte order mark.", "Save it without."),
    "xml-syntax": ("The manifest is not XML.", "Have it exported again."),
    "xsd-invalid": ("The manifest breaks the standard's schema.", "Have it exported again."),
    "zip-bomb": ("Unpacked, it would fill a disk.", "Do not upload it."),
    "zip-damaged": ("Part of the zip is missing or changed.", "Download it again."),
    "zip-descriptor": ("Java's unpacker stops at such an entry.", "Use another zip program."),
    "zip-encrypted": ("No LMS asks for a password.", "Make it without."),
    "zip-limit": ("There are more files than anybody needs.", "Make fewer."),
    "zip-method": ("Most LMSs know deflate only.", "Use another zip program."),
    "zip-new": ("Old unpackers stop at zip64.", "Make it without."),
    "zip-not": ("The file is something else.", "Ask for the package."),
}

OTHER_EXAMPLES = {
    "against-foreign": "fire.zip: error[against-foreign]: this is no package that noroom has made\n"
    "  Name the .zip that is in use; noroom inspect says what this one is.",
    "against-unmatched": "old.zip: error[against-unmatched]: no package of this build takes its "
    "place: it is scorm12 in nl\n"
    "  Build that standard, language and chain too, or take this --against away.",
    "key-public": "package.zip!course-1a2b3c4d.js: [key-public]: the package sends statements to "
    'the programme with the key "acme"\n'
    "  Nothing to do: that key is public by nature, and can only append.",
    "package-form": "dist/course.zip: error[package-form]: file names other than a-z, 0-9, . _ - "
    "or over 120: Bild 1.png\n  Rename the files in the course's folder.",
    "package-unreadable": "gone.zip: error[package-unreadable]: there is no such file\n"
    "  Check the name of the package.",
    "pass-mark-differs": "dist/course.zip!imsmanifest.xml: error[pass-mark-differs]: two pass "
    "marks: 90 in imsmanifest.xml, 4 of 5 right in the course\n"
    "  Build the package again: an LMS decides by the first, the player by the second.",
    "schemas-missing": "xsd: error[schemas-missing]: there is no imscp_rootv1p1p2.xsd, "
    "adlcp_rootv1p2.xsd in this folder or below it\n"
    "  Name the folder in which the XSDs of the standard lie, with --schemas.",
    "size-large": "package.zip: the package has 262 MB, more than Cornerstone's Course Publisher "
    "takes: 250 MB  [size-large]\n"
    "  Shrink its pictures and films, or ask the LMS's vendor for the limit.",
    "update-check": "dist/course.zip: error[update-check]: the course now has a check: a "
    "completion would mean something else than before\n"
    "  Publish it as a new version of the training, beside the old one.",
    "update-course": 'dist/course.zip: error[update-course]: the course was "no-room" and is now '
    '"no-rooms": nobody\'s progress would be found\n'
    "  Keep the id, or publish it beside the old course as another one.",
    "update-draw": "dist/course.zip: error[update-draw]: with 3 questions gone (q-a, q-b, q-c), a "
    "try that has begun may keep 2 of 5 questions, and 4 have to be right\n"
    "  Keep more of the old questions, or publish it as a new version.",
    "update-identifiers": "dist/course.zip: error[update-identifiers]: the manifest no longer has "
    "ITEM-no-room, by which an LMS finds old attempts\n"
    "  Keep the course's id and the programme's iri, or publish it as a new course.",
    "update-parts": "dist/course.zip: error[update-parts]: the LMS gets a new part (more): who has "
    "finished is unfinished again\n"
    "  Put the pages into a block that is there, or publish it as a new version.",
    "update-learners": "dist/course.zip: error[update-learners]: statements go out under another "
    "salt: learners would count twice\n  Keep iri, chain id and pseudonym_salt as they were.",
    "update-pass-mark": "dist/course.zip: warning[update-pass-mark]: the pass mark was 4 of 5 and "
    "is now 5 of 6\n"
    "  Correct it in the LMS, too: several copy it when a package is first imported.",
    "update-progress": "dist/course.zip: error[update-progress]: the player stores progress in "
    "another form, and would not read the old one\n"
    "  Let learners finish the old package, and publish this one beside it.",
    "update-version": "dist/course.zip: error[update-version]: the content differs, but both are "
    "version 1.0.0\n  Raise version: in course.yaml, so that records say who saw what.",
    "xsd-invalid": "imsmanifest.xml:14:5: against the XSD: Element 'metadata': This element is not "
    "expected.  [xsd-invalid]\n"
    "  Have the package exported again; importers that validate refuse it.",
}
