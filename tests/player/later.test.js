/** The second part of a package: asked for until it is here, and put into the course in place. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { completeCourse } from "../../scorm_builder/player/loading/course_parts.js";
import { createLater } from "../../scorm_builder/player/loading/later.js";
import { smallCourse } from "./course.js";

test("a file is asked for again, ever more slowly, until it has left its mark", async () => {
  const asked = { a: 0, b: 0 };
  /** @type {number[]} */
  const pauses = [];
  /** @type {boolean[]} */
  const missed = [];
  const later = createLater({
    files: [
      { src: "a", isHere: () => asked.a >= 1 },
      { src: "b", isHere: () => asked.b >= 7 },
    ],
    fetchScript: async (src) => void (asked[/** @type {"a" | "b"} */ (src)] += 1),
    pause: async (ms) => void pauses.push(ms),
  });
  later.watch(() => missed.push(later.isMissed()));
  await later.start();
  assert.deepEqual(asked, { a: 1, b: 7 });
  assert.deepEqual(pauses, [1_000, 2_000, 5_000, 10_000, 10_000, 10_000]);
  assert.equal(missed.at(-1), false);
  assert.equal(missed.filter(Boolean).length, 6);
});

test("what is here already is not asked for", async () => {
  const later = createLater({
    files: [{ src: "a", isHere: () => true }],
    fetchScript: () => assert.fail("asked for"),
    pause: () => assert.fail("waited"),
  });
  await later.start();
  assert.equal(later.isMissed(), false);
});

test("texts go into the pages and questions that others hold already", () => {
  const course = smallCourse();
  const page = course.blocks[1]?.pages[0];
  const question = course.check?.questions[0];
  assert.ok(page && question);
  const texts = {
    ...{ language: "nl", messages: { check_begin: "Begin" } },
    pages: { [page.key]: { title: "Toets" } },
    questions: { [question.key]: { question: "Wat doe je?" } },
  };
  assert.equal(completeCourse(course, undefined), false);
  assert.equal(completeCourse(course, { ...texts, language: "en" }), false);
  assert.equal(page.title, "check");
  assert.equal(completeCourse(course, texts), true);
  assert.equal(page.title, "Toets");
  assert.equal(page.kind, "check");
  assert.equal(question.question, "Wat doe je?");
  assert.equal(course.messages["check_begin"], "Begin");
});
