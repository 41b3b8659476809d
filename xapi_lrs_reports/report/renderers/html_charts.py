"""TrendPoints -> two SVG charts: what is drawn, in the units of the drawing.

Everything a chart says stands in words above it and in a table below it as well; the template
draws, this module only calculates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xapi_lrs_reports.report.overview import TrendPoint
from xapi_lrs_reports.report.renderers.html_words import Words

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 352, 10, 160
_KINDS = ("met", "not_met", "cannot_say")
_LABELS = 3


def charts(points: Sequence[TrendPoint], threshold: int, words: Words) -> dict[str, Any]:
    """Give `size`, `axis` (labels of days), `columns`, `column_ticks`, `line`, `line_ticks`."""
    most = _round_up(max((point.totals.hotels for point in points), default=0))
    shares = [point.share for point in points]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "bottom": BOTTOM,
        "axis": _axis(points, words),
        "columns": [part for n, point in enumerate(points) for part in _column(points, n, most)],
        "column_ticks": [_tick(value, most, str(value)) for value in (0, most // 2, most)],
        "line": [
            (_x(n, len(points)), _y(share, 100))
            for n, share in enumerate(shares)
            if share is not None
        ],
        "line_ticks": [_tick(value, 100, words.percent(value)) for value in (0, 50, 100)],
        "threshold": _y(threshold, 100),
    }


def _column(points: Sequence[TrendPoint], number: int, most: int) -> list[dict[str, Any]]:
    """Give the parts of one day's column, from the bottom up."""
    totals, found, below = points[number].totals, [], 0
    step = (RIGHT - LEFT) / len(points)
    for kind in _KINDS:
        hotels = getattr(totals, kind)
        if hotels:
            top, bottom = _y(below + hotels, most), _y(below, most)
            found.append(
                {
                    "kind": kind,
                    "x": round(LEFT + number * step + step * 0.15, 1),
                    "y": top,
                    "width": round(step * 0.7, 1),
                    "height": round(bottom - top, 1),
                }
            )
        below += hotels
    return found


def _axis(points: Sequence[TrendPoint], words: Words) -> list[dict[str, Any]]:
    """Label a few of the days, the last one always, where the chart ends."""
    every = max(1, -(-len(points) // _LABELS))
    last = len(points) - 1
    return [
        {
            "x": RIGHT if number == last else _x(number, len(points)),
            "text": words.month(point.day),
            "anchor": "end" if number == last else "middle",
        }
        for number, point in enumerate(points)
        if (last - number) % every == 0
    ]


def _tick(value: int, most: int, text: str) -> dict[str, Any]:
    return {"y": _y(value, most), "text": text}


def _x(number: int, count: int) -> float:
    step = (RIGHT - LEFT) / max(1, count)
    return round(LEFT + (number + 0.5) * step, 1)


def _y(value: float, most: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / most, 1) if most else float(BOTTOM)


def _round_up(number: int) -> int:
    """Give the next number of the form 2, 4, 10, 20, 40, 100, … that is not smaller."""
    size = 1
    while True:
        for factor in (2, 4, 6, 8):
            if number <= factor * size:
                return factor * size
        size *= 10
