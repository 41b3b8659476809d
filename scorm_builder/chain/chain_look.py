"""A chain's colours and logo -> a small style sheet and a file of the package."""

from __future__ import annotations

import errno
import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from programme.directory import CHAIN_FILE, ProgrammeDirectory
from programme.files import instead_of_file, read_bytes
from programme.look import TOKENS
from programme.problems import InputError, Problem
from programme.settings import Chain, Colours
from programme.yaml_source import Source, read_yaml
from scorm_builder.chain import colours as wcag
from scorm_builder.course.course_paths import leads_outside
from scorm_builder.media.pictures import UNREADABLE_MEDIA, wrong_picture

LOGO_KINDS = (".png", ".svg")
LOGO_BYTES = 100_000
LOGO_PIXELS = 2_000
TINT_LIGHT, TINT_DARK = 0.12, 0.16
ON_LIGHT, ON_DARK = "#ffffff", "#0b2326"
_DEEPER = 0.07


@dataclass(frozen=True)
class Look:
    """What a package carries of a chain: {name: content} of its logo, and a style sheet."""

    logo: tuple[str, bytes] | None = None
    styles: bytes | None = None


NO_LOOK = Look()


def read_look(programme: ProgrammeDirectory | None, chain_id: str | None) -> Look:
    """Read and check the look of one chain; raises InputError."""
    if programme is None or chain_id is None:
        return NO_LOOK
    chain = programme.chains[chain_id]
    folder = programme.path / "chains" / chain_id
    if chain.logo is None and chain.colours is None:
        return NO_LOOK
    source = read_yaml(folder / CHAIN_FILE)
    problems = look_problems(folder, chain, source)
    if problems:
        raise InputError(problems)
    styles = chain_styles(chain.colours) if chain.colours else None
    return Look(_logo(folder, chain.logo) if chain.logo else None, styles)


def look_problems(folder: Path, chain: Chain, source: Source) -> list[Problem]:
    """Give what is wrong with logo and colours, each at its place in chain.yaml."""
    problems = _colour_problems(chain.colours, source) if chain.colours else []
    found = _wrong_logo(folder, chain.logo) if chain.logo else None
    if found:
        problems.append(source.problem(("logo",), "chain-logo", *found))
    return problems


def chain_styles(colours: Colours) -> bytes:
    """Give the style sheet that sets the player's custom properties; no selector but its own."""
    light = colours.accent.lower()
    dark = colours.accent_dark or derived_dark(light)
    return (
        "@layer tokens{\n"
        f"{_rules(light, ON_LIGHT, grounds(dark=False)[0], TINT_LIGHT, -_DEEPER)}"
        "@media (prefers-color-scheme: dark){\n"
        f"{_rules(dark.lower(), ON_DARK, grounds(dark=True)[0], TINT_DARK, _DEEPER)}"
        "}\n}\n"
    ).encode()


def derived_dark(accent: str) -> str:
    """Give the nearest shade of `accent` that can be read on dark screens."""
    needed = (*grounds(dark=True), ON_DARK)
    return wcag.nearest_passing(accent, needed, TINT_DARK, darker=False)


@functools.cache
def grounds(*, dark: bool) -> tuple[str, ...]:
    """Give the colours behind text, paper and sheet, from the tokens of the look."""
    text = TOKENS.read_text("utf-8")
    number = 1 if dark else 0
    return tuple(
        re.findall(rf"--{name}:\s*(#[0-9a-fA-F]{{6}})", text)[number] for name in ("paper", "sheet")
    )


def _rules(accent: str, on_action: str, paper: str, tint: float, deeper: float) -> str:
    names = ",".join(f".accent-{number}" for number in range(5))
    return (
        f":root{{--action:{accent};--action-deep:{wcag.lighten(accent, deeper)};"
        f"--on-action:{on_action}}}\n"
        f"{names}{{--accent:{accent};--accent-paper:{wcag.mix(accent, paper, tint)}}}\n"
    )


def _colour_problems(colours: Colours, source: Source) -> list[Problem]:
    found = []
    wanted = [("accent", colours.accent, (*grounds(dark=False), ON_LIGHT), TINT_LIGHT, True)]
    if colours.accent_dark:
        dark = (*grounds(dark=True), ON_DARK)
        wanted.append(("accent_dark", colours.accent_dark, dark, TINT_DARK, False))
    for name, colour, behind, tint, darker in wanted:
        ratio = wcag.worst_contrast(colour, behind, tint)
        if ratio < wcag.TEXT_CONTRAST:
            near = wcag.nearest_passing(colour, behind, tint, darker=darker)
            screens = "light" if darker else "dark"
            what = f"{colour} has a contrast of {ratio:.1f} on {screens} screens; 4.5 is needed"
            fix = f'The nearest shade that can be read is "{near}".'
            found.append(source.problem(("colours", name), "chain-contrast", what, fix))
    return found


def _logo(folder: Path, name: str) -> tuple[str, bytes]:
    content = read_bytes(folder / name, LOGO_BYTES)
    digest = hashlib.sha256(content).hexdigest()[:8]
    return f"logo-{digest}{Path(name).suffix.lower()}", content


def _wrong_logo(folder: Path, name: str) -> tuple[str, str] | None:
    """Give what is wrong with a logo and the cure, None if nothing."""
    file = folder / name
    if file.suffix.lower() not in LOGO_KINDS:
        return f'"{name}" is neither a PNG nor an SVG', "Export the logo as SVG or PNG."
    if leads_outside(folder, file):
        return f'"{name}" is a link to a place outside the chain\'s folder', "Copy the file here."
    if other := instead_of_file(file):
        return f'"{name}" is {other}, not a logo', "Put the logo into the chain's folder."
    if not file.is_file():
        return f'there is no file "{name}"', "Put the logo into the chain's folder."
    try:
        content = read_bytes(file, LOGO_BYTES)
    except OSError as error:
        if error.errno != errno.EFBIG:
            return f'"{name}" cannot be read: {error.strerror}', UNREADABLE_MEDIA
        fix = f"Phones wait for it: stay below {LOGO_BYTES:,} bytes."
        return f'"{name}" has {file.stat().st_size:,} bytes', fix
    wrong = wrong_picture(file)
    if wrong:
        return f'"{name}" {wrong[0]}', wrong[1]
    return _wrong_size(name, content) if file.suffix.lower() == ".png" else None


def _wrong_size(name: str, content: bytes) -> tuple[str, str] | None:
    """Read width and height of a PNG. Spec: PNG, section 11.2.2 (IHDR)."""
    if len(content) < 24 or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return f'"{name}" is cut off', "Export it again."
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if not (1 <= width <= LOGO_PIXELS and 1 <= height <= LOGO_PIXELS):
        fix = f"Export it with at most {LOGO_PIXELS} pixels on each side."
        return f'"{name}" has {width} × {height} pixels', fix
    return None
