"""The sheet for a chain's IT: hosts to allow, what is sent with an example, what the key can do."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from programme.pseudonym import pseudonym
from programme.settings import ChainLrs
from scorm_builder.documents.handover import IT_SHEET, Handover
from scorm_builder.documents.render import render

EXAMPLE_LEARNER = "E-01234"


def it_sheet(handover: Handover) -> bytes:
    """Give it-sheet.html."""
    lrs = handover.chain.lrs
    view = handover.view() | {
        "host": _host(lrs) if lrs else None,
        "endpoint": lrs.endpoint if lrs else None,
        "origin": "{0.scheme}://{0.netloc}".format(urlsplit(lrs.endpoint)) if lrs else None,
        "example": json.dumps(example_statement(handover), indent=2, ensure_ascii=False),
        "example_learner": EXAMPLE_LEARNER,
        "largest": max(size for *_, size, _ in handover.packages),
    }
    return render(IT_SHEET, handover, view)


def example_statement(handover: Handover) -> dict[str, Any]:
    """Give a statement as these packages send it, values invented (contracts.md, section 3)."""
    programme, course = handover.programme, handover.course
    iri = f"{programme.settings.iri}/course/{course.id}"
    grouping = [{"id": f"{iri}/version/{course.settings.value.version}"}]
    context: dict[str, Any] = {
        "registration": "7a4f1c52-6f0e-4f0a-9f53-2b1f6d1c0e11",
        "platform": handover.packages[0][1],
        "language": handover.packages[0][2][0],
        "contextActivities": {"category": [{"id": "https://w3id.org/xapi/scorm"}]},
    }
    if handover.chain.one_hotel:
        grouping.append({"id": f"{programme.settings.iri}/hotel/{handover.chain.one_hotel}"})
        source = f"{programme.settings.iri}/extension/hotel-source"
        context["extensions"] = {source: "package"}
    context["contextActivities"]["grouping"] = grouping
    name = pseudonym(EXAMPLE_LEARNER, programme.salt(handover.chain_id))
    account = {"homePage": programme.chain_iri(handover.chain_id), "name": name}
    return {
        "id": "2c7a7f0e-1d68-5f0f-9b5b-3d1c1a0c8a55",
        "actor": {"objectType": "Agent", "account": account},
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/completed",
            "display": {"en": "completed"},
        },
        "object": {
            "objectType": "Activity",
            "id": iri,
            "definition": {"type": "http://adlnet.gov/expapi/activities/course"},
        },
        "result": {"completion": True, "success": True},
        "context": context,
        "timestamp": "2026-11-21T10:00:00.000Z",
    }


def _host(lrs: ChainLrs) -> str:
    """Give what a firewall has to let through, such as "lrs.example.org, port 443"."""
    parts = urlsplit(lrs.endpoint)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.hostname}, port {port} ({parts.scheme})"
