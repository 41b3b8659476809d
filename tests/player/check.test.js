import assert from "node:assert/strict";
import { test } from "node:test";

import { arrangeOptions } from "../../scorm_builder/player/check.js";

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
