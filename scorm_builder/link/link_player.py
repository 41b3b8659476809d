"""Link the player's modules into two classic scripts, and its style sheets into one.

The source in `player/` is ES modules; a package gets scripts that any LMS can serve under any MIME
type. The first one holds what the entry of the standard reaches: enough for the first screen. The
second one holds what only `main_screens.js` reaches, and is fetched when the first screen stands;
see `player/screens/page_kinds.js`. Which module goes where follows from the imports alone.

Linking is deliberately simple, so the modules keep to a subset that is checked here: named imports
and exports without renaming, no cycles, top-level names unique over all modules of a package, no
template literal over several lines. The result is shortened (shorten_script).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from programme.look import TOKENS
from programme.problems import InputError, Problem
from scorm_builder.link.script_tokens import MASK
from scorm_builder.link.shorten_script import shorten_together
from scorm_builder.package.kept_results import kept

PLAYER = Path(__file__).parents[1] / "player"
ENTRIES = {
    "scorm12": "main_scorm12.js",
    "scorm2004-3": "main_scorm2004.js",
    "scorm2004-4": "main_scorm2004.js",
    "scorm2004-scos": "main_scorm2004_scos.js",
    "cmi5": "main_cmi5.js",
    "xapi": "main_xapi.js",
    "web": "main_web.js",
}
LATER_ENTRY = "main_screens.js"
LINKER = ("script_tokens", "shorten_names", "shorten_script")
"""The modules beside this one that decide what the scripts look like."""

STYLE_SHEETS = (
    "page.css",
    "controls.css",
    "interactions.css",
    "practice.css",
    "film.css",
    "keepsake.css",
    "scene.css",
)

_HANDED = "globalThis.noroomPlayer"
_FIX = "Write it as the other modules do; scorm_builder/link/link_player.py says what it can link."
_IMPORT = re.compile(r'import\s*\{([^{}]*)\}\s*from\s*("[^"]*")\s*;')
_EXPORT = re.compile(r"export\s+(?=(?:async\s+function|function|const|let|class)\b)")
_KEYWORD = re.compile(r"(?<![\w$.])(?:import|export|await|class)\b(?!\s*:)")
_DECLARED = re.compile(r"(?<![\w$.])(function\*?|const|let|var|class)\s+([\w$]+|[\[{])")
_NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")
_REGEX_MAY_FOLLOW = re.compile(
    r"(?:[(,=:\[!&|?{};+\-*%<>~^]|\breturn|\btypeof|\bcase|=>)\s*\Z|\A\s*\Z"
)
_REGEX_LITERAL = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_PLAIN = re.compile(r"[^`\"'/]+")
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_CSS_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class PlayerFiles:
    """What a package carries of the player: UTF-8 bytes, the same for every course.

    `script` is needed for the first screen, `screens` soon after it.
    """

    script: bytes
    screens: bytes
    styles: bytes


@dataclass
class _Module:
    """One module without comments; in `masked`, of the same length, literals are blanks."""

    name: str
    code: str
    masked: str
    depths: list[int]
    imports: dict[str, list[str]] = field(default_factory=dict)
    exports: set[str] = field(default_factory=set)
    declared: dict[str, int] = field(default_factory=dict)

    def line(self, offset: int) -> int:
        return self.code.count("\n", 0, offset) + 1


@cache
def link_player(standard: str) -> PlayerFiles:
    """Give scripts and styles for `standard`, a key of ENTRIES.

    Raises:
        InputError: a module uses something that cannot be linked; file and line are named.
        KeyError: there is no player for this standard.
    """
    entry = ENTRIES[standard]
    script, screens = kept(
        [entry.encode(), *_sources()], lambda: link_modules(PLAYER, entry, LATER_ENTRY)
    )
    return PlayerFiles(script, screens, styles=link_styles(PLAYER))


@cache
def _sources() -> tuple[bytes, ...]:
    """Give names and contents of all that the scripts depend on: the player and its linker."""
    here = Path(__file__)
    linker = [here.with_name(f"{name}.py") for name in (here.stem, *LINKER)]
    modules = sorted(PLAYER.rglob("*.js"))
    return tuple(
        part for file in (*linker, *modules) for part in (file.name.encode(), file.read_bytes())
    )


def link_modules(folder: Path, *entries: str) -> list[bytes]:
    """Give one script per entry with the modules that it reaches, dependencies first.

    No module is linked twice. A later script may use what the first declares, as long as it runs
    after it: the first hands over an array, since a property would have to keep its long name.
    """
    done: dict[str, _Module] = {}
    groups: list[list[_Module]] = []
    for entry in entries:
        before = set(done)
        _visit(folder, entry, (), done)
        groups.append([module for name, module in done.items() if name not in before])
    _check_unique_names(done)
    first, *later = groups
    wanted = [_wanted(group, first) for group in later]
    offered = sorted(set().union(*wanted))
    handed = f"{_HANDED}=[{','.join(offered)}];\n" if offered else ""
    taken = [f"const [{','.join(offered)}]={_HANDED};\n" if names else "" for names in wanted]
    texts = [_joined(first, after=handed)]
    texts += [_joined(group, before=line) for group, line in zip(later, taken, strict=True)]
    return [f'(()=>{{"use strict";{script}}})();\n'.encode() for script in shorten_together(texts)]


def link_styles(folder: Path) -> bytes:
    """Give the tokens and the style sheets one after the other, without comments or blank lines."""
    sheets = (TOKENS, *(folder / "styles" / name for name in STYLE_SHEETS))
    css = b"\n".join(sheet.read_bytes() for sheet in sheets)
    lines = (line.strip() for line in _CSS_COMMENT.sub(b"", css).splitlines())
    return b"\n".join(line for line in lines if line) + b"\n"


def _wanted(group: Iterable[_Module], first: Iterable[_Module]) -> set[str]:
    """Give the names that `group` imports from modules of the first script."""
    owners = {module.name for module in first}
    return {
        name
        for module in group
        for target, names in module.imports.items()
        if target in owners
        for name in names
    }


def _joined(group: Iterable[_Module], before: str = "", after: str = "") -> tuple[str, str]:
    """Give code and mask of the modules, one after the other, between two lines of our own."""
    bodies = [(before, before), *(_body(module) for module in group), (after, after)]
    return "".join(code for code, _ in bodies), "".join(masked for _, masked in bodies)


def _visit(folder: Path, name: str, path: tuple[str, ...], done: dict[str, _Module]) -> None:
    if name in path:
        circle = " -> ".join([*path[path.index(name) :], name])
        raise _refusal(path[-1], 1, f"modules import each other in a circle: {circle}")
    if name in done:
        return
    module = _read_module(name, (folder / name).read_text("utf-8"))
    for target, names in module.imports.items():
        if not (folder / target).is_file():
            raise _refusal(name, 1, f"there is no module {target}")
        _visit(folder, target, (*path, name), done)
        for missing in sorted(set(names) - done[target].exports):
            raise _refusal(name, 1, f"{target} exports no {missing}")
    done[name] = module


@cache
def _read_module(name: str, source: str) -> _Module:
    """Read one module; the standards share most of theirs."""
    code, masked = _without_comments(name, source)
    module = _Module(name, code, masked, _depths(masked))
    for found in _KEYWORD.finditer(masked):
        _read_keyword(module, found)
    for found in _DECLARED.finditer(masked):
        if module.depths[found.start()] == 0:
            _read_declaration(module, found)
    return module


def _read_keyword(module: _Module, found: re.Match[str]) -> None:
    start, line = found.start(), module.line(found.start())
    top = module.depths[start] == 0
    if found.group() == "await":
        if top:
            raise _refusal(module.name, line, "await outside a function")
    elif found.group() == "class":
        raise _refusal(module.name, line, "a class")
    elif found.group() == "export":
        export = _EXPORT.match(module.masked, start)
        declared = _DECLARED.search(module.masked, start)
        if not top or export is None or declared is None:
            raise _refusal(module.name, line, "an export other than of a named declaration")
        module.exports.add(declared.group(2))
    else:
        _read_import(module, start, line)


def _read_import(module: _Module, start: int, line: int) -> None:
    found = _IMPORT.match(module.masked, start)
    if found is None or module.depths[start] != 0:
        raise _refusal(module.name, line, "an import other than of names from a module")
    names = [name.strip() for name in found.group(1).split(",") if name.strip()]
    path = module.code[found.start(2) + 1 : found.end(2) - 1]
    if not all(_NAME.match(name) for name in names):
        raise _refusal(module.name, line, "an import that renames")
    if not path.startswith("."):
        raise _refusal(module.name, line, f"an import from outside the player: {path}")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(module.name), path))
    module.imports.setdefault(target, []).extend(names)


def _read_declaration(module: _Module, found: re.Match[str]) -> None:
    line, name = module.line(found.start()), found.group(2)
    if name in "[{":
        raise _refusal(module.name, line, "destructuring at the top level")
    if name in module.declared:
        raise _refusal(module.name, line, f"{name} is declared twice")
    module.declared[name] = line
    if found.group(1) in ("const", "let", "var"):
        for offset in range(found.end(), len(module.masked)):
            if module.depths[offset] == 0 and module.masked[offset] in ";,":
                if module.masked[offset] == ",":
                    raise _refusal(module.name, line, "two variables in one declaration")
                return
        raise _refusal(module.name, line, f"the declaration of {name} does not end with ;")


def _check_unique_names(modules: dict[str, _Module]) -> None:
    owners: dict[str, str] = {}
    for module in modules.values():
        for name, line in module.declared.items():
            if name in owners:
                what = f"{name} is also a top-level name of {owners[name]}"
                raise _refusal(module.name, line, what)
            owners[name] = module.name


def _body(module: _Module) -> tuple[str, str]:
    """Give code and mask without the words import and export."""
    cuts = [found.span() for found in _IMPORT.finditer(module.masked)]
    cuts += [found.span() for found in _EXPORT.finditer(module.masked)]
    code, masked, end = "", "", 0
    for start, stop in sorted(cuts):
        code += module.code[end:start]
        masked += module.masked[end:start]
        end = stop
    return code + module.code[end:] + "\n", masked + module.masked[end:] + "\n"


def _without_comments(name: str, source: str) -> tuple[str, str]:
    """Give the source twice, each without comments; in the second one literals are blanks."""
    code: list[str] = []
    masked: list[str] = []
    offset = 0
    while offset < len(source):
        piece, blank = _next_piece(name, source, offset, masked)
        offset += len(piece)
        if piece.startswith(("//", "/*")) and blank is None:
            piece = blank = "\n" * piece.count("\n") or " "
        code.append(piece)
        masked.append(piece if blank is None else blank)
    return "".join(code), "".join(masked)


def _next_piece(name: str, source: str, offset: int, before: list[str]) -> tuple[str, str | None]:
    sign = source[offset]
    if sign == "`":
        piece = source[offset : _template_end(name, source, offset)]
        return piece, _blank(piece)
    if sign in "\"'":
        literal = _STRING.match(source, offset)
        if literal is None:
            raise _refusal(name, source.count("\n", 0, offset) + 1, "a string that does not end")
        return literal.group(), _blank(literal.group())
    if sign == "/":
        comment = _COMMENT.match(source, offset)
        if comment is not None:
            return comment.group(), None
        regex = _REGEX_LITERAL.match(source, offset)
        if regex is not None and _REGEX_MAY_FOLLOW.search("".join(before[-4:])[-200:]):
            return regex.group(), _blank(regex.group())
        return sign, None
    plain = _PLAIN.match(source, offset)
    return (plain.group() if plain else sign), None


def _blank(literal: str) -> str:
    """Mask a literal; the quotes of a string stay, so that an import can be recognised."""
    if literal[0] == '"':
        return '"' + MASK * (len(literal) - 2) + '"'
    return MASK * len(literal)


def _template_end(name: str, source: str, start: int) -> int:
    """Give the offset behind a template literal; literals inside its `${…}` are skipped whole."""
    offset, depth = start + 1, 0
    while offset < len(source) and source[offset] != "\n":
        sign = source[offset]
        if sign == "\\":
            offset += 1
        elif depth == 0 and sign == "`":
            return offset + 1
        elif depth == 0 and source.startswith("${", offset):
            depth, offset = 1, offset + 1
        elif depth and sign == "`":
            offset = _template_end(name, source, offset) - 1
        elif depth and (literal := _STRING.match(source, offset)):
            offset = literal.end() - 1
        elif depth:
            depth += (sign == "{") - (sign == "}")
        offset += 1
    line = source.count("\n", 0, start) + 1
    raise _refusal(name, line, "a template literal over several lines")


def _depths(masked: str) -> list[int]:
    depths, depth = [], 0
    for sign in masked:
        depth -= sign in ")]}"
        depths.append(depth)
        depth += sign in "([{"
    return depths


def _refusal(name: str, line: int, what: str) -> InputError:
    file = f"scorm_builder/player/{name}"
    return InputError([Problem(file, line, 0, "player-link", f"cannot link {what}", _FIX)])
