"""Packages as other tools make them, and packages as nobody should make them.

GOOD holds one sound package of each standard; BROKEN one package for each finding, made from a
sound one by a single change.
"""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

Files = dict[str, bytes | str]

PAGE = '<!DOCTYPE html><html><title>x</title><script src="api.js"></script><body>x</body></html>'
API_12 = 'window.API.LMSInitialize("");'
API_2004 = 'window.API_1484_11.Initialize("");'

MANIFEST_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M1" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="ORG1">
    <organization identifier="ORG1">
      <title>Fire safety</title>
      <item identifier="ITEM1" identifierref="RES1">
        <title>Fire safety</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="RES1" type="webcontent" href="index.html" adlcp:scormtype="sco">
      <file href="index.html"/>
      <file href="api.js"/>
    </resource>
  </resources>
</manifest>
"""

MANIFEST_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M1" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
 xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
 xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="ORG1">
    <organization identifier="ORG1" adlseq:objectivesGlobalToSystem="false">
      <title>Fire safety</title>
      <item identifier="ITEM1" identifierref="RES1">
        <title>Fire safety</title>
        <imsss:sequencing>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
      <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="RES1" type="webcontent" href="index.html" adlcp:scormType="sco">
      <file href="index.html"/>
      <file href="api.js"/>
    </resource>
  </resources>
</manifest>
"""

CMI5 = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://id.example.org/course/fire">
    <title><langstring lang="en">Fire safety</langstring></title>
    <description><langstring lang="en">What to do</langstring></description>
  </course>
  <au id="https://id.example.org/course/fire/au" moveOn="Completed">
    <title><langstring lang="en">Fire safety</langstring></title>
    <description><langstring lang="en">What to do</langstring></description>
    <url>index.html</url>
  </au>
</courseStructure>
"""

TINCAN = """<?xml version="1.0" encoding="UTF-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
  <activity id="https://id.example.org/course/fire" type="http://adlnet.gov/expapi/activities/course">
    <name lang="en">Fire safety</name>
    <description lang="en">What to do</description>
    <launch lang="en">index.html</launch>
  </activity>
</activities></tincan>
"""

GOOD: dict[str, Files] = {
    "scorm12": {"imsmanifest.xml": MANIFEST_12, "index.html": PAGE, "api.js": API_12},
    "scorm2004-4": {"imsmanifest.xml": MANIFEST_2004, "index.html": PAGE, "api.js": API_2004},
    "cmi5": {"cmi5.xml": CMI5, "index.html": PAGE, "api.js": "x"},
    "xapi": {"tincan.xml": TINCAN, "index.html": PAGE, "api.js": "x"},
}


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip of the files, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.filename = name  # ZipInfo cuts names at NUL, and a hostile zip does not
            info.external_attr = 0o100644 << 16
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()


def good(kind: str, **more: bytes | str) -> bytes:
    """Give a sound package with more files; `__` in a name stands for a dot."""
    return zipped({**GOOD[kind], **{name.replace("__", "."): one for name, one in more.items()}})


def changed(kind: str, *changes: tuple[str, str]) -> Callable[[], bytes]:
    """Give a maker of a package whose manifest differs; every change must hit."""
    name = next(iter(GOOD[kind]))

    def make() -> bytes:
        text = str(GOOD[kind][name])
        for find, put in changes:
            assert find in text, find
            text = text.replace(find, put, 1)
        return zipped({**GOOD[kind], name: text})

    return make


def beside(
    kind: str, files: Mapping[str, bytes | str], *, listed: bool = True
) -> Callable[[], bytes]:
    """Give a maker of a package with more files, which its manifest lists."""

    def make() -> bytes:
        all_files = {**GOOD[kind], **files}
        if listed and kind.startswith("scorm"):
            entries = "".join(f'<file href="{name}"/>' for name in files if name not in GOOD[kind])
            manifest = str(GOOD[kind]["imsmanifest.xml"])
            all_files["imsmanifest.xml"] = manifest.replace("</resource>", f"{entries}</resource>")
        return zipped(all_files)

    return make


def page(html: str) -> Callable[[], bytes]:
    """Give a maker of a SCORM 1.2 package whose launch page has more in it."""
    return beside("scorm12", {"index.html": PAGE.replace("<body>", f"<body>{html}")})


def patched(offset: int, value: int, marks: tuple[bytes, ...] = (b"PK\x01\x02",)) -> bytes:
    """Give a package with a 16-bit field changed after each mark: in the directory by default."""
    content = bytearray(good("scorm12"))
    for mark in marks:
        at = content.find(mark)
        while at >= 0:
            shift = offset if mark == b"PK\x01\x02" else offset - 2
            struct.pack_into("<H", content, at + shift, value)
            at = content.find(mark, at + 4)
    return bytes(content)


BOTH = (b"PK\x01\x02", b"PK\x03\x04")


def symlink() -> bytes:
    """Give a package with a symbolic link to a file of the server."""
    buffer = io.BytesIO(good("scorm12"))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("logo.png")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "../../../etc/passwd")
    return buffer.getvalue()


def private_files() -> bytes:
    """Give a package as Python's zipfile writes it when nobody thinks of modes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in GOOD["scorm12"].items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repeated(name: str = "imsmanifest.xml") -> bytes:
    """Give a package in which a name stands twice, the second with other content."""
    buffer = io.BytesIO(good("scorm12"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, MANIFEST_12.replace("Fire safety", "Something else"))
    return buffer.getvalue()


def streamed() -> bytes:
    """Give a stored package written to a pipe: sizes behind the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, offset: int, whence: int = 0) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, content in GOOD["scorm12"].items():
            archive.writestr(name, content)
    return pipe.getvalue()


def zip64() -> bytes:
    """Give a package whose entries say that they need zip64."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in GOOD["scorm12"].items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(content.encode() if isinstance(content, str) else content)
    return buffer.getvalue()


def many_entries() -> bytes:
    """Give a zip with more entries than anybody needs."""
    return zipped({f"f{number}.js": "x" for number in range(10_001)}, zipfile.ZIP_STORED)


def item(inside: str) -> tuple[str, str]:
    """Give the change that puts elements behind the item's title."""
    return ("<title>Fire safety</title>\n      </item>",
            f"<title>Fire safety</title>{inside}\n      </item>")  # fmt: skip


def sequencing(inside: str) -> tuple[str, str]:
    """Give the change that puts elements before the delivery controls."""
    return ("<imsss:deliveryControls", f"{inside}<imsss:deliveryControls")


SECOND_ITEM = (
    "</item>",
    '</item><item identifier="ITEM2" identifierref="RES1"><title>More</title></item>',
)
OBJECTIVE = (
    '<imsss:objectives><imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true">'
    "<imsss:minNormalizedMeasure>{}</imsss:minNormalizedMeasure>"
    "</imsss:primaryObjective></imsss:objectives>"
)
RULE = (
    "<imsss:sequencingRules><imsss:preConditionRule/></imsss:sequencingRules>"
)  # fmt: skip
BOMB = b"\0" * (2 * 1024**2)

BROKEN: dict[str, Callable[[], bytes]] = {
    "activity-id": changed("xapi", ("https://id.example.org/course/fire", "fire")),
    "activity-launch": changed("xapi", ('<launch lang="en">index.html</launch>', "")),
    "aicc-old": lambda: zipped(
        {"c.crs": "[Course]\nCourse_Title=Fire\n", "c.au": "system_id,file_name\nA1,index.html\n"}
    ),
    "api-absent": beside("scorm12", {"api.js": "x"}),
    "api-other": beside("scorm12", {"api.js": API_2004}),
    "au-id": changed("cmi5", ('au id="https://id.example.org/course/fire/au"', 'au id="fire"')),
    "au-langstring": changed("cmi5", ('<langstring lang="en">What to do</langstring>', "")),
    "au-launch-method": changed("cmi5", ("moveOn=", 'launchMethod="Popup" moveOn=')),
    "au-moveon": changed("cmi5", (' moveOn="Completed"', "")),
    "au-order": changed("cmi5", ("<url>index.html</url>", ""), (
        '  <au id="https://id.example.org/course/fire/au" moveOn="Completed">',
        '  <au id="https://id.example.org/course/fire/au" moveOn="Completed"><url>index.html</url>',
    )),
    "au-url": changed("cmi5", ("index.html", "index.html?endpoint=x")),
    "completion-threshold": changed(
        "scorm2004-4", ("<imsss:sequencing>\n          <imsss:del",
                        "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>"
                        "<imsss:sequencing>\n          <imsss:del"),
    ),
    "delivery-controls": changed("scorm2004-4", ('completionSetByContent="true" ', "")),
    "external-launch": changed(
        "scorm12", ('href="index.html" adlcp', 'href="https://x.example/" adlcp')
    ),
    "file-absent": changed("scorm12", ('file href="api.js"', 'file href="gone.js"')),
    "file-case": changed("scorm12", ('file href="api.js"', 'file href="API.js"')),
    "file-empty": beside("scorm12", {"empty.css": b""}),
    "file-hidden": beside("scorm12", {".project": "x"}),
    "file-junk": beside("scorm12", {"__MACOSX/._index.html": "x"}),
    "file-kind": beside("scorm12", {"upload.php": "<?php ?>"}),
    "file-link": symlink,
    "file-media-type": beside("scorm12", {"font.woff2": "x"}),
    "file-mode": private_files,
    "file-nested": beside("scorm12", {"source.zip": b"PK"}),
    "file-unlisted": beside("scorm12", {"notes.txt": "x"}, listed=False),
    "flow-missing": changed("scorm2004-4", (' flow="true"', "")),
    "global-objectives": changed("scorm2004-4", (' adlseq:objectivesGlobalToSystem="false"', "")),
    "hidden-button": changed("scorm2004-4", ("<imsss:sequencing>", (
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>next"
        "</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation><imsss:sequencing>"))),
    "href-form": changed("scorm12", ('file href="api.js"', 'file href="/api.js"')),
    "http-address": page('<img src="http://cdn.example.com/a.png">'),
    "identifier-form": changed("scorm12", ('identifier="M1"', 'identifier="1 2"')),
    "identifier-missing": changed("scorm12", (' identifier="M1"', "")),
    "identifier-repeated": changed("scorm12", ('identifier="M1"', 'identifier="ORG1"')),
    "identifier-unknown": changed("scorm12", ('identifierref="RES1"', 'identifierref="RES9"')),
    "inline-handler": page('<p onclick="go()">x</p>'),
    "item-empty": changed("scorm12", (' identifierref="RES1"', "")),
    "item-parameters": changed(
        "scorm12", ("identifierref=", 'parameters="?lang=en" identifierref=')
    ),
    "items-several": changed("scorm12", SECOND_ITEM),
    "launch-data-long": changed(
        "scorm12", item(f"<adlcp:datafromlms>{'x' * 300}</adlcp:datafromlms>")
    ),
    "lom-partial": changed("scorm12", ("</schemaversion>", "</schemaversion>"
        '<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general/></lom>')),
    "manifest-folder": lambda: zipped(
        {f"course/{name}": one for name, one in GOOD["scorm12"].items()}
    ),
    "manifest-foreign": changed(
        "scorm12", ("<schemaversion>1.2</schemaversion>", ""),
        ("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.imsglobal.org/xsd/imsccv1p1"),
        ("http://www.adlnet.org/xsd/adlcp_rootv1p2", "http://example.org/x"),
    ),
    "manifest-grammar": changed("cmi5", ("moveOn=", 'colour="red" moveOn=')),
    "manifest-missing": lambda: zipped({"slides/index.html": PAGE}),
    "manifest-name": lambda: zipped(
        {name.replace("ims", "IMS"): one for name, one in GOOD["scorm12"].items()}
    ),
    "manifest-nested": changed(
        "scorm12", ("</resources>", '</resources><manifest identifier="M2"></manifest>')
    ),
    "manifest-shape": changed(
        "scorm12", ("<resources>", "<assets>"), ("</resources>", "</assets>")
    ),
    "mastery-decides": changed("scorm12", item("<adlcp:masteryscore>80</adlcp:masteryscore>")),
    "mastery-score": changed("scorm12", item("<adlcp:masteryscore>80%</adlcp:masteryscore>")),
    "measure-decides": changed("scorm2004-4", sequencing(OBJECTIVE.format("0.8"))),
    "module-script": page('<script type="module" src="api.js"></script>'),
    "name-backslash": beside("scorm12", {"img\\logo.png": "x"}, listed=False),
    "name-characters": beside("scorm12", {"façade.png": "x"}),
    "name-clash": beside("scorm12", {"Index.html": "x"}),
    "name-control": beside("scorm12", {"a\x07.png": "x"}, listed=False),
    "name-end": beside("scorm12", {"notes.": "x"}),
    "name-long": beside("scorm12", {f"{'a' * 200}.png": "x"}),
    "name-outside": beside("scorm12", {"../../etc/cron.d/x": "x"}, listed=False),
    "name-repeated": repeated,
    "namespace-mixed": changed(
        "scorm12",
        ("http://www.adlnet.org/xsd/adlcp_rootv1p2", "http://www.adlnet.org/xsd/adlcp_v1p3"),
    ),
    "objective-id": changed("scorm2004-4", sequencing(
        "<imsss:objectives><imsss:primaryObjective><imsss:mapInfo/></imsss:primaryObjective>"
        "</imsss:objectives>")),
    "organization-default": changed("scorm12", ('default="ORG1"', 'default="ORG9"')),
    "organization-missing": changed("scorm12", (
        '<item identifier="ITEM1" identifierref="RES1">\n        <title>Fire safety</title>\n'
        "      </item>", "")),
    "organizations-several": changed("scorm12", ("</organization>", (
        '</organization><organization identifier="ORG2"><title>B</title>'
        '<item identifier="I2" identifierref="RES1"><title>B</title></item></organization>'))),
    "prerequisites-ignored": changed(
        "scorm12", item('<adlcp:prerequisites type="aicc_script">ITEM9</adlcp:prerequisites>')
    ),
    "remote-address": page('<script src="https://cdn.example.com/jquery.js"></script>'),
    "root-address": page('<img src="/media/a.png">'),
    "schema-absent": changed("scorm12", ("<metadata>", (
        '<metadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">'))),
    "schema-name": changed("scorm12", ("ADL SCORM", "SCORM")),
    "schema-version": changed("scorm12", ("schemaversion>1.2<", "schemaversion>2004<")),
    "sco-missing": changed("scorm12", ('scormtype="sco"', 'scormtype="asset"')),
    "scorm-type": changed("scorm12", ("adlcp:scormtype", "adlcp:scormType")),
    "script-eval": beside("scorm12", {"api.js": f'{API_12} eval("1");'}),
    "secret-inside": beside(
        "scorm12", {"api.js": f'{API_12} h="Basic bGVhcm5lcjpzM2NyZXQtMTIzNDU2";'}
    ),
    "sequencing-ignored": changed("scorm2004-4", sequencing(RULE)),
    "sequencing-order": changed("scorm2004-4", (
        "</imsss:sequencing>\n      </item>",
        "<imsss:controlMode/></imsss:sequencing>\n      </item>")),
    "title-long": changed("scorm12", ("<title>Fire safety", f"<title>{'Fire safety ' * 20}")),
    "title-missing": changed("scorm12", ("<title>Fire safety</title>", "<title/>")),
    "unload-listener": beside("scorm12", {"api.js": f'{API_12} addEventListener("unload", save);'}),
    "xml-doctype": changed("scorm12", (
        "<manifest", '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<manifest')),
    "xml-encoding": changed("scorm12", ('encoding="UTF-8"', 'encoding="UTF-7"')),
    "xml-mark": changed("scorm12", ("<?xml", "\ufeff<?xml")),
    "xml-syntax": changed("scorm12", ("Fire safety", "Fire & safety")),
    "zip-bomb": beside("scorm12", {"film.mp4": BOMB}),
    "zip-damaged": lambda: good("scorm12")[:-60],
    "zip-descriptor": streamed,
    "zip-encrypted": lambda: patched(8, 1, BOTH),
    "zip-limit": many_entries,
    "zip-method": lambda: patched(10, 9, BOTH),
    "zip-new": zip64,
    "zip-not": lambda: b"Rar!\x1a\x07\x00 and so on",
}  # fmt: skip
