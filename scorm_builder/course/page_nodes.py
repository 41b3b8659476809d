"""What stands on a page or question: the lists of nodes in its fields, however deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from programme.yaml_source import NodePath
from scorm_builder.course.nodes import Node


@dataclass(frozen=True)
class NodeList:
    """The nodes below the key `name`, of which the format wants at least `least`."""

    name: str
    nodes: list[Node]
    least: int


def node_lists(owner: BaseModel) -> Iterator[NodeList]:
    """Give the lists directly below `owner`, in the order of its fields."""
    for name, field in type(owner).model_fields.items():
        value = getattr(owner, name)
        if isinstance(value, list) and value and all(isinstance(one, Node) for one in value):
            least = next((m.min_length for m in field.metadata if hasattr(m, "min_length")), 0)
            yield NodeList(name, value, least)


def nodes_below(owner: BaseModel, path: NodePath = ()) -> Iterator[tuple[NodePath, Node]]:
    """Give every node below `owner` with its path, each before what is below itself."""
    for listed in node_lists(owner):
        for number, node in enumerate(listed.nodes):
            here = (*path, listed.name, number)
            yield here, node
            yield from nodes_below(node, here)
