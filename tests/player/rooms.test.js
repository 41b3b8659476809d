import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const PLAYER = new URL("../../scorm_builder/player/", import.meta.url);

/** What only code with a page in front of it uses. */
const PAGE = /(?<![\w.])(?:document\.(?:body|head|title|documentElement|activeElement|visibilityState|create|querySelector|addEvent)|matchMedia|requestAnimationFrame|scrollTo)/;
const SIDE = "(?:left|right|top|bottom)";
const PHYSICAL = new RegExp(`(?<![\\w-])(?:(?:margin|padding|border|inset)-${SIDE}|${SIDE}|float|clear)\\s*:|text-align\\s*:\\s*(?:left|right)`);

/** @type {(text: string) => string} */
const withoutComments = (text) => text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

/** @type {(path: string) => string} */
const read = (path) => withoutComments(readFileSync(new URL(path, PLAYER), "utf8"));

/** @type {(room: string, ending: string) => string[]} */
const files = (room, ending) => readdirSync(new URL(`${room}/`, PLAYER)).filter((name) => name.endsWith(ending)).map((name) => `${room}/${name}`);

/** Rows of README.md that name a room: its name, whether it knows the page, what it imports from. */
const ROOMS = Array.from(
  readFileSync(new URL("README.md", PLAYER), "utf8").matchAll(/^\| `(\w+)\/` \|[^|]*\| ([^|]*) \| ([^|]+) \|$/gm),
  ([, room = "", page = "", imports = ""]) => ({ room, page, imports: Array.from(imports.matchAll(/`(\w+)`/g), ([, name]) => name) }),
);

test("the table names every room", () => {
  const folders = readdirSync(PLAYER, { withFileTypes: true }).filter((one) => one.isDirectory() && files(one.name, ".js").length > 0);
  assert.deepEqual(ROOMS.map(({ room }) => room).sort(), folders.map(({ name }) => name).sort());
});

for (const { room, page, imports } of ROOMS) {
  test(`${room}/ imports from the rooms that the table names, and knows the page only if it says so`, () => {
    const found = new Set();
    for (const file of files(room, ".js")) {
      const code = read(file);
      for (const [, name] of code.matchAll(/from "\.\.\/([\w.]+)/g)) found.add(name);
      if (page !== "yes") assert.doesNotMatch(code, PAGE, file);
    }
    assert.deepEqual([...found].sort(), [...imports].sort());
  });
}

test("style sheets know no left and right", () => {
  const sheets = files("styles", ".css");
  assert.ok(sheets.length > 5);
  for (const sheet of [...sheets, "../../programme/look/tokens.css"]) assert.doesNotMatch(read(sheet), PHYSICAL, sheet);
  for (const wrong of ["margin-left: 1px", "{ right: 0 }", "text-align: left", "float: left"]) assert.match(wrong, PHYSICAL);
  for (const fine of ["margin-inline-start: 1px", "--bright: 1", "text-align: start", "transform-origin: left"]) assert.doesNotMatch(fine, PHYSICAL);
});
