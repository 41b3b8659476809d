import assert from "node:assert/strict";
import test from "node:test";

import { MAX_PENDING_FACTS, emptyProgress } from "../../scorm_builder/player/state/course_state.js";
import { decode, encode, languageIn } from "../../scorm_builder/player/state/suspend_data.js";
import { seeded, smallCourse } from "./course.js";

/** @type {(start: number, count: number) => string[]} */
const keys = (start, count) => Array.from({ length: count }, (_, i) => (start + i).toString(36).padStart(4, "_"));

/**
 * The text with the checksum that the format's table describes: FNV-1a of all before it.
 *
 * @param {string[]} fields
 */
const withSum = (fields) => {
  const text = fields.join(".");
  const hash = [...text].reduce((sum, sign) => Math.imul(sum ^ sign.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return `${text}.${(hash >>> 0).toString(36)}`;
};

/** @returns {Progress} */
const someProgress = () => ({
  ...emptyProgress(),
  registration: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  session: 3,
  bookmark: "pag2",
  seen: ["pag1"],
  statements: ["sta1"],
  check: { drawn: ["que3", "que1", "que2"], right: ["que1"], wrong: ["que2"], failedTries: 1 },
  refused: 2,
  facts: [
    { verb: "initialized", n: 3, time: 1795600000123, language: "nl", version: "1.0.0", right: 0, draw: 0, hotel: "", refused: false },
    { verb: "passed", n: 0, time: 1795600000999, language: "pt-BR", version: "2.1.0-rc.1", right: 2, draw: 3, hotel: "1MENF", refused: true },
  ],
});

/**
 * FNV-1a (32 bits) behind a text, as the table in suspend_data.js says.
 *
 * @param {string} text
 */
const checksummed = (text) =>
  `${text}.${(Array.from(text).reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0).toString(36)}`;

test("what was stored comes back", () => {
  const course = smallCourse();
  assert.deepEqual(decode(course, encode(course, someProgress())), someProgress());
});

test("only characters that every LMS keeps are written", () => {
  assert.match(encode(smallCourse(), someProgress()), /^[A-Za-z0-9._~:,-]+$/);
});

test("what was stored before there was a language is read", () => {
  const course = smallCourse();
  assert.deepEqual(decode(course, withSum(encode(course, someProgress()).split(".").slice(0, 11))), someProgress());
});

test("the language that was shown last is stored, and read before the course is there", () => {
  const stored = encode(smallCourse(), someProgress());
  assert.equal(languageIn(stored), "nl");
  assert.equal(languageIn(withSum(stored.split(".").slice(0, 11))), "");
  for (const foreign of ["", "nr1.nl", stored.slice(1), `${stored}x`]) assert.equal(languageIn(foreign), "");
});

test("damaged, cut and foreign text gives null and never throws", () => {
  const course = smallCourse();
  const whole = encode(course, someProgress());
  const random = seeded(7);
  for (let length = 0; length < whole.length; length += 1) assert.equal(decode(course, whole.slice(0, length)), null);
  for (let turn = 0; turn < 300; turn += 1) {
    const place = Math.floor(random() * whole.length);
    const changed = `${whole.slice(0, place)}${String.fromCharCode(33 + Math.floor(random() * 90))}${whole.slice(place + 1)}`;
    if (changed !== whole) assert.equal(decode(course, changed), null);
  }
  for (const foreign of ["", "{}", '{"a":[1,2]}', "undefined", "nr1", "....", "\u0000", "x".repeat(70000)]) {
    assert.equal(decode(course, foreign), null);
  }
});

test("another course's progress is foreign", () => {
  const other = smallCourse();
  other.course = { ...other.course, id: "other" };
  assert.equal(decode(other, encode(smallCourse(), someProgress())), null);
});

test("a course published anew keeps what it still has", () => {
  const stored = encode(smallCourse(), someProgress());
  const course = smallCourse();
  course.blocks = course.blocks.slice(1);
  course.check = { ...course.check, draw: 2, pass: 1, questions: (course.check?.questions ?? []).slice(1) };
  const progress = decode(course, stored);
  assert.deepEqual(progress?.seen, []);
  assert.deepEqual(progress?.statements, []);
  assert.deepEqual(progress?.check, { drawn: ["que3", "que2"], right: [], wrong: ["que2"], failedTries: 1 });
  assert.equal(progress?.registration, "3f2504e0-4f89-41d3-9a0c-0305e82c3301");
});

test("what was stored before there were choices is still read", () => {
  const now = encode(smallCourse(), { ...someProgress(), facts: [], refused: 0 });
  const before = checksummed(now.split(".").slice(0, -2).join("."));
  assert.deepEqual(decode(smallCourse(), before), { ...someProgress(), facts: [], refused: 0 });
});

test("the hotel that a learner chose comes back, and so does its absence", () => {
  for (const hotel of ["", "-", "1MENF"]) {
    const progress = { ...someProgress(), hotel };
    assert.deepEqual(decode(smallCourse(), encode(smallCourse(), progress)), progress);
  }
});

test("the worst case stays below 1,500 characters", () => {
  const progress = { ...someProgress(), session: 999, seen: keys(0, 70), statements: keys(100, 60), done: true };
  const drawn = keys(200, 12);
  progress.check = { drawn, right: drawn.slice(6), wrong: drawn.slice(0, 6), failedTries: 999 };
  progress.facts = Array.from({ length: MAX_PENDING_FACTS }, (_, i) => ({
    ...{ verb: /** @type {Verb} */ ("passed"), n: 990 + i, time: 1795600000000 + i, right: 12, draw: 12, refused: i % 2 === 0 },
    ...{ language: "pt-BR", version: i % 2 ? "10.20.30" : "10.20.31", hotel: "1MENF" },
  }));
  assert.ok(encode(smallCourse(), progress).length <= 1500);
});
