"""The player becomes one classic script, and what cannot be linked is refused with its place."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from programme.problems import InputError
from scorm_builder.link.link_player import ENTRIES, link_modules, link_player
from scorm_builder.link.script_tokens import MASK
from scorm_builder.link.shorten_names import RESERVED
from scorm_builder.link.shorten_script import shorten
from tests.builder.conftest import ROOT

PACKAGE = """
import { twice } from "./parts/twice.js";

/* A comment with "quotes" and import words. */
const address = "http://example.org/*not a comment*/"; // gone
const pattern = /["'`]\\/\\*(a|b)/g;
export function run(longInput) {
  const { value } = { value: longInput };
  const kept = `${value} ${longInput} // stays`;
  return [twice(kept), address, pattern.source, 1 + +"2", 4 / 2 / 1].join("|");
}
globalThis.answer = run("x");
"""
TWICE = """
/** Doubles. */
export const twice = (text) => text + text;
"""


def _write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        path = folder / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, "utf-8")
    return folder


def test_the_linked_script_does_what_the_modules_do(tmp_path: Path) -> None:
    (script,) = link_modules(_write(tmp_path, main=PACKAGE, parts__twice=TWICE), "main.js")
    (tmp_path / "linked.cjs").write_bytes(script + b"console.log(globalThis.answer);")
    result = subprocess.run(
        ["node", tmp_path / "linked.cjs"], capture_output=True, text=True, check=True
    )
    address = "http://example.org/*not a comment*/"
    text = "x x // stays"
    assert result.stdout.strip() == "|".join([text + text, address, "[\"'`]\\/\\*(a|b)", "3", "2"])
    assert b"gone" not in script
    assert b"Doubles" not in script


def test_a_later_script_uses_the_modules_of_the_first(tmp_path: Path) -> None:
    modules = {
        "main": 'import { twice } from "./parts/twice.js";\nglobalThis.first = twice("a");\n',
        "parts__twice": TWICE,
        "later": """
            import { twice } from "./parts/twice.js";
            import { thrice } from "./parts/thrice.js";
            globalThis.second = thrice(twice("b"));
        """,
        "parts__thrice": "export const thrice = (longText) => longText + longText + longText;\n",
    }
    first, later = link_modules(_write(tmp_path, **modules), "main.js", "later.js")
    (tmp_path / "first.cjs").write_bytes(first)
    (tmp_path / "later.cjs").write_bytes(later)
    program = "require('./first.cjs'); require('./later.cjs'); console.log(first, second);"
    command = ["node", "-e", program]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout == "aa bbbbbb\n"
    assert b"longText" not in later


@pytest.mark.parametrize("standard", sorted(ENTRIES))
def test_each_package_carries_its_own_runtime_only(standard: str) -> None:
    player = link_player(standard)
    script = player.script
    assert (b"LMSInitialize" in script) == (standard == "scorm12")
    assert (b"API_1484_11" in script) == standard.startswith("scorm2004")
    assert (b"LMS.LaunchData" in script) == (standard == "cmi5")
    assert (b"noroom-state" in script) == (standard in ("cmi5", "xapi"))
    assert b"import " not in script + player.screens
    assert b"judge-button" in player.screens
    assert b"judge-button" not in script


def test_the_style_sheets_are_one_without_comments() -> None:
    styles = link_player("scorm12").styles
    assert styles.startswith(b"@layer reset, tokens")
    assert b"/*" not in styles


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("\nexport default 1;\n", 2, "an export other"),
        ("\n\nexport { a };\n", 3, "an export other"),
        ('import * as all from "./two.js";', 1, "an import other"),
        ('import { a as b } from "./two.js";', 1, "an import that renames"),
        ('import { a } from "elsewhere";', 1, "from outside the player"),
        ('import { missing } from "./two.js";', 1, "exports no missing"),
        ('import { a } from "./none.js";', 1, "there is no module none.js"),
        ('const later = 1;\nconst more = () => import("./two.js");', 2, "an import other"),
        ("const one = 1, two = 2;", 1, "two variables in one declaration"),
        ("const { one } = {};", 1, "destructuring"),
        ('import { a } from "./two.js";\nconst hidden = 1;', 2, "also a top-level name of two.js"),
        ("const text = `\n`;", 1, "over several lines"),
        ("await 1;", 1, "await outside a function"),
        ("class Later {}", 1, "a class"),
        ("const open = 'x\n", 1, "a string that does not end"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_its_place(
    tmp_path: Path, source: str, line: int, words: str
) -> None:
    folder = _write(tmp_path, main=source, two="const hidden = 1;\nexport const a = hidden;\n")
    with pytest.raises(InputError) as refused:
        link_modules(folder, "main.js")
    (problem,) = refused.value.problems
    assert words in problem.what
    assert (problem.file, problem.line) == ("scorm_builder/player/main.js", line)


def test_a_circle_is_refused(tmp_path: Path) -> None:
    one = 'import { b } from "./two.js";\nexport const a = () => b;\n'
    two = 'import { a } from "./one.js";\nexport const b = () => a;\n'
    with pytest.raises(InputError, match=r"one\.js -> two\.js -> one\.js"):
        link_modules(_write(tmp_path, one=one, two=two), "one.js")


VARIABLES_AND_PROPERTIES = """
const longName = 1;
const { visible = longName, other: { depth } = { depth: 2 } } = { longName };
const holder = { longName, visible, longMethod(argument) { return argument + longName; } };
function outer({ longName: renamed, longOption = 3 }, second) {
  let counted = 0;
  if (renamed) { counted = longOption; }
  const pick = second ? counted : longName;
  for (const [key, value] of Object.entries({ ...{ pick, second } })) holder[key] = value;
  return { counted, pick, get: () => ({ longOption }), text: `${longName}` };
}
const arrow = longInput => { return longInput ? { longInput } : { none: longInput }; };
globalThis.answer = JSON.stringify([
  holder.longName, visible, depth, holder.longMethod(4), outer({ longName: 5 }, true), holder,
  outer({ longName: 0, longOption: 7 }).get(), arrow(8), arrow(0),
]);
"""


def _answers(folder: Path, code: str, short: str) -> list[str]:
    """Run both programs, and give what `answer` is in each."""
    answers = []
    for name, program in (("long", code), ("short", short)):
        (folder / f"{name}.cjs").write_text(f"{program}\nconsole.log(answer);", "utf-8")
        command = ["node", str(folder / f"{name}.cjs")]
        answers.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return answers


def _masked(code: str) -> str:
    code = re.sub(r"`[^`]*`", lambda found: MASK * len(found.group()), code)
    return re.sub(r'"([^"]*)"', lambda found: f'"{MASK * len(found[1])}"', code)


def test_shortening_tells_variables_from_properties(tmp_path: Path) -> None:
    code = VARIABLES_AND_PROPERTIES
    short = shorten(code, _masked(code))
    long_answer, short_answer = _answers(tmp_path, code, short)
    assert long_answer == short_answer
    assert "longInput" in short and "longOption" in short, "as keys"
    assert short.count("longOption") == 3


SCOPES = """
const shared = (first) => { const second = first + 1; const third = second * 2; return third; };
let counter = 0;
function shadowing(shared) { const inner = (counter) => counter + shared; return inner(2); }
async function waited(value) { return (await value) === undefined; }
function looped(list) {
  let total = 0;
  for (let index = 0, stop = list.length; index < stop; index += 1) total += list[index];
  for (; counter < 3; counter += 1);
  while (total > 1_000) total -= 1;
  { const total = "inner"; counter += total.length; }
  try { throw new Error("x"); } catch (problem) { counter += problem.message.length; }
  return [total, counter, ...[...list].map((index, at) => (at ? index : -index)),];
}
function words(name, place) {
  const deep = { name, place, deeper: { name }, };
  const never = (no) => { if (no) return; else return { yes: true, no: false }; };
  return [`${name} ${deep.deeper.name}`, `${name + place}`, `\\${place}`, never(), never(1)];
}
const escaped = ((one) => { const two = one; let moved; moved = two; return moved - -1; })(2);
const $odd = 4, a = 5;
globalThis.answer = JSON.stringify([shared(1), shadowing(7), looped([1, 2, 3]), counter, escaped,
  words("n", "p"), [, 1, , ].length, typeof waited, $odd + a, -(-shared(2)), 1 + +shared(3)]);
"""


def test_each_function_has_short_names_of_its_own(tmp_path: Path) -> None:
    short = shorten(SCOPES, _masked(SCOPES))
    long_answer, short_answer = _answers(tmp_path, SCOPES, short)
    assert long_answer == short_answer
    assert "total" not in short and "const" not in short and ";}" not in short.replace(");}", "")
    assert "\n" not in short


def test_a_name_that_is_no_property_is_replaced_everywhere() -> None:
    code = "function outer(longInput){return longInput+longInput;}"
    assert "longInput" not in shorten(code, code)


def test_no_global_of_the_player_is_ever_respelled() -> None:
    """Eslint refuses every global that is not in its list; what is in it must be reserved."""
    config = (ROOT / "eslint.config.js").read_text("utf-8")
    (listed,) = re.findall(r"const BROWSER = \[(.*?)\]", config, re.DOTALL)
    assert set(re.findall(r'"(\w+)"', listed)) <= RESERVED


def test_no_global_of_the_language_is_ever_respelled() -> None:
    program = "vm.runInNewContext('Object.getOwnPropertyNames(globalThis)').join(' ')"
    names = subprocess.run(["node", "-p", program], capture_output=True, text=True, check=True)
    assert set(names.stdout.split()) <= RESERVED


def test_the_linter_demands_what_the_shortener_relies_on() -> None:
    config = (ROOT / "eslint.config.js").read_text("utf-8")
    assert '"semi": "error"' in config
    assert '"no-labels": "error"' in config
