/** Looking around in a scene: what counts as found, and when the search is over. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, EMPTY_SEARCH, signalsOf, stillToFind } from "../../scorm_builder/player/state/scene_search.js";

/** @type {(id: string, isSignal: boolean) => SceneObject} */
const thing = (id, isSignal) => ({
  ...{ id, title: id, html: "", box: [0, 0, 10, 10] },
  signal: isSignal ? { strength: "medium", innocent: ["a", "b"] } : null,
});
const THINGS = [thing("towels", true), thing("book", false), thing("cash", true), thing("note", true)];

test("innocent things and second looks count for nothing", () => {
  const search = ["cash", "book", "cash"].reduce(choose, EMPTY_SEARCH);
  assert.deepEqual(search.chosen, ["cash", "book"]);
  assert.equal(stillToFind(THINGS, search, 2), 1);
});

test("signals are listed as they were found, the missing ones as they stand", () => {
  const search = ["note", "towels"].reduce(choose, EMPTY_SEARCH);
  const { found, missing } = signalsOf(THINGS, search);
  assert.deepEqual(found.map(({ id }) => id), ["note", "towels"]);
  assert.deepEqual(missing.map(({ id }) => id), ["cash"]);
});

test("who asks for the rest may go on", () => {
  assert.equal(stillToFind(THINGS, { ...EMPTY_SEARCH, shown: true }, 3), 0);
});

test("more than needed is enough", () => {
  const search = ["note", "towels", "cash"].reduce(choose, EMPTY_SEARCH);
  assert.equal(stillToFind(THINGS, search, 2), 0);
});
