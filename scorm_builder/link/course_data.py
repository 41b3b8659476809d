"""Course, language, standard and chain -> the data that the player shows.

The shape is docs/contracts.md section 5; data_scripts.py writes it as one line of JavaScript.
"""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from typing import Any

from programme.statement_ids import namespace
from programme.text_direction import text_direction
from scorm_builder.course.course import Course
from scorm_builder.course.pages import RolePage
from scorm_builder.course.short_keys import block_key, role_key
from scorm_builder.link.chain_texts import ChainTexts
from scorm_builder.link.edition import Audience, Edition
from scorm_builder.link.page_data import page_data, question_data
from scorm_builder.lms.lms_presets import options_of

FORMAT = 1

Json = dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """What a catalogue shows of a course; `iri` is the same in every version and language."""

    iri: str
    description: str


def compile_listing(edition: Edition, audience: Audience) -> Listing:
    """Give IRI and description (plain text) as docs/contracts.md section 1 has them."""
    course, programme = edition.course, audience.programme
    text = ChainTexts(edition, audience).text("course.description")
    if programme is not None:
        return Listing(f"{programme.settings.iri}/course/{course.id}", text)
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:noroom:course:{course.id}")
    return Listing(own.urn, text)


def compile_course_data(edition: Edition, standard: str, audience: Audience) -> Json:
    """Give the course as data for the player, `course.build` still empty.

    entry_data.for_standard adds what is asked before the course begins.
    """
    texts = ChainTexts(edition, audience)
    course, language = edition.course, edition.language
    settings = course.settings.value
    check = settings.check
    return {
        "format": FORMAT,
        "standard": standard,
        "course": {
            "id": course.id,
            "version": settings.version,
            "title": texts.text("course.title"),
            "language": language,
            "dir": text_direction(language),
            "draft": course.languages[language].status == "draft",
            "build": "",
            **({} if settings.tracking else {"group": True}),
        },
        "options": options_of(audience.settings).model_dump(exclude={"mastery", "scos"}),
        "brand": _brand(audience),
        "tracking": _tracking(course, audience),
        "messages": texts.messages(),
        "help": texts.places.help(),
        **texts.places.default(),
        "roles": _roles(texts),
        **({"profiles": profiles} if (profiles := texts.profiles.data()) else {}),
        "blocks": _blocks(texts),
        "check": check
        and {
            "draw": check.draw,
            "pass": check.pass_,
            "questions": [question_data(texts, placed.value) for placed in course.pool(texts.role)],
        },
    }


def _tracking(course: Course, audience: Audience) -> Json | None:
    """Give where statements go; None where nobody wants any."""
    if audience.programme is None or audience.chain is None or not course.settings.value.tracking:
        return None
    programme, chain = audience.programme, audience.programme.chains[audience.chain]
    if chain.lrs is None:
        return None
    iri = programme.settings.iri
    key = base64.b64encode(chain.lrs.key.encode("utf-8")).decode("ascii")
    return {
        "endpoint": chain.lrs.endpoint,
        "authorization": f"Basic {key}",
        "homePage": programme.chain_iri(audience.chain),
        "course": f"{iri}/course/{course.id}",
        "version": f"{iri}/course/{course.id}/version/{course.settings.value.version}",
        "hotel": f"{iri}/hotel/{chain.one_hotel}" if chain.one_hotel else None,
        "hotels": f"{iri}/hotel/",
        "extensions": f"{iri}/extension/",
        "namespace": str(namespace(iri)),
        "salt": programme.salt(audience.chain),
    }


def _brand(audience: Audience) -> Json | None:
    """Give the chain's name and logo; None where it has no logo."""
    chain, logo = audience.settings, audience.look.logo
    return {"name": chain.name, "logo": logo[0]} if chain and logo else None


def _blocks(texts: ChainTexts) -> list[Json]:
    """Give the blocks that have a page left, in order."""
    return [
        {
            "id": block.id,
            "key": block_key(block.id),
            "title": texts.text(f"block.{block.id}.title"),
            "minutes": block.minutes,
            "breakpoint": block.breakpoint,
            "pages": [page_data(texts, page) for page in pages],
        }
        for block, left in texts.course.blocks_left(texts.role)
        if (pages := [page for page in left if page.kind != "role" or texts.role is None])
    ]


def _roles(texts: ChainTexts) -> Json | None:
    """Give the roles that a learner can choose; None where there is nothing to choose."""
    pages = (placed.value for placed in texts.course.pages())
    page = next((one for one in pages if isinstance(one, RolePage)), None)
    if page is None or texts.role is not None:
        return None
    roles = texts.course.roles
    return {
        "other": role_key(page.otherwise if page.otherwise in roles else roles[0]),
        "choices": [
            {
                "id": role,
                "key": role_key(role),
                **texts.fields(f"role.{role}", title="title", description="description"),
            }
            for role in texts.course.roles
        ],
    }
