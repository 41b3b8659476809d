/** The SCO's part of a course that is published as several. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { comeLater, missingBefore, scoOf } from "../../scorm_builder/player/state/sco.js";

/** @param {string} id @param {PageKind} kind */
const block = (id, kind) => ({
  ...{ id, key: id, title: `<${id}> & co`, minutes: 1, breakpoint: false },
  pages: [{ id: `${id}-page`, key: `${id}-key`, kind, title: id, html: "" }],
});

const options = { fail_status: "incomplete", pass_status: "passed", revisit: "keep", exit_unfinished: "suspend" };

/** @type {any} */
const WHOLE = {
  standard: "scorm2004-4",
  options: { ...options, also_passed: false, force_score: true, interactions: "off" },
  tracking: { endpoint: "https://lrs.example/" },
  messages: { part_next: "Next part", part_done: "Done", parts_first: "First these", exit_done: "Close", exit_words: "Kept" },
  blocks: [block("one", "text"), block("two", "choose_one"), block("test", "check"), block("end", "finish")],
  check: { draw: 2, pass: 1, questions: [] },
  scos: [["one"], ["two"], ["test", "end"]],
};

/** @type {Launch} */
const LAUNCH = {
  ...{ learnerId: "a", mode: "normal", credit: true, completed: false, passed: false },
  ...{ suspendData: "", masteryScore: null },
};

test("a part has its own block, an end of its own, no check, and nothing for the programme", () => {
  const { course, isLast, waitsFor } = scoOf(WHOLE, "two");
  assert.deepEqual(course.blocks.map(({ id }) => id), ["two"]);
  assert.deepEqual(course.blocks[0]?.pages.map(({ id }) => id), ["two-page", "part-done"]);
  assert.deepEqual([course.check, course.tracking, isLast, waitsFor], [null, null, false, []]);
  assert.deepEqual([course.options.also_passed, course.options.force_score], [true, false]);
  assert.equal(course.messages["exit_done"], "Next part");
});

test("the last part has the check and all that follows, and waits for the others", () => {
  const { course, isLast, waitsFor } = scoOf(WHOLE, "test");
  assert.deepEqual(course.blocks.map(({ id }) => id), ["test", "end"]);
  assert.deepEqual([course.check, course.tracking], [WHOLE.check, WHOLE.tracking]);
  assert.deepEqual([isLast, waitsFor], [true, ["one", "two"]]);
  assert.deepEqual(course.options, WHOLE.options);
});

test("what is missing is what the LMS does not hold as satisfied", () => {
  const last = scoOf(WHOLE, "test");
  assert.deepEqual(missingBefore(last, LAUNCH, (id) => id === "DONE-one"), ["two"]);
  assert.deepEqual(missingBefore(last, LAUNCH, () => true), []);
  assert.deepEqual(missingBefore(last, { ...LAUNCH, passed: true }, () => false), []);
  assert.deepEqual(missingBefore(last, { ...LAUNCH, mode: "review" }, () => false), []);
  assert.deepEqual(missingBefore(scoOf(WHOLE, "one"), LAUNCH, () => false), []);
});

test("who comes too early is told where to begin, in words that cannot become markup", () => {
  const course = comeLater(WHOLE, ["one", "two"]);
  const pages = course.blocks.flatMap(({ pages }) => pages);
  assert.equal(pages.length, 1);
  assert.equal(pages[0]?.html, "<ul><li>&#60;one&#62; &#38; co</li><li>&#60;two&#62; &#38; co</li></ul>");
  assert.deepEqual([course.check, course.tracking], [null, null]);
});
