"""The papers' templates -> one HTML file each, Dutch and English, nothing fetched from anywhere."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from scorm_builder.documents.language_names import language_names

if TYPE_CHECKING:
    from scorm_builder.documents.handover import Handover

LANGUAGES = ("nl", "en")


def render(name: str, handover: Handover, view: dict[str, Any]) -> bytes:
    """Give the paper `name` as UTF-8; HR's own language stands first, and is named if missing."""
    wanted = handover.hr_languages
    own = next((tag for tag in wanted if tag in LANGUAGES), "en")
    order = sorted(LANGUAGES, key=lambda language: language != own)
    missing = "" if wanted[0] in LANGUAGES else language_names(wanted[0])["en"]
    text: str = _template(f"{name}.jinja").render(**view, order=order, missing=missing)
    return f"{text.rstrip()}\n".encode()


@functools.cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("scorm_builder", "templates")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=loader, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)
