import assert from "node:assert/strict";
import test from "node:test";

import { emptyProgress, reduce } from "../../scorm_builder/player/state/course_state.js";
import { unheardResult } from "../../scorm_builder/player/programme/unheard_result.js";
import { decode, encode } from "../../scorm_builder/player/state/suspend_data.js";
import { smallCourse, TRACKING } from "./course.js";

const course = smallCourse();
const LEARNER = "c6w2p3dix6g4ig4vm5lneq576qzyh6pa";
/** @type {(verb: Verb, refused?: boolean) => Fact} */
const fact = (verb, refused = false) => ({ verb, n: 0, time: 1795600000123, language: "nl", version: "1.0.0", right: 2, draw: 3, hotel: "", refused });
/** @type {(...facts: Fact[]) => Progress} */
const progressWith = (...facts) => ({ ...emptyProgress(), registration: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", facts });
const RESULT = { learner: LEARNER, time: 1795600000123, version: "1.0.0", course: TRACKING.course };

test("a result is unheard while it waits and no way is open", () => {
  const progress = progressWith(fact("initialized"), fact("completed"), fact("passed"));
  assert.deepEqual(unheardResult(course, progress, LEARNER, true), RESULT);
  assert.equal(unheardResult(course, progress, LEARNER, false), null);
});

test("where one of the two arrived, the programme knows", () => {
  assert.equal(unheardResult(course, progressWith(fact("passed")), LEARNER, true), null);
  assert.equal(unheardResult(course, progressWith(fact("initialized")), LEARNER, true), null);
  const untested = smallCourse({ check: null });
  assert.deepEqual(unheardResult(untested, progressWith(fact("completed")), LEARNER, true), RESULT);
});

test("what the LRS will never take is unheard, however open the way is", () => {
  const progress = progressWith(fact("completed", true), fact("passed", true));
  assert.deepEqual(unheardResult(course, progress, LEARNER, false), RESULT);
  assert.equal(unheardResult(course, progressWith(fact("completed", true), fact("passed")), LEARNER, false), null);
});

test("a guest gets no code, which has no room to say that they do not count", () => {
  const guest = { ...fact("completed"), guest: "student" };
  assert.equal(unheardResult(course, progressWith(guest, { ...fact("passed"), guest: "student" }), LEARNER, true), null);
});

test("a shared id, or a course that reports to nobody, gets no code", () => {
  const progress = progressWith(fact("completed"), fact("passed"));
  assert.equal(unheardResult(course, progress, "anonymous", true), null);
  assert.equal(unheardResult(smallCourse({ tracking: null }), progress, LEARNER, true), null);
});

test("a refused result stays, the rest is counted, and the next session tries the result again", () => {
  const before = progressWith(fact("initialized"), fact("completed"), fact("passed"));
  const refused = reduce(course, before, { type: "facts_refused", facts: before.facts });
  assert.deepEqual(refused.facts, [fact("completed", true), fact("passed", true)]);
  assert.equal(refused.refused, 1);
  const stored = decode(course, encode(course, refused));
  assert.deepEqual([stored?.facts, stored?.refused], [refused.facts, 1]);
  const event = { time: 1795700000000, registration: "other", recording: true, ended: false };
  const again = reduce(course, refused, { type: "session_started", ...event });
  assert.deepEqual(again.facts.slice(0, 2), [fact("completed"), fact("passed")]);
  assert.equal(again.refused, 1);
});
