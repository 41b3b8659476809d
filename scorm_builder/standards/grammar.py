"""RELAX NG grammars of our own, for manifests whose official schema is not shipped."""

from __future__ import annotations

import functools
from importlib import resources

from lxml import etree


@functools.cache
def grammar(name: str) -> etree.RelaxNG:
    """Give the grammar in `<name>.rng` beside this module."""
    file = resources.files("scorm_builder.standards").joinpath(f"{name}.rng")
    return etree.RelaxNG(etree.fromstring(file.read_bytes()))


def require_valid(root: etree._Element, name: str) -> etree._Element:
    """Give `root` back when it follows the grammar.

    Raises:
        lxml.etree.DocumentInvalid: it does not, which is a defect of the module that made it.
    """
    grammar(name).assertValid(root)
    return root
