"""Give the variables of linked scripts short names without changing what they are bound to.

A statement at the top level, mostly one function, is looked at by itself. Within it a name is
respelled wherever it stands for a variable, and no two names get one spelling: so whatever the
scopes inside are, each use is bound as before. Names of the top level are spelled alike in every
statement and script; all others may be spelled otherwise in each. The same word as a property keeps
its spelling; `{name}`, which is both, becomes `{name:a}`.

Globals keep their names. The player uses those of ECMAScript and those of the linter's list; tests
compare both with RESERVED.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from scorm_builder.link.script_tokens import Script, Token, Use

_ECMASCRIPT = """
    AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView
    Date Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function
    Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise
    Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError
    TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet
    WebAssembly arguments console decodeURI decodeURIComponent encodeURI encodeURIComponent escape
    eval globalThis isFinite isNaN parseFloat parseInt undefined unescape
"""
_BROWSER = """
    AbortController BroadcastChannel MutationObserver SpeechSynthesisUtterance TextEncoder
    URLSearchParams VTTCue addEventListener clearTimeout crypto document fetch location matchMedia
    navigator noroomCourse performance removeEventListener requestAnimationFrame scrollTo
    setTimeout window
"""
_KEYWORDS = """
    async await break case catch class const continue default delete do else export extends false
    finally for from function get if import in instanceof let new null of return set static super
    switch this throw true try typeof var void while yield
"""
RESERVED = frozenset(f"{_ECMASCRIPT} {_BROWSER} {_KEYWORDS}".split())

_LETTERS = string.ascii_letters + "_$"
_SINGLE_AT_TOP = 24
"""So many names of the top level get one letter; more would leave functions too few."""

_DECLARING = ("const", "let", "function", "*", ",")
"""A name of the top level follows one of these; a word too many does no harm."""

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_PLACE = re.compile(r"\$\{([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*)*)\}")
"""In a template literal: a variable, and perhaps properties of it."""


@dataclass
class _Statement:
    """One statement of the top level, and how often each word in it stands for a variable."""

    start: int
    uses: Counter[str] = field(default_factory=Counter)
    shorthands: Counter[str] = field(default_factory=Counter)
    fixed: set[str] = field(default_factory=set)

    def gain(self, name: str, length: int) -> int:
        """How many characters a spelling of this length saves."""
        return self.uses[name] * (len(name) - length) - self.shorthands[name] * (1 + length)


def respell(scripts: Sequence[Script]) -> list[list[str]]:
    """Give the new text of each token of each script; the scripts share their top level."""
    statements = [_statements(script) for script in scripts]
    top = set().union(*(_top_names(script.tokens) for script in scripts)) - RESERVED
    shared = _spell_top(itertools.chain.from_iterable(statements), top)
    return [
        _respell_script(script, parts, top, shared)
        for script, parts in zip(scripts, statements, strict=True)
    ]


def _respell_script(
    script: Script, parts: Sequence[_Statement], top: Set[str], shared: Mapping[str, str]
) -> list[str]:
    texts: list[str] = []
    ends = [part.start for part in parts[1:]] + [len(script.tokens)]
    for part, end in zip(parts, ends, strict=True):
        names = _spell_statement(part, top, shared)
        span = slice(part.start, end)
        texts += map(_Speller(names), script.tokens[span], script.uses[span])
    return texts


class _Speller:
    """Spells one token after the other with the names of a statement."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __call__(self, token: Token, use: Use) -> str:
        """Give the new text of the token."""
        text = token.text
        if text[0] == "`" and _is_simple(text):
            return _PLACE.sub(lambda at: f"${{{self._name(at[1])}{at[2]}}}", text)
        if not token.is_word or use in (Use.PROPERTY, Use.DOUBT) or text not in self._names:
            return text
        return f"{text}:{self._name(text)}" if use is Use.SHORTHAND else self._name(text)

    def _name(self, name: str) -> str:
        return self._names.get(name, name)


def _statements(script: Script) -> list[_Statement]:
    """Cut a script where a statement of the top level begins; several in one do no harm."""
    found = [_Statement(0)]
    before = ";"
    for place, (token, use) in enumerate(zip(*script, strict=True)):
        declares = token.text in ("function", "const", "let", "async")
        if token.depth == 0 and place and (before == ";" or (before == "}" and declares)):
            found.append(_Statement(place))
        _count(found[-1], token, use)
        before = token.mask
    return found


def _count(statement: _Statement, token: Token, use: Use) -> None:
    if token.text[0] == "`":
        if _is_simple(token.text):
            statement.uses.update(at[1] for at in _PLACE.finditer(token.text))
        else:
            statement.fixed.update(_WORD.findall(token.text))
    elif token.is_word and token.text not in RESERVED:
        if use is Use.VARIABLE:
            statement.uses[token.text] += 1
        elif use is Use.SHORTHAND:
            statement.shorthands[token.text] += 1
        elif use is Use.DOUBT:
            statement.fixed.add(token.text)


def _is_simple(template: str) -> bool:
    return "\\" not in template and "${" not in _PLACE.sub("", template)


def _top_names(tokens: Sequence[Token]) -> set[str]:
    """Give the names declared at the top level; of a pattern there, every word."""
    names: set[str] = set()
    in_pattern = False
    for before, token in itertools.pairwise(tokens):
        if token.depth == 0:
            declared = before.depth == 0 and before.mask in _DECLARING
            in_pattern = declared and token.mask in ("[", "{")
            if declared and token.is_word:
                names.add(token.text)
        elif in_pattern and token.is_word:
            names.add(token.text)
    return names


def _spell_top(statements: Iterable[_Statement], top: Set[str]) -> dict[str, str]:
    """Give {name: spelling} for names of the top level, the most used ones the shortest."""
    whole = _Statement(0)
    for one in statements:
        whole.uses.update(one.uses)
        whole.shorthands.update(one.shorthands)
        whole.fixed |= one.fixed
    ordered = sorted(top - whole.fixed, key=lambda name: (-whole.gain(name, 1), name))
    taken = RESERVED | whole.fixed | top
    fresh = itertools.chain(_LETTERS[:_SINGLE_AT_TOP], _pairs())
    free = (one for one in fresh if one not in taken)
    return dict(zip(ordered, free, strict=False))


def _spell_statement(part: _Statement, top: Set[str], shared: Mapping[str, str]) -> dict[str, str]:
    """Give {name: spelling} for every name of the statement that gets another one."""
    words = set(part.uses) | set(part.shorthands)
    names = {name: shared[name] for name in words if name in shared}
    taken = RESERVED | part.fixed | (words & top - set(shared)) | set(names.values())
    own = words - top - part.fixed
    kept = {name for name in own - taken if part.gain(name, 1) <= 0 and len(name) > 1}
    ordered = sorted(own - kept, key=lambda name: (-part.gain(name, 1), name))
    taken |= kept
    free = (one for one in itertools.chain(_LETTERS, _pairs()) if one not in taken)
    return names | dict(zip(ordered, free, strict=False))


def _pairs() -> Iterator[str]:
    for first in _LETTERS:
        for second in _LETTERS + string.digits:
            yield first + second
