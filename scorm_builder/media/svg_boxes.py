"""Where the elements of an SVG picture lie: their boxes, as a browser would draw them.

Knows the shapes, groups, `<use>` and transforms of SVG 1.1; curves and arcs are measured at points
along them. Strokes, clips, masks and style sheets are not counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorm_builder.media.svg_paths import Point, path_points

Matrix = tuple[float, float, float, float, float, float]

NAMESPACE = "{http://www.w3.org/2000/svg}"
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_NOT_DRAWN = frozenset(["defs", "clipPath", "mask", "symbol", "linearGradient", "radialGradient"])
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MAX_DEPTH = 40
_POINTS_OF_AN_ELLIPSE = 48


@dataclass(frozen=True)
class Box:
    """A rectangle in shares of the picture's width and height, 0..1."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share more than an edge."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across > _TOUCHING and down > _TOUCHING

    def is_inside(self) -> bool:
        """Tell whether the box lies in the picture; a hair outside is forgiven."""
        edges = (self.x, self.y, 1 - self.x - self.width, 1 - self.y - self.height)
        return all(edge > -_OUTSIDE for edge in edges)


_TOUCHING = 0.001
_OUTSIDE = 0.01


class SvgPicture:
    """A parsed SVG; `width` and `height` are those of its viewBox. ValueError without one."""

    def __init__(self, root: Any) -> None:
        numbers = [float(one) for one in _NUMBER.findall(root.get("viewBox", ""))]
        if len(numbers) != 4 or min(numbers[2:]) <= 0:
            raise ValueError("no viewBox")
        self._left, self._top, self.width, self.height = numbers
        self._root = root
        self._elements = {one.get("id"): one for one in root.iter() if one.get("id")}
        self._boxes: dict[str, Box | None] = {}

    @property
    def ids(self) -> list[str]:
        """Give the ids of all elements."""
        return list(self._elements)

    def box(self, element_id: str) -> Box | None:
        """Give the box of an element; None where it draws nothing."""
        if element_id not in self._boxes:  # the checks ask, and each language of each package
            self._boxes[element_id] = self._measured(element_id)
        return self._boxes[element_id]

    def _measured(self, element_id: str) -> Box | None:
        element = self._elements[element_id]
        points = list(self._points(element, self._above(element), 0))
        if not points:
            return None
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        return Box(
            (left - self._left) / self.width,
            (top - self._top) / self.height,
            (right - left) / self.width,
            (bottom - top) / self.height,
        )

    def _above(self, element: Any) -> Matrix:
        """Give the transform of everything around an element."""
        matrix = _IDENTITY
        for ancestor in element.iterancestors():
            matrix = _times(_transform(ancestor.get("transform", "")), matrix)
        return matrix

    def _points(self, element: Any, above: Matrix, depth: int) -> Iterator[Point]:
        name = _name(element)
        if name in _NOT_DRAWN or element.get("display") == "none" or depth > _MAX_DEPTH:
            return
        matrix = _times(above, _transform(element.get("transform", "")))
        for x, y in _shape(name, element):
            yield _apply(matrix, x, y)
        if name == "use":
            target = self._elements.get((element.get("href") or element.get(_XLINK, ""))[1:])
            if target is not None:
                moved = (1.0, 0.0, 0.0, 1.0, _length(element, "x"), _length(element, "y"))
                yield from self._points(target, _times(matrix, moved), depth + 1)
        for child in element:
            yield from self._points(child, matrix, depth + 1)


def _name(element: Any) -> str:
    return str(element.tag).removeprefix(NAMESPACE)


def _length(element: Any, attribute: str) -> float:
    found = _NUMBER.match(element.get(attribute, ""))
    return float(found[0]) if found else 0.0


def _shape(name: str, element: Any) -> list[Point]:
    """Give points whose box is the box of one shape, before its transform."""
    match name:
        case "rect" | "image":
            x, y = _length(element, "x"), _length(element, "y")
            right, bottom = x + _length(element, "width"), y + _length(element, "height")
            return [(x, y), (right, y), (right, bottom), (x, bottom)]
        case "circle" | "ellipse":
            rx = _length(element, "r") or _length(element, "rx")
            ry = _length(element, "r") or _length(element, "ry")
            return _ellipse(_length(element, "cx"), _length(element, "cy"), rx, ry)
        case "line":
            ends = (("x1", "y1"), ("x2", "y2"))
            return [(_length(element, x), _length(element, y)) for x, y in ends]
        case "polygon" | "polyline":
            numbers = [float(one) for one in _NUMBER.findall(element.get("points", ""))]
            return list(zip(numbers[::2], numbers[1::2], strict=False))
        case "path":
            return path_points(element.get("d", ""))
        case _:
            return []


def _ellipse(x: float, y: float, rx: float, ry: float) -> list[Point]:
    turns = [2 * math.pi * n / _POINTS_OF_AN_ELLIPSE for n in range(_POINTS_OF_AN_ELLIPSE)]
    return [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]


def _transform(text: str) -> Matrix:
    matrix = _IDENTITY
    for kind, inside in _TRANSFORM.findall(text):
        matrix = _times(matrix, _one_transform(kind, [float(n) for n in _NUMBER.findall(inside)]))
    return matrix


def _one_transform(kind: str, given: list[float]) -> Matrix:
    first, second, third = (*given, 0.0, 0.0, 0.0)[:3]
    match kind:
        case "matrix" if len(given) == 6:
            return given[0], given[1], given[2], given[3], given[4], given[5]
        case "translate":
            return 1, 0, 0, 1, first, second
        case "scale":
            return first, 0, 0, second if len(given) > 1 else first, 0, 0
        case "rotate":
            turn = math.radians(first)
            turned = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0.0, 0.0)
            around = _times((1, 0, 0, 1, second, third), turned)
            return _times(around, (1, 0, 0, 1, -second, -third))
        case "skewX":
            return 1, 0, math.tan(math.radians(first)), 1, 0, 0
        case "skewY":
            return 1, math.tan(math.radians(first)), 0, 1, 0, 0
        case _:
            return _IDENTITY


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
