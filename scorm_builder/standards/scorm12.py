"""PackagePlan -> imsmanifest.xml of SCORM 1.2.

Spec: SCORM 1.2 CAM, section 2.3. No LOM (it is optional, and a half-filled record only causes
import warnings) and no xsi:schemaLocation (packages carry no XSD).
"""

from __future__ import annotations

import math
from fractions import Fraction

from scorm_builder.plan_package import PackagePlan
from scorm_builder.standards.elements import Namespace, document

_IMSCP_IRI = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADLCP_IRI = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_PREFIXES: dict[str | None, str] = {None: _IMSCP_IRI, "adlcp": _ADLCP_IRI}
_imscp = Namespace(_IMSCP_IRI, _PREFIXES)
_adlcp = Namespace(_ADLCP_IRI, _PREFIXES)


def manifest(plan: PackagePlan) -> bytes:
    """Give imsmanifest.xml: UTF-8, no BOM, no DOCTYPE, files in the plan's order."""
    title = _imscp("title", plan.title)
    item = _imscp(
        "item",
        [title],
        identifier=plan.item_id,
        identifierref=plan.resource_id,
        isvisible="true",
    )
    if plan.pass_share is not None:
        item.append(_adlcp("masteryscore", mastery_score(plan.pass_share)))
    organization = _imscp(
        "organization", [_imscp("title", plan.title), item], identifier=plan.organization_id
    )
    resource = _imscp(
        "resource",
        [_imscp("file", href=file.path) for file in plan.files],
        identifier=plan.resource_id,
        type="webcontent",
        href=plan.launch,
    )
    resource.set(_adlcp.name("scormtype"), "sco")
    schema = [_imscp("schema", "ADL SCORM"), _imscp("schemaversion", "1.2")]
    root = _imscp(
        "manifest",
        [
            _imscp("metadata", schema),
            _imscp("organizations", [organization], default=plan.organization_id),
            _imscp("resources", [resource]),
        ],
        identifier=plan.manifest_id,
        version="1.0",
    )
    return document(root)


def mastery_score(pass_share: Fraction) -> str:
    """Give the pass mark as whole percent, such as "80".

    Rounded down: the SCO reports 66.67 for 2 of 3, and an LMS compares that with this number,
    overriding the status that the SCO sets (SCORM 1.2 RTE, section 3.4, cmi.core.lesson_status).
    """
    return str(math.floor(100 * pass_share))
