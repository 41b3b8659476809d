"""Elements of one XML namespace, made in one call each; text and attributes are escaped by lxml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree


@dataclass(frozen=True)
class Namespace:
    """One XML namespace; `prefixes` are those that its elements may declare (None: the default)."""

    iri: str
    prefixes: Mapping[Any, str]

    def __call__(
        self,
        name: str,
        content: str | Iterable[etree._Element] = (),
        /,
        **attributes: str,
    ) -> etree._Element:
        """Make `<name>` with text or children; attributes without a namespace, in their order."""
        element = etree.Element(f"{{{self.iri}}}{name}", attributes, nsmap=self.prefixes)
        if isinstance(content, str):
            element.text = content
        else:
            element.extend(content)
        return element

    def name(self, local: str) -> str:
        """Give the qualified name of an attribute, as lxml wants it."""
        return f"{{{self.iri}}}{local}"


def document(root: etree._Element) -> bytes:
    """Give the file: UTF-8 with declaration, no BOM, no DOCTYPE, indented by two spaces."""
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text
