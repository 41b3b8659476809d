"""imsmanifest.xml against the official XSDs, from a folder that the user has.

The XSDs are not ours to pass on; the standards' makers and some tools offer them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from programme.problems import InputError, Problem
from scorm_builder.inspect.findings import Finding, quoted
from scorm_builder.inspect.read_xml import XmlFile

_XSD = "http://www.w3.org/2001/XMLSchema"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_SCORM_2004 = ("imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlseq_v1p3.xsd", "adlnav_v1p3.xsd",
               "imsss_v1p0.xsd")  # fmt: skip
_FILES = {
    "scorm12": ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    "scorm2004-2": _SCORM_2004,
    "scorm2004-3": _SCORM_2004,
    "scorm2004-4": _SCORM_2004,
    "cmi5": ("CourseStructure.xsd",),
}
_OPTIONAL = ("imsmd_rootv1p2p1.xsd", "lom.xsd")
_EDITIONS = {"scorm2004-3": "3rd", "scorm2004-4": "4th"}
_BRACES = re.compile(r"\{[^{}]*\}")
MOST_FINDINGS = 20


def schema_findings(xml: XmlFile, kind: str, folder: Path) -> Iterator[Finding]:
    """Validate a manifest; nothing for kinds that have no XSD.

    Raises:
        InputError: the folder does not hold the XSDs of this kind, or they do not compile.
    """
    if kind not in _FILES:
        return
    schema = _schema(kind, folder)
    if schema.validate(xml.root):
        return
    errors: Any = schema.error_log
    for error in itertools.islice(errors, MOST_FINDINGS):
        what = f"against the XSD: {quoted(_BRACES.sub('', error.message), 300)}"
        fix = "Have the package exported again; importers that validate refuse it."
        yield xml.finding("rejected", "xsd-invalid", _at(xml, error.path), what, fix)


def _at(xml: XmlFile, path: str | None) -> etree._Element | None:
    found: Any = xml.root.getroottree().xpath(path) if path else []
    return found[0] if found else None


def _schema(kind: str, folder: Path) -> etree.XMLSchema:
    files = [*_FILES[kind], *_OPTIONAL]
    found = {name: _file(folder, name, _EDITIONS.get(kind, "")) for name in files}
    missing = [name for name in _FILES[kind] if found[name] is None]
    if missing:
        what = f"there is no {', '.join(missing)} in this folder or below it"
        fix = "Name the folder in which the XSDs of the standard lie, with --schemas."
        raise InputError([Problem(str(folder), 0, 0, "schemas-missing", what, fix)])
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Repaired())
    imports = "".join(
        f'<xs:import namespace="{_namespace(path)}" schemaLocation="{path.resolve().as_uri()}"/>'
        for path in found.values()
        if path is not None
    )
    try:
        return etree.XMLSchema(
            etree.fromstring(f'<xs:schema xmlns:xs="{_XSD}">{imports}</xs:schema>', parser)
        )
    except etree.XMLSchemaParseError as error:
        what = f"the XSDs in this folder do not compile: {quoted(str(error), 200)}"
        fix = "Get them again, all of one edition."
        raise InputError([Problem(str(folder), 0, 0, "schemas-missing", what, fix)]) from None


def _file(folder: Path, name: str, edition: str) -> Path | None:
    """Give the file of a name below a folder, rather from a folder of the edition asked for."""
    found = sorted(folder.rglob(name), key=lambda path: (edition not in str(path.parent), path))
    return found[0] if found else None


def _namespace(path: Path) -> str:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return str(etree.parse(path, parser).getroot().get("targetNamespace") or "")


class _Repaired(etree.Resolver):
    """Serves the two XSDs of SCORM 1.2 that libxml2 does not compile as they are."""

    def resolve(self, url: str, pubid: str, context: object) -> object:  # type: ignore[override]
        """Give the schema named by `url`, None to let lxml read it."""
        name = Path(url).name
        if name == "ims_xml.xsd":
            return self.resolve_string(_XML_XSD, context, base_url=url)
        if name == "imsmd_rootv1p2p1.xsd":
            from urllib.parse import unquote, urlsplit

            text = Path(unquote(urlsplit(url).path)).read_text(encoding="utf-8")
            return self.resolve_string(text.replace('"##any"', '"##other"'), context, base_url=url)
        return None


_XML_XSD = f"""<xs:schema xmlns:xs="{_XSD}" targetNamespace="{_XML_NAMESPACE}">
<xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="base" type="xs:anyURI"/>
</xs:schema>"""
