"""YAML text -> plain data with the place of every node.

YAML 1.2 core scalars only: `no` is a string, `1:30` is a string, a date is a string. Stock PyYAML
(YAML 1.1) reads them as False, 90 and a date, and keeps the last of two equal keys without a word;
here a repeated key is a problem, and so are anchors, tags, tabs and a second document.
"""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from programme.files import LEADS_NOWHERE, read_bytes
from programme.problems import InputError, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
_IS_IT_YOURS = "Check that it is a file and yours."

NodePath = tuple[str | int, ...]
Place = tuple[int, int]
Data = dict[str, "Data"] | list["Data"] | str | int | float | bool | None

_CORE: tuple[tuple[re.Pattern[str], Callable[[str], Data]], ...] = (
    (re.compile(r"(?:|~|null|Null|NULL)\Z"), lambda text: None),
    (re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,300}\Z"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), float),
)
"""The core schema of YAML 1.2, section 10.3.2, without octal, hexadecimal, infinities and NaN."""

_TIGHT_COLON = re.compile(r"[ ]*(?:- )?[A-Za-z_][\w-]*:(?!//|[ ]|\Z)")
_LINE_SEPARATOR = re.compile("[\\x85\\u2028\\u2029]")
_OLD_BOOLEANS = frozenset(["yes", "no", "on", "off", "y", "n"])


@dataclass(frozen=True)
class Source:
    """One YAML file as data. `places` maps a path such as ("pages", 0, "id") to line and column.

    The key of a mapping entry has its own place under the path plus "@key".
    `file` is the name as problems print it.
    """

    file: str
    data: Data
    lines: tuple[str, ...]
    places: dict[NodePath, Place] = field(repr=False)

    def problem(self, path: NodePath, code: str, what: str, fix: str) -> Problem:
        """Make a Problem at `path`, or at its nearest ancestor that has a place."""
        line, column = self.place(path)
        return problem_at(self.file, self.lines, line, column, code, what, fix)

    def place(self, path: NodePath) -> Place:
        """Give line and column (from 1) of `path` or of its nearest ancestor."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return (1, 1)

    def text_at(self, path: NodePath) -> str:
        """Give the word at `path` as it stands in the file, to its end of line."""
        line, column = self.place(path)
        return self.lines[line - 1][column - 1 :].rstrip() if line <= len(self.lines) else ""


def problem_at(
    file: str, lines: tuple[str, ...], line: int, column: int, code: str, what: str, fix: str
) -> Problem:
    """Make a Problem with the excerpt of its line (shortened to 160 characters)."""
    excerpt = lines[line - 1].rstrip()[:160] if 0 < line <= len(lines) else ""
    return Problem(file, line, column, code, what, fix, source_line=excerpt)


def is_old_boolean(text: object) -> bool:
    """Tell whether YAML 1.1 would have read this word as true or false (yes, no, on, off)."""
    return isinstance(text, str) and text.lower() in _OLD_BOOLEANS


def read_yaml(path: Path, shown_as: str | None = None) -> Source:
    """Read one file; raises InputError with every problem that the text itself has."""
    file = shown_as or str(path)
    return parse_yaml(read_text(path, file), file)


def read_text(path: Path, file: str, most: int = MAX_BYTES) -> str:
    """Read UTF-8 text (a BOM is dropped, line ends become LF); raises InputError.

    Also if it has more than `most` bytes.
    """
    try:
        raw = read_bytes(path, most)
    except FileNotFoundError:
        if path.is_symlink():
            fix = "Make the link anew, or put the file itself here."
            raise _whole_file(file, "file-unreadable", LEADS_NOWHERE, fix) from None
        raise _whole_file(
            file, "file-missing", "this file is not there", "Check the name."
        ) from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            what = f"this file is too large: {error.strerror}"
            raise _whole_file(file, "file-too-large", what, "Split it into several.") from None
        what = f"this file cannot be read: {error.strerror}"
        raise _whole_file(file, "file-unreadable", what, _IS_IT_YOURS) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        what = f"byte 0x{raw[error.start]:02X} here is not UTF-8"
        fix = "Save the file as UTF-8 (most editors: Save with encoding)."
        raise InputError([Problem(file, line, column, "file-encoding", what, fix)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextlib.contextmanager
def unreadable_is_a_problem() -> Iterator[None]:
    """Turn an OSError of looking at or into a folder into an InputError that names the place."""
    try:
        yield
    except OSError as error:
        what = f"this cannot be read: {error.strerror}"
        fix = "Check its owner and its permissions, and those of its folder."
        raise _whole_file(str(error.filename or "."), "file-unreadable", what, fix) from None


def _whole_file(file: str, code: str, what: str, fix: str) -> InputError:
    return InputError([Problem(file, 0, 0, code, what, fix)])


def parse_yaml(text: str, file: str) -> Source:
    """Parse one YAML document; raises InputError."""
    lines = tuple(text.split("\n"))
    _refuse_line_separators(file, lines)
    try:
        node = _quick_node(text, file, lines)
        if node is None:
            _refuse_anchors_and_tags(text, file, lines, yaml.SafeLoader)
            node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise InputError([_syntax_problem(error, file, lines)]) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        what = f"the control character U+{ord(text[error.position]):04X} is not allowed in YAML"
        fix = "Delete the character; it is often invisible."
        raise InputError([problem_at(file, lines, line, 1, "yaml-character", what, fix)]) from None
    except RecursionError:
        raise _whole_file(
            file, "yaml-depth", "this file is nested too deeply", "Flatten it."
        ) from None
    if node is None:
        what = "this file is empty"
        raise _whole_file(file, "yaml-empty", what, "Write at least one key, or delete the file.")
    reader = _Reader(file, lines)
    data = reader.read(node, ())
    if reader.problems:
        raise InputError(reader.problems)
    return Source(file, data, lines, reader.places)


def _quick_node(text: str, file: str, lines: tuple[str, ...]) -> yaml.Node | None:
    """Parse with libyaml, ten times as quick; None where it is absent or finds anything wrong.

    What is wrong is then said by PyYAML's own parser, in the same words on every machine.
    """
    if not yaml.__with_libyaml__:
        return None
    try:
        _refuse_anchors_and_tags(text, file, lines, yaml.CSafeLoader)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, InputError, ValueError):
        return None


def _refuse_line_separators(file: str, lines: tuple[str, ...]) -> None:
    """Refuse what only YAML 1.1 takes for the end of a line: it comes with pasted text."""
    problems = []
    for number, line in enumerate(lines, 1):
        if found := _LINE_SEPARATOR.search(line):
            what = f"the invisible line separator U+{ord(found[0]):04X} stands here"
            fix = "Delete it, and start a new line if you want one."
            place = (number, found.start() + 1)
            problems.append(problem_at(file, lines, *place, "yaml-character", what, fix))
    if problems:
        raise InputError(problems)


def _refuse_anchors_and_tags(
    text: str, file: str, lines: tuple[str, ...], loader: type[yaml.SafeLoader | yaml.CSafeLoader]
) -> None:
    """Refuse anchors, aliases and tags from the event stream, before anything is expanded."""
    problems = []
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                what = f"this file is nested more than {MAX_DEPTH} levels deep"
                raise _whole_file(file, "yaml-depth", what, "Flatten it.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            what = "anchors (&name) and aliases (*name) are not read here"
            fix = 'Write the text out. If it only starts with & or *, put it in quotes: "…".'
        elif (tag := getattr(event, "tag", None)) not in (None, "!"):
            what = f"the tag {tag} is not read here"
            fix = 'Delete the word that starts with "!", or put the text in quotes.'
        else:
            continue
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problems.append(problem_at(file, lines, line, column, "yaml-anchor", what, fix))
        if len(problems) == 20:
            break
    if problems:
        raise InputError(problems)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str, lines: tuple[str, ...]) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = error.problem or "this is not YAML"
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in text[: max(column, 1)] or "'\\t'" in said:
        code, what = "yaml-tab", "a tab indents this line"
        fix = "Indent with spaces, two for each level."
    elif tight := _tight_colon(lines, line):
        code, line, column = "yaml-colon", *tight
        what = "there is no plain space behind the colon of this key"
        fix = "Write key: value, with one space; one that was pasted may be another sign."
    elif "mapping values are not allowed" in said:
        code, what = "yaml-colon", "a colon followed by a space starts a new key here"
        fix = 'If the colon belongs to the text, put the whole text in quotes: "…".'
    elif "another document" in said:
        code, what = "yaml-documents", "a second document starts here"
        fix = "Delete the line with ---."
    elif "found unexpected end of stream" in said and "quoted" in (error.context or ""):
        code, what = "yaml-quote", "a quote that opens here is never closed"
        fix = "Close it with the same quote."
        if error.context_mark:
            line, column = error.context_mark.line + 1, error.context_mark.column + 1
    else:
        code, what = "yaml-syntax", f"the text is not valid YAML: {said}"
        fix = "Compare the indentation and the quotes with the lines around it."
    return problem_at(file, lines, line, column, code, what, fix)


def _tight_colon(lines: tuple[str, ...], line: int) -> tuple[int, int] | None:
    """Give the place of a colon without a space, in the line of an error or the one before."""
    for number in (line - 1, line):
        found = _TIGHT_COLON.match(lines[number - 1]) if 0 < number <= len(lines) else None
        if found:
            return number, found.end()
    return None


class _Reader:
    """Walks the node tree once; collects data, places and problems."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file, self.lines = file, lines
        self.places: dict[NodePath, Place] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, path: NodePath) -> Data:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, number)) for number, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        raise TypeError(f"PyYAML has a fourth kind of node: {node!r}")

    def _mapping(self, node: yaml.MappingNode, path: NodePath) -> Data:
        found: dict[str, Data] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._complain(
                    line, column, "yaml-key", "a key must be one word", "Write key: value."
                )
                continue
            key = key_node.value
            if key in found:
                first = self.places[(*path, key, "@key")][0]
                what = f'the key "{key}" stands here a second time (first in line {first})'
                self._complain(line, column, "yaml-repeated-key", what, "Keep one of the two.")
                continue
            self.places[(*path, key, "@key")] = (line, column)
            found[key] = self.read(value_node, (*path, key))
        return found

    def _complain(self, line: int, column: int, code: str, what: str, fix: str) -> None:
        self.problems.append(problem_at(self.file, self.lines, line, column, code, what, fix))


def _scalar(node: yaml.ScalarNode) -> Data:
    if node.style:
        return str(node.value)
    for pattern, convert in _CORE:
        if pattern.match(node.value):
            result: Data = convert(node.value)
            return result
    return str(node.value)
