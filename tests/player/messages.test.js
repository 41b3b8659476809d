import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { createText } from "../../scorm_builder/player/loading/messages.js";

const PLAYER = new URL("../../scorm_builder/player/", import.meta.url);
const BUILDER = [new URL("../../scorm_builder/link/launch_page.py", import.meta.url)];

const keys = [...readFileSync(new URL("locale/messages.yaml", PLAYER), "utf8").matchAll(/^(\w+):/gm)].map((found) => found[1] ?? "");
const source = readdirSync(PLAYER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(new URL(name, PLAYER), "utf8"))
  .join("\n");

test("every message is used, and every word on the screen is a message", () => {
  const builder = BUILDER.map((file) => readFileSync(file, "utf8")).join("\n");
  const unused = keys.filter((key) => ![`"${key}"`, `messages.${key}`].some((use) => source.includes(use) || builder.includes(use)));
  assert.deepEqual(unused, []);
  const asked = [...source.matchAll(/\btext\(\s*"(\w+)"/g)].map((found) => found[1] ?? "");
  assert.deepEqual(asked.filter((key) => !keys.includes(key)), []);
});

test("placeholders are filled in, and left where a value is missing", () => {
  const text = createText({ place: "Part {n} of {m}" });
  assert.equal(text("place", { n: 2, m: 9 }), "Part 2 of 9");
  assert.equal(text("place", { n: 2 }), "Part 2 of {m}");
});

test("nothing in the player listens to unload, asks synchronously, or evaluates text", () => {
  assert.doesNotMatch(source, /["']unload["']|\beval\(|new Function|XMLHttpRequest/);
  // A cmi5 credential is handed out once, so one module may keep it over a reload; without an LMS the
  // device is all there is to keep progress, so one module may use it.
  assert.equal([...source.matchAll(/\.sessionStorage\b/g)].length, 2);
  assert.equal([...source.matchAll(/\.localStorage\b/g)].length, 1);
});
