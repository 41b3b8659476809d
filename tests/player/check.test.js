import assert from "node:assert/strict";
import { test } from "node:test";

import { arrangeOptions, withMasteryScore } from "../../scorm_builder/player/state/check.js";
import { smallCourse } from "./course.js";

/** @type {Option[]} */
const OPTIONS = ["nothing", "alert", "tell"].map((id) => ({ id, html: id, right: false, feedback: "" }));
const last = () => 0;

test("options are mixed unless their order has a meaning", () => {
  const ids = (/** @type {boolean} */ keep) =>
    arrangeOptions({ options: OPTIONS, keep_order: keep }, last).map((option) => option.id);
  assert.deepEqual(ids(true), ["nothing", "alert", "tell"]);
  assert.deepEqual(ids(false), ["alert", "tell", "nothing"]);
});

test("arranging leaves the course's data alone", () => {
  arrangeOptions({ options: OPTIONS }, last);
  assert.equal(OPTIONS[0]?.id, "nothing");
});

test("an LMS can raise the pass mark and not lower it", () => {
  const marks = [null, 0, 0.5, 0.6666, 0.67, 1, 80].map((score) => withMasteryScore(smallCourse(), score).check?.pass);
  assert.deepEqual(marks, [2, 2, 2, 2, 3, 3, 2]);
  assert.equal(withMasteryScore(smallCourse({ check: null }), 1).check, null);
  const ten = smallCourse();
  if (ten.check) ten.check.draw = 10;
  assert.equal(withMasteryScore(ten, 0.7).check?.pass, 7);
});
