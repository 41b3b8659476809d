"""PackagePlan -> cmi5.xml of cmi5 1.0 (Quartz): a course structure with one AU.

Spec: cmi5 1.0, sections 13 and 14.
"""

from __future__ import annotations

from lxml import etree

from scorm_builder.package.plan_package import PackagePlan
from scorm_builder.standards.decimals import four_places_down
from scorm_builder.standards.elements import Namespace, document
from scorm_builder.standards.grammar import require_valid

_IRI = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_cmi5 = Namespace(_IRI, {None: _IRI})


def course_structure(plan: PackagePlan) -> bytes:
    """Give cmi5.xml: UTF-8, no BOM, no DOCTYPE; valid by cmi5.rng."""
    course = _cmi5("course", _texts(plan), id=plan.listing.iri)
    return document(require_valid(_cmi5("courseStructure", [course, _au(plan)]), "cmi5"))


def _au(plan: PackagePlan) -> etree._Element:
    """Give the AU. Without moveOn an LMS would take it for satisfied from the start."""
    attributes = {"id": f"{plan.listing.iri}#au", "moveOn": "Completed"}
    if plan.pass_share is not None:
        attributes["moveOn"] = "CompletedAndPassed"
        attributes["masteryScore"] = four_places_down(plan.pass_share)
    attributes["launchMethod"] = "AnyWindow"
    return _cmi5("au", [*_texts(plan), _cmi5("url", plan.launch)], **attributes)


def _texts(plan: PackagePlan) -> list[etree._Element]:
    """Give title and description, which every level must have."""
    named = {"title": plan.title, "description": plan.listing.description}
    return [
        _cmi5(name, [_cmi5("langstring", text, lang=plan.language)]) for name, text in named.items()
    ]
