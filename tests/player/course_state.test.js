import assert from "node:assert/strict";
import test from "node:test";

import { drawAgain, drawQuestions } from "../../scorm_builder/player/state/check.js";
import { furthestStop, isBreakAfter, startingStop, stopsOf } from "../../scorm_builder/player/state/course_map.js";
import { MAX_PENDING_FACTS, emptyProgress, reduce, scoreOf, shareSeen } from "../../scorm_builder/player/state/course_state.js";
import { seeded, smallCourse } from "./course.js";

const course = smallCourse();
const stops = stopsOf(course);
const check = /** @type {Check} */ (course.check);
const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/** @type {(...events: import("../../scorm_builder/player/state/course_state.js").ProgressEvent[]) => Progress} */
const after = (...events) => events.reduce((progress, event) => reduce(course, progress, event), started());

/** @param {boolean} [ended] */
const started = (ended = false) =>
  reduce(course, emptyProgress(), { type: "session_started", time: 1, registration: REGISTRATION, recording: true, ended });

/** @type {(progress: Progress, rights: Record<string, boolean>) => Progress} */
function answer(progress, rights) {
  let now = progress;
  for (const [key, right] of Object.entries(rights)) now = reduce(course, now, { type: "question_answered", key, right, time: 5 });
  return now;
}

/** @param {Progress} progress */
const verbs = (progress) => progress.facts.map((fact) => `${fact.verb} ${fact.n}`);

/** @type {Extract<import("../../scorm_builder/player/state/course_state.js").ProgressEvent, {type: "try_started"}>} */
const TRY = { type: "try_started", drawn: ["que1", "que2", "que3"] };

test("a session is counted and told, and the registration stays", () => {
  const again = reduce(course, started(), {
    ...{ type: "session_started", time: 2, registration: "other", recording: true, ended: false },
  });
  assert.equal(again.registration, REGISTRATION);
  assert.deepEqual(verbs(again), ["initialized 1", "initialized 2"]);
});

test("a page to read is seen when shown, one with a task when it is done", () => {
  const read = /** @type {Stop} */ (stops[0]).page;
  const judge = /** @type {Stop} */ (stops[1]).page;
  const shown = after({ type: "page_shown", page: read, time: 2 }, { type: "page_shown", page: judge, time: 3 });
  assert.deepEqual(shown.seen, ["pag1"]);
  assert.equal(furthestStop(stops, shown), 1);
  assert.equal(shareSeen(course, shown), 0.25);
  assert.deepEqual(reduce(course, shown, { type: "page_answered", key: "pag2" }).seen, ["pag1", "pag2"]);
});

test("the start is the bookmark, or the first page not seen when the bookmark is gone", () => {
  assert.equal(startingStop(stops, { ...emptyProgress(), bookmark: "pag2", seen: ["pag1"] }), 1);
  assert.equal(startingStop(stops, { ...emptyProgress(), bookmark: "gone", seen: ["pag1"] }), 1);
  assert.equal(startingStop(stops, { ...emptyProgress(), bookmark: "pag4", seen: ["pag1"] }), 1);
});

test("a break comes after a block that has one, not inside it", () => {
  assert.deepEqual(stops.map((_, index) => isBreakAfter(stops, index)), [false, true, false, false]);
});

test("enough right answers with the one that must be right pass the check, once", () => {
  const passed = answer(after(TRY), { que1: true, que2: false, que3: true });
  assert.equal(passed.done, true);
  assert.equal(scoreOf(course, passed), 2 / 3);
  assert.deepEqual(verbs(passed), ["initialized 1", "completed 0", "passed 0"]);
  assert.ok(passed.seen.includes("pag3"));
  assert.equal(answer(passed, { que2: true }), passed);
});

test("without the one that must be right it is a failed try, and only the wrong ones come again", () => {
  const failed = answer(after(TRY), { que1: false, que2: true, que3: true });
  assert.equal(failed.done, false);
  assert.equal(scoreOf(course, failed), null);
  assert.deepEqual(verbs(failed), ["initialized 1", "failed 1"]);
  const again = reduce(course, failed, { type: "try_started", drawn: drawAgain(check, failed.check, seeded(1)) });
  const passed = answer(again, { que2: false, que1: true });
  assert.equal(passed.done, true);
  assert.equal(scoreOf(course, passed), 1);
});

test("after an end that the LMS holds, nothing but the session is told", () => {
  const passed = answer(reduce(course, started(true), TRY), { que1: true, que2: true, que3: true });
  const left = reduce(course, passed, { type: "session_ended", time: 9 });
  assert.deepEqual(verbs(left), ["initialized 1", "terminated 1"]);
});

test("a course without a check is complete on its last page", () => {
  const untested = smallCourse({ check: null });
  const last = /** @type {Stop} */ (stopsOf(untested).at(-1)).page;
  const done = reduce(untested, started(), { type: "page_shown", page: last, time: 4 });
  assert.equal(done.done, true);
  assert.deepEqual(verbs(done), ["initialized 1", "completed 0"]);
});

test("with no way to the LRS, sessions are given up before results, and results never", () => {
  let progress = answer(after(TRY), { que1: false, que2: false, que3: false });
  for (let i = 0; i < 40; i += 1) progress = reduce(course, { ...progress, session: i }, { type: "session_ended", time: i });
  assert.equal(progress.facts.length, MAX_PENDING_FACTS);
  assert.ok(verbs(progress).includes("failed 1"));
  const passed = answer(reduce(course, progress, TRY), { que1: true, que2: true, que3: true });
  assert.deepEqual(verbs(passed).slice(-2), ["completed 0", "passed 0"]);
  assert.equal(passed.facts.length, MAX_PENDING_FACTS);
});

test("the same end told twice is one fact", () => {
  const ended = after({ type: "session_ended", time: 2 }, { type: "session_ended", time: 3 });
  assert.deepEqual(verbs(ended), ["initialized 1", "suspended 1"]);
});

test("what another window did is done here too, and nothing is done twice", () => {
  const here = answer(after({ type: "page_answered", key: "pag2" }, TRY), { que2: true });
  const there = answer(after({ type: "page_answered", key: "pag1" }, TRY), { que1: true, que3: true, que2: false });
  const met = reduce(course, here, { type: "met", other: there });
  assert.equal(met.done, true);
  assert.deepEqual(met.seen, ["pag2", "pag1", "pag3"]);
  assert.deepEqual(met.check, there.check);
  assert.equal(scoreOf(course, met), 2 / 3);
  assert.deepEqual(verbs(met), ["initialized 1", "completed 0", "passed 0"]);
  assert.equal(reduce(course, met, { type: "met", other: there }), met);
  assert.equal(reduce(course, met, { type: "met", other: here }), met);
});

test("two halves of a check in two windows are no pass", () => {
  const here = answer(after(TRY), { que1: true, que2: false });
  const there = answer(after(TRY), { que2: true, que1: false });
  const met = reduce(course, here, { type: "met", other: there });
  assert.deepEqual(met.check.right, ["que1"]);
  assert.equal(met.done, false);
});

test("a failed try in either window counts once, and a pass survives whichever window saves last", () => {
  const failed = answer(after(TRY), { que1: false, que2: false, que3: false });
  const both = reduce(course, failed, { type: "met", other: failed });
  assert.equal(both, failed);
  const passed = answer(after(TRY), { que1: true, que2: true, que3: true });
  for (const [one, other] of /** @type {const} */ ([[failed, passed], [passed, failed]])) {
    const met = reduce(course, one, { type: "met", other });
    assert.deepEqual([met.done, met.check.failedTries, scoreOf(course, met)], [true, one === passed ? 1 : 0, 1]);
    assert.deepEqual(verbs(met).sort(), ["completed 0", "failed 1", "initialized 1", "passed 0"]);
  }
});

test("every draw has the questions that must be right, and no question twice", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const drawn = drawQuestions(check, seeded(seed));
    assert.equal(new Set(drawn).size, 3);
    assert.ok(drawn.includes("que1"));
  }
});

test("a question that a new version took away is replaced, and right ones are kept", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const drawn = drawAgain(check, { drawn: ["gone", "que1", "que4"], right: ["que4"], wrong: [], failedTries: 1 }, seeded(seed));
    assert.equal(new Set(drawn).size, 3);
    for (const key of ["que1", "que4"]) assert.ok(drawn.includes(key));
  }
});
