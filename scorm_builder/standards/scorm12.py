"""PackagePlan -> imsmanifest.xml of SCORM 1.2.

Spec: SCORM 1.2 CAM, section 2.3. No LOM (it is optional, and a half-filled record only causes
import warnings) and no xsi:schemaLocation (packages carry no XSD).
"""

from __future__ import annotations

import math
from fractions import Fraction

from scorm_builder.package.plan_package import PackagePlan
from scorm_builder.standards.elements import Namespace
from scorm_builder.standards.ims_manifest import ImsManifest

_IMSCP_IRI = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADLCP_IRI = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_PREFIXES: dict[str | None, str] = {None: _IMSCP_IRI, "adlcp": _ADLCP_IRI}
_adlcp = Namespace(_ADLCP_IRI, _PREFIXES)
_ims = ImsManifest(Namespace(_IMSCP_IRI, _PREFIXES), "1.2", _adlcp.name("scormtype"))


def manifest(plan: PackagePlan) -> bytes:
    """Give imsmanifest.xml: UTF-8, no BOM, no DOCTYPE, files in the plan's order."""
    share = plan.pass_share
    mastery = [] if share is None else [_adlcp("masteryscore", mastery_score(share))]
    items = [_ims.item(sco, mastery, isvisible="true") for sco in plan.scos]
    return _ims.document(plan, _ims.organization(plan, items))


def mastery_score(pass_share: Fraction) -> str:
    """Give the pass mark as whole percent, such as "80".

    Rounded down: the SCO reports 66.67 for 2 of 3, and an LMS compares that with this number,
    overriding the status that the SCO sets (SCORM 1.2 RTE, section 3.4, cmi.core.lesson_status).
    """
    return str(math.floor(100 * pass_share))
