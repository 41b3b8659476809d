"""Course data and names of files -> index.html, the page that an LMS opens.

A package with several languages loads no course data at the start: the page lists the languages
as JSON, and the player fetches the one that is chosen (docs/contracts.md section 5).
"""

from __future__ import annotations

import html
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
    course = editions[0]["course"]
    lines = ["<!DOCTYPE html>", _element("html", lang=course["language"], dir=course["dir"])]
    lines += ["<head>", _element("meta", charset="utf-8"), *_metas(editions[0])]
    lines.append(f"<title>{html.escape(course['title'])}</title>")
    lines += [_element("link", rel="stylesheet", href=sheet) for sheet in styles]
    if several:
        listed = _script_text(_languages(editions, files))
        lines.append(f'<script type="application/json" id="languages">{listed}</script>')
    scripts = [script] if several else [files[0], script]
    lines += [f"{_element('script', src=one, defer='')}</script>" for one in scripts]
    lines += ["</head>", _element("body", **({"data-sco": sco} if sco else {}))]
    for edition in editions:
        lines += _words(edition, own_language=several)
    lines += ["</body>", "</html>", ""]
    return "\n".join(lines).encode()


def _element(name: str, /, **attributes: str) -> str:
    """Give the tag that begins an element."""
    listed = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{listed}>"


def _metas(data: Mapping[str, Any]) -> list[str]:
    metas = {"viewport": "width=device-width, initial-scale=1, viewport-fit=cover"}
    lines = []
    if data["standard"] == "web":
        policy = {"http-equiv": "Content-Security-Policy", "content": _policy(data)}
        lines.append(_element("meta", **policy))
        metas |= {"referrer": "no-referrer", "robots": "noindex"}
    metas["color-scheme"] = "light dark"
    return lines + [_element("meta", name=key, content=value) for key, value in metas.items()]


def _words(data: Mapping[str, Any], *, own_language: bool) -> list[str]:
    """Give what stands there when the player does not start."""
    course, messages = data["course"], data["messages"]
    tongue = {"lang": course["language"], "dir": course["dir"]} if own_language else {}
    no_script, failed = html.escape(messages["start_no_script"]), messages["start_failed"]
    problem = _element("p", **{"class": "start-problem"}, **tongue)
    return [
        f"<noscript>{_element('p', **tongue)}{no_script}</p></noscript>",
        f"{problem}{html.escape(failed)}</p>",
    ]


def _policy(data: Mapping[str, Any]) -> str:
    """Give the content security policy of a site: itself, and the LRS to send statements to."""
    tracking = data["tracking"]
    lrs = "{0.scheme}://{0.netloc}".format(urlsplit(tracking["endpoint"])) if tracking else "'none'"
    own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    return f"{own}; media-src 'self'; connect-src {lrs}; base-uri 'none'; form-action 'none'"


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
