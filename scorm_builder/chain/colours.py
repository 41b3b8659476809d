"""Colours and their contrast.

Spec: WCAG 2.2, definitions of relative luminance and contrast ratio.
"""

from __future__ import annotations

import colorsys
import functools
from collections.abc import Sequence

TEXT_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

Rgb = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """Give red, green and blue (0..255) of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def spell(rgb: Rgb) -> str:
    """Give "#rrggbb" in small letters."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def luminance(colour: str) -> float:
    """Give the relative luminance: 0 black, 1 white."""
    shares = (value / 255 for value in parse(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, into: str, share: float) -> str:
    """Give `into` with `share` (0..1) of `colour` in it."""
    pairs = zip(parse(colour), parse(into), strict=True)
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in pairs)
    return spell((red, green, blue))


def lighten(colour: str, by: float) -> str:
    """Give the colour with its lightness (HSL, 0..1) changed by `by`; hue and saturation stay."""
    hue, light, saturation = colorsys.rgb_to_hls(*(value / 255 for value in parse(colour)))
    light = min(1.0, max(0.0, light + by))
    red, green, blue = (round(255 * c) for c in colorsys.hls_to_rgb(hue, light, saturation))
    return spell((red, green, blue))


def worst_contrast(colour: str, grounds: Sequence[str], share: float) -> float:
    """Give the least contrast with `grounds`, and with the first tinted by `share` of `colour`."""
    tinted = mix(colour, grounds[0], share)
    return min(contrast(colour, ground) for ground in (*grounds, tinted))


@functools.cache
def nearest_passing(colour: str, grounds: tuple[str, ...], share: float, *, darker: bool) -> str:
    """Give the nearest colour of the same hue that can be read on all `grounds`; steps of 1/200."""
    for step in range(201):
        tried = lighten(colour, -step / 200 if darker else step / 200)
        if worst_contrast(tried, grounds, share) >= TEXT_CONTRAST:
            return tried
    return "#000000" if darker else "#ffffff"
