"""References in a manifest -> names of files in the package."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from scorm_builder.inspect.read_xml import attribute

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_address(href: str) -> bool:
    """Tell whether a reference leaves the package: `https://…`, `//…`, `mailto:…`."""
    return bool(_SCHEME.match(href)) or href.startswith("//")


def resolve(folder: str, base: str, href: str) -> str | None:
    """Give the name in the package that `href` means; None where it means none.

    Query and fragment are dropped, percent signs decoded; a name may still climb out with `..`.
    """
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        return None
    if is_address(href) or not path:
        return None
    return posixpath.normpath(posixpath.join(folder, base, path))


def resource_base(element: etree._Element) -> str:
    """Give xml:base of an element and all above it, joined."""
    bases = [attribute(one, "base") or "" for one in (element, *element.iterancestors())]
    return posixpath.join("", *reversed(bases))
