/** What a package's options change in the outcome table, and the answers that an LMS may hear. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { withOptions } from "../../scorm_builder/player/state/outcome_options.js";
import { hasEnded, OUTCOMES } from "../../scorm_builder/player/state/outcomes.js";
import { createInteractions } from "../../scorm_builder/player/runtime/interactions.js";
import { OPTIONS, smallCourse } from "./course.js";

/** @typedef {import("../../scorm_builder/player/state/outcome_options.js").OutcomeName} OutcomeName */

const NAMES = /** @type {OutcomeName[]} */ (Object.keys(OUTCOMES));
const WORDS = { separator: ",", wrong: "wrong", correct: "correct_responses.0.pattern", response: "student_response", time: "time" };

/** @type {(name: OutcomeName, changes: Partial<Options>) => Outcome} */
const outcome = (name, changes) => withOptions(OUTCOMES[name], name, { ...OPTIONS, ...changes });

test("without options the table stands as it is", () => {
  for (const name of NAMES) assert.deepEqual(outcome(name, {}), OUTCOMES[name]);
});

test("each option changes its own cells only", () => {
  assert.equal(outcome("passed", { pass_status: "completed" }).scorm12.status, "completed");
  assert.equal(outcome("passed", { pass_status: "completed" }).scorm2004.success, "passed");
  assert.equal(outcome("try_failed", { fail_status: "failed" }).scorm12.status, "failed");
  assert.equal(outcome("try_failed", { fail_status: "failed" }).scorm2004.success, "failed");
  assert.equal(outcome("try_failed", { fail_status: "failed" }).scorm2004.completion, "incomplete");
  assert.equal(outcome("done", { also_passed: true }).scorm12.status, "passed");
  assert.deepEqual(outcome("done", { also_passed: true }).statements.now, ["completed", "passed"]);
  assert.deepEqual(outcome("passed", { also_passed: true }), OUTCOMES.passed);
  assert.equal(outcome("after_the_end", { revisit: "reset" }).scorm2004.exit, "normal");
  assert.equal(outcome("unfinished", { revisit: "reset" }).scorm2004.exit, "suspend");
  assert.equal(outcome("unfinished", { exit_unfinished: "empty" }).scorm12.exit, "");
  for (const name of NAMES) assert.deepEqual(outcome(name, { fail_status: "failed" }).statements, OUTCOMES[name].statements);
});

test("where a pass is told as completed, completed is the end", () => {
  const launch = { learnerId: "", credit: true, suspendData: "", masteryScore: null, passed: false, completed: true };
  const normal = { ...launch, mode: /** @type {const} */ ("normal") };
  assert.equal(hasEnded(smallCourse(), normal), false);
  assert.equal(hasEnded(smallCourse({ options: { ...OPTIONS, pass_status: "completed" } }), normal), true);
});

/** @param {string} refused a part of the element that the LMS refuses */
function recorder(refused = "nothing") {
  /** @type {string[]} */
  const calls = [];
  /** @type {Connection} */
  const connection = {
    initialize: () => true,
    get: (element) => (element === "cmi.interactions._count" ? "2" : ""),
    set(element, value) {
      calls.push(`${element}=${value}`);
      return !element.includes(refused);
    },
    commit: () => calls.push("commit") > 0,
    finish: () => true,
    revive: () => false,
    abandon: () => undefined,
  };
  return { calls, connection };
}

/** @type {(chosen: string[] | null) => Answer} */
function answer(chosen) {
  const [question] = smallCourse().check?.questions ?? [];
  assert.ok(question);
  return { question, chosen, right: false, time: 0 };
}

test("a full answer has letters, a safe one only its result", () => {
  const { calls, connection } = recorder();
  createInteractions(connection, WORDS, () => "10:00:00").write([answer(["q1-b"]), answer(null)]);
  assert.deepEqual(calls, [
    "cmi.interactions.2.id=q1",
    "cmi.interactions.2.type=choice",
    "cmi.interactions.2.time=10:00:00",
    "cmi.interactions.2.correct_responses.0.pattern=a",
    "cmi.interactions.2.student_response=b",
    "cmi.interactions.2.result=wrong",
    "cmi.interactions.3.id=q1",
    "cmi.interactions.3.type=choice",
    "cmi.interactions.3.result=wrong",
    "commit",
  ]);
});

test("after the first refusal no answer is told any more", () => {
  const { calls, connection } = recorder(".type");
  const interactions = createInteractions(connection, WORDS, () => "");
  interactions.write([answer(null), answer(null)]);
  interactions.write([answer(null)]);
  assert.deepEqual(calls, ["cmi.interactions.2.id=q1", "cmi.interactions.2.type=choice"]);
});
