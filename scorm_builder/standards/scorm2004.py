"""PackagePlan -> imsmanifest.xml of SCORM 2004, 3rd and 4th edition.

Spec: SCORM 2004 CAM, sections 3 and 5. The editions share namespaces; only `schemaversion`
differs. Sequencing goes no further than a package needs: none for one SCO; for several, the last
one waits until the others are done, and says alone what score the course has.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from lxml import etree

from scorm_builder.package.plan_package import PackagePlan, Sco
from scorm_builder.standards.decimals import four_places_down
from scorm_builder.standards.elements import Namespace
from scorm_builder.standards.ims_manifest import ImsManifest

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
    ims = ImsManifest(_imscp, edition.value, _adlcp.name("scormType"))
    single = len(plan.scos) == 1
    items = [
        ims.item(sco, [_item_sequencing(plan, sco), *([_presentation()] if single else [])])
        for sco in plan.scos
    ]
    # With flow off some players cannot start the first SCO.
    flow = _imsss("sequencing", [_imsss("controlMode", choice="true", flow="true")])
    organization = ims.organization(plan, [*items, flow])
    organization.set(_adlseq.name("objectivesGlobalToSystem"), "false")
    return ims.document(plan, organization)


def _item_sequencing(plan: PackagePlan, sco: Sco) -> etree._Element:
    """Give the item's sequencing: the content, not the LMS, says what is completed and passed.

    Without deliveryControls a conformant LMS completes the SCO when a learner just leaves.
    """
    controls = {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    content = [
        *_waiting(sco.waits_for),
        *_rollup(sco),
        *_objectives(plan, sco),
        _imsss("deliveryControls", **controls),
    ]
    return _imsss("sequencing", content)


def _waiting(objectives: Sequence[str]) -> list[etree._Element]:
    """Give the rule that keeps a SCO closed until all these objectives are satisfied.

    Both conditions are needed: "not satisfied" of an objective that nobody has touched is
    unknown, not true (SCORM 2004 SN, UP.2.1), and the door would stand open.
    """
    if not objectives:
        return []
    conditions = [
        _imsss("ruleCondition", referencedObjective=one, operator="not", condition=condition)
        for one in objectives
        for condition in ("satisfied", "objectiveStatusKnown")
    ]
    any_of_them = _imsss("ruleConditions", conditions, conditionCombination="any")
    rule = _imsss("preConditionRule", [any_of_them, _imsss("ruleAction", action="disabled")])
    return [_imsss("sequencingRules", [rule])]


def _rollup(sco: Sco) -> list[etree._Element]:
    """Take a SCO without a score out of the course's: it would count as 0 (SN, RB.1.1)."""
    return [_imsss("rollupRules", objectiveMeasureWeight="0")] if sco.objective else []


def _objectives(plan: PackagePlan, sco: Sco) -> list[etree._Element]:
    """Give the objectives: what the SCO tells the others, what it hears, and the pass mark."""
    heard = [_imsss("objective", [_shared(plan, one)], objectiveID=one) for one in sco.waits_for]
    if sco.objective:
        told = _shared(plan, sco.objective, writeSatisfiedStatus="true")
        primary = _imsss("primaryObjective", [told], objectiveID=sco.objective)
    elif plan.pass_share is not None:
        measure = _imsss("minNormalizedMeasure", four_places_down(plan.pass_share))
        primary = _imsss(
            "primaryObjective", [measure], objectiveID="PRIMARY", satisfiedByMeasure="true"
        )
    elif heard:
        primary = _imsss("primaryObjective", objectiveID="PRIMARY")
    else:
        return []
    return [_imsss("objectives", [primary, *heard])]


def _shared(plan: PackagePlan, objective: str, **more: str) -> etree._Element:
    """Map an objective to the one of the same meaning that all SCOs of the course can see."""
    target = f"noroom-{plan.course}-{objective}"
    return _imsss("mapInfo", targetObjectiveID=target, readSatisfiedStatus="true", **more)


def _presentation() -> etree._Element:
    """Give the presentation: no Continue and Previous of the LMS beside the player's own."""
    hidden = [_adlnav("hideLMSUI", "continue"), _adlnav("hideLMSUI", "previous")]
    return _adlnav("presentation", [_adlnav("navigationInterface", hidden)])
