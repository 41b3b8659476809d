"""Course data and names of files -> index.html, the page that an LMS opens.

A package with several languages loads no course data at the start: the page lists the languages
as JSON, and the player fetches the one that is chosen (docs/contracts.md section 5).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]


def launch_page(
    editions: Sequence[Mapping[str, Any]],
    files: Sequence[str],
    script: str,
    styles: Sequence[str],
    sco: str = "",
) -> bytes:
    """Give the page; `files` names the course data of each of `editions`, in the same order.

    `sco` is the id of the SCO that the page launches, where there are several.
    """
    several = len(editions) > 1
    text = _template().render(
        course=editions[0]["course"],
        script=script,
        sco=sco,
        styles=styles,
        policy=_policy(editions[0]) if editions[0]["standard"] == "web" else "",
        course_data=None if several else files[0],
        languages=_script_text(_languages(editions, files)) if several else None,
        spoken=[{**one["course"], "messages": one["messages"]} for one in editions],
    )
    return f"{text.rstrip()}\n".encode()


def _policy(data: Mapping[str, Any]) -> str:
    """Give the content security policy of a site: itself, and the LRS to send statements to."""
    tracking = data["tracking"]
    lrs = "{0.scheme}://{0.netloc}".format(urlsplit(tracking["endpoint"])) if tracking else "'none'"
    own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    return f"{own}; connect-src {lrs}; base-uri 'none'; form-action 'none'"


def _languages(editions: Sequence[Mapping[str, Any]], files: Sequence[str]) -> list[Json]:
    """Give what the player shows of each language before its course data is there."""
    return [
        {
            "tag": data["course"]["language"],
            "dir": data["course"]["dir"],
            "name": own_name(data["course"]["language"]),
            "file": file,
            "choose": data["messages"]["language_choose"],
            "waiting": data["messages"]["connecting"],
            "failed": data["messages"]["language_failed"],
        }
        for data, file in zip(editions, files, strict=True)
    ]


def own_name(tag: str) -> str:
    """Give a language's name in that language, as it begins a line, such as "Nederlands"."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


def _script_text(value: list[Json]) -> str:
    """Give JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@functools.cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("scorm_builder", "templates")
    environment = Environment(autoescape=True, undefined=StrictUndefined, loader=loader)
    return environment.get_template("index.html.jinja")
