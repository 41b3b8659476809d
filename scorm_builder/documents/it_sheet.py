"""The sheet for a chain's IT: hosts to allow, what is sent with an example, what the key can do."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from programme.pseudonym import pseudonym
from programme.settings import ChainLrs
from scorm_builder.documents.filled_words import FilledWords, code, filled_words, whole_number
from scorm_builder.documents.handover import SUMS, Handover
from scorm_builder.documents.render import Article, render
from scorm_builder.lms.lms_presets import options_of

IT_SHEET, PAPER = "it-sheet.html", "it_sheet"
EXAMPLE_LEARNER = "E-01234"
_MEDIA = "media-src 'self'"


def it_sheet(handover: Handover) -> bytes:
    """Give it-sheet.html."""
    example = json.dumps(example_statement(handover), indent=2, ensure_ascii=False)
    shared = {
        "sends": handover.chain.lrs is not None,
        "knows_hotel": handover.chain.one_hotel is not None,
        "answers": options_of(handover.chain).interactions,
        "example": example,
        "packages": [(file, digest) for file, *_, digest in handover.packages],
    }

    def article(language: str) -> Article:
        return {**shared, "words": _words(handover, language)}

    return render(IT_SHEET, PAPER, handover, article)


def _words(handover: Handover, language: str) -> FilledWords:
    lrs = handover.chain.lrs
    sizes = filled_words(PAPER, language, {})
    largest = max(size for *_, size, _ in handover.packages)
    fillers = handover.fillers(language) | {
        "size": sizes.fill("size", number=whole_number(largest / 1000, language)),
        "policy": code(_policy(lrs)),
        "media": code(_MEDIA),
        "learner": code(EXAMPLE_LEARNER),
        "permission": code("statements/write"),
        "sums": code(SUMS),
        "command": code(f"sha256sum --check {SUMS}"),
    }
    return filled_words(PAPER, language, fillers | (_hosts(lrs) if lrs else {}))


def _policy(lrs: ChainLrs | None) -> str:
    """Give the Content Security Policy that a course needs."""
    policy = f"script-src 'self'; style-src 'self'; img-src 'self'; {_MEDIA}"
    if lrs is None:
        return policy
    return policy + "; connect-src 'self' {0.scheme}://{0.netloc}".format(urlsplit(lrs.endpoint))


def _hosts(lrs: ChainLrs) -> dict[str, str]:
    """Give what a firewall has to let through: the host with its port, and the whole address."""
    parts = urlsplit(lrs.endpoint)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {
        "host": code(parts.hostname or ""),
        "port": str(port),
        "scheme": parts.scheme,
        "address": code(f"{lrs.endpoint}statements"),
    }


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
    whom = course.for_profiles(handover.chain.profiles).profiles
    if guests := [one.id for one in whom if not one.counts]:
        of_guest = {f"{programme.settings.iri}/extension/profile": guests[0]}
        context["extensions"] = {**context.get("extensions", {}), **of_guest}
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
