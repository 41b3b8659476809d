"""The papers' templates -> one HTML file each, Dutch and English, nothing fetched from anywhere."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorm_builder.documents.handover import Handover

LANGUAGES = ("nl", "en")


def render(name: str, handover: Handover, view: dict[str, Any]) -> bytes:
    """Give the paper `name` as UTF-8; the programme's own language stands first."""
    own = handover.programme.settings.language
    order = sorted(LANGUAGES, key=lambda language: language != own)
    text: str = _template(f"{name}.jinja").render(**view, order=order)
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
