"""PackagePlan -> imsmanifest.xml of SCORM 2004, 3rd and 4th edition.

Spec: SCORM 2004 CAM, sections 3 and 5. The editions share namespaces; for one SCO only
`schemaversion` differs.
"""

from __future__ import annotations

import enum
from fractions import Fraction

from lxml import etree

from scorm_builder.plan_package import PackagePlan
from scorm_builder.standards.decimals import four_places_down
from scorm_builder.standards.elements import Namespace, document

_PREFIXES: dict[str | None, str] = {
    None: "http://www.imsglobal.org/xsd/imscp_v1p1",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
}
_imscp = Namespace(_PREFIXES[None], _PREFIXES)
_adlcp = Namespace(_PREFIXES["adlcp"], _PREFIXES)
_adlseq = Namespace(_PREFIXES["adlseq"], _PREFIXES)
_adlnav = Namespace(_PREFIXES["adlnav"], _PREFIXES)
_imsss = Namespace(_PREFIXES["imsss"], _PREFIXES)


class Edition(enum.Enum):
    """An edition by its `schemaversion`: an LMS takes any other spelling for SCORM 1.2."""

    THIRD = "2004 3rd Edition"
    FOURTH = "2004 4th Edition"


def manifest(plan: PackagePlan, edition: Edition) -> bytes:
    """Give imsmanifest.xml: UTF-8, no BOM, no DOCTYPE, files in the plan's order."""
    resource = _imscp(
        "resource",
        [_imscp("file", href=file.path) for file in plan.files],
        identifier=plan.resource_id,
        type="webcontent",
        href=plan.launch,
    )
    resource.set(_adlcp.name("scormType"), "sco")
    schema = [_imscp("schema", "ADL SCORM"), _imscp("schemaversion", edition.value)]
    root = _imscp(
        "manifest",
        [
            _imscp("metadata", schema),
            _imscp("organizations", [_organization(plan)], default=plan.organization_id),
            _imscp("resources", [resource]),
        ],
        identifier=plan.manifest_id,
        version="1.0",
    )
    return document(root)


def _organization(plan: PackagePlan) -> etree._Element:
    """Give the organization: flow on, or some players cannot start the first SCO."""
    item = _imscp(
        "item",
        [_imscp("title", plan.title), _item_sequencing(plan.pass_share), _presentation()],
        identifier=plan.item_id,
        identifierref=plan.resource_id,
    )
    flow = _imsss("sequencing", [_imsss("controlMode", choice="true", flow="true")])
    organization = _imscp(
        "organization",
        [_imscp("title", plan.title), item, flow],
        identifier=plan.organization_id,
    )
    organization.set(_adlseq.name("objectivesGlobalToSystem"), "false")
    return organization


def _item_sequencing(pass_share: Fraction | None) -> etree._Element:
    """Give the item's sequencing: the content, not the LMS, says what is completed and passed.

    Without deliveryControls a conformant LMS completes the SCO when a learner just leaves.
    """
    sequencing = _imsss("sequencing")
    if pass_share is not None:
        measure = _imsss("minNormalizedMeasure", four_places_down(pass_share))
        objective = _imsss(
            "primaryObjective", [measure], objectiveID="PRIMARY", satisfiedByMeasure="true"
        )
        sequencing.append(_imsss("objectives", [objective]))
    controls = {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    sequencing.append(_imsss("deliveryControls", **controls))
    return sequencing


def _presentation() -> etree._Element:
    """Give the presentation: no Continue and Previous of the LMS beside the player's own."""
    hidden = [_adlnav("hideLMSUI", "continue"), _adlnav("hideLMSUI", "previous")]
    return _adlnav("presentation", [_adlnav("navigationInterface", hidden)])
