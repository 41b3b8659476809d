import assert from "node:assert/strict";
import test from "node:test";

import { OUTCOMES, hasEnded, isRecorded } from "../../scorm_builder/player/state/outcomes.js";
import { createConnection } from "../../scorm_builder/player/runtime/connection.js";
import { searchWindows } from "../../scorm_builder/player/runtime/find_api.js";
import { createScorm12 } from "../../scorm_builder/player/runtime/scorm12.js";
import { createScorm2004 } from "../../scorm_builder/player/runtime/scorm2004.js";
import { decimal, share, timeinterval, timespan } from "../../scorm_builder/player/runtime/values.js";
import { smallCourse } from "./course.js";

const NAMES = { initialize: "Start", finish: "End", get: "Get", set: "Set", commit: "Commit", lastError: "Error" };

/** A connection to an LMS that keeps everything, and the log of what it was told. */
/** @param {Record<string, string>} values */
function fakeLms(values) {
  /** @type {string[]} */
  const log = [];
  /** @type {Connection} */
  const connection = {
    initialize: () => true,
    get: (element) => values[element] ?? "",
    set(element, value) {
      log.push(`${element}=${value}`);
      values[element] = value;
      return true;
    },
    commit: () => Boolean(log.push("commit")),
    finish: () => true,
    revive: () => false,
    abandon: () => undefined,
  };
  return { connection, log, values };
}

/** @type {(outcome: Outcome, changes?: Partial<Snapshot>) => Snapshot} */
const snapshot = (outcome, changes = {}) => ({
  ...{ suspendData: "data", location: null, progress: null, score: null, answers: [], seconds: null },
  outcome,
  ...changes,
});

test("times are written as each standard spells them, rounded before they are split", () => {
  assert.equal(timespan(59.999), "0000:01:00.00");
  assert.equal(timespan(3723.456), "0001:02:03.46");
  assert.equal(timespan(1e9), "0024:00:00.00");
  assert.equal(timespan(-5), "0000:00:00.00");
  assert.equal(timeinterval(3723.456), "PT1H2M3.46S");
  assert.equal(timeinterval(0), "PT0H0M0S");
});

test("decimals have a point, no exponent and no trailing zeros", () => {
  assert.equal(decimal(80, 2), "80");
  assert.equal(decimal(100, 0), "100");
  assert.equal(decimal(2 / 3, 7), "0.6666667");
  assert.equal(decimal(1e-9, 7), "0");
});

test("a mastery score is a share, or nothing that can be understood", () => {
  const read = [share("90", 100), share("0.9", 1), share(" 0 ", 1), share("", 100), share("high", 100), share("150", 100)];
  assert.deepEqual(read, [0.9, 0.9, 0, null, null, null]);
});

test("what LMSs answer instead of \"true\" is understood", () => {
  for (const [answer, error, expected] of /** @type {[unknown, string, boolean][]} */ ([
    ["true", "0", true], [true, "0", true], [1, "0", true], ["1", "0", true], ["TRUE", "0", true],
    [undefined, "0", true], [undefined, "351", false], ["false", "0", false], [false, "0", false], [null, "0", false],
  ])) {
    const connection = createConnection({ Start: () => "true", Set: () => answer, Error: () => error }, NAMES);
    connection.initialize();
    assert.equal(connection.set("cmi.exit", "suspend"), expected, `${answer} ${error}`);
  }
});

test("what LMSs answer instead of an empty value is understood", () => {
  for (const [answer, expected] of /** @type {[unknown, string][]} */ ([
    [null, ""], [undefined, ""], ["null", ""], ["undefined", ""], [false, ""], [0, "0"], [new String("a"), "a"],
  ])) {
    const connection = createConnection({ Start: () => "true", Get: () => answer, Error: () => "0" }, NAMES);
    connection.initialize();
    assert.equal(connection.get("cmi.location"), expected);
  }
});

test("an LMS that says it is initialised already is used; one that refuses is not", () => {
  for (const [error, expected] of /** @type {[string, boolean][]} */ ([["101", true], ["103", true], ["102", false]])) {
    const connection = createConnection({ Start: () => "false", Error: () => error }, NAMES);
    assert.equal(connection.initialize(), expected);
  }
});

test("initialize and finish reach the LMS once, and nothing after them", () => {
  /** @type {string[]} */
  const log = [];
  /** @param {string} name */
  const logs = (name) => () => (log.push(name), "true");
  const connection = createConnection({ Start: logs("start"), End: logs("end"), Set: logs("set"), Error: () => "0" }, NAMES);
  assert.equal(connection.set("a", "b"), false);
  connection.initialize();
  connection.initialize();
  connection.finish();
  connection.finish();
  assert.equal(connection.set("a", "b"), false);
  assert.deepEqual(log, ["start", "end"]);
});

test("an API that throws or lost a function does not stop the course", () => {
  const connection = createConnection({ Start: () => "true", Get: () => { throw new Error("gone"); } }, NAMES);
  connection.initialize();
  assert.equal(connection.get("cmi.location"), "");
  assert.equal(connection.commit(), false);
});

test("SCORM 1.2: at the pass the score goes before the status, once", () => {
  const { connection, log } = fakeLms({ "cmi.core.lesson_status": "incomplete" });
  const runtime = createScorm12(connection);
  runtime.save(snapshot(OUTCOMES.passed, { score: 0.8, seconds: 60 }));
  runtime.save(snapshot(OUTCOMES.passed, { score: 0.8, seconds: 60 }));
  assert.deepEqual(log, [
    ...["cmi.suspend_data=data", "cmi.core.score.raw=80", "cmi.core.lesson_status=passed"],
    ...["cmi.core.session_time=0000:01:00.00", "cmi.core.exit=", "commit", "commit"],
  ]);
});

test("SCORM 2004: at the pass both statuses are set after the score", () => {
  const { connection, values } = fakeLms({ "cmi.completion_status": "incomplete", "cmi.success_status": "unknown" });
  createScorm2004(connection).save(snapshot(OUTCOMES.passed, { score: 0.8, progress: 1 }));
  assert.equal(values["cmi.score.scaled"], "0.8");
  assert.equal(values["cmi.success_status"], "passed");
  assert.equal(values["cmi.completion_status"], "completed");
  assert.equal(values["cmi.exit"], "suspend");
});

test("no status is ever lowered", () => {
  for (const held of ["passed", "completed"]) {
    const { connection, values } = fakeLms({ "cmi.core.lesson_status": held });
    createScorm12(connection).save(snapshot(OUTCOMES.unfinished));
    assert.equal(values["cmi.core.lesson_status"], held);
  }
  const { connection, values } = fakeLms({ "cmi.completion_status": "completed", "cmi.success_status": "passed" });
  createScorm2004(connection).save(snapshot(OUTCOMES.first_launch));
  assert.deepEqual([values["cmi.completion_status"], values["cmi.success_status"]], ["completed", "passed"]);
});

test("an LMS that answers true and keeps something else is found out", () => {
  const { connection } = fakeLms({});
  const lying = { ...connection, get: () => "" };
  assert.equal(createScorm12(lying).save(snapshot(OUTCOMES.first_launch)), "lied");
  assert.equal(createScorm12({ ...connection, commit: () => false }).save(snapshot(OUTCOMES.first_launch)), "failed");
});

test("a course with a check has ended only when it is passed", () => {
  /** @type {Launch} */
  const launch = { learnerId: "", mode: "normal", credit: true, completed: true, passed: false, suspendData: "", masteryScore: null };
  assert.equal(hasEnded(smallCourse(), launch), false);
  assert.equal(hasEnded(smallCourse({ check: null }), launch), true);
  assert.equal(isRecorded(launch), true);
  assert.equal(isRecorded({ ...launch, mode: "review" }), false);
  assert.equal(isRecorded({ ...launch, credit: false }), false);
});

test("the API is found in parents, behind windows that throw, and at the opener", () => {
  const api = {};
  const top = /** @type {any} */ ({ API: api });
  top.parent = top;
  const foreign = { get API() { throw new Error("cross origin"); }, parent: top };
  assert.equal(searchWindows(/** @type {any} */ ({ parent: foreign }), "API"), api);
  const alone = /** @type {any} */ ({ opener: { parent: top, closed: false } });
  alone.parent = alone;
  assert.equal(searchWindows(alone, "API"), api);
  const nobody = /** @type {any} */ ({ opener: null });
  nobody.parent = nobody;
  assert.equal(searchWindows(nobody, "API"), null);
});
