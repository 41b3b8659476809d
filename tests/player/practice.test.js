/** Cards that come once more, and the ways of a conversation. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { placeOf, wayOf } from "../../scorm_builder/player/state/dialogue.js";
import { listOf } from "../../scorm_builder/player/loading/messages.js";
import { createRounds } from "../../scorm_builder/player/state/rounds.js";

/**
 * Ask every item, answer by the policy, and give what was asked in what order.
 *
 * @param {string[]} items
 * @param {(item: string) => boolean} isRight
 */
function play(items, isRight) {
  const rounds = createRounds(items);
  const asked = [];
  for (let item = rounds.current(); item !== undefined; item = rounds.current()) {
    const { n, m } = rounds.place();
    asked.push(`${item} ${n}/${m} ${rounds.answer(isRight(item))}`);
    rounds.goOn();
  }
  return asked;
}

test("what was right is asked once", () => {
  assert.deepEqual(play(["a", "b"], () => true), ["a 1/2 next", "b 2/2 end"]);
});

test("only what was wrong comes once more, and no third time", () => {
  const asked = play(["a", "b", "c"], (item) => item === "b");
  assert.deepEqual(asked, ["a 1/3 next", "b 2/3 next", "c 3/3 again", "a 1/2 next", "c 2/2 end"]);
});

test("nothing to ask is nothing asked", () => {
  assert.deepEqual(play([], () => false), []);
});

/** @type {(id: string, ...to: string[]) => Turn} */
const turn = (id, ...to) => ({ id, title: id, html: "", question: "", choices: to.map((one) => ({ id: `${id}-${one}`, html: "", feedback: "", to: one })) });
/** @type {(id: string, good: boolean) => Ending} */
const ending = (id, good) => ({ id, title: id, html: "", good });
const page = { turns: [turn("door", "lift", "alone"), turn("lift", "told", "alone")], endings: [ending("told", true), ending("alone", false)] };

/** @type {(...steps: [number, number][]) => import("../../scorm_builder/player/state/dialogue.js").Way} */
const stepsOf = (...steps) =>
  steps.map(([turnNumber, choiceNumber]) => {
    const passed = /** @type {Turn} */ (page.turns[turnNumber]);
    return { turn: passed, choice: /** @type {Choice} */ (passed.choices[choiceNumber]) };
  });

test("a conversation begins with its first turn and follows the choices", () => {
  assert.equal(placeOf(page, []).turn?.id, "door");
  assert.equal(placeOf(page, stepsOf([0, 0])).turn?.id, "lift");
  assert.deepEqual(placeOf(page, stepsOf([0, 1])), { turn: null, ending: page.endings[1] });
  assert.equal(placeOf(page, stepsOf([0, 0], [1, 0])).ending?.good, true);
});

test("a way is found again by its choices, as far as they are still there", () => {
  const chosen = ["door-lift", "lift-alone"];
  assert.deepEqual(wayOf(page, chosen), stepsOf([0, 0], [1, 1]));
  assert.deepEqual(wayOf(page, ["door-lift", "gone"]), stepsOf([0, 0]));
  assert.deepEqual(wayOf(page, ["lift-told"]), []);
});

test("innocent explanations are listed as the language does it", () => {
  assert.equal(listOf("en", ["a baby"]), "a baby");
  assert.equal(listOf("en", ["a", "b", "c"]), "a, b, or c");
  assert.equal(listOf("nl", ["a", "b"]), "a of b");
});
