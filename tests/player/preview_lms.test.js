/** The preview's LMS keeps to the rules of both SCORM versions, error codes included. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { endSession, launchValues, ruleBook, seconds } from "../../scorm_builder/preview/page/lms/attempt.js";
import { createDataModel } from "../../scorm_builder/preview/page/lms/data_model.js";
import { createLms } from "../../scorm_builder/preview/page/lms/lms_api.js";

/** @type {Faults} */
const NO_FAULTS = {
  ...{ lies: false, commitFails: false, apiGone: false, offline: false, lmsLrs: "", programmeLrs: "" },
  ...{ late: 0, cut: null },
};

/** @type {LaunchSettings} */
const SETTINGS = {
  ...{ standard: "scorm12", language: "en", chain: "", role: "", learner: "E-1001", mode: "normal" },
  ...{ credit: true, mastery: "" },
};

/**
 * @param {Partial<LaunchSettings>} [changed]
 * @param {Partial<Faults>} [faults]
 * @param {Record<string, string>} [kept]
 */
function launch(changed = {}, faults = {}, kept = {}) {
  const settings = { ...SETTINGS, ...changed };
  /** @type {LmsCall[]} */
  const calls = [];
  /** @type {Record<string, string>[]} */
  const stored = [];
  const book = ruleBook(settings.standard);
  const session = createLms(
    book,
    createDataModel(book, launchValues(settings, kept)),
    {
      faults: () => ({ ...NO_FAULTS, ...faults }),
      onCall: (call) => void calls.push(call),
      store: (values) => void stored.push(values),
    },
    (model) => endSession(settings, model),
  );
  /** @type {(name: string, ...values: unknown[]) => [string, string]} */
  const ask = (name, ...values) => {
    const answer = session.api[name]?.(...values) ?? "no such function";
    return [answer, calls.at(-1)?.code ?? ""];
  };
  return { ask, calls, stored, model: session.model };
}

test("SCORM 1.2: the order of calls", () => {
  const { ask } = launch();
  assert.deepEqual(ask("LMSGetValue", "cmi.core.student_id"), ["", "301"]);
  assert.deepEqual(ask("LMSInitialize", "x"), ["false", "201"]);
  assert.deepEqual(ask("LMSInitialize", ""), ["true", "0"]);
  assert.deepEqual(ask("LMSInitialize", ""), ["false", "101"]);
  assert.deepEqual(ask("LMSGetValue", "cmi.core.student_id"), ["E-1001", "0"]);
  assert.deepEqual(ask("LMSFinish", ""), ["true", "0"]);
  assert.deepEqual(ask("LMSSetValue", "cmi.core.lesson_location", "a"), ["false", "301"]);
});

test("SCORM 1.2: what may be read and written, and how it must look", () => {
  const { ask } = launch();
  ask("LMSInitialize", "");
  for (const [element, value, code] of [
    ["cmi.core.student_id", "x", "403"],
    ["cmi.core.lesson_status", "done", "405"],
    ["cmi.core.lesson_status", "passed", "0"],
    ["cmi.core.score.raw", "101", "405"],
    ["cmi.core.score.raw", "80", "0"],
    ["cmi.core.session_time", "12:30", "405"],
    ["cmi.core.session_time", "0000:12:30.00", "0"],
    ["cmi.core.lesson_location", "x".repeat(256), "405"],
    ["cmi.suspend_data", "x".repeat(4097), "405"],
    ["cmi.suspend_data", "x".repeat(4096), "0"],
    ["cmi.core._children", "x", "402"],
    ["cmi.unknown", "x", "401"],
    ["cmi.interactions.1.id", "q1", "201"],
    ["cmi.interactions.0.id", "q1", "0"],
    ["cmi.interactions.0.result", "correct", "0"],
    ["cmi.interactions.0.result", "incorrect", "405"],
  ]) {
    assert.equal(ask("LMSSetValue", element, value)[1], code, `${element} = ${value?.slice(0, 20)}`);
  }
  assert.deepEqual(ask("LMSSetValue", "cmi.core.score.raw", 80), ["false", "405"]);
  assert.deepEqual(ask("LMSGetValue", "cmi.core.exit"), ["", "404"]);
  assert.deepEqual(ask("LMSGetValue", "cmi.core.lesson_status._children"), ["", "202"]);
  assert.deepEqual(ask("LMSGetValue", "cmi.core._count"), ["", "203"]);
  assert.deepEqual(ask("LMSGetValue", "cmi.interactions._count"), ["1", "0"]);
  assert.deepEqual(ask("LMSGetValue", "cmi._version"), ["3.4", "0"]);
  assert.match(ask("LMSGetValue", "cmi.core._children")[0], /student_id,.*lesson_location.*score/);
  assert.equal(ask("LMSGetErrorString", "405")[0], "Incorrect data type");
});

test("SCORM 2004: the order of calls has codes of its own", () => {
  const { ask } = launch({ standard: "scorm2004-4" });
  assert.equal(ask("GetValue", "cmi.mode")[1], "122");
  assert.equal(ask("SetValue", "cmi.location", "x")[1], "132");
  assert.equal(ask("Commit", "")[1], "142");
  assert.equal(ask("Terminate", "")[1], "112");
  assert.equal(ask("Initialize", "")[1], "0");
  assert.equal(ask("Initialize", "")[1], "103");
  assert.equal(ask("Terminate", "")[1], "0");
  assert.equal(ask("Initialize", "")[1], "104");
  assert.equal(ask("GetValue", "cmi.mode")[1], "123");
  assert.equal(ask("SetValue", "cmi.location", "x")[1], "133");
  assert.equal(ask("Commit", "")[1], "143");
  assert.equal(ask("Terminate", "")[1], "113");
});

test("SCORM 2004: types, ranges, dependencies and values that are not there yet", () => {
  const { ask } = launch({ standard: "scorm2004-3" });
  ask("Initialize", "");
  assert.deepEqual(ask("GetValue", "cmi.suspend_data"), ["", "403"]);
  for (const [element, value, code] of [
    ["cmi.learner_id", "x", "404"],
    ["cmi.completion_status", "done", "406"],
    ["cmi.score.scaled", "2", "407"],
    ["cmi.score.scaled", "high", "406"],
    ["cmi.progress_measure", "1.1", "407"],
    ["cmi.session_time", "0000:01:00", "406"],
    ["cmi.session_time", "PT1H2M3.45S", "0"],
    ["cmi.session_time", "PT", "406"],
    ["cmi.core.lesson_status", "passed", "401"],
    ["cmi.interactions.0.type", "choice", "408"],
    ["cmi.interactions.1.id", "q", "351"],
    ["cmi.interactions.0.id", "q", "0"],
    ["cmi.interactions.0.type", "choice", "0"],
    ["cmi._version", "2", "404"],
  ]) {
    assert.equal(ask("SetValue", element, value)[1], code, `${element} = ${value}`);
  }
  assert.equal(ask("GetValue", "cmi.session_time")[1], "405");
  assert.equal(ask("GetValue", "cmi.interactions.7.id")[1], "301");
  assert.deepEqual(ask("GetValue", "cmi.interactions._count"), ["1", "0"]);
});

test("the next launch goes on where the last one was suspended", () => {
  const first = launch();
  first.ask("LMSInitialize", "");
  first.ask("LMSSetValue", "cmi.suspend_data", "here");
  first.ask("LMSSetValue", "cmi.core.exit", "suspend");
  first.ask("LMSSetValue", "cmi.core.session_time", "0000:10:00");
  first.ask("LMSFinish", "");
  const next = launch({}, {}, first.stored.at(-1)).model.values();
  assert.equal(next["cmi.suspend_data"], "here");
  assert.equal(next["cmi.core.entry"], "resume");
  assert.equal(next["cmi.core.total_time"], "0000:10:00.00");
});

test("SCORM 2004: an attempt that was not suspended is over", () => {
  const first = launch({ standard: "scorm2004-4" });
  first.ask("Initialize", "");
  first.ask("SetValue", "cmi.suspend_data", "here");
  first.ask("SetValue", "cmi.exit", "normal");
  first.ask("Terminate", "");
  const next = launch({ standard: "scorm2004-4" }, {}, first.stored.at(-1)).model.values();
  assert.equal(next["cmi.suspend_data"], undefined);
  assert.equal(next["cmi.entry"], "ab-initio");
});

test("an LMS with a pass mark of its own judges the score when the session ends", () => {
  const old = launch({ mastery: "90" });
  old.ask("LMSInitialize", "");
  old.ask("LMSSetValue", "cmi.core.score.raw", "80");
  old.ask("LMSSetValue", "cmi.core.lesson_status", "passed");
  old.ask("LMSFinish", "");
  assert.equal(old.model.values()["cmi.core.lesson_status"], "failed");
  assert.match(old.calls.at(-1)?.note ?? "", /failed/);
  const young = launch({ standard: "scorm2004-4", mastery: "70" });
  young.ask("Initialize", "");
  assert.deepEqual(young.ask("GetValue", "cmi.scaled_passing_score"), ["0.7", "0"]);
  young.ask("SetValue", "cmi.score.scaled", "0.8");
  young.ask("Terminate", "");
  assert.equal(young.model.values()["cmi.success_status"], "passed");
});

test("faults: lying, failing, cutting and going away", () => {
  const lying = launch({}, { lies: true });
  lying.ask("LMSInitialize", "");
  assert.deepEqual(lying.ask("LMSSetValue", "cmi.suspend_data", "x"), ["true", "0"]);
  assert.deepEqual(lying.ask("LMSCommit", ""), ["true", "0"]);
  assert.deepEqual(lying.ask("LMSGetValue", "cmi.suspend_data"), ["", "0"]);
  assert.deepEqual(lying.stored, []);

  const failing = launch({ standard: "scorm2004-4" }, { commitFails: true });
  failing.ask("Initialize", "");
  assert.deepEqual(failing.ask("Commit", ""), ["false", "391"]);
  assert.deepEqual(failing.stored, []);

  const cutting = launch({}, { cut: 3 });
  cutting.ask("LMSInitialize", "");
  assert.deepEqual(cutting.ask("LMSSetValue", "cmi.suspend_data", "abcdef"), ["true", "0"]);
  assert.deepEqual(cutting.ask("LMSGetValue", "cmi.suspend_data"), ["abc", "0"]);

  const gone = launch({}, { apiGone: true });
  assert.throws(() => gone.ask("LMSInitialize", ""));
});

test("times of both versions are read as seconds", () => {
  assert.equal(seconds("0001:02:03.50"), 3723.5);
  assert.equal(seconds("PT1H2M3.5S"), 3723.5);
  assert.equal(seconds("P1DT1S"), 86401);
  assert.equal(seconds("soon"), 0);
});
