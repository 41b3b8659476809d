"""A template and its styles -> one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def render_page(template: str, styles: tuple[str, ...], **content: object) -> str:
    """Fill a template of `templates/`; it gets `style` and `style_hash` besides.

    The hash allows these styles and no others (Content Security Policy Level 3).
    """
    from markupsafe import Markup

    style = "".join(map(_style, styles))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return _environment().get_template(template).render(
        style=Markup(style),  # noqa: S704 - our own files
        style_hash=f"sha256-{digest}",
        **content,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("xapi_lrs_reports.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _style(name: str) -> str:
    file = resources.files("xapi_lrs_reports.report").joinpath("templates", name)
    return file.read_text(encoding="utf-8").replace("</", "<\\/")
