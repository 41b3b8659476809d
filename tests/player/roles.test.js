import assert from "node:assert/strict";
import { test } from "node:test";

import { drawAgain, drawQuestions } from "../../scorm_builder/player/state/check.js";
import { furthestStop, startingStop, stopsOf } from "../../scorm_builder/player/state/course_map.js";
import { emptyProgress, reduce, shareSeen } from "../../scorm_builder/player/state/course_state.js";
import { courseOf } from "../../scorm_builder/player/state/roles.js";
import { decode, encode } from "../../scorm_builder/player/state/suspend_data.js";
import { seeded, smallCourse } from "./course.js";

const DESK = "rol1";
const ROOMS = "rol2";

/** A course with a page and a must-pass question for each of two roles. */
function courseWithRoles() {
  const course = smallCourse();
  /** @type {(id: string, key: string, roles?: string[]) => CoursePage} */
  const text = (id, key, roles) => ({ id, key, kind: "text", title: id, html: "", ...(roles && { roles }) });
  const [one, two] = course.blocks;
  assert(one && two && course.check);
  one.pages = [
    text("read", "pag1"),
    { ...text("work", "pagW"), kind: "role" },
    text("desk", "pagD", [DESK]),
    text("rooms", "pagR", [ROOMS]),
  ];
  const [first, second, third, fourth] = course.check.questions;
  assert(first && second && third && fourth);
  course.check.questions = [{ ...first, roles: [DESK] }, second, third, { ...fourth, must_pass: true, roles: [ROOMS] }];
  course.check.draw = 2;
  course.check.pass = 2;
  const choice = (/** @type {string} */ id, /** @type {string} */ key) => ({ id, key, title: id, description: "" });
  course.roles = { other: DESK, choices: [choice("front_desk", DESK), choice("housekeeping", ROOMS)] };
  return course;
}

const course = courseWithRoles();
const ids = (/** @type {string} */ role) => stopsOf(courseOf(course, role)).map((stop) => stop.page.id);

/** @param {Progress} progress @param {string} role */
const choose = (progress, role) => reduce(course, progress, { type: "role_chosen", role, page: "pagW" });

/** @param {Progress} progress @param {string} id */
function see(progress, id) {
  const page = course.blocks.flatMap((block) => block.pages).find((one) => one.id === id);
  assert(page);
  return reduce(course, progress, { type: "page_shown", page, time: 0 });
}

/** @param {Progress} progress @param {string[]} drawn @param {Record<string, boolean>} answers */
function tryOnce(progress, drawn, answers) {
  let after = reduce(course, progress, { type: "try_started", drawn });
  for (const [key, right] of Object.entries(answers)) {
    after = reduce(course, after, { type: "question_answered", key, right, time: 0 });
  }
  return after;
}

test("each role has its own way, and before the choice it is the one of everybody else", () => {
  assert.deepEqual(ids(DESK), ["read", "work", "desk", "check", "end"]);
  assert.deepEqual(ids(ROOMS), ["read", "work", "rooms", "check", "end"]);
  assert.deepEqual(ids(""), ids(DESK));
});

test("nobody gets past the role page without a choice", () => {
  const stops = stopsOf(courseOf(course, ""));
  const shown = see(see(emptyProgress(), "read"), "work");
  assert.equal(stops[furthestStop(stops, shown)]?.page.id, "work");
  const chosen = choose(shown, ROOMS);
  const own = stopsOf(courseOf(course, chosen.role));
  assert.equal(own[furthestStop(own, chosen)]?.page.id, "rooms");
});

test("another role keeps what was done, counts its own pages only, and leaves the end alone", () => {
  const desk = see(choose(see(emptyProgress(), "read"), DESK), "desk");
  assert.equal(shareSeen(course, desk), 3 / 5);
  const rooms = choose(desk, ROOMS);
  assert.equal(shareSeen(course, rooms), 2 / 5);
  assert.equal(shareSeen(course, choose(rooms, DESK)), 3 / 5);

  const passed = tryOnce(desk, ["que1", "que2"], { que1: true, que2: true });
  assert.equal(passed.done, true);
  const after = choose(passed, ROOMS);
  assert.deepEqual(after, { ...passed, role: ROOMS });
});

test("a try of another role is begun anew with the right answers kept, and needs the new must-pass one", () => {
  const begun = tryOnce(choose(emptyProgress(), DESK), ["que2", "que1"], { que2: true });
  const changed = choose(begun, ROOMS);
  assert.deepEqual(changed.check, { drawn: [], right: ["que2"], wrong: [], failedTries: 0 });
  const { check } = courseOf(course, ROOMS);
  assert(check);
  const drawn = drawAgain(check, changed.check, seeded(1));
  assert.deepEqual([...drawn].sort(), ["que2", "que4"]);
  const half = tryOnce(changed, drawn, {});
  assert.equal(half.done, false);
  assert.equal(tryOnce(changed, drawn, { que4: true }).done, true);
  assert.equal(tryOnce(changed, drawn, { que4: false }).done, false);
});

test("a try that fits the new role goes on as it is", () => {
  const shared = courseWithRoles();
  assert(shared.check);
  shared.check.questions = shared.check.questions.map((question) => ({ ...question, roles: [DESK, ROOMS], must_pass: false }));
  const begun = reduce(shared, { ...emptyProgress(), role: DESK }, { type: "try_started", drawn: ["que2", "que3"] });
  const after = reduce(shared, begun, { type: "role_chosen", role: ROOMS, page: "pagW" });
  assert.deepEqual(after.check, begun.check);
});

test("every role draws the same number, its must-pass question included, and none of another role", () => {
  for (const [role, must, never] of [[DESK, "que1", "que4"], [ROOMS, "que4", "que1"]]) {
    const { check } = courseOf(course, role ?? "");
    assert(check);
    for (let seed = 1; seed < 40; seed += 1) {
      const drawn = drawQuestions(check, seeded(seed));
      assert.equal(drawn.length, 2);
      assert(drawn.includes(must ?? "") && !drawn.includes(never ?? ""));
    }
  }
});

test("the role goes into suspend_data and comes back, and is not there before the choice", () => {
  const none = { ...emptyProgress(), registration: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", session: 1, bookmark: "pag1" };
  const chosen = see(choose(none, ROOMS), "rooms");
  assert.deepEqual(decode(course, encode(course, chosen)), chosen);
  assert.deepEqual(decode(course, encode(course, none)), none);
  assert.equal(encode(course, none), encode(smallCourse(), none), "old data has the same form");
});

test("who chose a role that is gone is asked again, and loses nothing else", () => {
  const rooms = see(choose(see(emptyProgress(), "read"), ROOMS), "rooms");
  const anew = courseWithRoles();
  assert(anew.roles);
  anew.roles.choices = anew.roles.choices.filter((choice) => choice.key !== ROOMS);
  const found = decode(anew, encode(course, rooms));
  assert(found);
  assert.equal(found.role, "");
  assert.deepEqual(found.seen, ["pag1", "pagR"]);
  const stops = stopsOf(courseOf(anew, found.role));
  assert.equal(stops[startingStop(stops, found)]?.page.id, "work");
});

test("a finished learner of a role that is gone stays finished", () => {
  const passed = tryOnce(choose(emptyProgress(), ROOMS), ["que4", "que2"], { que4: true, que2: true });
  const anew = courseWithRoles();
  assert(anew.roles);
  anew.roles.choices = [];
  const found = decode(anew, encode(course, passed));
  assert.equal(found?.done, true);
  assert.equal(shareSeen(anew, /** @type {Progress} */ (found)), 1);
});

test("an unfinished try whose questions went to another role is begun anew at the next launch", () => {
  const begun = tryOnce(choose(emptyProgress(), DESK), ["que1", "que2"], { que1: true });
  const anew = courseWithRoles();
  assert(anew.check);
  anew.check.questions = anew.check.questions.map((one) => (one.key === "que2" ? { ...one, roles: [ROOMS] } : one));
  const start = /** @type {const} */ ({ type: "session_started", time: 0, registration: "", recording: false, ended: false });
  assert.deepEqual(reduce(anew, begun, start).check, { drawn: [], right: ["que1"], wrong: [], failedTries: 0 });
});
