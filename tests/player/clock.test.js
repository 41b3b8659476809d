import assert from "node:assert/strict";
import test from "node:test";

import { emptyProgress, reduce } from "../../scorm_builder/player/state/course_state.js";
import { buildStatement } from "../../scorm_builder/player/programme/statements.js";
import { decode, encode } from "../../scorm_builder/player/state/suspend_data.js";
import { smallCourse } from "./course.js";

const REGISTRATION = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const NOW = Date.UTC(2026, 10, 22, 5);
const course = smallCourse();

/** @param {number} time of the device when the learner begins */
function begunAt(time) {
  const progress = reduce(course, emptyProgress(), { type: "session_started", time, registration: REGISTRATION, recording: true, ended: false });
  return decode(course, encode(course, progress))?.facts.map((fact) => buildStatement(fact, REGISTRATION, course, "p")) ?? [];
}

test("a clock that cannot be right loses no fact, and its time is left to the LRS", () => {
  for (const wrong of [-86_400_000, 0, Date.UTC(2009, 0), Date.UTC(2025, 11, 31), Date.UTC(12_000, 0)]) {
    const [statement, ...others] = begunAt(wrong);
    assert.equal(statement?.verb.id, "http://adlnet.gov/expapi/verbs/initialized", String(wrong));
    assert.ok(!("timestamp" in statement), String(wrong));
    assert.deepEqual(others, []);
  }
});

test("a time that can be right is told, with the same id whatever the clock says", () => {
  const [statement] = begunAt(NOW);
  assert.equal(statement?.timestamp, "2026-11-22T05:00:00.000Z");
  assert.equal(begunAt(0)[0]?.id, statement.id);
});
