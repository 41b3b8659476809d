"""PackagePlan -> tincan.xml: the list of activities by which LMSs launch plain xAPI packages.

One activity, which is the course: LMSs that track every activity would complete a course by any
part of it.
"""

from __future__ import annotations

from scorm_builder.package.plan_package import PackagePlan
from scorm_builder.standards.elements import Namespace, document
from scorm_builder.standards.grammar import require_valid

_IRI = "http://projecttincan.com/tincan.xsd"
_tincan = Namespace(_IRI, {None: _IRI})


def activities(plan: PackagePlan) -> bytes:
    """Give tincan.xml: UTF-8, no BOM, no DOCTYPE; valid by tincan.rng."""
    texts = {"name": plan.title, "description": plan.listing.description, "launch": plan.launch}
    activity = _tincan(
        "activity",
        [_tincan(name, text, lang=plan.language) for name, text in texts.items()],
        id=plan.listing.iri,
        type="http://adlnet.gov/expapi/activities/course",
    )
    return document(require_valid(_tincan("tincan", [_tincan("activities", [activity])]), "tincan"))
