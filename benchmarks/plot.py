"""A small line chart as SVG: a panel for each series, and words for screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, PANEL, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 70, 20, 34, 40
STYLE = (
    "text{font:13px sans-serif;fill:#1b1b1b}.axis{stroke:#767676}"
    ".line{fill:none;stroke:#0b5394;stroke-width:2}.dot{fill:#0b5394}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.line{stroke:#9fc5e8}.dot{fill:#9fc5e8}}"
)


@dataclass(frozen=True)
class Series:
    """Points (x, y) and what y is."""

    name: str
    points: list[tuple[float, float]]


def plot(title: str, description: str, x_name: str, series: list[Series]) -> str:
    """Give the SVG; both axes begin at zero, so that a straight line means linear."""
    words = "; ".join(f"{one.name}: {_spoken(one, x_name)}" for one in series)
    height = PANEL * len(series)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)} {escape(words)}.</desc>',
        f"<style>{STYLE}</style>",
        *(_panel(one, x_name, number * PANEL) for number, one in enumerate(series)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _spoken(series: Series, x_name: str) -> str:
    return ", ".join(f"{y:.3g} at {x:.2g} {x_name}" for x, y in series.points)


def _panel(series: Series, x_name: str, top: int) -> str:
    x_most = max(x for x, _ in series.points)
    y_most = max(y for _, y in series.points)
    bottom = top + PANEL - BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        wide, high = WIDTH - LEFT - RIGHT, PANEL - TOP - BOTTOM
        return round(LEFT + wide * x / x_most, 1), round(bottom - high * y / y_most, 1)

    places = [place(x, y) for x, y in series.points]
    line = " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(f'<circle class="dot" cx="{x}" cy="{y}" r="4"/>' for x, y in places)
    return "\n".join(
        [
            f'<text x="{LEFT}" y="{top + 18}">{escape(series.name)}</text>',
            f'<path class="axis" d="M{LEFT} {top + TOP}V{bottom}H{WIDTH - RIGHT}" fill="none"/>',
            f'<text x="{LEFT - 8}" y="{top + TOP + 4}" text-anchor="end">{y_most:,.0f}</text>',
            f'<text x="{LEFT - 8}" y="{bottom + 4}" text-anchor="end">0</text>',
            f'<text x="{WIDTH - RIGHT}" y="{bottom + 18}" text-anchor="end">'
            f"{x_most:.2g} {escape(x_name)}</text>",
            f'<polyline class="line" points="{line}"/>{dots}',
        ]
    )
