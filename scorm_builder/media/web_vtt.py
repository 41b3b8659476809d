"""WebVTT captions -> cues, and what is wrong with them, line by line. Pure.

Taken is what every browser shows alike: cues with times, words, voices (`<v Ana>`), bold, italics
and underlining, identifiers and notes. Styles and regions are not, and where a cue stands on the
picture is left to the browser.
Spec: WebVTT, sections 4.1 to 4.4; the header, time stamps and cue text of 6.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

FASTEST = 20
"""Characters in a second: what adults follow who read captions every day."""

ALLOWED = "<b>, <i>, <u> and <v Name>"
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_TIME = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_TAG = re.compile(r"<[^<>]*>")
_KNOWN_TAG = re.compile(r"</?[biu]>|<v [^&<>]+>|</v>")
_STRAY = re.compile(r"<|&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)")


@dataclass(frozen=True)
class Cue:
    """Words that are shown from `start` to `end`, both in seconds; `line` is that of its times."""

    start: float
    end: float
    text: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong at a line (from 1); a warning leaves the captions as they are."""

    line: int
    code: str
    what: str
    fix: str
    warning: bool = False


def read_captions(text: str) -> tuple[list[Cue], list[Fault]]:
    """Give the cues of a file whose line ends are LF, and every fault in it."""
    blocks = list(_blocks(text))
    first = blocks[0] if blocks else (1, [""])
    if first[0] != 1 or not _HEADER.fullmatch(first[1][0]):
        fix = 'Write WEBVTT into the first line and leave the second one empty: "WEBVTT", not SRT.'
        return [], [Fault(1, "captions-format", "this is no WebVTT file", fix)]
    faults = [*_header(first[1])]
    cues: list[Cue] = []
    for number, lines in blocks[1:]:
        if re.match(r"NOTE(?:\s|$)", lines[0]):
            continue
        cue = _cue(number, lines, faults)
        if cue:
            faults += _faults_of(cue, cues[-1] if cues else None)
            cues.append(cue)
    faults += _controls(text)
    if not cues and not faults:
        fix = "Write what is said, each time with its seconds: 00:01.000 --> 00:04.000."
        faults.append(Fault(1, "captions-format", "there is no caption in this file", fix))
    return cues, faults


def _controls(text: str) -> Iterator[Fault]:
    """Complain about signs that no text has, and that nobody sees."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _CONTROL.search(line):
            what = f"the control character U+{ord(found[0]):04X} stands here"
            fix = "Delete the character; it is often invisible."
            yield Fault(number, "captions-format", what, fix)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the lines that stand together, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield number - len(block), block
            block = []


def _header(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, 1):
        if "-->" in line:
            what, fix = "a caption stands in the header", "Leave the line after WEBVTT empty."
            yield Fault(number, "captions-format", what, fix)
            return


def _cue(number: int, lines: list[str], faults: list[Fault]) -> Cue | None:
    """Read one block; None where it is no caption that can be shown."""

    def wrong(line: int, what: str, fix: str, *, warning: bool = False) -> None:
        faults.append(Fault(line, "captions-format", what, fix, warning))

    at = next((index for index, line in enumerate(lines[:2]) if "-->" in line), None)
    if at is None:
        if lines[0] in ("STYLE", "REGION"):
            wrong(number, f"{lines[0]} is not taken over", "Delete these lines.")
        else:
            fix = "Write it above them: 00:01.000 --> 00:04.000."
            wrong(number, "these words have no time", fix)
        return None
    found = _TIMING.fullmatch(lines[at].strip())
    if found is None:
        fix = "Write minutes, seconds and thousandths with a dot: 00:01.000 --> 00:04.000."
        wrong(number + at, "this is no time of a caption", fix)
        return None
    if found[9]:
        fix = "Delete it; browsers put captions below the picture."
        wrong(number + at, f'"{found[9]}" is not taken over', fix, warning=True)
    words = "\n".join(line.strip() for line in lines[at + 1 :])
    if not words:
        wrong(number + at, "no words stand below this time", "Write them there, or delete it.")
        return None
    start, end = (_seconds(found.groups()[index : index + 4]) for index in (0, 4))
    return Cue(start, end, words, number + at)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _length(text: str) -> int:
    return len(html.unescape(_TAG.sub("", text)))


def _faults_of(cue: Cue, before: Cue | None) -> Iterator[Fault]:
    if cue.end <= cue.start:
        fix = "Write the later time behind the arrow."
        yield Fault(cue.line, "captions-order", "this caption ends before it begins", fix)
    elif (speed := _length(cue.text) / (cue.end - cue.start)) > FASTEST:
        what = f"{speed:.0f} characters in a second are hard to follow"
        fix = f"Shorten the words or show them longer: at most {FASTEST} characters in a second."
        yield Fault(cue.line, "captions-fast", what, fix, warning=True)
    if before and cue.start < before.start:
        fix = "Put the captions in the order of their times."
        yield Fault(cue.line, "captions-order", "this caption begins before the last one", fix)
    for number, line in enumerate(cue.text.split("\n"), cue.line + 1):
        for tag in _TAG.findall(line):
            if not _KNOWN_TAG.fullmatch(tag):
                what, fix = f"{tag} is not taken over", f"Delete it. Known: {ALLOWED}."
                yield Fault(number, "captions-markup", what, fix)
        stray = _STRAY.search(_TAG.sub("", line))
        if stray:
            fix = "Write &amp; for & and &lt; for <."
            yield Fault(number, "captions-markup", f'"{stray[0]}" stands alone', fix)
