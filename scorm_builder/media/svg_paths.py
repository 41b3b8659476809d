"""The `d` of an SVG path -> points along it, close enough together to measure it.

Spec: SVG 1.1, section 8.3; arcs by appendix F.6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

_TOKEN = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_ARC_ARGUMENTS = re.compile(
    r"\s*,?\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*,?\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)"
    r"\s*,?\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*,?\s*([01])\s*,?\s*([01])"
)
_PAIR = re.compile(r"(?:\s*,?\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?){2}")
_LENGTHS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_STEPS = 24


@dataclass
class _Pen:
    """Where the pen is, where its subpath began, and the last control point of a curve."""

    at: Point = (0.0, 0.0)
    start: Point = (0.0, 0.0)
    control: Point | None = None
    last: str = ""


def path_points(d: str) -> list[Point]:
    """Give points of a path; what cannot be read ends it, as in a browser."""
    pen, points = _Pen(), []
    for command, numbers in _segments(d):
        points += _draw(pen, command, numbers)
        pen.last = command.upper()
    return points


def _segments(d: str) -> Iterator[tuple[str, list[float]]]:
    """Give each command with the numbers that it needs, repeated commands written out."""
    for command, inside in re.findall(r"([A-Za-z])([^A-Za-z]*(?:[eE][+-]?\d+[^A-Za-z]*)*)", d):
        length = _LENGTHS.get(command.upper())
        if length is None:
            return
        numbers = _numbers(command, inside)
        if length == 0:
            yield command, []
        for start in range(0, len(numbers) - length + 1, length or 1):
            if length:
                again = {"M": "L", "m": "l"}.get(command, command) if start else command
                yield again, numbers[start : start + length]


def _numbers(command: str, inside: str) -> list[float]:
    if command in "Aa":  # the two flags of an arc may stand without a space after them
        inside = _spaced_flags(inside)
    return [float(one) for one in _TOKEN.findall(inside) if not one.isalpha()]


def _spaced_flags(inside: str) -> str:
    spaced, rest = "", inside
    while found := _ARC_ARGUMENTS.match(rest):
        point = _PAIR.match(rest, found.end())
        if not point:
            break
        spaced += f" {' '.join(found.groups())} {point[0]}"
        rest = rest[point.end() :]
    return spaced


def _draw(pen: _Pen, command: str, numbers: list[float]) -> list[Point]:
    """Move the pen, and give what it has drawn, the point where it began included."""
    kind, begin = command.upper(), pen.at
    if kind == "A":
        end = _to(pen, command, numbers[5:])
        drawn = _arc(begin, numbers, end)
    elif kind in "HV":
        whole = [numbers[0], 0.0 if command.islower() else begin[1]]
        if kind == "V":
            whole = [0.0 if command.islower() else begin[0], numbers[0]]
        drawn = [_to(pen, command, whole)]
    elif kind == "Z":
        drawn = [pen.start]
    else:
        given = [_to(pen, command, list(pair)) for pair in zip(*[iter(numbers)] * 2, strict=True)]
        drawn = _curve(pen, kind, given)
    pen.control = pen.control if kind in "CSQT" else None
    pen.at = drawn[-1]
    if kind == "M":
        pen.start = pen.at
        return drawn
    return [begin, *drawn]


def _to(pen: _Pen, command: str, pair: list[float]) -> Point:
    x, y = pair
    return (pen.at[0] + x, pen.at[1] + y) if command.islower() else (x, y)


def _curve(pen: _Pen, kind: str, given: list[Point]) -> list[Point]:
    """Give points of a line or a Bézier curve; S and T mirror the control point before."""
    if kind in "ML":
        return given
    if kind in "ST":
        before = pen.control if pen.last in ("CS" if kind == "S" else "QT") else None
        mirrored = (2 * pen.at[0] - before[0], 2 * pen.at[1] - before[1]) if before else pen.at
        given = [mirrored, *given]
    pen.control = given[-2]
    corners = [pen.at, *given]
    return [_bezier(corners, step / _STEPS) for step in range(1, _STEPS + 1)]


def _bezier(corners: list[Point], share: float) -> Point:
    while len(corners) > 1:
        corners = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(corners)
        ]
    return corners[0]


def _arc(begin: Point, numbers: list[float], end: Point) -> list[Point]:
    """Give points of an elliptical arc, from its end points (SVG 1.1, F.6.5)."""
    rx, ry, turn = abs(numbers[0]), abs(numbers[1]), math.radians(numbers[2])
    if rx == 0 or ry == 0 or begin == end:
        return [end]
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    grow = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) if below else 0.0
    root = root if bool(numbers[3]) != bool(numbers[4]) else -root
    centre_x, centre_y = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - centre_y) / ry, (x - centre_x) / rx)
    sweep = math.atan2((-y - centre_y) / ry, (-x - centre_x) / rx) - first
    sweep = sweep % (2 * math.pi) if numbers[4] else sweep % (2 * math.pi) - 2 * math.pi
    middle = ((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)

    def at(share: float) -> Point:
        angle = first + sweep * share
        px, py = centre_x + rx * math.cos(angle), centre_y + ry * math.sin(angle)
        return cos * px - sin * py + middle[0], sin * px + cos * py + middle[1]

    return [*(at(step / _STEPS) for step in range(1, _STEPS)), end]
