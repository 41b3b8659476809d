"""Course, language, standard and chain -> the data that the player shows.

The shape is docs/contracts.md section 5; the file is one line of ASCII JavaScript.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from programme.settings import Chain
from programme.statement_ids import namespace
from programme.text_direction import text_direction
from scorm_builder.chain.chain_look import NO_LOOK, Look
from scorm_builder.course.bidi import isolated_numbers, isolated_words, unbroken_numbers
from scorm_builder.course.course import Course
from scorm_builder.course.course_model import Question
from scorm_builder.course.course_texts import course_texts
from scorm_builder.course.field_types import Form, Role
from scorm_builder.course.nodes import Card, Node, Picture
from scorm_builder.course.pages import AnyPage, ChoosePage, RolePage
from scorm_builder.course.placeholders import fill, fill_known
from scorm_builder.course.rich_text import to_html
from scorm_builder.course.short_keys import (
    block_key,
    page_key,
    question_key,
    role_key,
    statement_key,
)
from scorm_builder.course.wording import default_nouns, player_messages
from scorm_builder.link.help_data import Places
from scorm_builder.link.hotel_countries import package_countries
from scorm_builder.link.practice_data import innocent, practice_data
from scorm_builder.lms.lms_presets import options_of
from scorm_builder.media.films import film_data, film_files
from scorm_builder.media.pictures import loaded, picture_files, picture_path
from scorm_builder.media.sounds import sound_file, sound_files
from scorm_builder.standards.limits import TITLE_CHARACTERS

FORMAT = 1

Json = dict[str, Any]

_ESCAPES = {"</": "<\\/", "\u2028": "\\u2028", "\u2029": "\\u2029", "\ufeff": "\\ufeff"}
"""What would end a script element, or a line in browsers before 2018, or would not be seen."""


@dataclass(frozen=True)
class Audience:
    """For whom a package is built: `chain` is an id of `programme.chains`, None for anybody.

    With a `role` it is for that role only, and asks nobody what work they do. `unverified` shows
    contacts that nobody has checked, marked as such.
    """

    programme: ProgrammeDirectory | None = None
    chain: str | None = None
    look: Look = NO_LOOK
    role: Role | None = None
    unverified: bool = False

    @property
    def settings(self) -> Chain | None:
        """Give the chain's settings, None for anybody."""
        return self.programme.chains[self.chain] if self.programme and self.chain else None


class Edition:
    """A course in one language: its texts as HTML, rendered once for all chains and standards."""

    def __init__(self, course: Course, language: str) -> None:
        self.course, self.language = course, language
        translation = (course.translations or {}).get(language, {})
        self._texts = {
            text.context: (translation.get(text.context, text.text), text.form)
            for text in course_texts(course)
        }

    @functools.cached_property
    def pictures(self) -> dict[str, bytes]:
        """Give {name in a package: content} of pictures, recordings and films, read once."""
        of_language = sound_files(self.course, self.language) | film_files(
            self.course, self.language
        )
        return picture_files(self.course) | of_language

    def audio(self, name: str | None) -> dict[str, str]:
        """Give {"audio": name in a package}, or nothing where there is no recording."""
        file = sound_file(self.course, name, self.language)
        return {"audio": loaded(file)[0]} if file else {}

    @functools.cache  # noqa: B019 - an edition lives as long as the build that made it
    def picture_name(self, picture: Picture) -> str:
        """Give the name of a picture in a package; its file is read once."""
        return picture_path(self.course.folder, picture)

    @functools.cache  # noqa: B019 - an edition lives as long as the build that made it
    def html(self, context: str) -> str:
        """Give the text of `context` with its placeholders still open; "" if there is none."""
        text, form = self._texts.get(context, ("", Form.PLAIN))
        return to_html(text, form)

    def is_plain(self, context: str) -> bool:
        """Tell whether the text of `context` is plain text, not HTML."""
        return self._texts.get(context, ("", Form.PLAIN))[1] is Form.PLAIN


class _Writer:
    """Writes an edition's texts with the words of one chain."""

    def __init__(self, edition: Edition, audience: Audience) -> None:
        self.edition, self.course, self.role = edition, edition.course, audience.role
        self.is_rtl = text_direction(edition.language) == "rtl"
        self.places = _places(edition, audience, rtl=self.is_rtl)
        words = _words(edition, audience, self.places.emergency)
        self.words = isolated_words(words) if self.is_rtl else words

    def applies(self, node: Node) -> bool:
        return self.course.applies(node, self.role)

    def limits(self, node: Node) -> Json:
        """Give {"roles": keys} for a node that only some roles get."""
        if not node.roles or self.role is not None:
            return {}
        return {"roles": [role_key(role) for role in node.roles]}

    def text(self, context: str) -> str:
        plain = self.edition.is_plain(context)
        text = fill(self.edition.html(context), self.words, as_html=not plain)
        text = self.places.filled(text, as_html=not plain)
        return isolated_numbers(text) if self.is_rtl else unbroken_numbers(text)

    def messages(self) -> dict[str, str]:
        """Give the player's own words; those about help fit the contacts that there are."""
        own = player_messages(self.edition.language) | self.places.messages()
        return {key: fill_known(text, self.words) for key, text in own.items()}

    def picture(self, context: str, picture: Picture) -> Json:
        """Give {src, description}; `context` is the picture's own."""
        src = self.edition.picture_name(picture)
        return {"src": src, "description": self.text(f"{context}.description")}

    def texts(self, context: str, **names: str) -> Json:
        """Give {field: text} for fields named by their last step, such as html="text"."""
        return {field: self.text(f"{context}.{name}") for field, name in names.items()}


@dataclass(frozen=True)
class Listing:
    """What a catalogue shows of a course; `iri` is the same in every version and language."""

    iri: str
    description: str


def compile_listing(edition: Edition, audience: Audience) -> Listing:
    """Give IRI and description (plain text) as docs/contracts.md section 1 has them."""
    course, programme = edition.course, audience.programme
    text = _Writer(edition, audience).text("course.description")
    if programme is not None:
        return Listing(f"{programme.settings.iri}/course/{course.id}", text)
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:noroom:course:{course.id}")
    return Listing(own.urn, text)


def compile_course_data(edition: Edition, standard: str, audience: Audience) -> Json:
    """Give the course as data for the player, `course.build` still empty.

    entry_data.for_standard adds what is asked before the course begins.
    """
    writer = _Writer(edition, audience)
    course, language = edition.course, edition.language
    settings = course.settings.value
    check = settings.check
    return {
        "format": FORMAT,
        "standard": standard,
        "course": {
            "id": course.id,
            "version": settings.version,
            "title": writer.text("course.title"),
            "language": language,
            "dir": text_direction(language),
            "draft": course.languages[language].status == "draft",
            "build": "",
            **({} if settings.tracking else {"group": True}),
        },
        "options": options_of(audience.settings).model_dump(exclude={"mastery", "scos"}),
        "brand": _brand(audience),
        "tracking": _tracking(course, audience),
        "messages": writer.messages(),
        "help": writer.places.help(),
        **writer.places.default(),
        "roles": _roles(writer),
        "blocks": _blocks(writer),
        "check": check
        and {
            "draw": check.draw,
            "pass": check.pass_,
            "questions": [_question(writer, placed.value) for placed in course.pool(audience.role)],
        },
    }


def course_script(data: Mapping[str, Any]) -> bytes:
    """Give course-<hash>.js: UTF-8 that says so by a BOM, keys sorted, `</` never in it.

    The BOM holds against any charset that a server's header names (HTML, "fetch a classic script";
    Encoding, "decode"). Escapes would do so too, but a Ukrainian letter takes six bytes as one.
    """
    return _script("noroomCourse", data)


def texts_script(texts: Mapping[str, Any]) -> bytes:
    """Give texts-<hash>.js, written likewise."""
    return _script("noroomTexts", texts)


def _script(name: str, data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for mark, escape in _ESCAPES.items():
        text = text.replace(mark, escape)
    return f"globalThis.{name}={text};\n".encode("utf-8-sig")


def build_hash(*contents: bytes) -> str:
    """Give the first 8 hex digits of the SHA-256 over all contents, each with its length."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:8]


def _places(edition: Edition, audience: Audience, *, rtl: bool) -> Places:
    course, programme = edition.course, audience.programme
    return Places(
        package_countries(course, programme, audience.chain),
        course.settings.value.contacts_for, edition.language, rtl,
        programme.path if programme else None, audience.settings, audience.unverified,
    )  # fmt: skip


def _words(edition: Edition, audience: Audience, emergency: str) -> dict[str, str]:
    """Give the word of every placeholder (placeholders.KNOWN)."""
    nouns, language = default_nouns(edition.language), edition.language
    programme, chain = audience.programme, None
    if programme is not None and audience.chain is not None:
        chain = programme.chains[audience.chain]
    words = {
        "manager": (chain.manager_title.get(language) if chain else None) or nouns["manager"],
        "second_contact": (chain.second_contact.get(language) if chain else None)
        or nouns["second_contact"],
        "programme": programme.settings.name if programme else nouns["programme"],
        "emergency": emergency,
    }
    title = fill(edition.html("course.title"), words, as_html=False)
    if len(title) > TITLE_CHARACTERS:
        what = f"with its placeholders filled, this title has {len(title)} characters"
        fix = f"Take a placeholder out; an LMS keeps {TITLE_CHARACTERS} characters."
        problem = edition.course.settings.problem(("title",), "title-filled-too-long", what, fix)
        raise InputError([problem])
    return {**words, "course": title}


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


def _blocks(writer: _Writer) -> list[Json]:
    """Give the blocks that have a page left, in order."""
    return [
        {
            "id": block.id,
            "key": block_key(block.id),
            "title": writer.text(f"block.{block.id}.title"),
            "minutes": block.minutes,
            "breakpoint": block.breakpoint,
            "pages": [_page(writer, page) for page in pages],
        }
        for block, left in writer.course.blocks_left(writer.role)
        if (pages := [page for page in left if page.kind != "role" or writer.role is None])
    ]


def _roles(writer: _Writer) -> Json | None:
    """Give the roles that a learner can choose; None where there is nothing to choose."""
    pages = (placed.value for placed in writer.course.pages())
    page = next((one for one in pages if isinstance(one, RolePage)), None)
    if page is None or writer.role is not None:
        return None
    return {
        "other": role_key(page.otherwise),
        "choices": [
            {
                "id": role,
                "key": role_key(role),
                **writer.texts(f"role.{role}", title="title", description="description"),
            }
            for role in writer.course.roles
        ],
    }


def _page(writer: _Writer, page: AnyPage) -> Json:
    context = f"page.{page.id}"
    common = {"id": page.id, "key": page_key(page.id), "kind": page.kind}
    common |= writer.texts(context, title="title", html="text")
    common |= _picture(writer, context, page.picture) | writer.limits(page)
    if page.referral:
        common["html"] += writer.places.referral()
    common |= writer.edition.audio(page.audio)
    if page.warning is not None:
        common["warning"] = writer.text(f"{context}.warning")
    return {**common, **_kind(writer, context, page)}


def _kind(writer: _Writer, context: str, page: AnyPage) -> Json:
    """Give what pages of this kind have besides what every page has."""
    match page.kind:
        case "cards":
            return {"cards": _cards(writer, context, page.cards)}
        case "video":
            film = film_data(writer.course, page.film, writer.edition.language)
            cards = _cards(writer, context, page.cards)
            return {"cards": cards, "film": film, **writer.texts(context, transcript="transcript")}
        case "true_false":
            statements = _nodes(writer, context, page.statements, html="text", feedback="feedback")
            for node, statement in zip(_applying(writer, page.statements), statements, strict=True):
                statement |= {"key": statement_key(page.id, node.id), "answer": node.answer}
            return {"statements": statements}
        case "choose_one" | "choose_several":
            return _choice(writer, context, page)
        case "order":
            steps = _nodes(writer, context, page.steps, html="text")
            asked = writer.texts(context, question="question", feedback="feedback")
            return {**asked, "steps": steps}
        case "hotspot" | "signals_scale" | "sort" | "dialogue" | "reflection":
            return practice_data(writer, context, page)
        case "finish":
            return writer.texts(context, card="card", team="team")
        case _:
            return {}


def _cards(writer: _Writer, context: str, cards: list[Card]) -> list[Json]:
    nodes = _nodes(writer, context, cards, title="title", html="text")
    for card, node in zip(_applying(writer, cards), nodes, strict=True):
        node |= _picture(writer, f"{context}.{card.id}", card.picture)
        node |= writer.edition.audio(card.audio)
        node["innocent"] = innocent(writer, card)
    return nodes


def _picture(writer: _Writer, context: str, picture: Picture | None) -> Json:
    """Give {"picture": {src, description}}, or nothing where there is none."""
    if picture is None:
        return {}
    return {"picture": writer.picture(f"{context}.picture", picture)}


def _question(writer: _Writer, question: Question) -> Json:
    context = f"question.{question.id}"
    return {
        "id": question.id,
        "key": question_key(question.id),
        "kind": question.kind,
        "must_pass": question.must_pass,
        "html": writer.text(f"{context}.text"),
        **writer.limits(question),
        **_choice(writer, context, question),
    }


def _choice(writer: _Writer, context: str, choice: ChoosePage | Question) -> Json:
    """Give question, options, their order and feedback of a page or a question of the pool."""
    nodes = _nodes(writer, context, choice.options, html="text", feedback="feedback")
    for option, node in zip(_applying(writer, choice.options), nodes, strict=True):
        node["right"] = option.right
    asked = writer.texts(context, question="question", feedback="feedback")
    return {**asked, "keep_order": choice.keep_order, "options": nodes}


def _nodes(writer: _Writer, context: str, nodes: list[Any], **fields: str) -> list[Json]:
    """Give id and texts of the nodes that apply."""
    return [
        {
            "id": node.id,
            **writer.texts(f"{context}.{node.id}", **fields),
            **writer.limits(node),
        }
        for node in _applying(writer, nodes)
    ]


def _applying(writer: _Writer, nodes: list[Any]) -> list[Any]:
    return [node for node in nodes if writer.applies(node)]
